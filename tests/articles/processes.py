"""Real processes with connections of their own, for what only happens between them, and for those that die.

`real_database` is a file where the tests run on SQLite in memory, which no other process could see.
"""

import os
import signal
import sqlite3
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.db import connection

from newsroom import pagecache

Act = Callable[[], object]


@pytest.fixture
def real_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Whatever other fixtures have made or will make is in it. Not to be asked before this one: `db`'s rollback."""
    if connection.vendor != "sqlite":
        yield
        connection.close()
        return
    connection.ensure_connection()
    kept, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "site.sqlite3"
    copy = sqlite3.connect(file)
    kept.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = kept, name


def at_once(*acts: Act) -> None:
    """Each in a process of its own, all let go at the same instant. Raises AssertionError when one failed."""
    wait, go = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        errors = [Path(folder, str(number)) for number in range(len(acts))]
        pids = [_fork(lambda act=act: _when(wait, go, act), error) for act, error in zip(acts, errors, strict=True)]
        os.close(wait)
        os.close(go)
        statuses = [os.waitpid(pid, 0)[1] for pid in pids]
        failed = [error.read_text() for error in errors if error.exists()]
    assert not any(statuses), "\n".join(failed)


def _when(wait: int, go: int, act: Act) -> None:
    connection.ensure_connection()
    os.close(go)
    os.read(wait, 1)  # ends for all when the last one holds it no more
    act()


def killed_at(point: int, act: Act) -> bool:
    """Do it in another process, which is killed with SIGKILL at its point-th step: before a statement, before or after
    a commit, between two stamps. False when it came to its end before that.
    """
    with tempfile.TemporaryDirectory() as folder:
        error = Path(folder, "error")
        status = os.waitpid(_fork(lambda: _dying(point, act), error), 0)[1]
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return True
        assert status == 0, error.read_text() if error.exists() else status
        return False


def _dying(point: int, act: Act) -> None:
    left = [point]

    def step() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute: Any, *args: Any) -> Any:
        step()
        return execute(*args)

    commit, write = connection._commit, pagecache.Stamps.write

    def noisy_commit() -> None:
        step()
        commit()
        step()

    def noisy_write(stamps: Any, keys: Any) -> None:
        for key in keys:
            step()
            write(stamps, [key])

    connection.ensure_connection()
    connection._commit, pagecache.Stamps.write = noisy_commit, noisy_write  # type: ignore[method-assign]
    with connection.execute_wrapper(statement):
        act()


def _fork(act: Act, error: Path) -> int:
    """The number of a process that does this, writes a failure to `error` and is gone."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()  # its threads would not be there on the other side
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads: these hold no lock of ours
        pid = os.fork()
    if pid:
        return pid
    _do_and_go(act, error)


def _do_and_go(act: Act, error: Path) -> NoReturn:
    status = 1
    try:
        act()
        connection.close()
        status = 0
    except BaseException:
        error.write_text(traceback.format_exc())
    finally:
        os._exit(status)
