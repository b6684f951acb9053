"""python -m judge.counting FILE: how many queries each path in FILE (a JSON list) costs, written back into it.

In a process of its own, within the environment of the judged site. `DEEP` is how few items a page has there, so that the
lists of a small demo are many pages long.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django

DEEP = 2


def main(file: Path) -> None:
    django.setup()
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.get("/")  # the first page of a process also loads what every page needs
    file.write_text(json.dumps({path: _counts(client, path) for path in json.loads(file.read_text())}))


def _counts(client: Any, path: str) -> dict[str, int | None]:
    """None where there is no such page."""
    from django.test import override_settings

    first = _queries(client, path)
    with override_settings(PAGE_SIZE=DEEP):
        deepest = next((n for n in range(30, 1, -1) if client.get(f"{path}?page={n}").status_code == 200), None)
        deep = _queries(client, f"{path}?page={deepest}") if deepest else None
    return {"page 1": first, "deep page": deep}


def _queries(client: Any, path: str) -> int | None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    return len(queries) if answer.status_code == 200 else None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
