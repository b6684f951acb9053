"""What the editorial calendar costs on a site of 100,000 articles with 500 in the month. Within the server: a request
through Django's test client, whose login and middleware are the real ones.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

from benchmarks.measure import Line, Site
from benchmarks.people import measurer

ARTICLES, IN_THE_MONTH, TIMES = 100_000, 500, 15
BATCH = 2000
LEAST = {"month": 50, "week": 10, "list": 5}  # entries, or it measures an empty page
LIMITED = "measuring-limits"


def measure(site: Site) -> Iterator[Line]:
    report = site.folder / "calendar.json"
    site.run("manage.py", "collectstatic", "--no-input", "-v0")  # its page names the style sheets by their hashes
    site.run("-m", "benchmarks.calendar", str(report))
    for name, milliseconds in json.loads(report.read_text()).items():
        yield Line(f"the calendar, {name} ({site.name})", milliseconds, "ms", 120, 200)


def main(report: Path) -> None:
    django.setup()
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    _fill(month)
    url, found = reverse("admin:articles_article_calendar"), {}
    for person, user in (("", measurer()), (" for a person with limits", _limited())):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        for view in LEAST:
            took = []
            for _ in range(TIMES):
                start = time.perf_counter()
                answer = client.get(url, {"view": view})
                took.append((time.perf_counter() - start) * 1000)
                assert answer.status_code == 200, answer.status_code
                assert answer.content.count(b'class="entry ') > LEAST[view]
            found[f"{view}{person}"] = round(statistics.median(took), 1)
    report.write_text(json.dumps(found))


def _limited() -> Any:
    """Who reaches two sections and what is his own: the questions that cost most."""
    from django.contrib.auth.models import Group, Permission, User

    from articles.models import Section, SectionLimit
    from articles.roles import Role
    from articles.setting_up_roles import set_up

    user = User.objects.filter(username=LIMITED).first()
    if user is None:
        set_up(Group, Permission)
        user = User.objects.create_user(LIMITED, is_staff=True)
        user.groups.add(Group.objects.get(name=Role.PUBLISHER))
        SectionLimit.objects.bulk_create(SectionLimit(user=user, section=one) for one in Section.objects.all()[:2])
    return user


def _fill(month: datetime) -> None:
    """As many as are missing, in this month and over the thirty years before it; rows past the verbs, in bulk."""
    from articles.models import Article, Section

    sections = list(Section.objects.all()) or Section.objects.bulk_create(
        Section(name=f"Section {n}", slug=f"section-{n}") for n in range(12)
    )
    have = Article.objects.count()
    if not Article.objects.filter(slug__startswith="in-the-month-").exists():
        _batch("in-the-month", range(IN_THE_MONTH), sections, lambda n: month + timedelta(minutes=80 * n))
        have += IN_THE_MONTH
    for first in range(0, ARTICLES - have, BATCH):
        numbers = range(first, min(first + BATCH, ARTICLES - have))
        _batch(f"older-{have}", numbers, sections, lambda n: month - timedelta(days=40, hours=2.6 * n))
    _analyse()


def _batch(name: str, numbers: range, sections: list[Any], when: Any) -> None:
    """Of five, four are out or planned, as their date says; one is due."""
    from django.utils import timezone

    from articles.models import Article, PublishedArticle

    articles = [
        Article(
            headline=f"{name} number {n}: what the council decided", slug=f"{name}-{n}", section=sections[n % len(sections)],
            body="<p>Some text.</p>" * 20, due_at=when(n) if n % 5 == 0 else None,
        )
        for n in numbers
    ]  # fmt: skip
    Article.objects.bulk_create(articles)
    versions = [
        PublishedArticle(
            article=article, version=1, live_from=when(n), published_at=when(n),
            live_until=when(n) + timedelta(days=5) if when(n) > timezone.now() and n % 3 == 0 else None,
            **article.content(),
        )
        for n, article in zip(numbers, articles, strict=True)
        if n % 5
    ]  # fmt: skip
    PublishedArticle.objects.bulk_create(versions)


def _analyse() -> None:
    """What every database does by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
