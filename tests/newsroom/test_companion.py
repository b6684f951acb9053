"""A command that lives and dies with the server beside it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from newsroom import companion

BESIDE = [sys.executable, "-P", companion.__file__]
SLEEP = [sys.executable, "-c", "import os, sys, time; print(os.getpid(), flush=True); time.sleep(60)"]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A zombie of a parent that does not look is no life.
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def gone(pid: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(pid)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_it_ends_when_the_server_is_killed() -> None:
    start = (
        "import os, subprocess, sys, time\n"
        f"subprocess.Popen({BESIDE!r} + [str(os.getpid())] + {SLEEP!r})\n"
        "time.sleep(60)"
    )
    server = subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE, text=True)
    assert server.stdout
    command = int(server.stdout.readline())
    assert alive(command)
    server.send_signal(signal.SIGKILL)
    server.wait()
    assert gone(command)
    server.stdout.close()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_its_command_when_it_is_told_to(number: signal.Signals) -> None:
    beside = subprocess.Popen([*BESIDE, str(os.getpid()), *SLEEP], stdout=subprocess.PIPE, text=True)
    assert beside.stdout
    command = int(beside.stdout.readline())
    beside.send_signal(number)
    assert beside.wait(10) == 0 and gone(command)
    beside.stdout.close()


def test_what_ends_is_started_again_after_a_pause_that_grows(monkeypatch: Any, tmp_path: Path, capfd: Any) -> None:
    monkeypatch.setattr(companion, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(companion, "LOOK_EVERY", 0.01)
    rests: list[float] = []
    usual = companion._rest

    def rest(parent: int, seconds: float) -> None:
        if seconds > companion.LOOK_EVERY:
            rests.append(seconds)
        if len(rests) == 3:
            raise companion.Ended
        usual(parent, seconds)

    monkeypatch.setattr(companion, "_rest", rest)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    log = tmp_path / "log"
    try:
        companion.accompany(os.getppid(), ["/bin/sh", "-c", f"echo once >> {log}; exit 3"])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert log.read_text().split() == ["once"] * 3
    assert rests == [0.1, 0.2, 0.4]
    assert "ended with 3" in capfd.readouterr().err
