"""What a static file says, for what puts its text into an answer: ours, or that of a theme which has one of the same name."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders


def text_of(name: str) -> str:
    """Read once in a process, and each time where DEBUG is on. Raises FileNotFoundError for a name that nobody has."""
    return _read(name) if settings.DEBUG else _remembered(name)


def _read(name: str) -> str:
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(f"There is no static file {name}.")
    return Path(str(found)).read_text("utf-8")


_remembered = cache(_read)
