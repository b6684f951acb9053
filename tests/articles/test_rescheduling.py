"""A planned version is moved as it is: its content, what it replaces, its addresses and dates; nobody's working copy."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from articles.models import Article, PublishedArticle, PublishedByline, PublishedTag, SectionLimit
from articles.models.rescheduling import Stale
from newsroom import pagecache
from newsroom.models import AuditEntry, Redirect

from .clock import Clock
from .settled import assert_settled

People = dict[str, User]
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def soon() -> datetime:
    return timezone.now().replace(microsecond=0) + DAY


@pytest.fixture
def planned(make_article: Any, soon: datetime) -> Article:
    article: Article = make_article("As planned", tags=("Noir",))
    article.publish(at=soon)
    return article


def version(article: Article) -> PublishedArticle:
    return PublishedArticle.objects.filter(article=article).latest("live_from")


def test_what_goes_out_is_what_was_planned_not_todays_working_copy(planned: Article, soon: datetime) -> None:
    was = planned.published_versions.get().version
    planned.headline = "Half finished"
    planned.save()
    planned.reschedule(at=soon + DAY)
    moved = version(planned)
    assert (moved.headline, moved.live_from, moved.version) == ("As planned", soon + DAY, was)
    kept = planned.revisions.first()
    assert kept is not None
    assert (kept.event, kept.version, kept.data["content"]["headline"]) == ("scheduled", was, "As planned")
    assert "moved from" in kept.note
    row = Article.objects.get(pk=planned.pk)
    assert (row.headline, row.version) == ("Half finished", was + 1)


def test_a_first_publication_takes_its_dates_along(planned: Article, soon: datetime) -> None:
    planned.reschedule(at=soon + DAY)
    moved = version(planned)
    assert (moved.published_at, moved.updated_at) == (soon + DAY, None)
    assert PublishedTag.objects.get(content_object=moved).published_at == soon + DAY
    assert PublishedByline.objects.get(published=moved).published_at == soon + DAY


def test_an_update_keeps_the_first_date_and_moves_the_second(make_article: Any, soon: datetime) -> None:
    article = make_article("Live")
    first = article.publish().published_at
    article.publish(at=soon)
    article.reschedule(at=soon + DAY)
    live, moved = PublishedArticle.objects.filter(article=article).order_by("live_from")
    assert (moved.published_at, moved.updated_at) == (first, soon + DAY)
    assert live.live_until == soon + DAY  # no hole between them, no moment with two


def test_its_address_is_unknown_until_the_new_moment(planned: Article, soon: datetime) -> None:
    planned.reschedule(at=soon + DAY)
    path = version(planned).get_absolute_url()
    assert Redirect.objects.get(path=path).since == soon + DAY
    assert Redirect.objects.at(path, soon + DAY / 2) is None  # type: ignore[attr-defined]


def test_readers_never_see_a_hole_or_two_versions(make_article: Any, soon: datetime) -> None:
    article = make_article("Live")
    article.publish()
    article.publish(at=soon, until=soon + 3 * DAY)
    for at in (soon + DAY, soon - DAY / 2, soon + 2 * DAY):
        article.reschedule(at=at)
        for moment in (timezone.now(), at - timedelta(seconds=1), at, soon + 3 * DAY - timedelta(seconds=1)):
            assert PublishedArticle.objects.live(moment).filter(article=article).count() == 1  # type: ignore[attr-defined]
        assert not PublishedArticle.objects.live(soon + 3 * DAY).filter(article=article).exists()  # type: ignore[attr-defined]


def test_pages_and_the_next_boundary_hear_of_it(
    planned: Article, soon: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    before = pagecache.stamps().read(["calendar", planned.key, f"list-section:{planned.section_id}"])
    with django_capture_on_commit_callbacks(execute=True):
        planned.reschedule(at=soon + DAY)
    after = pagecache.stamps().read(["calendar", planned.key, f"list-section:{planned.section_id}"])
    assert all(new > old for new, old in zip(after, before, strict=True))


def test_there_and_back_is_as_before(planned: Article, soon: datetime) -> None:
    columns = ("live_from", "live_until", "published_at", "updated_at")
    before = PublishedArticle.objects.filter(article=planned).values(*columns).get()
    planned.reschedule(at=soon + DAY, expected=soon)
    planned.reschedule(at=soon, expected=soon + DAY)
    assert PublishedArticle.objects.filter(article=planned).values(*columns).get() == before
    planned.reschedule(at=soon)  # where it is already: nothing happens
    assert planned.revisions.count() == 3


def test_a_move_of_what_somebody_else_moved_is_refused(planned: Article, soon: datetime) -> None:
    planned.reschedule(at=soon + DAY)
    with pytest.raises(Stale, match="moved to"):
        planned.reschedule(at=soon + 2 * DAY, expected=soon)
    planned.unschedule()
    with pytest.raises(Stale, match="cancelled"):
        planned.reschedule(at=soon + 2 * DAY, expected=soon + DAY)


def test_what_went_live_meanwhile_is_not_moved(planned: Article, soon: datetime) -> None:
    PublishedArticle.objects.filter(article=planned).update(live_from=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Stale, match="went live"):
        planned.reschedule(at=soon + DAY, expected=soon)


def test_times_that_do_not_fit_are_refused_in_a_sentence(make_article: Any, soon: datetime) -> None:
    article = make_article("With an end")
    article.publish(at=soon, until=soon + DAY)
    with pytest.raises(ValidationError, match="has passed"):
        article.reschedule(at=timezone.now() - DAY)
    with pytest.raises(ValidationError, match="move it before that"):
        article.reschedule(at=soon + DAY)
    with pytest.raises(ValidationError, match="not after the start"):
        article.reschedule_end(until=soon - timedelta(hours=1))
    with pytest.raises(ValidationError, match="has passed"):
        article.reschedule_end(until=timezone.now() - DAY)
    assert article.revisions.count() == 1


def test_what_readers_have_is_not_cut_short_beyond_the_plan(make_article: Any, soon: datetime) -> None:
    """Its own end would be forgotten, and moving the plan back would not bring it back."""
    article = make_article("Ends, and comes again")
    article.publish(until=soon)
    article.publish(at=soon + 2 * DAY)
    with pytest.raises(ValidationError, match="Move it after that"):
        article.reschedule(at=soon - timedelta(hours=1))
    article.reschedule(at=soon + DAY)
    with pytest.raises(ValidationError, match="end it before that"):
        article.reschedule_end(until=soon + DAY)
    article.reschedule_end(until=soon + timedelta(hours=2), expected=soon)
    assert [one.live_until for one in PublishedArticle.objects.filter(article=article).order_by("live_from")] == [
        soon + timedelta(hours=2),
        None,
    ]


def test_the_end_of_what_is_live_is_moved(make_article: Any, soon: datetime) -> None:
    article = make_article("Live until")
    article.publish(until=soon)
    article.reschedule_end(until=soon + DAY, expected=soon)
    assert version(article).live_until == soon + DAY
    with pytest.raises(Stale, match="moved to"):
        article.reschedule_end(until=soon, expected=soon)
    endless = make_article("For good")
    endless.publish()
    with pytest.raises(Stale, match="no end"):
        endless.reschedule_end(until=soon, expected=soon)


@pytest.mark.parametrize("days", [2, 0.5])
def test_search_finds_it_until_the_new_end_and_no_longer(
    make_article: Any, monkeypatch: Any, client: Client, days: float
) -> None:
    clock = Clock(monkeypatch)
    began = clock.now
    article = make_article("Beryl", tags=("Gems",))
    article.publish(until=began + DAY)
    article.reschedule_end(until=began + days * DAY)
    assert_settled(clock.now)
    for moment, is_found in ((began + days * DAY - SECOND, True), (began + days * DAY, False)):
        clock.now = moment
        answer = client.get("/search/", {"q": "beryl"}).context
        assert [card.headline for card in answer["cards"]] == ["Beryl"] * is_found
        assert answer["found"].count == is_found  # those that are live no more are left out of cards, not of the count


def test_what_has_ended_by_itself_is_put_in_order_when_the_end_of_what_is_planned_moves(
    make_article: Any, monkeypatch: Any
) -> None:
    clock = Clock(monkeypatch)
    article = make_article("Comes, goes, and comes again", tags=("Noir",))
    article.publish(until=clock.now + DAY)
    article.publish(at=clock.now + 3 * DAY, until=clock.now + 4 * DAY)
    clock.goes(days=2)
    article.reschedule_end(until=clock.now + 5 * DAY)
    assert_settled(clock.now)


def test_who_may_not_publish_may_not_move(planned: Article, soon: datetime, people: People, film: Any) -> None:
    for role in ("contributor", "writer", "editor"):
        with pytest.raises(PermissionDenied):
            planned.reschedule(by=people[role], at=soon + DAY)
        with pytest.raises(PermissionDenied):
            planned.reschedule_end(by=people[role], until=soon + DAY)
    music = type(film).objects.create(name="Music", slug="music")
    SectionLimit.objects.create(user=people["publisher"], section=music)
    with pytest.raises(PermissionDenied):
        planned.reschedule(by=people["publisher"], at=soon + DAY)
    planned.reschedule(by=people["administrator"], at=soon + DAY)
    assert AuditEntry.objects.filter(act="scheduled", by_name="administrator").count() == 1


def test_a_version_whose_revision_is_gone_is_kept_from_its_own_row(planned: Article, soon: datetime) -> None:
    planned.revisions.all().delete()
    planned.reschedule(at=soon + DAY)
    kept = planned.revisions.get()
    assert kept.data["content"]["headline"] == "As planned"
    assert [tag["name"] for tag in kept.data["tags"]] == ["Noir"] and len(kept.data["bylines"]) == 1
