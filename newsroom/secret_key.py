"""The key that signs sessions and links: from the environment, else made once and kept on this machine."""

import fcntl
import os
import secrets
from pathlib import Path

from newsroom.environment import BadSetting

NAME = "secret_key"


def kept(folder: Path) -> str:
    """The key that `make` left in this folder; '' when there is none. Raises BadSetting when it can't be read."""
    path = folder / NAME
    try:
        return path.read_text().strip() if path.exists() else ""
    except (OSError, ValueError) as error:
        raise BadSetting(f"{path} can't be read ({_reason(error)}): give it to whom the site runs as.") from None


def make(folder: Path) -> None:
    """Leave a random key here unless there is one. Raises BadSetting where it can't be written.

    Safe when two processes do it at once: the second waits, and finds the key of the first. A file that a crash
    left empty is filled.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not file.read().strip():
                file.write(secrets.token_urlsafe(48) + "\n")
    except (OSError, ValueError) as error:
        raise BadSetting(f"{folder / NAME} can't be written ({_reason(error)}).") from None


def write_private(path: Path, text: str) -> None:
    """A file that only its owner may read, from its first byte on."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or "it holds no text"
