"""The throw-away server of the tests: two at once don't meet, and nothing of them stays."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests import postgres

pytestmark = pytest.mark.skipif(
    postgres.find_binaries() is None,
    reason="no PostgreSQL: there is no initdb beside a postgres",
)

OWNER = """
import time
from tests import postgres
server = postgres.start()
print(server.pid, server.folder, flush=True)
time.sleep(60)
"""


def started() -> postgres.Server:
    server = postgres.start()
    assert server
    return server


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def becomes_true(condition: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_two_at_once_know_nothing_of_each_other_and_leave_nothing() -> None:
    with ThreadPoolExecutor(2) as pool:
        servers = list(pool.map(lambda _: started(), range(2)))
    for server in servers:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE desk")  # would fail the second time if they shared anything
    for server in servers:
        assert is_running(server.pid)
        server.stop()
        server.stop()  # once more is no error
        assert not is_running(server.pid)
        assert not is_running(server.keeper.pid)
        assert not server.folder.exists()


def test_it_is_private_and_knows_the_letters_of_all_languages() -> None:
    server = started()
    assert server.folder.stat().st_mode & 0o077 == 0
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SELECT lower('ÄÉŁ')").fetchone() == ("äéł",)
    server.stop()


def test_nothing_stays_when_its_owner_is_killed() -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER],
        cwd=Path(postgres.__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    with owner:
        assert owner.stdout
        pid, folder = owner.stdout.readline().split()
        owner.kill()
    assert becomes_true(lambda: not is_running(int(pid)))
    assert becomes_true(lambda: not Path(folder).exists())


def test_a_wrong_pg_bin_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(postgres.PostgresError, match="no initdb beside a postgres"):
        postgres.start()


def test_a_failing_initdb_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'no space left in the cellar'\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(postgres.PostgresError, match="initdb failed: no space left in the cellar"):
        postgres.start()
