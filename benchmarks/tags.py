"""The pages of tags with 100,000 articles: of a tag on 30 % of them, of tags together, those that never meet included.

Within the server: requests through Django's test client. A database of its own, grown like that of related articles, but
with bodies: a row is long, and walking over it costs.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

from benchmarks import archive
from benchmarks.measure import Line, Site

ARTICLES, TIMES = 100_000, 7
APART, RARE = archive.TAGS + 1, 5000  # on 30 % of all, never beside the tag that is on the other 30 %; on a few
PAGES = {
    "on 30 % of all": "/tags/tag-1/",
    "on 30 %, page 1,000": "/tags/tag-1/?page=1000",
    "on a few": f"/tags/tag-{RARE}/",
    "on 30 %, its feed": "/tags/tag-1/feed/",
    "on 30 % and on 10 %": "/tags/tag-1+tag-2/",
    "on 30 % and on 10 %, page 100": "/tags/tag-1+tag-2/?page=100",
    "on 30 %, on 10 % and the third": "/tags/tag-1+tag-2+tag-3/",
    "two on 30 % that never meet": "/tags/apart+tag-1/",
    "on 30 % and on a few": f"/tags/tag-1+tag-{RARE}/",
}
EMPTY = {"two on 30 % that never meet"}


def measure(site: Site) -> Iterator[Line]:
    own = site.apart("tags")
    own.run("manage.py", "collectstatic", "--noinput", "-v0")
    report = own.folder / "tags.json"
    own.run("-m", "benchmarks.tags", str(report))
    for name, (milliseconds, queries) in json.loads(report.read_text()).items():
        yield Line(f"tag page, {name} ({site.name})", milliseconds, "ms", 60, 200)
        yield Line(f"tag page, {name} ({site.name})", queries, "queries", 8, 8)


def main(report: Path) -> None:
    django.setup()
    fill()
    report.write_text(json.dumps({name: measured(address, name in EMPTY) for name, address in PAGES.items()}))


def measured(address: str, is_empty: bool) -> tuple[float, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.get(address)  # what every page needs is remembered from here on
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        asked = len(queries)
    assert answer.status_code == (404 if is_empty else 200), (address, answer.status_code)
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(took), 1), asked


def fill() -> None:
    from django.db import connection
    from django.db.models import Exists, OuterRef

    from articles.models import PublishedArticle, PublishedTag, Tag

    if Tag.objects.filter(pk=APART).exists():
        return
    archive.grow(ARTICLES)
    PublishedArticle.objects.update(body=f"<p>{'Words of a paragraph. ' * 20}</p>" * 10)
    Tag.objects.bulk_create([Tag(pk=APART, name="Apart", slug="apart", folded_name="apart")])
    beside: Any = Exists(PublishedTag.objects.filter(tag=1, content_object=OuterRef("pk")))
    rows = PublishedArticle.objects.filter(~beside, pk__lte=ARTICLES * 3 // 7).values_list("pk", "published_at")
    PublishedTag.objects.bulk_create(
        (PublishedTag(tag_id=APART, content_object_id=pk, published_at=at) for pk, at in rows), batch_size=5000
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM FULL articles_publishedarticle")
    archive.count()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
