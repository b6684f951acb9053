"""What the tests of the site itself share."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image as Pillow

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def manage(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs manage.py as an admin would, with these variables and no others of the site's."""

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        there = {"VAR_DIR": str(tmp_path / "var"), **variables}
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        return subprocess.run(command, env=clean | there, cwd=tmp_path, capture_output=True, text=True, timeout=120)

    return run


def png(width: int = 60, height: int = 40, colour: str = "teal", **parameters: object) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGBA", (width, height), colour).save(out, "PNG", **parameters)
    return out.getvalue()


@pytest.fixture(name="png")
def png_fixture() -> Callable[..., bytes]:
    """Makes the bytes of a PNG; with `pnginfo=` also its text chunks."""
    return png
