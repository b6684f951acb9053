"""What putting tags in order costs: a tag on 40,000 articles renamed, 300,000 rows merged while pages of theirs are read.

A database of its own. What is timed is each step of the merge, a transaction each, as another process reads.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

from benchmarks.measure import Line, Site

RENAMED, MERGED, BATCH, BOTH = 40_000, 150_000, 5_000, 10  # every tenth article bears the other tag, too


def measure(site: Site) -> Iterator[Line]:
    own = site.apart("tag_order", anew=True)
    own.run("manage.py", "collectstatic", "--noinput", "-v0")
    report = own.folder / "tag_order.json"
    own.run("-m", "benchmarks.tag_order", str(report), timeout=3600)
    found = json.loads(report.read_text())
    rename, merge = f"renaming a tag on {RENAMED:,} articles", f"merging {2 * MERGED:,} rows"
    yield Line(f"{rename}, rows of tags and articles written ({site.name})", found["written"], "rows", 1, 1)
    yield Line(f"{rename} ({site.name})", found["rename"], "ms", 20, 100)
    yield Line(f"{merge}, longest transaction ({site.name})", found["longest"], "ms", 150, 250)
    yield Line(f"{merge}, as a whole ({site.name})", found["whole"], "s", 30, 120)
    yield Line(f"{merge}, a reader's page meanwhile, median ({site.name})", found["reading"], "ms", 30, 100)
    yield Line(f"undoing it, longest transaction ({site.name})", found["undo"], "ms", 150, 250)


def main(report: Path) -> None:
    django.setup()
    fill()
    found = _renaming() | _merging()
    report.write_text(json.dumps(found))


# --- what is measured -------------------------------------------------------------------------------------------------


def _renaming() -> dict[str, float]:
    from django.db import connection

    from articles.models import Tag
    from articles.models.tags.order.renaming import rename

    written = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        answer = execute(sql, params, many, context)
        if sql.startswith("UPDATE") and any(
            f'"articles_{name}"' in sql for name in ("tag", "articletag", "publishedtag")
        ):
            written += context["cursor"].rowcount
        return answer

    tag = Tag.objects.get(name="Small")
    start = time.perf_counter()
    with connection.execute_wrapper(count):
        rename(tag, "Smaller")
    return {"rename": _ms(start), "written": written}


def _merging() -> dict[str, float]:
    from articles.models import Tag, TagAct
    from articles.models.tags.order.merging import begin_merge
    from articles.models.tags.order.undoing import begin_undo

    old, into = Tag.objects.get(name="Old"), Tag.objects.get(name="Into")
    reader = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.tag_order", "--read"], stdout=subprocess.PIPE, text=True
    )
    start = time.perf_counter()
    (act,) = begin_merge([old], into)
    steps = [_ms(start), *_steps(act)]
    whole = time.perf_counter() - start
    reader.terminate()
    times = [float(line) for line in (reader.communicate()[0] or "").split()]
    assert Tag.objects.get(pk=into.pk).uses == MERGED
    start = time.perf_counter()
    begin_undo(act)
    back = [_ms(start), *_steps(TagAct.objects.get(pk=act.pk))]
    return {
        "longest": max(steps), "usual": statistics.median(steps), "whole": whole, "undo": max(back), "reading": statistics.median(times) if times else 1e9,
    }  # fmt: skip


def _steps(act: Any) -> list[float]:
    """Each of them is one transaction."""
    from articles.models.tags.order.working import go_on

    times = []
    while act.is_at_work:
        start = time.perf_counter()
        go_on(act, seconds=0)
        times.append(_ms(start))
    return times


def read() -> None:
    """As a reader: the target's page and an article's, one after the other, until somebody ends this."""
    django.setup()
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    chance = random.Random(2)
    while True:
        address = "/tags/into/" if chance.random() < 0.5 else f"/section/no-{chance.randrange(MERGED)}/"
        start = time.perf_counter()
        assert client.get(address).status_code == 200, address
        print(_ms(start), flush=True)
        time.sleep(0.1)


def _ms(start: float) -> float:
    return (time.perf_counter() - start) * 1000


# --- what it is measured on ---------------------------------------------------------------------------------------------


def fill() -> None:
    from django.db import connection

    from articles.models import Article, ArticleTag, PublishedTag, Section, Tag

    section = Section.objects.create(name="Section", slug="section")
    old, into, small = Tag.objects.named(["Old", "Into", "Small"])
    for first in range(0, MERGED, BATCH):
        articles, versions = _articles(section, range(first, first + BATCH))
        for model, bearers, more in ((ArticleTag, articles, False), (PublishedTag, versions, True)):
            rows = []
            for place, one in enumerate(bearers):
                tags = [old, *([into] if place % BOTH == 0 else []), *([small] if first + place < RENAMED else [])]
                dated = {"published_at": one.published_at} if more else {}
                rows += [model(content_object=one, tag=tag, **dated) for tag in tags]
            model.objects.bulk_create(rows, batch_size=BATCH)
    Tag.objects.filter(pk=old.pk).update(uses=MERGED)
    Tag.objects.filter(pk=into.pk).update(uses=MERGED // BOTH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert Article.objects.count() == MERGED


def _articles(section: Any, numbers: range) -> tuple[list[Any], list[Any]]:
    from datetime import timedelta

    from django.utils import timezone

    from articles.models import Article, PublishedArticle

    now = timezone.now()
    articles = Article.objects.bulk_create(
        Article(headline=f"No. {n}", slug=f"no-{n}", section=section, body=f"<p>{'A sentence of it. ' * 60}</p>")
        for n in numbers
    )
    at = [now - timedelta(minutes=10 * (MERGED - n)) for n in numbers]
    versions = PublishedArticle.objects.bulk_create(
        PublishedArticle(article=one, version=1, live_from=when, published_at=when, **one.content())
        for one, when in zip(articles, at, strict=True)
    )
    return list(articles), list(versions)


if __name__ == "__main__":
    read() if sys.argv[1] == "--read" else main(Path(sys.argv[1]))
