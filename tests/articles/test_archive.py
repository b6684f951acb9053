"""The archive by year, month and day: what stands where, in the site's zone; what can be leafed to; at which cost."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Byline, PublishedArticle, archive
from authors.models import Author

from .clock import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(make_article):
    def publish(headline, *moment, **fields):
        article = make_article(headline, **fields)
        article.publish(at=datetime(*moment, tzinfo=UTC))
        return article

    return publish


def headlines(page):
    return [one.headline for one in page.context["page"].items]


def test_each_stands_in_its_year_its_month_and_its_day(client, published):
    published("Old", 2019, 3, 5, 12)
    published("Later that day", 2019, 3, 5, 18)
    published("In June", 2019, 6, 30, 23, 59)
    published("New", 2024, 2, 29, 8)
    years = client.get("/archive/").context["periods"]
    assert [(one.name, one.count, one.address) for one in years] == [
        ("2024", 1, "/archive/2024/"), ("2019", 3, "/archive/2019/")
    ]  # fmt: skip
    page = client.get("/archive/2019/")
    assert [(one.name, one.count) for one in page.context["periods"] if one.address] == [
        ("March", 2),
        ("June", 1),
    ]
    assert page.context["newer"].address == "/archive/2024/" and page.context["older"] is None
    page = client.get("/archive/2019/03/")
    assert headlines(page) == ["Later that day", "Old"]
    assert next(day for week in page.context["weeks"] for _, day in week if day).count == 2
    assert page.context["newer"].address == "/archive/2019/06/"
    page = client.get("/archive/2019/06/30/")
    assert headlines(page) == ["In June"]
    assert page.context["older"].address == "/archive/2019/03/05/"
    assert page.context["newer"].address == "/archive/2024/02/29/"
    assert "list-home" in page["Surrogate-Key"].split()


@pytest.mark.parametrize(
    "path", ["2018/", "2019/02/", "2019/03/06/", "2019/02/30/", "2019/03/00/", "2019/13/", "2019/00/", "0000/", "9999/", "2019/3/",
             "٢٠١٩/", "2019/03/05/?page=2", "2019/03/?page=1e9", "20190/"],
)  # fmt: skip
def test_where_nothing_appeared_nothing_is_found(client, published, path):
    published("Old", 2019, 3, 5, 12)
    assert client.get(f"/archive/{path}").status_code == 404


def test_an_empty_archive_says_so(client, db):
    assert "Nothing is published yet" in client.get("/archive/").content.decode()


def test_what_is_planned_or_over_is_in_no_archive(client, published, make_article, monkeypatch):
    clock = Clock(monkeypatch)
    make_article("To come").publish(at=clock.now + timedelta(days=40))
    published("Withdrawn", 2019, 3, 5, 12).withdraw()
    assert client.get("/archive/").context["periods"] == []
    assert client.get("/archive/2026/").status_code == 404
    clock.goes(days=40)
    assert client.get("/archive/2026/04/").status_code == 200
    assert client.get("/archive/2019/").status_code == 404


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"])
def test_counts_are_those_of_the_sites_zone(make_article, settings, zone):
    settings.TIME_ZONE = zone
    timezone.get_default_timezone.cache_clear()
    chance, now = random.Random(zone), timezone.now()
    edges = [datetime(2024, month, 1, tzinfo=UTC) for month in (1, 2, 12)] + [datetime(2025, 1, 1, tzinfo=UTC)]
    for number in range(40):
        at = chance.choice(edges) + timedelta(hours=chance.randint(-20, 20))
        until = now + timedelta(days=3) if chance.random() < 0.3 else None
        make_article(f"Number {number}").publish(at=at, until=until)
    local = [one.published_at.astimezone(ZoneInfo(zone)) for one in PublishedArticle.objects.live()]
    assert archive.years() == {
        year: sum(at.year == year for at in local) for year in sorted({at.year for at in local}, reverse=True)
    }
    assert archive.months(2024) == [sum((at.year, at.month) == (2024, n) for at in local) for n in range(1, 13)]
    january = archive.Period(2024, 1)
    assert january.days() == {
        day: times
        for day in range(1, 32)
        if (times := sum((at.year, at.month, at.day) == (2024, 1, day) for at in local))
    }
    timezone.get_default_timezone.cache_clear()


@pytest.mark.parametrize("count", [1, 30])
def test_at_most_six_queries(client, published, settings, count):
    settings.PAGE_SIZE = 40
    for number in range(count):
        published(f"Number {number}", 2024, 5, 1, 12, number)
    published("Before", 2019, 3, 5, 12)
    client.get("/")
    for path in ("", "2024/", "2024/05/", "2024/05/01/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/archive/{path}").status_code == 200
        assert len(queries) <= 6, path


@pytest.mark.parametrize("count", [1, 30])
def test_all_who_write_stand_on_one_page_and_nobody_else(
    client, make_article, picture, count, django_assert_num_queries
):
    for number in range(count):
        who = Author.objects.create(name=f"Author {number:02}", portrait=picture)
        article = make_article(f"Number {number}")
        Byline.objects.create(article=article, author=who)
        article.publish()
    Author.objects.create(name="Secret")
    client.get("/")
    with django_assert_num_queries(1):
        page = client.get("/authors/")
    assert [one.name for one in page.context["page"].items] == [f"Author {n:02}" for n in range(count)] + [
        "Inês Duarte"
    ]
