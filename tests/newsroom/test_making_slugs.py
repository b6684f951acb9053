"""Addresses made from titles, in every script."""

import threading
import time
from urllib.parse import unquote

import pytest
from django.db import IntegrityError, connection
from django.urls import resolve, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authors.models import Author
from newsroom import slugs
from newsroom.addresses import is_local
from newsroom.models.redirects import decoded
from newsroom.slugs import free_slugs, one_line, slug_for


def made(title, **options):
    return slug_for(title, fallback="article", **options)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Tide Clerk: a review", "the-tide-clerk-a-review"),
        ("Crème brûlée à Łódź", "creme-brulee-a-lodz"),
        ("新聞", "新聞"),
        ("Премия «Оскар»", "премия-оскар"),
        ("مهرجان السينما", "مهرجان-السينما"),
        ("ＦＵＬＬ　ｗｉｄｔｈ", "full-width"),
        ("İstanbul", "istanbul"),
        ("Rocket 🚀 launch", "rocket-launch"),
        ("a_b", "a_b"),
        ("  --spaces--  ", "spaces"),
        ("C++ & <script>", "c-script"),
        ("../../etc/passwd", "etcpasswd"),
    ],
)
def test_a_title_in_its_own_script(title, slug):
    assert made(title) == slug


@pytest.mark.parametrize("title", ["", "   ", "!!!", "🚀", "—", "…", "?", "___", "---", "\u200b", "\x00"])
def test_where_nothing_is_left_the_fallback_is(title):
    assert made(title) == "article"


def test_a_long_title_is_cut_between_words():
    slug = made("The quick brown fox jumps over the lazy dog", limit=22)
    assert slug == "the-quick-brown-fox"
    assert made("The quick brown fox", limit=15) == "the-quick-brown"
    assert made("The quick brown fox", limit=19) == "the-quick-brown-fox"


def test_a_long_word_is_cut_within():
    assert made("a" * 500) == "a" * 80
    assert made("映" * 500) == "映" * 80


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no finding
@given(st.text(max_size=300))
def test_every_title_gets_a_slug_that_its_page_is_found_by(title):
    slug = made(title)
    assert 0 < len(slug) <= 80
    assert resolve(unquote(reverse("author", args=[slug]))).kwargs == {"slug": slug}


@pytest.mark.django_db
def test_numbers_follow_where_a_slug_is_taken():
    assert [Author.objects.create(name=name).slug for name in ("Ana", "ANA", "Ana!", "Ana B", "An")] == [
        "ana",
        "ana-2",
        "ana-3",
        "ana-b",
        "an",
    ]


@pytest.mark.django_db
def test_a_number_that_somebody_has_is_left_out():
    Author.objects.create(name="x", slug="ana-2")
    assert [Author.objects.create(name="Ana").slug for _ in range(3)] == ["ana", "ana-3", "ana-4"]


@pytest.mark.django_db
def test_finding_a_free_slug_is_one_query_and_one_more_when_it_is_taken(django_assert_num_queries):
    for name in ("the", "theatre", "the-end", "thesis"):
        Author.objects.create(name=name)
    with django_assert_num_queries(1):
        assert next(free_slugs(Author.objects.all(), "then")) == "then"
    with django_assert_num_queries(2):
        assert next(free_slugs(Author.objects.all(), "the")) == "the-2"


@pytest.mark.django_db
def test_a_claim_that_fails_for_another_reason_says_so():
    Author.objects.create(name="Ana", import_key="wp:1")
    with pytest.raises(IntegrityError):
        Author.objects.create(name="Berta", import_key="wp:1")


@pytest.mark.django_db
def test_a_slug_that_is_taken_in_between_is_not_taken_twice(monkeypatch):
    """Somebody else saves the same name after we looked and before we save."""
    Author.objects.create(name="Ana")
    monkeypatch.setattr(slugs, "free_slugs", lambda rows, base: iter(["ana", "ana-2"]))
    late = Author.objects.create(name="Ana")
    assert Author.objects.get(pk=late.pk).slug == "ana-2"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite's tests share one connection between threads")
def test_twenty_authors_of_one_name_at_once_get_twenty_addresses():
    failures = []

    def create():
        try:
            Author.objects.create(name="Ana Costa")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=create) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(set(Author.objects.values_list("slug", flat=True))) == 20


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  two   words ", "two words"),
        ("a\nb\r\nc\td", "a b c d"),
        ("a\x00b\x08c\x1fd\x7f", "abcd"),
        ("half \ud83d a rocket", "half a rocket"),
        ("🚀 stays, and so does \u202eright to left", "🚀 stays, and so does \u202eright to left"),
        ("\ufffe\uffff", ""),
    ],
)
def test_one_line_holds_what_databases_and_feeds_take(text, line):
    assert one_line(text) == line
    line.encode()


@pytest.mark.parametrize(
    "piece", ["a", "-", "- ", "<", " ", "&#", "[", "http://", "\u0301", "e\u0301", "ﷺ", "\x00", "\n \n"]
)
def test_long_nonsense_takes_time_in_proportion(piece):
    text = piece * 50_000
    begun = time.perf_counter()
    made(text)
    one_line(text)
    is_local("/" + text)
    decoded(text)
    assert len(Author(biography=text).paragraphs) <= 1
    assert time.perf_counter() - begun < 2
