"""How a public page is answered."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from newsroom.models import SiteIdentity
from newsroom.responses import public_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(editor):
    """Asks for a page that holds a word; `until` in seconds from now."""

    def ask(word="word", until=None, keys=("article:1",), **headers):
        request = RequestFactory().get("/page/", headers=headers)
        request.user = AnonymousUser()
        moment = timezone.now() + timedelta(seconds=until) if until is not None else None
        return public_page(
            request, "404.html", {"word": word, "site": SiteIdentity(name=word)}, keys=keys, until=moment
        )

    return ask


def control(response):
    parts = (part.strip().partition("=") for part in response["Cache-Control"].split(","))
    return {name: int(value) if value else None for name, _, value in parts}


def test_a_page_has_an_etag_that_follows_its_content(page):
    assert page("a")["ETag"] == page("a")["ETag"] != page("b")["ETag"]


def test_who_has_the_page_already_gets_304_without_a_body(page):
    tag = page()["ETag"]
    answer = page(**{"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert "s-maxage" in answer["Cache-Control"]


@pytest.mark.parametrize("held", ['"another"', "nonsense", 'W/"x", "y"'])
def test_who_has_another_page_gets_this_one(page, held):
    assert page(**{"If-None-Match": held}).status_code == 200


def test_a_weak_copy_of_the_same_page_will_do(page):
    """A proxy that compresses makes the tag weak."""
    tag = page()["ETag"]
    assert page(**{"If-None-Match": f'"x", W/{tag}'}).status_code == 304


def test_shared_caches_keep_it_and_browsers_ask(page, settings):
    settings.PAGE_SHARED_SECONDS = 300
    found = control(page())
    assert found == {
        "public": None,
        "max-age": 0,
        "s-maxage": 300,
        "stale-while-revalidate": 30,
        "stale-if-error": 86400,
    }


@pytest.mark.parametrize("until", [0, 1, 59, 299, 300, 301, 320, 1000, 10**6])
def test_no_copy_outlives_the_next_planned_change(page, settings, until):
    """Fresh or stale: what is withdrawn at noon is not served at one second past."""
    settings.PAGE_SHARED_SECONDS = 300
    found = control(page(until=until))
    assert found["s-maxage"] <= min(until, 300)
    assert found["s-maxage"] + found.get("stale-while-revalidate", 0) <= until
    assert found["s-maxage"] + found.get("stale-if-error", 0) <= until
    assert found["s-maxage"] >= min(until, 300) - 2  # whole seconds, rounded down


def test_a_boundary_that_is_past_means_no_keeping(page):
    assert control(page(until=-5)) == {"public": None, "max-age": 0, "s-maxage": 0}


def test_shared_caching_can_be_turned_off(page, settings):
    settings.PAGE_SHARED_SECONDS = 0
    assert control(page())["s-maxage"] == 0


def test_the_keys_are_in_the_headers_once_with_that_of_the_site(page):
    response = page(keys=["section:3", "article:12", "section:3"])
    assert response["Surrogate-Key"] == "article:12 section:3 site"
    assert response["Cache-Tag"] == "article:12,section:3,site"


def test_nothing_varies_by_cookie_and_none_is_set(client, editor):
    client.force_login(editor)
    response = client.get("/")
    assert response.status_code == 200
    assert "cookie" not in response["Vary"].lower()
    assert not response.cookies


def test_an_editor_and_a_stranger_get_the_same_bytes(client, editor):
    stranger = client.get("/")
    client.force_login(editor)
    assert client.get("/").content == stranger.content
    assert client.get("/")["ETag"] == stranger["ETag"]


def test_head_has_the_headers_of_get(client):
    get, head = client.get("/"), client.head("/")
    assert (head["ETag"], head.content) == (get["ETag"], b"")
