"""Search of 100,000 articles with bodies of three hundred words, in an archive of fifteen years: what readers wait for.

Within the server: requests through Django's test client, each question once after those before it, as readers come. The 95th
percentile of each kind of question. A database of its own, grown like that of related articles.
"""

import itertools
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks import archive
from benchmarks.measure import Line, Site

ARTICLES = int(os.environ.get("BENCH_ARTICLES", "100000"))
TIMES = 40
MOST = {"SQLite": 100, "PostgreSQL": 60}  # milliseconds
BATCH = 2000
LAW = list(itertools.accumulate(1 / (rank + 10) for rank in range(archive.WORDS)))
# As w1 to w20: in half of all articles and more. As w15000: in a few.
COMMON, RARE = range(1, 20), range(8000, 20_000)

Ask = Callable[[random.Random], dict[str, Any]]


def _some(chance: random.Random, among: range, count: int) -> str:
    return " ".join(archive.word(chance.choice(among)) for _ in range(count))


QUESTIONS: dict[str, Ask] = {
    "a common word": lambda chance: {"q": _some(chance, COMMON, 1)},
    "a rare word": lambda chance: {"q": _some(chance, RARE, 1)},
    "words of any kind": lambda chance: {"q": " ".join(chance.choices(_ALL, cum_weights=LAW, k=3))},
    "three common words": lambda chance: {"q": _some(chance, COMMON, 3)},
    "a phrase of common words": lambda chance: {"q": f'"{_some(chance, COMMON, 2)}"'},
    "common, but not": lambda chance: {"q": f"{_some(chance, COMMON, 1)} -{_some(chance, COMMON, 1)}"},
    "either of common words": lambda chance: {"q": " OR ".join(_some(chance, COMMON, 3).split())},
    "a tag's name and a word": lambda chance: {"q": f"tag {chance.randrange(1, 50)}"},
    "common, with a tag": lambda chance: {"q": _some(chance, COMMON, 1), "tag": f"tag-{chance.randrange(1, 9)}"},
    "common, of one year": lambda chance: {
        "q": _some(chance, COMMON, 1), "from": f"{(year := chance.randrange(2012, 2026))}-01-01", "until": f"{year}-12-31",
    },
    "common, page 20": lambda chance: {"q": _some(chance, COMMON, 1), "page": 20},
    "nothing holds it": lambda chance: {"q": f"x{chance.randrange(10**6)}y {_some(chance, RARE, 1)}"},
}  # fmt: skip
_ALL = [archive.word(number + 1) for number in range(archive.WORDS)]


def measure(site: Site) -> Iterator[Line]:
    own = site.apart("searching")
    own.run("manage.py", "collectstatic", "--noinput", "-v0")
    report = own.folder / "searching.json"
    own.run("-m", "benchmarks.searching", str(report), timeout=7200)
    most = MOST[site.name]
    for name, (milliseconds, queries) in json.loads(report.read_text()).items():
        yield Line(f"search, {name}, 95 % ({site.name})", milliseconds, "ms", most / 2, most)
        yield Line(f"search, {name} ({site.name})", queries, "queries", 8, 8)


def main(report: Path) -> None:
    django.setup()
    fill()
    report.write_text(json.dumps({name: measured(name, ask) for name, ask in QUESTIONS.items()}))


def measured(name: str, ask: Ask) -> tuple[float, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, chance = Client(headers={"host": "localhost"}), random.Random(name)
    client.get("/search/?q=xyzzyx")  # what every page needs is remembered from here on
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/search/?{urlencode(ask(chance))}")
        asked = len(queries)
    took = []
    for _ in range(TIMES):
        address = f"/search/?{urlencode(ask(chance))}"
        start = time.perf_counter()
        answer = client.get(address)
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status_code in {200, 404}, (address, answer.status_code)
    return round(sorted(took)[int(TIMES * 0.95) - 1], 1), asked


def fill() -> None:
    from django.db import connection, transaction

    from articles.models import PublishedArticle, SearchEntry
    from articles.models.searching import keeping

    if SearchEntry.objects.count() >= ARTICLES:
        return
    archive.grow(ARTICLES)
    place = SearchEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    while batch := list(PublishedArticle.objects.filter(pk__gt=place).order_by("pk")[:BATCH]):
        place = batch[-1].pk
        for one in batch:
            one.body = f"<p>{' '.join(random.Random(one.pk).choices(_ALL, cum_weights=LAW, k=300))}</p>"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE articles_publishedarticle SET body = %s WHERE id = %s", [(one.body, one.pk) for one in batch]
            )
            keeping.keep(batch)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
