"""What goes over the network: to hubs and to a CDN, in their words, once, within seconds."""

import json
import time
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.announcing import posting
from articles.announcing.running import run
from articles.announcing.topics import topics_of
from articles.models import Announcement, Correction
from tests.test_every_address import every_pattern

from .clock import Clock
from .listening import endless_server, http_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: Any) -> Clock:
    return Clock(monkeypatch)


def test_hubs_are_pinged_once_however_many_appear_together(clock: Clock, make_article: Any, settings: Any) -> None:
    with http_server() as one, http_server() as other:
        settings.WEBSUB_HUBS, settings.SITE_URL = [one.url, other.url], "https://www.example.org"
        for number in range(3):
            make_article(f"No. {number}").publish()
        other.status = 503
        assert run() == {"failed": 3}
        other.status = 202
        clock.goes(minutes=1)
        assert run() == {"told": 3}
    pages = ("", "corrections/", "authors/ines-duarte/", "film/")
    assert [parse_qs(body.decode()) for body in one.bodies] == [
        {"hub.mode": ["publish"], "hub.url": [f"https://www.example.org/{page}feed/{form}"]}
        for page in pages
        for form in ("", "atom/", "json/")
    ]
    assert len({ping["Idempotency-Key"] for ping in one.headers}) == 12
    assert len(other.bodies) == 15  # three refusals, one success for each address


def test_hubs_are_told_of_every_feed_that_has_a_hub(client: Any, make_article: Any, settings: Any) -> None:
    """A new feed fails here until a publication pings it, or it names no hub."""
    settings.WEBSUB_HUBS, settings.SITE_URL = ["https://hub.example.org/"], "https://www.example.org"
    article = make_article(tags=("Noir", "Venice"))
    Correction.objects.create(article=article, text="It was Tuesday.")
    article.publish()
    topics = topics_of(Announcement.objects.get().keys)
    known = {"slug": {"section": "film", "author": "ines-duarte", "tag": "noir"}, "slugs": {"tags": "noir+venice"}}
    for name, route in every_pattern():
        if "-feed" not in name or route.startswith("admin/"):
            continue
        of = name.partition("-feed")[0]
        address = reverse(name, kwargs={key: slugs[of] for key, slugs in known.items() if of in slugs})
        answer = client.get(address)
        assert answer.status_code == 200, address
        has_hub = "hub.example.org" in answer.content.decode()
        assert has_hub == ('rel="hub"' in answer.headers.get("Link", "")) == (of != "tags"), address
        assert has_hub == (f"https://www.example.org{address}" in topics), address


def test_feeds_that_readers_can_not_see_are_no_topics(make_article: Any) -> None:
    article = make_article(tags=("Coup",))
    article.publish(at=timezone.now() + timedelta(hours=1))
    topics = topics_of(Announcement.objects.get().keys)
    assert not any("coup" in topic or "authors" in topic for topic in topics) and len(topics) == 9


@pytest.mark.parametrize(
    ("kind", "member", "header", "shown", "requests"),
    [
        ("KEYS", "keys", "Authorization", "Bearer t0ken", 1),
        ("FASTLY", "surrogate_keys", "Fastly-Key", "t0ken", 1),
        ("CLOUDFLARE", "tags", "Authorization", "Bearer t0ken", 2),
    ],
)
def test_a_cdn_is_purged_by_key_in_its_own_words(
    kind: str, member: str, header: str, shown: str, requests: int, clock: Clock, make_article: Any, settings: Any
) -> None:
    article = make_article(tags=tuple(f"tag {number}" for number in range(35)))
    with http_server() as cdn:
        settings.CDN_PURGE_URL, settings.CDN_PURGE_TOKEN, settings.CDN_PURGE_KIND = cdn.url, "t0ken", kind
        article.publish()
        assert run() == {"told": 1}
    sent = [json.loads(body) for body in cdn.bodies]
    assert len(sent) == requests
    assert sorted(key for one in sent for key in one[member]) == Announcement.objects.get().keys
    assert {one[header] for one in cdn.headers} == {shown}
    first = f"newsroom-{Announcement.objects.get().pk}"
    assert [one["Idempotency-Key"] for one in cdn.headers] == [first, f"{first}-30"][:requests]


def test_a_redirect_is_no_success_and_is_not_followed() -> None:
    with http_server() as server:
        server.status = 307
        with pytest.raises(posting.NotTold, match="answered 307"):
            posting.post(server.url, b"x", {"Authorization": "secret"})
        assert len(server.bodies) == 1


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1.example.org/"]
)
def test_only_https_leaves_this_machine(url: str) -> None:
    with pytest.raises(posting.NotTold, match="https"):
        posting.post(url, b"x", {})


SLOW_HEADERS = (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a", 0.05)
SLOW_BODY = (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", b"a", 0.05)
LARGE_BODY = (b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 65536, 0.001)


@pytest.mark.parametrize("answer", [SLOW_HEADERS, SLOW_BODY])
def test_a_server_that_never_ends_is_cut_short(answer: Any, monkeypatch: Any) -> None:  # F03
    monkeypatch.setattr(posting, "MOST_SECONDS", 0.5)
    began = time.monotonic()
    with endless_server(*answer) as url, pytest.raises(posting.NotTold, match="longer than"):
        posting.post(url, b"x", {})
    assert time.monotonic() - began < 3


def test_of_a_large_answer_only_the_beginning_is_read() -> None:  # F03
    with endless_server(*LARGE_BODY) as url:
        assert len(posting.post(url, b"x", {})) == posting.MOST_BYTES
