"""Any page of a list: the right articles, whatever was planned, ended, withdrawn or taken down; at the same few queries."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Byline, ListMonth, PublishedArticle, Section, Tag, lists
from articles.models.months import count_anew
from authors.models import Author

from .clock import Clock
from .settled import assert_counted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def archive(make_article, film, author, clock):
    """Sixty articles over four years, and everything that may become of one. Some on the edges of months."""
    chance = random.Random(6)
    books, second = Section.objects.create(name="Books", slug="books"), Author.objects.create(name="Kit")
    edges = [datetime(2025, month, 1, tzinfo=UTC) - timedelta(microseconds=less) for month in (2, 7) for less in (0, 1)]
    for number in range(60):
        tags = tuple(name for name in ("Sea", "Sky", "Sand") if chance.random() < 0.6)
        article = make_article(f"Number {number}", tags=tags, section=chance.choice([film, books]))
        Byline.objects.create(article=article, author=author, role=Byline.Role.PHOTOGRAPHER)
        if chance.random() < 0.5:
            Byline.objects.create(article=article, author=second)
        at = edges[number] if number < len(edges) else clock.now - timedelta(hours=chance.randint(1, 4 * 365 * 24))
        _live_it(chance, article, at, clock.now)
    return chance


def _live_it(chance, article, at, now):
    fate = chance.choice(["live", "live", "again", "ending", "update planned", "to come", "ended", "withdrawn", "down"])
    if fate == "to come":
        article.publish(at=now + chance.randint(1, 90) * DAY)
        return
    if fate == "ended":
        article.publish(at=at, until=at + timedelta(minutes=5))
        return
    article.publish(at=at, until=now + chance.randint(1, 90) * DAY if fate == "ending" else None)
    if fate == "again":
        article.tags.set(["Sky", "New"])
        article.publish()
    elif fate == "update planned":
        article.tags.set(["Sea"])
        article.publish(at=now + chance.randint(1, 90) * DAY)
    elif fate == "withdrawn":
        article.withdraw()
    elif fate == "down":
        article.take_down(reason="Because")


def every_list():
    yield lists.everything(), lambda row: True
    for section in Section.objects.all():
        yield lists.in_section(section), lambda row, section=section: row.section_id == section.pk
    for tag in Tag.objects.all():
        yield lists.about(tag), lambda row, tag=tag: row.tagged_items.filter(tag=tag).exists()
    for author in Author.objects.all():
        yield lists.by(author), lambda row, author=author: row.bylines.filter(author=author).exists()


def assert_exact(size=7):
    """All pages together are the whole list, in order, nothing twice."""
    live = list(PublishedArticle.objects.live())
    for listed, belongs in every_list():
        expected = [
            row.pk for row in sorted(live, key=lambda row: (row.published_at, row.pk), reverse=True) if belongs(row)
        ]
        pages = [listed.numbers(start, size) for start in range(0, len(expected) + 2 * size, size)]
        assert [number for page in pages for number in page] == expected, listed.key
        assert sum(listed.months(_now()).values()) == len(expected)


def _now():
    from django.utils import timezone

    return timezone.now()


def test_the_pages_of_each_list_together_are_the_list(archive, clock, monkeypatch):
    monkeypatch.setattr(lists, "SHALLOW", 0)
    assert_counted()
    assert_exact()
    for _ in range(6):
        clock.goes(days=15)  # what was planned begins, what was to end has ended; no verb runs
        assert_exact()


def test_with_one_article_more_or_less_in_a_month_the_pages_would_not_be(archive, monkeypatch):
    monkeypatch.setattr(lists, "SHALLOW", 0)
    row = ListMonth.objects.filter(list="list-home").order_by("-month")[1]
    ListMonth.objects.filter(pk=row.pk).update(articles=row.articles + 1)
    with pytest.raises(AssertionError):
        assert_exact()
    assert count_anew() == 1
    assert_exact()


def test_counting_anew_makes_up_for_whatever_was_written_past_the_verbs(archive):
    kept = set(ListMonth.objects.values_list("list", "month", "articles").exclude(articles=0))
    ListMonth.objects.all().delete()
    ListMonth.objects.create(list="list-tag:999", month="2020-01-01", articles=3)
    assert count_anew() == len(kept) + 1
    assert set(ListMonth.objects.values_list("list", "month", "articles")) == kept
    assert count_anew() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_far_down_costs_five_queries_for_its_articles(client, make_article, settings, monkeypatch, count, django_assert_num_queries):  # fmt: skip
    settings.PAGE_SIZE = count
    monkeypatch.setattr(lists, "SHALLOW", 0)
    for number in range(2 * count):
        make_article(f"Number {number}", tags=("Sea",)).publish()
    client.get("/")
    # the counts and the versions for which they are not yet right; numbers, cards, bylines
    for address, own in (("/", 0), ("/film/", 1), ("/tags/sea/", 2), ("/authors/ines-duarte/", 1)):
        with django_assert_num_queries(5 + own):
            page = client.get(f"{address}?page=2").context["page"]
        assert len(page.items) == count and not page.has_older


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1e9", "1000000000", "999999", "٣", "1.5", "", " 1", "9" * 5000])
@pytest.mark.parametrize("address", ["/", "/film/", "/tags/sea/", "/authors/ines-duarte/"])
def test_what_is_no_page_is_not_found(client, make_article, address, page):
    make_article(tags=("Sea",)).publish()
    assert client.get(address, {"page": page}).status_code == 404
