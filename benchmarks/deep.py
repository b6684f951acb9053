"""Page 5,000 against page 1 with 100,000 articles: of home, a section, a tag and an author, whose lists hold all of them.

Within the server: requests through Django's test client. A database of its own, grown like that of related articles; also
the archive, all authors and a page that is not there.
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

ARTICLES, TIMES = 100_000, 15
LAST = ARTICLES // 20
EVERYWHERE = archive.TAGS + 1  # the tag that is on all of them
LISTS = {"home": "/", "section": "/news/", "tag": "/tags/everywhere/", "author": "/authors/everybody/"}
PAGES = {
    **{f"{name}, page {page:,}": f"{path}?page={page}" for name, path in LISTS.items() for page in (1, 100, LAST)},
    "archive, all years": "/archive/",
    "archive, a year": "/archive/2020/",
    "archive, a month": "/archive/2020/05/",
    "archive, a day": "/archive/2020/05/17/",
    "all authors": "/authors/",
    "not found": "/news/headline-77-on-nothing/",
    "no such page": "/?page=999999",
}
MISSING = {"not found", "no such page"}


def measure(site: Site) -> Iterator[Line]:
    own = site.apart("deep")
    own.run("manage.py", "collectstatic", "--noinput", "-v0")
    report = own.folder / "deep.json"
    own.run("-m", "benchmarks.deep", str(report))
    for name, (milliseconds, queries) in json.loads(report.read_text()).items():
        yield Line(f"{name} ({site.name})", milliseconds, "ms", 25, 25)
        yield Line(f"{name} ({site.name})", queries, "queries", 8, 8)


def main(report: Path) -> None:
    django.setup()
    fill()
    report.write_text(json.dumps({name: measured(address, name in MISSING) for name, address in PAGES.items()}))


def measured(address: str, is_missing: bool) -> tuple[float, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.get("/")
    client.get(address)  # what every page needs is remembered from here on
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        asked = len(queries)
    assert answer.status_code == (404 if is_missing else 200), (address, answer.status_code)
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(took), 1), asked


def fill() -> None:
    from articles.models import PublishedArticle, PublishedByline, PublishedTag, Tag
    from articles.models.months import count_anew
    from authors.models import Author

    if Tag.objects.filter(pk=EVERYWHERE).exists():
        return
    archive.grow(ARTICLES)
    PublishedArticle.objects.update(body=f"<p>{'Words of a paragraph. ' * 20}</p>" * 10)
    tag = Tag(pk=EVERYWHERE, name="Everywhere", slug="everywhere", folded_name="everywhere")
    author = Author.objects.create(name="Everybody")
    rows: Any = list(PublishedArticle.objects.values_list("pk", "published_at"))
    Tag.objects.bulk_create([tag])
    PublishedTag.objects.bulk_create(
        (PublishedTag(tag=tag, content_object_id=pk, published_at=at) for pk, at in rows), batch_size=5000
    )
    PublishedByline.objects.bulk_create(
        (PublishedByline(author=author, published_id=pk, published_at=at) for pk, at in rows), batch_size=5000
    )
    count_anew()
    archive.count()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
