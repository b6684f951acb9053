"""A command that lives and dies with another process: `python newsroom/companion.py PID COMMAND …`.

It starts the command again when it ends, after a pause that grows, and ends it when process PID, its parent, is gone.
`manage.py start` becomes the web server and leaves this beside it. Nothing of Django is loaded here: it only waits.
"""

import os
import signal
import subprocess
import sys
import time
from typing import Any

FIRST_PAUSE, LONGEST_PAUSE, PATIENCE = 1.0, 60.0, 5.0
LOOK_EVERY = 0.5


class Ended(Exception):
    """The parent is gone, or a signal asked to end."""


def accompany(parent: int, command: list[str]) -> None:
    """Returns when it is over, and then the command is, too."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _ended)
    pause = FIRST_PAUSE
    child: subprocess.Popen[bytes] | None = None
    try:
        while True:
            began = time.monotonic()
            child = subprocess.Popen(command)
            while child.poll() is None:
                _rest(parent, LOOK_EVERY)
            # What ran for a while begins anew with a short pause.
            pause = FIRST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else pause
            print(f"{' '.join(command)} ended with {child.returncode}; once more in {pause:.0f} s.", file=sys.stderr)
            _rest(parent, pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    except Ended:
        if child is not None:
            _end(child)


def _rest(parent: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if os.getppid() != parent:
            raise Ended
        time.sleep(min(left, LOOK_EVERY))


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _ended(*_: Any) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # one is enough
    raise Ended


if __name__ == "__main__":
    accompany(int(sys.argv[1]), sys.argv[2:])
