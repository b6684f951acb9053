"""Addresses of articles."""

import threading

import pytest
from django.db import connection

from articles.models import Article, Section


@pytest.mark.django_db
def test_the_slug_is_made_from_the_headline(make_article):
    assert make_article("The Tide Clerk: a review").slug == "the-tide-clerk-a-review"


@pytest.mark.django_db
@pytest.mark.parametrize("headline", ["!!!", "🚀", "—"])
def test_a_headline_without_letters_still_has_an_address(make_article, headline):
    assert make_article(headline).slug.startswith("article")


@pytest.mark.django_db
def test_the_same_headline_gets_the_next_number(make_article):
    assert [make_article("Same").slug for _ in range(3)] == ["same", "same-2", "same-3"]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_addresses():
    """Real threads, real connections. SQLite's tests share one in-memory connection between threads: one by one there."""
    section = Section.objects.create(name="Film", slug="film")
    failures = []

    def create():
        try:
            Article.objects.create(headline="The same headline", section=section)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        for _ in range(20):
            Article.objects.create(headline="The same headline", section=section)
    else:
        threads = [threading.Thread(target=create) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failures
    assert len(set(Article.objects.values_list("slug", flat=True))) == 20
