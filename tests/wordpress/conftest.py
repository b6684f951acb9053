"""Where the exports are that these tests read: small ones of our own, and perhaps a folder of real ones."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent


def shared_folder() -> Path:
    """Exports that are not ours to publish; tests over them are skipped where they are absent."""
    return Path(os.environ.get("NEWSROOM_SHARED", PROJECT.parent / "shared")) / "data" / "dev" / "wxr"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "shared_export" in metafunc.fixturenames:
        folder = shared_folder()
        files = sorted(folder.rglob("*.xml")) if folder.is_dir() else []
        absent = pytest.param(None, marks=pytest.mark.skip(reason=f"no exports in {folder}"), id="absent")
        named = [pytest.param(file, id=str(file.relative_to(folder))) for file in files]
        metafunc.parametrize("shared_export", named or [absent])


@pytest.fixture
def exports() -> Path:
    return HERE / "exports"
