"""Moments at the edges: an end at the start, years long past and far ahead, in zones far from Greenwich."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles.announcing.running import run
from articles.models import Announcement, Article, PublishedArticle

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
DESK = "/admin/articles/article/"


@pytest.mark.parametrize("seconds", [0, -1, -86400])
@pytest.mark.parametrize("start", [None, timedelta(days=1), -timedelta(days=9)])
def test_an_end_that_is_not_after_the_start_is_refused(make_article: Any, seconds: int, start: Any) -> None:  # M06
    article: Article = make_article()
    at = timezone.now() + (start or timedelta())
    with pytest.raises(ValidationError, match="not after the start"):
        article.publish(at=at if start else None, until=at + timedelta(seconds=seconds))
    assert (
        not PublishedArticle.objects.exists() and not article.revisions.exists() and not Announcement.objects.exists()
    )


def test_what_ends_the_second_it_appears_is_never_seen_twice_and_told_in_order(
    make_article: Any, monkeypatch: Any
) -> None:  # M06
    """One ends at the moment at which another begins, and one lasts for a second."""
    moment = timezone.now() + timedelta(hours=1)
    short: Article = make_article("Short", slug="short")
    short.publish(at=moment, until=moment + timedelta(seconds=1))
    late: Article = make_article("Late", slug="late")
    late.publish(at=moment + timedelta(seconds=1))
    for shift, seen in ((-1, []), (0, ["short"]), (0.999, ["short"]), (1, ["late"]), (2, ["late"])):
        monkeypatch.setattr(timezone, "now", lambda shift=shift: moment + timedelta(seconds=shift))
        assert [one.slug for one in Client().get("/").context["page"].items] == seen, shift
        assert [Client().get(f"/film/{slug}/").status_code == 200 for slug in ("short", "late")] == [
            slug in seen for slug in ("short", "late")
        ]
    run()
    told = Announcement.objects.order_by("due_at", "pk").values_list("article__slug", "what")
    assert list(told) == [("short", "appeared"), ("short", "ended"), ("late", "appeared")]


PAGES = ["/", "/film/", "/corrections/", "/corrections/feed/", "/authors/ines-duarte/", DESK, f"{DESK}calendar/",
         f"{DESK}calendar/?view=list", "/admin/", "/admin/articles/announcement/", "/admin/newsroom/auditentry/"]  # fmt: skip


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Kiritimati", "America/Adak"])
@pytest.mark.parametrize(
    "moment",
    [
        datetime(1969, 7, 20, 20, 17, tzinfo=UTC),
        datetime(1850, 1, 1, tzinfo=UTC),  # before there were zones
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
)
def test_the_oldest_and_the_latest_moments_break_no_page(  # M06
    make_article: Any, editor: Any, settings: Any, zone: str, moment: datetime
) -> None:
    """As a script or an import may write them; the forms refuse the odd ones. What the verbs refuse is nowhere."""
    settings.TIME_ZONE = zone
    desk = Client()
    desk.force_login(editor)
    known: Article = make_article("Known", slug="known")
    known.publish(by=editor)
    article: Article = make_article("At the edge", slug="edge")
    is_refused = False
    try:
        article.corrections.create(text="It was a Tuesday.", noted_at=moment)
    except ValidationError as error:
        assert "is probably a slip" in str(error.message_dict["noted_at"])
    try:
        article.publish(at=moment, by=editor)
        if moment < timezone.now():
            article.publish(until=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), by=editor)
    except ValidationError as error:
        assert "is probably a slip" in str(error)
        is_refused = True
    own = [f"{DESK}{article.pk}/{page}/" for page in ("change", "history", "preview")]
    for url in [*PAGES, "/film/edge/", *own]:
        response = desk.get(url)
        assert response.status_code in ({200, 404} if url == "/film/edge/" else {200}), url
    feed = ElementTree.fromstring(desk.get("/corrections/feed/").content)
    for date in feed.iter(f"{ATOM}updated"):
        datetime.fromisoformat(str(date.text))
    assert is_refused or PublishedArticle.objects.filter(article=article).exists()


def test_a_correction_keeps_its_id_in_the_feed_whatever_becomes_of_its_article(
    make_article: Any, client: Client
) -> None:  # M08
    """Published again, earlier, later, under another address: readers' programs show it once."""
    article: Article = make_article("Known", slug="known")
    article.corrections.create(text="It was Tuesday.", noted_at=datetime(2026, 3, 2, tzinfo=UTC))
    other: Article = make_article("Other", slug="other")
    other.corrections.create(text="It was Monday.", noted_at=datetime(2026, 3, 1, tzinfo=UTC))

    def entries() -> list[Any]:
        feed = ElementTree.fromstring(client.get("/corrections/feed/atom/").content)
        return [(one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated")) for one in feed.iter(f"{ATOM}entry")]

    for one in (article, other):
        one.publish(at=timezone.now() - timedelta(days=2))
    first = entries()
    assert len(first) == len(dict(first)) == 2
    for earlier in (timedelta(days=1), timedelta(days=30)):
        article.slug = f"known-{earlier.days}"
        article.save()
        article.publish(at=timezone.now() - earlier)
        assert entries() == first  # neither another id nor another place
    article.withdraw()
    assert entries() == first[1:]
    article.publish()
    assert entries() == first
