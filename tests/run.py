"""Every test, in three rounds: on SQLite, on PostgreSQL, in a browser. `make test` and CI call this.

Arguments go to pytest (`-k slug`, `tests/articles`), except `--nothing-left-out`, which makes it a failure
when a round can't run here. What did not run is told at the end with its reason; the last line is the sum.
"""

import ast
import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BROWSER_TESTS = "tests/browser"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OLDEST_POSTGRES = 140000  # 14, as Django 5.2 asks for
STATUS_NO_TESTS = 5  # what pytest ends with when it found no test to run


class LeftOut(Exception):
    """A round can't run here. Its text is the reason."""


@dataclass
class Result:
    """What became of one round."""

    name: str
    outcomes: Counter[str] = field(default_factory=Counter)
    skips: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    status: int = 0  # that pytest ended with
    trouble: str = ""  # a failure that is not one of a test
    left_out: str = ""

    @property
    def ran(self) -> int:
        return self.outcomes["passed"] + self.outcomes["failed"]


def main(arguments: list[str]) -> int:
    strict = "--nothing-left-out" in arguments
    arguments = [argument for argument in arguments if argument != "--nothing-left-out"]
    rounds = {"SQLite": on_sqlite, "PostgreSQL": on_postgres, "Browser": in_browser}
    results = [attempt(name, play, arguments) for name, play in rounds.items()]
    report(results)
    failed = any(result.outcomes["failed"] or (strict and result.left_out) for result in results)
    return int(failed or not any(result.ran for result in results))


# --- the rounds ---------------------------------------------------------------------------------------------


def attempt(name: str, play: Callable[[list[str]], Result], arguments: list[str]) -> Result:
    """Play one round. Whatever stands in its way is part of the result."""
    began = time.monotonic()
    try:
        result = play(arguments)
    except LeftOut as reason:
        result = Result("", left_out=str(reason))
        print(f"\n=== {name}: left out ===\n{reason}", flush=True)
    else:
        judge(result, selective=bool(arguments))
    result.name, result.seconds = name, time.monotonic() - began
    return result


def judge(result: Result, selective: bool) -> None:
    """Add what the counts don't tell. Trouble counts as a failed test, or the sum would look harmless."""
    if result.status == STATUS_NO_TESTS and selective:
        result.left_out = "the arguments select no test of it"
    elif result.status not in (0, 1, STATUS_NO_TESTS):
        result.trouble = f"pytest ended with status {result.status}"
    elif result.status == 1 and not result.outcomes["failed"]:
        result.trouble = "pytest failed, but no test did"
    elif not result.ran:
        result.trouble = "no test ran"
    if result.trouble:
        result.outcomes["failed"] += 1


def on_sqlite(arguments: list[str]) -> Result:
    return run_pytest("SQLite", without_browser(arguments), {})


def on_postgres(arguments: list[str]) -> Result:
    selection = without_browser(arguments)
    database = find_postgres()
    try:
        return run_pytest(f"PostgreSQL {database.what}", selection, {"DATABASE_URL": database.url})
    finally:
        database.stop()


def in_browser(arguments: list[str]) -> Result:
    selection = browser_only(arguments)
    result = run_pytest(f"Browser {find_chromium()}, on SQLite", [*selection, "-n", "auto"], {})
    return once_more(result, selection)


MOST_ONCE_MORE = 5  # more than that is no matter of time


def once_more(result: Result, selection: list[str]) -> Result:
    """A few browser tests that failed while every core was busy are played again, one at a time; told, not hidden."""
    failed = result.outcomes["failed"]
    if result.status != 1 or not 0 < failed <= MOST_ONCE_MORE:
        return result
    again = run_pytest(f"Browser: {failed} that failed, once more by themselves", [*selection, "--lf"], {})
    if again.status == 0 and again.outcomes["passed"] == failed:
        print(f"{failed} passed only when played alone: a test or the site is slower than its test allows.")
        result.outcomes["passed"] += failed
        result.outcomes["failed"] = result.status = 0
    return result


def without_browser(arguments: list[str]) -> list[str]:
    paths, options = split(arguments)
    chosen = [path for path in paths if not path.startswith(BROWSER_TESTS)]
    if paths and not chosen:
        raise LeftOut("the arguments name browser tests only")
    return [*(chosen or ["tests"]), f"--ignore={BROWSER_TESTS}", "-n", "auto", *options]


def browser_only(arguments: list[str]) -> list[str]:
    paths, options = split(arguments)
    chosen = [path for path in paths if path.startswith(BROWSER_TESTS)]
    if paths and not chosen:
        raise LeftOut("the arguments name no browser test")
    return [*(chosen or [BROWSER_TESTS]), *options]


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The tests that the arguments name by their path from the project's folder, and everything else."""
    paths = [argument for argument in arguments if argument.startswith("tests/")]
    return paths, [argument for argument in arguments if argument not in paths]


# --- one run of pytest --------------------------------------------------------------------------------------


def run_pytest(title: str, arguments: list[str], settings: dict[str, str]) -> Result:
    print(f"\n=== {title} ===", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "SECRET_KEY": "only-for-tests-" * 4}
    environment |= settings
    with tempfile.TemporaryDirectory(prefix="newsroom-tests-") as folder:
        record = Path(folder, "results.xml")
        # -rfE: at its end pytest repeats the failures; what it skipped, report() tells once for all rounds.
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-rfE", f"--junit-xml={record}"]
        status = wait_for(subprocess.Popen([*command, *arguments], cwd=ROOT, env=environment))
        result = read_record(record)
    result.status = status
    return result


def wait_for(process: "subprocess.Popen[bytes]") -> int:
    """Its exit status. Where this process has to end first, it takes pytest and its workers along."""
    try:
        return process.wait()
    except KeyboardInterrupt:  # pytest was told by the same Ctrl-C and is clearing up
        with suppress(subprocess.TimeoutExpired):
            process.wait(15)
        raise
    finally:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def read_record(record: Path) -> Result:
    """Count pytest's JUnit record. A test that fails and can't be cleared up either is one failed test."""
    result = Result("")
    if not record.is_file():
        return result
    outcomes: dict[tuple[str | None, str | None], str] = {}
    for case in ElementTree.parse(record).iter("testcase"):
        test = (case.get("classname"), case.get("name"))
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcomes[test] = "failed"
        elif skipped is not None:
            outcomes.setdefault(test, "skipped")
            result.skips[reason_of(skipped)] += 1
        else:
            outcomes.setdefault(test, "passed")
    result.outcomes.update(outcomes.values())
    return result


def reason_of(skipped: ElementTree.Element) -> str:
    reason = skipped.get("message") or "no reason given"
    if reason == "collection skipped":  # a whole module; pytest hides its reason in a written-out tuple
        with suppress(ValueError, SyntaxError, IndexError):
            reason = str(ast.literal_eval(skipped.text or "")[2]).removeprefix("Skipped: ")
    if skipped.get("type") == "pytest.xfail":
        return f"expected to fail: {reason}"
    return reason


# --- where PostgreSQL and Chromium are ----------------------------------------------------------------------


@dataclass
class Database:
    url: str
    what: str
    stop: Callable[[], None] = lambda: None


def find_postgres() -> Database:
    """The server that TEST_DATABASE_URL names, one at localhost that lets us in, or one of our own."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        if not url.startswith(("postgres://", "postgresql://")):
            raise LeftOut("no PostgreSQL: TEST_DATABASE_URL does not begin with postgres://")
        return Database(url, "at TEST_DATABASE_URL")
    return local_postgres() or embedded_postgres()


def local_postgres() -> Database | None:
    """A server at localhost:5432 where we may create databases. Its password, if any, is in PGPASSWORD."""
    try:
        socket.create_connection(("localhost", 5432), timeout=1).close()
    except OSError:
        return None
    users = ["postgres"]
    with suppress(KeyError, OSError):  # in a container the user may have no name
        users.append(getpass.getuser())
    for user in users:
        if version := version_for(user):
            return Database(f"postgres://{quote(user)}@localhost:5432/newsroom", f"{version} at localhost")
    return None


def version_for(user: str) -> str | None:
    """The version of the server at localhost; None when it is too old or does not let this user create."""
    import psycopg

    may_create = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(
            host="localhost",
            port=5432,
            user=user,
            dbname="postgres",
            connect_timeout=2,
        ) as connection:
            if connection.info.server_version < OLDEST_POSTGRES:
                return None
            if connection.execute(may_create).fetchone() != (True,):
                return None
            return connection.info.parameter_status("server_version")
    except psycopg.Error:
        return None


def embedded_postgres() -> Database:
    sys.path.insert(0, str(ROOT))  # this file is run as a script, which puts only its own folder there
    from tests import postgres

    try:
        server = postgres.start()
    except postgres.PostgresError as error:
        raise LeftOut(f"no PostgreSQL: {error}") from None
    if server is None:
        raise LeftOut(
            "no PostgreSQL: TEST_DATABASE_URL is not set, nothing at localhost:5432 lets us in, and there is "
            "no initdb beside a postgres in PG_BIN, on PATH or where systems put them"
        )
    return Database(server.url, f"{server.version}, a server of our own from {server.binaries}", server.stop)


def find_chromium() -> str:
    """The program that CHROMIUM names, else the first of the usual ones."""
    if named := os.environ.get("CHROMIUM"):
        if program := shutil.which(named):
            return program
        raise LeftOut(f"no Chromium: CHROMIUM is {named!r}, which is no program")
    for name in CHROMIUM_NAMES:
        if program := shutil.which(name):
            return program
    raise LeftOut(f"no Chromium: CHROMIUM is not set, and on PATH there is no {', '.join(CHROMIUM_NAMES)}")


# --- the report ---------------------------------------------------------------------------------------------


def report(results: list[Result]) -> None:
    print("\n=== Summary ===")
    for result in results:
        what = "left out" if result.left_out else f"{counts(result.outcomes)} in {result.seconds:.0f} s"
        print(f"{result.name:11} {what}" + (f"; {result.trouble}" if result.trouble else ""))
    omissions = [line for result in results for line in what_is_missing(result)]
    if omissions:
        print("\nNot run:", *omissions, sep="\n  ")
    print()
    print(counts(sum((result.outcomes for result in results), Counter())), flush=True)


def what_is_missing(result: Result) -> list[str]:
    lines = [f"{result.name}: {result.left_out}"] if result.left_out else []
    return lines + [f"{result.name}: {number} x {reason}" for reason, number in result.skips.most_common()]


def counts(outcomes: Counter[str]) -> str:
    return ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped"))


if __name__ == "__main__":
    for ending in (signal.SIGTERM, signal.SIGHUP):  # an orderly end: pytest and the server are told
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Interrupted.")
