"""What the article's past costs: comparing two long bodies, and the history page of an article with many revisions."""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

from benchmarks.corpus import VOCABULARY
from benchmarks.measure import Line, Site
from benchmarks.people import measurer

WORDS, PARAGRAPHS, REVISIONS = 12_000, 200, 300


def measure(site: Site) -> Iterator[Line]:
    """On the site's own database; leaves nothing behind."""
    site.run("manage.py", "migrate", "-v0")
    site.run("manage.py", "collectstatic", "--noinput", "-v0")
    told = site.folder / "comparing.json"
    site.run("-m", "benchmarks.comparing", str(told))
    found = json.loads(told.read_text())
    name = site.name
    yield Line(f"comparing 12,000 words, each paragraph edited ({name})", found["edited"], "ms", 100, 300)
    yield Line(f"comparing 12,000 words, all rewritten ({name})", found["rewritten"], "ms", 100, 300)
    yield Line(f"comparison page, 12,000 words ({name})", found["page"], "ms", 300, 900)
    yield Line(f"history page, {REVISIONS} revisions ({name})", found["history"], "ms", 150, 500)
    yield Line(f"history page, {REVISIONS} revisions ({name})", found["queries"], "queries", 8, 10)


def main(told: Path) -> None:
    django.setup()
    from django.db import transaction

    from articles.richtext import compare

    chance = random.Random(3)
    before = [" ".join(chance.choices(VOCABULARY, k=WORDS // PARAGRAPHS)) for _ in range(PARAGRAPHS)]
    edited = [" ".join(word if chance.random() > 0.1 else "edited" for word in text.split()) for text in before]
    rewritten = [" ".join(chance.choices(VOCABULARY, k=WORDS // PARAGRAPHS)) for _ in range(PARAGRAPHS)]
    bodies = [_body(texts) for texts in (before, edited, rewritten)]
    found: dict[str, float] = {
        "edited": _milliseconds(lambda: compare(bodies[0], bodies[1])),
        "rewritten": _milliseconds(lambda: compare(bodies[0], bodies[2])),
    }
    with transaction.atomic():
        found |= _pages(bodies[0], bodies[1])
        transaction.set_rollback(True)
    told.write_text(json.dumps(found))


def _pages(before: str, after: str) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from articles.models import Article

    article = Article.objects.create(headline="Measured", body=before)
    for number in range(REVISIONS):
        article.body = after if number % 2 else before
        article.save()
        article.record("saved")
    client = Client(headers={"host": "localhost"})
    client.force_login(measurer())
    history = f"/admin/articles/article/{article.pk}/history/"

    def ask(address: str) -> Any:
        response = client.get(address)
        assert response.status_code == 200, address
        return response

    ask(history)
    with CaptureQueriesContext(connection) as queries:
        ask(history)
        asked = len(queries)  # now: the next request forgets them
    return {
        "history": _milliseconds(lambda: ask(history)),
        "page": _milliseconds(lambda: ask(f"{history}compare/?old=1&new=2")),
        "queries": asked,
    }


def _body(paragraphs: list[str]) -> str:
    return "\n".join(f"<p>{text}</p>" for text in paragraphs)


def _milliseconds(work: Any, times: int = 5) -> float:
    """The middle one of some."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
