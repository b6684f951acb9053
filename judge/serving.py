"""A site of its own to judge: the demo, made anew, behind the production server on a free port; on SQLite, or on a
PostgreSQL that is thrown away.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Site as Served
from judge import tools
from tests import postgres


@contextmanager
def demo(database: str = "") -> Iterator[tuple[str, Served]]:
    """Its address, and where it lies. The demo takes most of a minute to make; it goes away afterwards. `database`: the
    address of an empty PostgreSQL.
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-judge-") as folder:
        site = Served("demo", Path(folder), database)
        site.run("manage.py", "start", "--prepare-only")
        with site.serving("--no-announce") as (address, _):
            yield address, site


@contextmanager
def demo_on_postgresql() -> Iterator[str]:
    """Its address. Raises tools.Missing where no PostgreSQL can be started."""
    server = postgres.start()
    if server is None:
        raise tools.Missing("no PostgreSQL and no binaries of it found")
    try:
        with demo(server.url) as (address, _):
            yield address
    finally:
        server.stop()
