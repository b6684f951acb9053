"""The key that signs sessions and links: from the environment, else made once and kept on this machine."""

import os
import secrets
from pathlib import Path

NAME = "secret_key"


def kept(folder: Path) -> str:
    """The key that `make` left in this folder; '' when there is none."""
    path = folder / NAME
    return path.read_text().strip() if path.is_file() else ""


def make(folder: Path) -> None:
    """Leave a random key here unless there is one. Safe when two processes do it at once: the first one's counts."""
    folder.mkdir(parents=True, exist_ok=True)
    if not kept(folder):
        write_private(folder / NAME, secrets.token_urlsafe(48), fresh=True)


def write_private(path: Path, text: str, fresh: bool = False) -> None:
    """A file that only its owner may read, from its first byte on. `fresh`: leave one that is there already."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_EXCL if fresh else os.O_TRUNC), 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")
