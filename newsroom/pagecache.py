"""What pages show, and when it last changed.

A public page declares the *keys* of what it shows (`article:12`, `author:4`, `list-section:3`, `site`). Whatever
changes says so through one door, `purge`, which *stamps* the keys with the time once the transaction is committed.
A page, or anything else made from these things, is good as long as none of its keys was stamped since it was begun.

The key of a thing (`section:3`: its name, its description) is not the key of the list of its articles
(`list-section:3`): an article page shows the first and must not go out of date whenever somebody publishes.

The stamps are a file of 65,536 eight-byte slots that every process of this machine maps into memory: reading is a
few nanoseconds and no query. Two keys may share a slot; then something is made again once too often, never too
seldom. `time_ns` is written, not a counter: two processes that count at once would lose one.
"""

import hashlib
import mmap
import os
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import transaction

SLOTS = 1 << 16

T = TypeVar("T")


class Stamps:
    """The slots of one file, made when it is missing. Raises OSError where the folder can't be written."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if os.fstat(handle).st_size < SLOTS * 8:
                _reserve(handle, SLOTS * 8)
            self._slots = memoryview(mmap.mmap(handle, SLOTS * 8)).cast("Q")
        finally:
            os.close(handle)

    def read(self, keys: Iterable[str]) -> tuple[int, ...]:
        return tuple(self._slots[_slot(key)] for key in keys)

    def write(self, keys: Iterable[str]) -> None:
        now = time.time_ns()
        for key in keys:
            self._slots[_slot(key)] = now


def _reserve(handle: int, size: int) -> None:
    """Real room where the system can: writing into a hole of a file on a full disk ends the process with SIGBUS."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
    else:
        os.ftruncate(handle, size)


@lru_cache(maxsize=65536)
def _slot(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big") % SLOTS


@lru_cache(maxsize=4)
def _open(path: Path) -> Stamps:
    return Stamps(path)


def stamps() -> Stamps:
    return _open(settings.PAGE_STAMPS)


# When a transaction of this process said last that a thing changes. Whether it was committed, the stamps tell.
_changing: dict[int, int] = {}


def marks(keys: Iterable[str]) -> tuple[int, ...]:
    """The stamps of these keys, as they will be for all if what this process has begun is committed. Two answers that
    are the same say that nothing changed between them.
    """
    keys = list(keys)
    return tuple(max(stamp, _changing.get(_slot(key), 0)) for key, stamp in zip(keys, stamps().read(keys), strict=True))


def purge(*keys: str) -> None:
    """Say that the things of these keys changed: at once within this process, for all others on commit."""
    if not keys:
        return
    Remembered.forget(keys)
    now = time.time_ns()
    _changing.update((_slot(key), now) for key in keys)
    transaction.on_commit(lambda: stamps().write(keys))


class Remembered(Generic[T]):
    """A small value that every page needs, kept in this process until its key is stamped.

    `load` is called again when the key was stamped, when `good_until` says that the value's own time has come, and
    after `MOST_SECONDS` in any case, for sites whose other machines have stamps of their own.
    """

    MOST_SECONDS = 60.0
    _all: "list[Remembered[Any]]" = []

    def __init__(self, key: str, load: Callable[[], T], good_until: Callable[[T], float | None] | None = None) -> None:
        self.key = key
        self.load = load
        self.good_until = good_until
        self._kept: tuple[int, float, T] | None = None
        Remembered._all.append(self)

    def get(self) -> T:
        """Several threads may load at once, and the last one's value is kept with its own stamp: a lock would save
        a small query and cost a thread that waits for a database connection while it holds it.
        """
        # The stamp is read before the value: a change while it loads makes it stale, not wrong for ever.
        stamp = stamps().read([self.key])[0]
        kept = self._kept
        if kept and kept[0] == stamp and time.time() < kept[1]:
            return kept[2]
        value = self.load()
        end = self.good_until(value) if self.good_until else None
        latest = time.time() + self.MOST_SECONDS
        self._kept = (stamp, min(end, latest) if end is not None else latest, value)
        return value

    @classmethod
    def forget(cls, keys: Iterable[str] | None = None) -> None:
        """Drop what this process keeps under these keys (under any, without)."""
        for one in cls._all:
            if keys is None or one.key in keys:
                one._kept = None
