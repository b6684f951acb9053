"""Settings come from the environment through these readers.

Each reads one variable, turns it into a value, and raises BadSetting with one sentence that says which
variable is wrong, what it held, and what it may hold. Nothing here has a side effect.
"""

import os
import re
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

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
    if not _is_whole(value) or not least <= int(value) <= most:
        raise BadSetting(f"{name} is {value!r}: set it to a whole number from {least} to {most}.")
    return int(value)


def _is_whole(value: str) -> bool:
    """Short enough for int(), which refuses thousands of digits; '²' is a digit to Python, but no number."""
    return value.isascii() and value.isdigit() and len(value) < 20


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas or spaces."""
    return text(name, default).replace(",", " ").split()


def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default).upper()
    if value not in choices:
        raise BadSetting(f"{name} is {value!r}: set it to one of {', '.join(choices)}.")
    return value


def folder(name: str, default: Path) -> Path:
    value = text(name, str(default))
    try:
        path = Path(value).expanduser()
    except RuntimeError:  # ~somebody whom this machine does not know
        path = Path(value)
    if not path.is_absolute():
        raise BadSetting(f"{name} is {value!r}: give the whole path, from / on.")
    return path


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"{name} is {value!r}: no such time zone; write it like Europe/Berlin.") from None
    return value


# What Django takes for a host, too. An IPv6 address stands in brackets.
_ORIGIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


def web_address(name: str, default: str) -> str:
    """An origin in lower case: scheme, host and maybe a port; no path, no password."""
    value = text(name, default).rstrip("/")
    origin = value.lower()
    scheme, _, host = origin.partition("://")
    try:
        urlsplit(origin).port  # noqa: B018  (raises for a port that is too high, for brackets without an address)
    except ValueError:
        scheme = ""
    if scheme not in {"http", "https"} or not _ORIGIN.fullmatch(host):
        raise BadSetting(f"{name} is {value!r}: write it like https://www.example.org, without a path.")
    return origin


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
        raise BadSetting(
            f"{name} can't be read: its port must be a number, and in a password / is written %2F, # %23, ? %3F, [ %5B."
        ) from None
    if parts.scheme == "sqlite":
        return _sqlite(name, value, parts, base)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(name, parts, port)
    raise BadSetting(
        f"{name} begins with {parts.scheme or 'nothing'!r}: "
        "write sqlite:///var/newsroom.sqlite3 or postgres://user:password@host/name."
    )


def _sqlite(name: str, value: str, parts: SplitResult, base: Path) -> dict[str, Any]:
    # Two slashes would name a host, and one none: either way the file would not lie where it seems to.
    if not value.lower().startswith("sqlite:///") or parts.query or parts.fragment:
        raise BadSetting(
            f"{name} is {value!r}: write sqlite:///var/newsroom.sqlite3 for a file in the project's folder, "
            "sqlite:////srv/newsroom.sqlite3 for one from the root; ? is written %3F, # %23."
        )
    path = unquote(parts.path[1:])
    if not path or path.endswith("/"):
        raise BadSetting(f"{name} names no file: write it like sqlite:///var/newsroom.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path if path == ":memory:" else str(base / path),
        "OPTIONS": dict(SQLITE_OPTIONS),
    }


def _postgresql(name: str, parts: SplitResult, port: int | None) -> dict[str, Any]:
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    database_name = unquote(parts.path.strip("/"))
    if not database_name or parts.fragment:
        raise BadSetting(f"{name} names no database: write it like postgres://user:password@host/newsroom.")
    size = options.pop("pool", "4")
    if not _is_whole(size) or int(size) > 1000:
        raise BadSetting(f"{name} has pool={size!r}: set it to a whole number up to 1000, 0 for no pool.")
    host = options.pop("host", "") or unquote(parts.hostname or "")
    _refuse_unknown_options(name, options)
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


def _refuse_unknown_options(name: str, options: dict[str, Any]) -> None:
    """Now, in a sentence: the pool would only time out, and a misspelt sslmode must not go unnoticed."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    try:
        make_conninfo("", **options)
    except ProgrammingError as error:
        raise BadSetting(f"{name} has an option that PostgreSQL does not take: {str(error).strip()}.") from None
