"""A page that is not there: what may have been meant, the newest, and that a storm of such requests costs little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.models.missing import likeness
from articles.pages import missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(make_article):
    for slug in ("the-gondoliers-of-venice", "rain-over-lisbon", "a-night-at-the-opera", "how-bridges-are-built"):
        make_article(slug.replace("-", " ").capitalize(), slug=slug).publish()


def told(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    return answer


@pytest.mark.parametrize(
    "path", ["/film/the-gondoliers-of-venic/", "/2019/05/gondoliers-of-venice", "/film/the-gondolier-of-venice/", "/venice-gondoliers/",
             "/film/The_Gondoliers_of_Venice/"],
)  # fmt: skip
def test_what_is_alike_is_offered(client, site, path):
    page = told(client, path)
    assert [one.slug for one in page.context["meant"]][:1] == ["the-gondoliers-of-venice"]
    assert 'href="/film/the-gondoliers-of-venice/"' in page.content.decode()


def test_what_is_not_is_not_and_the_newest_stand_there_anyhow(client, site):
    page = told(client, "/film/quantum-chromodynamics/")
    assert page.context["meant"] == [] and len(page.context["newest"]) == 4


def test_what_is_withdrawn_is_offered_no_more(client, site):
    told(client, "/film/the-gondoliers/")
    Article.objects.get(slug="the-gondoliers-of-venice").withdraw()
    assert "gondoliers-of" not in told(client, "/film/the-gondoliers-of/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_at_most_eight_queries_however_long_the_address(client, make_article, count):
    for number in range(count):
        make_article(f"Gondoliers and lagoons {number}", slug=f"gondoliers-and-lagoons-{number}").publish()
    told(client, "/first/")
    for path in ("/film/gondoliers-and-lagoons/", f"/film/{'gondoliers-lagoon-' * 3000}/", "/nowhere/"):
        with CaptureQueriesContext(connection) as queries:
            told(client, path)
        assert len(queries) <= 8, path


def test_a_storm_is_answered_without_looking(client, site, monkeypatch):
    monkeypatch.setattr(missing, "allowance", missing.Allowance(2, 0))
    for number in range(3):
        page = told(client, f"/film/the-gondoliers-of-venice-{number}/")
    assert page.context["meant"] == [] and page.context["newest"]


@pytest.mark.parametrize("path", ["/wp-login.php", "/film/picture.jpg", "/.env", "/wp-content/x/"])
def test_nobody_reads_the_page_of_a_file(client, site, path, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(4):
        assert "newest" not in (told(client, path).context or {})


@pytest.mark.parametrize(
    "path", ["/%F0%9F%9A%80/", "/\u202eevil/", "/a/%ff/", "/'\"--;/", "/film/%2e%2e%2f/", "/----/", "/新聞/"]
)
def test_odd_addresses_are_not_found(client, site, path):
    told(client, path)


def test_the_desk_keeps_its_own_page(admin_client, site):
    assert b"Did you mean" not in admin_client.get("/admin/articles/the-gondoliers-of-venice/").content


def test_likeness_is_of_letters_or_of_words():
    assert likeness("a-b-c", "a-b-c") == 1 and likeness("abc", "xyz") == 0
    assert likeness("venice-gondoliers", "gondoliers-venice") == 1
    assert likeness("gondolier", "gondoliers") > 0.7
