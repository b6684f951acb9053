"""What a reviewer would otherwise have to say every time."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*arguments], cwd=ROOT, capture_output=True, text=True)


def binary(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@pytest.mark.parametrize("arguments", [("check",), ("format", "--check")])
def test_ruff_has_nothing_to_say(arguments):
    done = tool(binary("ruff"), *arguments, ".")
    assert done.returncode == 0, done.stdout


def test_the_rooms_import_only_downwards():
    done = tool(binary("lint-imports"))
    assert done.returncode == 0, done.stdout


def test_the_types_fit():
    done = tool(binary("mypy"))
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_hashed_and_name_no_address(name):
    text = (ROOT / name).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)
    wanted = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert wanted
    for line in wanted:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+( ;.*)? \\$", line), line
    assert text.count("--hash=sha256:") >= len(wanted)


def test_what_the_project_asks_for_is_what_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = (ROOT / "requirements-dev.txt").read_text().lower()
    for wanted in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name, _, version = wanted.lower().partition("==")
        assert re.search(rf"^{re.escape(name.partition('[')[0])}=={re.escape(version)}\b", locked, re.MULTILINE), wanted


def test_every_setting_is_in_the_docs():
    told = (ROOT / "docs" / "settings.md").read_text()
    settings = (ROOT / "newsroom" / "settings.py").read_text()
    names = set(re.findall(r"(?:env|servers)\.\w+\(\s*\"([A-Z_]+)\"", settings))
    assert len(names) > 20
    assert not {name for name in names if f"`{name}`" not in told}
