"""A site of its own to judge: the demo, made anew, behind the production server on a free port."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Site as Served


@contextmanager
def demo() -> Iterator[tuple[str, Served]]:
    """Its address, and where it lies. The demo takes most of a minute to make; it goes away afterwards."""
    with tempfile.TemporaryDirectory(prefix="newsroom-judge-") as folder:
        site = Served("demo", Path(folder), "")
        site.run("manage.py", "start", "--prepare-only")
        with site.serving("--no-announce") as (address, _):
            yield address, site
