"""Related articles of which the database holds nothing in memory: as after a restart, in an archive larger than memory.

All pages of the database are put out of memory once, then sixty different articles are asked about, each once, so that what
one answer reads serves the next, as on a site. The articles themselves are there before: their pages have read them.

On SQLite a connection begins with no pages, and the rest is the system's to forget. PostgreSQL has buffers of its own besides.
They are emptied by the death of one of its processes: the server lets all others go and begins with new memory, as after any
crash, and whoever keeps it notices nothing. That is done to nobody's server but our own throw-away one (tests/postgres.py);
on another the line is left out. So it is where a system can't be told to forget a file, or does not: on macOS, or where the
files lie in a file system that is itself in memory.
"""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.asking import SHOWN, answer, milliseconds, percentile

ASKED = 60


def lines(size: int) -> Iterator[tuple[str, float, str, float, float]]:
    """On the archive of this size."""
    from articles.models import PublishedArticle

    numbers = random.Random(f"cold {size}").sample(range(1, size + 1), ASKED)
    asked = [PublishedArticle.objects.get(pk=number) for number in numbers]
    assert len(answer(asked[0])) == SHOWN  # Python's own part is warm: modules, and what is remembered of the site
    if not _forgotten():
        return
    took = [milliseconds(lambda version=version: answer(version)) for version in asked]
    yield f"{size:,}, cold, p90 of {ASKED} articles", round(percentile(90, took), 2), "ms", 30, 60


def _forgotten() -> bool:
    """Is nothing of the database in memory now?"""
    from django.db import connection

    if not hasattr(os, "posix_fadvise"):
        return False
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return _forget([Path(connection.settings_dict["NAME"])])
    folder = Path(connection.settings_dict["HOST"])
    if not folder.name.startswith("newsroom-pg-"):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        [number] = cursor.fetchone()
    _begin_with_new_memory(connection)
    return _forget(list((folder / "data" / "base" / str(number)).glob("[0-9]*")))  # tables and indexes


def _begin_with_new_memory(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")  # else the server would first do again what was done since the last one
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()
    os.kill(process, signal.SIGKILL)
    _let_go(connection)
    _wait_for(connection)
    _let_go(connection)  # and with it what the new process has learnt of the tables


def _let_go(connection: Any) -> None:
    connection.close()
    connection.close_pool()


def _wait_for(connection: Any, seconds: float = 60) -> None:
    from django.db import OperationalError

    end = time.monotonic() + seconds
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError:
            if time.monotonic() > end:
                raise
            _let_go(connection)
            time.sleep(0.1)


def _forget(files: list[Path]) -> bool:
    for file in files:
        with open(file, "rb") as opened:
            os.fsync(opened.fileno())  # what is not on the disk yet can't be forgotten
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return not _is_in_memory(max(files, key=lambda file: file.stat().st_size))


def _is_in_memory(file: Path) -> bool:
    """Its beginning; also where nobody can tell."""
    with open(file, "rb") as opened:
        try:
            os.preadv(opened.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT)
        except BlockingIOError:  # it would have to wait for the disk
            return False
        except OSError:  # not every file system knows
            return True
    return True
