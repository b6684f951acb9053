"""What the list of articles costs with 100,000 of them: as somebody who sees all, and as an editor of two sections.

Within the server: requests through Django's test client. A database of its own, as nothing else measures that many.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

from benchmarks.measure import Line, Site
from benchmarks.people import measurer

ARTICLES, SECTIONS, AUTHORS, BATCH, TIMES = 100_000, 12, 200, 5000, 7
QUESTIONS = {
    "first page": {},
    "drafts": {"status": "draft"},
    "published": {"status": "published"},
    "changed": {"status": "changed"},
    "withdrawn": {"status": "withdrawn"},
    "a word": {"q": "harbour"},
    "two words, one of a name": {"q": "harbour 77"},
    "no match": {"q": "zanzibar"},
    "page 100": {"p": "100"},
    "without tags": {"lacks": "tags"},
}


def measure(site: Site) -> Iterator[Line]:
    own = site.apart("listing")
    own.run("manage.py", "collectstatic", "--noinput", "-v0")
    report = own.folder / "listing.json"
    own.run("-m", "benchmarks.listing", str(report))
    for who, found in json.loads(report.read_text()).items():
        for question, (milliseconds, queries) in found.items():
            name = f"list of {ARTICLES:,}, {who}, {question}"
            yield Line(f"{name} ({site.name})", milliseconds, "ms", 150, 300)
            if question == "first page":
                yield Line(f"{name} ({site.name})", queries, "queries", 10, 12)


def main(report: Path) -> None:
    django.setup()
    _fill()
    people = {"everything": measurer(), "two sections": _limited()}
    report.write_text(json.dumps({who: _measured(person) for who, person in people.items()}))


def _measured(person: Any) -> dict[str, tuple[float, int]]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client, url = Client(headers={"host": "localhost"}), reverse("admin:articles_article_changelist")
    client.force_login(person)

    def ask(question: dict[str, str]) -> None:
        answer = client.get(url, question)
        assert answer.status_code == 200, answer.status_code

    found = {}
    for name, question in QUESTIONS.items():
        ask(question)
        with CaptureQueriesContext(connection) as queries:
            ask(question)
            asked = len(queries)
        took = []
        for _ in range(TIMES):
            start = time.perf_counter()
            ask(question)
            took.append((time.perf_counter() - start) * 1000)
        found[name] = (round(statistics.median(took), 1), asked)
    return found


def _limited() -> Any:
    from django.contrib.auth.models import Group, User

    from articles.models import Section, SectionLimit

    user, is_new = User.objects.get_or_create(username="limited", is_staff=True)
    if is_new:
        user.groups.add(Group.objects.get(name="Editor"))
        for section in Section.objects.order_by("pk")[:2]:
            SectionLimit.objects.create(user=user, section=section)
    return user


# --- 100,000 articles ---------------------------------------------------------------------------------------------


def _fill() -> None:
    """Past the verbs, in bulk: what is measured is reading. Nine of ten are out; of the rest some of each stage."""
    from django.db import connection

    from articles.models import Article, Section
    from authors.models import Author

    if Article.objects.count() >= ARTICLES:
        return
    sections = Section.objects.bulk_create(Section(name=f"Section {n}", slug=f"section-{n}") for n in range(SECTIONS))
    authors = Author.objects.bulk_create(Author(name=f"Author {n}", slug=f"author-{n}") for n in range(AUTHORS))
    chance = random.Random(1)
    for first in range(0, ARTICLES, BATCH):
        _batch(range(first, first + BATCH), chance, sections, authors)
    with connection.cursor() as cursor:
        # What every database does by itself after a while.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _batch(numbers: range, chance: random.Random, sections: list[Any], authors: list[Any]) -> None:
    from django.utils import timezone

    from articles.models import Article, Byline, PublishedArticle, Stage

    now = timezone.now()
    things = ["harbour", "theatre", "rehearsal", "turntable", "bookshop", "cinema", "crowd", "portrait"]
    articles = [
        Article(
            headline=f"The {things[n % 8]} story number {n}",
            slug=f"story-{n}",
            standfirst="A standfirst of some twenty words, which says what the article is about and why to read on.",
            body=f"<p>{'Words of a paragraph. ' * 60}</p>",
            section=chance.choice(sections),
            stage=chance.choice(Stage.values) if n % 10 == 0 else Stage.DRAFT,
            created_at=now - timedelta(minutes=20 * (ARTICLES - n)),
        )
        for n in numbers
    ]
    Article.objects.bulk_create(articles)
    Byline.objects.bulk_create(Byline(article=one, author=chance.choice(authors)) for one in articles)
    # Of those that are out, one of twenty was changed since, one of fifty is withdrawn.
    PublishedArticle.objects.bulk_create(
        PublishedArticle(
            article=one,
            version=0 if n % 20 == 1 else 1,
            live_from=one.created_at,
            published_at=one.created_at,
            live_until=now - timedelta(minutes=1) if n % 50 == 2 else None,
            **one.content(),
        )
        for n, one in zip(numbers, articles, strict=True)
        if n % 10
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
