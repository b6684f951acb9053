"""Programs that tests run beside themselves, on a database of their own: to be killed, to race each other."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def run(name: str, folder: Path) -> Any:
    """What the program of this folder prints as JSON. For tests with `django_db(transaction=True)`: it works on the
    tests' own database; on SQLite on a copy, since that one is in memory.
    """
    from django.conf import settings

    about = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "SECRET_KEY": settings.SECRET_KEY, "VAR_DIR": str(folder)}
    child = subprocess.run(
        [sys.executable, "-m", f"tests.articles.children.{name}"],
        cwd=ROOT,
        env={**os.environ, **about, "DATABASE_URL": _database(folder)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert child.returncode == 0, child.stderr
    return json.loads(child.stdout)


def _database(folder: Path) -> str:
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(folder / "child.sqlite3")
        connection.connection.backup(copy)
        copy.close()
        return f"sqlite:///{folder / 'child.sqlite3'}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def let_go() -> None:
    """Before a fork: two processes must not speak through one connection."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
