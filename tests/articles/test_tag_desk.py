"""The tag desk: which tags want attention, and how often each was used when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import PublishedTag, Tag
from articles.models.tags import health
from articles.models.tags.health import MONTHS, alone, asleep, months_of, over_common, unused
from articles.models.tags.order.retiring import retire

from .clock import Clock

pytestmark = pytest.mark.django_db
DESK = "/admin/articles/tag/desk/"
DAY, YEAR = timedelta(days=1), timedelta(days=365)


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def names(rows: Any) -> list[str]:
    return [tag.name for tag in rows]


def test_what_is_on_nothing_is_told_and_nothing_else(make_article: Any) -> None:
    Tag.objects.named(["Orphan", "Old name", "On a draft", "Public"])
    make_article("Draft", tags=("On a draft",))
    make_article("Out", tags=("Public",)).publish()
    retire(Tag.objects.get(name="Old name"))
    assert names(unused()) == ["Orphan"]


def test_what_sleeps_and_what_is_alone(make_article: Any) -> None:
    now = timezone.now()
    for number, years in enumerate((3, 4)):
        make_article(f"Old {number}", tags=("Asleep", "Awake")).publish(at=now - years * YEAR)
    make_article("New", tags=("Awake", "Just begun")).publish(at=now - timedelta(days=1))
    make_article("Lone", tags=("Alone",)).publish(at=now - YEAR)
    assert names(asleep(now)) == ["Asleep"]
    assert names(alone(now)) == ["Alone"]


def test_what_is_on_too_much_unless_it_weighs_nothing(make_article: Any) -> None:
    for number in range(21):
        make_article(
            f"A {number}", tags=("Everything", "Ignored") if number else ("Everything", "Ignored", "Rare")
        ).publish()
    make_article("Last", tags=("Rare",)).publish()
    Tag.objects.filter(name="Ignored").update(weight=0)
    assert names(over_common()) == ["Everything"]


def test_too_much_is_told_by_what_is_live_now(make_article: Any, monkeypatch: Any) -> None:
    """Also by what has an end, and not by what is planned."""
    monkeypatch.setattr(health, "COMMON_FROM", 1)
    clock = Clock(monkeypatch)
    for number in range(50):
        until = clock.now + YEAR if number % 2 else None
        make_article(f"A {number}", tags=("Five",) if number < 5 else ()).publish(until=until)
    for number in range(10):
        make_article(f"To come {number}", tags=("Six",) if number < 6 else ()).publish(at=clock.now + YEAR)
    assert names(over_common()) == ["Six"]  # of 50
    clock.goes(days=366)
    assert names(over_common()) == ["Six", "Five"]  # of 35


def told(tag: str) -> dict[str, int]:
    """The months in which something appeared."""
    one = Tag.objects.get(name=tag)
    months = months_of([one])[one.pk]
    assert len(months) == MONTHS and f"{months[-1].begin:%Y-%m}" == f"{timezone.now():%Y-%m}"
    return {f"{one.begin:%Y-%m}": one.articles for one in months if one.articles}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"])
def test_months_are_of_utc_and_count_articles_once(make_article: Any, monkeypatch: Any, zone: str) -> None:
    clock = Clock(monkeypatch, datetime(2026, 9, 30, 23, 30, tzinfo=UTC))
    article = make_article("Once", tags=("Noir", "Sea"))
    with timezone.override(zone):
        article.publish()
        make_article("In October", tags=("Noir",)).publish(at=datetime(2026, 10, 1, 0, 30, tzinfo=UTC))
        make_article("Twice", tags=("Noir",)).publish(at=datetime(2026, 9, 3, tzinfo=UTC))
        make_article("Two years ago", tags=("Noir",)).publish(at=datetime(2024, 12, 1, tzinfo=UTC))
        make_article("Before that", tags=("Noir",)).publish(at=datetime(2024, 11, 30, tzinfo=UTC))
        clock.now = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
        article.publish()  # a second version is no second use
        assert told("Noir") == {"2024-12": 1, "2026-09": 2, "2026-10": 1}
        assert told("Sea") == {"2026-09": 1}


def test_months_are_right_as_time_passes(make_article: Any, monkeypatch: Any) -> None:
    """What is planned counts from its moment on, what has an end until then; no verb runs meanwhile."""
    clock = Clock(monkeypatch, datetime(2026, 3, 2, 12, tzinfo=UTC))
    make_article("For good", tags=("Noir",)).publish()
    make_article("For a while", tags=("Noir",)).publish(until=clock.now + 20 * DAY)
    make_article("Soon", tags=("Noir",)).publish(at=clock.now + 10 * DAY)
    make_article("Soon, for a while", tags=("Noir",)).publish(at=clock.now + 10 * DAY, until=clock.now + 20 * DAY)
    other = make_article("First so, then otherwise", tags=("Noir",))
    other.publish()
    other.tags.set(["Sea"])
    other.publish(at=clock.now + 30 * DAY)
    make_article("Over", tags=("Noir",)).withdraw()
    seen = []
    for _ in range(4):
        seen.append([told("Noir").get("2026-03", 0), told("Sea").get("2026-03", 0)])
        clock.goes(days=10)
    assert seen == [[3, 0], [5, 0], [3, 0], [2, 1]]
    assert set(told("Noir")) == set(told("Sea")) == {"2026-03"}


def test_months_of_one_tag_are_not_of_another(make_article: Any, django_assert_num_queries: Any) -> None:
    for number in range(6):
        until = timezone.now() + DAY if number % 2 else None
        make_article(f"A {number}", tags=("Noir", "Sea") if number < 2 else ("Sea",)).publish(until=until)
    tags = list(Tag.objects.order_by("name"))
    with django_assert_num_queries(2):
        found = months_of(tags)
    assert [found[tag.pk][-1].articles for tag in tags] == [2, 6]


def test_the_page_shows_each_trouble_with_the_way_out(desk: Client, make_article: Any) -> None:
    for number in range(3):
        make_article(f"A {number}", tags=("Venice Film Festival",)).publish()
    make_article("B", tags=("Venice Film Festval",)).publish()
    orphan = Tag.objects.named(["Orphan"])[0]
    page = desk.get(DESK).content.decode()
    right, wrong = (Tag.objects.get(name=name) for name in ("Venice Film Festival", "Venice Film Festval"))
    assert f"merge/?tags={wrong.pk}&amp;into={right.pk}" in page
    assert f"/admin/articles/tag/{orphan.pk}/change/" in page
    assert "3 in the last twelve months, 0 in the twelve before" in page
    assert "<h2>Venice Film Festval</h2>" in desk.get(DESK, {"tag": wrong.pk}).content.decode()


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "-1"])
def test_a_tag_that_is_none_is_no_trouble(desk: Client, number: str) -> None:
    assert desk.get(DESK, {"tag": number}).status_code == 200


def test_an_empty_newsroom_has_no_trouble(desk: Client) -> None:
    page = desk.get(DESK).content.decode()
    assert "No two names look like each other." in page and "Nothing is published with a tag yet." in page


def test_it_costs_the_same_with_many_tags(desk: Client, make_article: Any, django_assert_max_num_queries: Any) -> None:
    Tag.objects.named(f"Tag {'abcdefghijklmnopqrstuvwxyz'[number] * 4}" for number in range(26))
    for number in range(26):
        make_article(f"A {number}", tags=(f"Tag {'abcdefghijklmnopqrstuvwxyz'[number] * 4}",)).publish()
    assert PublishedTag.objects.count() == 26
    desk.get(DESK)
    with django_assert_max_num_queries(16):
        desk.get(DESK)


def cost(desk: Client) -> tuple[int, int, int]:
    """Of the page: queries, rows that came of them, and what SQLite did for it in steps of its own."""
    connection.ensure_connection()
    steps = []
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(lambda: steps.append(1), 1)
    try:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(DESK).status_code == 200
    finally:
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 1)
    rows = 0
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute(query["sql"])
                rows += len(cursor.fetchall())
    return len(asked), rows, len(steps)


def test_it_costs_the_same_with_many_articles(desk: Client, make_article: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(health, "COMMON_FROM", 1)  # so that the same tags are shown before and after
    clock = Clock(monkeypatch)

    def publish(number: int) -> None:
        for one in range(number):
            make_article(f"A {one}", tags=("Noir", f"Sea {one % 3}")).publish(at=clock.now - DAY * 30 * (one % 3))

    publish(12)
    desk.get(DESK)
    before = cost(desk)
    publish(60)
    clock.goes(minutes=1)
    assert cost(desk) == before


def test_the_list_shows_what_is_on_no_article(desk: Client, make_article: Any) -> None:
    make_article("Out", tags=("Public",)).publish()
    Tag.objects.named(["Orphan"])
    page = desk.get("/admin/articles/tag/", {"standing": "unused"})
    assert names(page.context["cl"].queryset) == ["Orphan"]
