"""Related articles where all articles have the same date, as after an import that knew none: the nearest in time are all.

In a transaction that is not committed, so that the archive stays what it was.
"""

import random
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import archive
from benchmarks.asking import SHOWN, answer, milliseconds, work

ASKED, RUNS = 60, 3
TABLES = ("articles_publishedarticle", "articles_publishedtag", "articles_publishedterm")
# PostgreSQL writes the table anew, with its indexes: an UPDATE would leave each row in it twice, and what is measured here
# and afterwards would walk over the dead ones.
DATING = {
    "sqlite": "UPDATE {table} SET published_at = %s",
    "postgresql": "ALTER TABLE {table} ALTER published_at TYPE timestamptz USING %s::timestamptz",
}


def measured(size: int) -> tuple[float, float]:
    """The work of an answer, and its milliseconds."""
    from articles.models import PublishedArticle

    numbers = random.Random(f"one date {size}").sample(range(1, size + 1), ASKED)
    with _all_on_one_date():
        asked = [PublishedArticle.objects.get(pk=number) for number in numbers]
        assert {version.published_at for version in asked} == {archive.END}
        assert all(len(answer(version)) == SHOWN for version in asked)
        works = statistics.median(work(lambda version=version: answer(version)) for version in asked)
        runs = [
            statistics.median(milliseconds(lambda version=version: answer(version)) for version in asked)
            for _ in range(RUNS)
        ]
    return works, min(runs)


@contextmanager
def _all_on_one_date() -> Iterator[Any]:
    from django.db import connection, transaction

    date = connection.ops.adapt_datetimefield_value(archive.END)
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(DATING[connection.vendor].format(table=table), [date])
                cursor.execute(f"ANALYZE {table}")  # as such a site's database would have done by itself
        yield
        transaction.set_rollback(True)
    connection.close()  # SQLite would go on with what it has learnt of the tables
