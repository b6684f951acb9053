"""python -m benchmarks.queries FILE: the most queries that any of the paths in FILE costs, at first and when it is asked for
again, written back into it.
"""

import sys
from pathlib import Path

import django


def main(path: Path) -> None:
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, most, again = Client(headers={"host": "localhost"}), 0, 0
    for number, address in enumerate(path.read_text().split()):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        if number:  # the first page of a process also loads what every page needs
            most = max(most, len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        again = max(again, len(queries))
    path.write_text(f"{most} {again}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
