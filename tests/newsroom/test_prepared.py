"""A query that is written once gives what the ORM gives, for any values, and is written once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import PublishedArticle
from newsroom.prepared import LENGTHS, Prepared

pytestmark = pytest.mark.django_db


def live(versions, at):
    return PublishedArticle.objects.live(at).filter(pk__in=versions).values_list("pk", "headline", "published_at")


@pytest.fixture
def published(make_article, editor):
    for number in range(9):
        make_article(f"Story {number}").publish(by=editor)
    return list(PublishedArticle.objects.values_list("pk", flat=True))


def test_it_gives_what_the_orm_gives_for_lists_of_any_length(published):
    prepared, now = Prepared(live), timezone.now()
    for count in (1, 2, 5, 9):
        wanted = published[:count]
        assert prepared.rows(versions=wanted, at=now) == list(live(wanted, now))


def test_a_moment_is_the_one_that_is_given(published):
    prepared, now = Prepared(live), timezone.now()
    assert len(prepared.rows(versions=published, at=now)) == 9
    assert prepared.rows(versions=published, at=now - timedelta(days=1)) == []
    [*_, (_pk, _headline, published_at)] = prepared.rows(versions=published, at=now)
    assert published_at.tzinfo == UTC and isinstance(published_at, datetime)


def test_it_is_written_once_for_each_length_and_asked_once(published, django_assert_num_queries):
    written = []
    prepared = Prepared(lambda versions, at: written.append(len(versions)) or live(versions, at))
    with django_assert_num_queries(3):
        for wanted in (published[:5], published[:6], published[:2]):
            prepared.rows(versions=wanted, at=timezone.now())
    assert written == [8, 4]


def test_more_than_it_has_a_length_for(published):
    many = [*published, *range(10**6, 10**6 + LENGTHS[-1])]
    assert len(Prepared(live).rows(versions=many, at=timezone.now())) == 9


def test_a_query_that_forgets_a_value_is_refused(published):
    forgetful = Prepared(lambda versions, at: PublishedArticle.objects.filter(pk__in=versions).values_list("pk"))
    with pytest.raises(ValueError, match="says nothing of at"):
        forgetful.rows(versions=published, at=timezone.now())
