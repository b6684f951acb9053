"""A measured line, and a site of its own to measure on."""

import os
import resource
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Line:
    """`floor` is the worst that may be: a least for what is counted per second or as quality, a most for all else."""

    name: str
    value: float
    unit: str
    target: float
    floor: float

    @property
    def holds(self) -> bool:
        return self.value >= self.floor if self.more_is_better else self.value <= self.floor

    @property
    def more_is_better(self) -> bool:
        return self.unit.endswith("/s") or self.unit in {"of 1", "times better"}

    def __str__(self) -> str:
        sign = "≥" if self.more_is_better else "≤"
        mark = "" if self.holds else "   MISSED"
        return f"{self.name:<58} {self.value:>9.6g} {self.unit:<11} (floor {sign} {self.floor:g}, target {self.target:g}){mark}"


@dataclass(frozen=True)
class Site:
    """A database and a folder that nothing else uses."""

    name: str
    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "VAR_DIR": str(self.folder),
            "SECRET_KEY": "only-for-measuring-only-for-measuring-only",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "PYTHONPATH": str(ROOT),
        }
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEBUG", "PORT"}}
        return kept | own | ({"DATABASE_URL": self.database} if self.database else {})

    def apart(self, name: str, *, anew: bool = False) -> "Site":
        """Another folder, and another database of the same kind and server, with its tables: kept from run to run, or
        made anew.
        """
        own = replace(self, folder=self.folder / name)
        if anew:
            shutil.rmtree(own.folder, ignore_errors=True)
        own.folder.mkdir(parents=True, exist_ok=True)
        if self.database:
            own = replace(own, database=_another_database(self.database, f"newsroom_bench_{name}", anew))
        own.run("manage.py", "migrate", "-v0")
        return own

    def run(self, *arguments: str, timeout: float = 1800) -> None:
        """manage.py or a module of ours; its output only when it fails."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        if done.returncode:
            sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")

    def run_measured(self, *arguments: str) -> tuple[float, float]:
        """Seconds, and the most memory that it held at once in MB."""
        start = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert child.stderr is not None
        problems = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{' '.join(arguments)} failed:\n{problems.decode()[-4000:]}")
        return time.perf_counter() - start, _megabytes(used)

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[tuple[str, float]]:
        """The site as `manage.py start` serves it; its address, and the seconds until its first page came."""
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        start = time.perf_counter()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--no-demo", *arguments],
            env=self.environment | {"PORT": str(port)}, cwd=ROOT, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(address, server)
            yield address, time.perf_counter() - start
        finally:
            server.terminate()
            server.wait(20)


def _another_database(url: str, name: str, anew: bool) -> str:
    """Its address; `url` is that of any database of the server. The pool is Django's own option."""
    import psycopg

    before, _, options = url.partition("?")
    kept = "&".join(one for one in options.split("&") if one and not one.startswith("pool="))
    with psycopg.connect(f"{before}?{kept}", autocommit=True) as server:
        if anew:
            server.execute(f"DROP DATABASE IF EXISTS {name}")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}")
    return f"{before.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(address: str, server: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            sys.exit("the server ended before it answered")
        try:
            urllib.request.urlopen(address + "/", timeout=5).read()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    sys.exit(f"no answer from {address} within {seconds:.0f} seconds")
