"""The tag desk: which tags want attention, and how often each was used when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import PublishedTag, Tag
from articles.models.tags.health import MONTHS, alone, asleep, months_of, over_common, unused
from articles.models.tags.order.retiring import retire

pytestmark = pytest.mark.django_db
DESK = "/admin/articles/tag/desk/"
YEAR = timedelta(days=365)


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


def test_months_are_the_newsrooms_own_and_count_articles_once(make_article: Any, settings: Any) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    article = make_article("Once", tags=("Noir",))
    article.publish(at=datetime(2026, 9, 30, 23, 30, tzinfo=UTC))
    article.publish()  # a second version is no second use
    make_article("Twice", tags=("Noir",)).publish(at=datetime(2026, 9, 3, tzinfo=UTC))
    make_article("Long ago", tags=("Noir",)).publish(at=datetime(2019, 9, 3, tzinfo=UTC))
    tag = Tag.objects.get(name="Noir")
    with timezone.override("Europe/Berlin"):
        months = months_of([tag], now)[tag.pk]
        told = {f"{one.begin:%Y-%m}": one.articles for one in months if one.articles}
        assert len(months) == MONTHS and f"{months[-1].begin:%Y-%m}" == "2026-11"
        assert told == {"2026-09": 1, "2026-10": 1}
    with timezone.override("UTC"):
        assert [one.articles for one in months_of([tag], now)[tag.pk] if one.articles] == [2]


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


def test_the_list_shows_what_is_on_no_article(desk: Client, make_article: Any) -> None:
    make_article("Out", tags=("Public",)).publish()
    Tag.objects.named(["Orphan"])
    page = desk.get("/admin/articles/tag/", {"standing": "unused"})
    assert names(page.context["cl"].queryset) == ["Orphan"]
