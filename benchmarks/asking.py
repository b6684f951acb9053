"""Asking for related articles as their pages do, and what an answer costs: time, statements, work.

Work is counted, not timed: steps of SQLite's machine, or buffers that PostgreSQL touched.
"""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

SHOWN = 6


def answer(version: Any) -> Any:
    """What stands beside a version: its own tags are read, too; nothing is remembered."""
    from articles.models.related import question_about, suggestions

    return suggestions(*question_about(version, list(version.tags.all())), SHOWN)


def milliseconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def percentile(share: float, values: Sequence[float]) -> float:
    """The least of them that is as high as this share of them."""
    return sorted(values)[max(math.ceil(len(values) * share / 100) - 1, 0)]


def queries(act: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        act()
    return len(found)


def work(act: Callable[[], Any]) -> float:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if connection.vendor == "sqlite":
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        connection.connection.set_progress_handler(count, 100)
        act()
        connection.connection.set_progress_handler(None, 0)
        return steps * 100.0 or 1.0
    with CaptureQueriesContext(connection) as found:
        act()
    buffers = 0.0
    with connection.cursor() as cursor:
        for query in found:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query['sql']}".replace("%", "%%"), [])
            plan = cursor.fetchone()[0][0]["Plan"]
            buffers += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return buffers
