"""What is claimed to be fast, measured: `make bench`. Prints a table and writes var/bench.json.

Every figure is taken on SQLite and, where a PostgreSQL can be started, on that too. Machines differ: compare the
lines of one run with each other, and runs on one machine over time. `floor` is what must hold, `target` the aim.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import (
    autosave,
    calendar,
    comparing,
    deep,
    editor,
    importing,
    listing,
    picking,
    planted,
    reading,
    related,
    rendering,
    searching,
    starting,
    tag_order,
    tagging,
    tags,
)
from benchmarks.measure import Line, Site

ROOT = Path(__file__).resolve().parent.parent
MEASURES = tuple(
    subject.measure
    for subject in (
        reading,
        rendering,
        starting,
        editor,
        autosave,
        picking,
        comparing,
        deep,
        importing,
        listing,
        calendar,
        planted,
        related,
        tag_order,
        tags,
        tagging,
        searching,
    )
)


def main() -> None:
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    lines: list[Line] = []
    for site in sites(folder):
        print(f"\n{site.name}", flush=True)
        for measure in MEASURES:
            for line in measure(site):
                lines.append(line)
                print(f"  {line}", flush=True)
    (ROOT / "var" / "bench.json").write_text(json.dumps([asdict(line) for line in lines], indent=1) + "\n")
    missed = [line for line in lines if not line.holds]
    print(f"\n{len(lines) - len(missed)} of {len(lines)} floors hold; written to var/bench.json")
    sys.exit(1 if missed else 0)


def sites(folder: Path) -> list[Site]:
    found = [Site("SQLite", folder / "sqlite", "")]
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url:
        from tests.postgres import start

        server = start()
        url = server.url if server else ""
    if url:
        found.append(Site("PostgreSQL", folder / "postgresql", url))
    else:
        print("PostgreSQL left out: no server and no binaries found.")
    return found


if __name__ == "__main__":
    main()
