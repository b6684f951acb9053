"""A redirect that somebody wrote tells no reader of an article before its second."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Byline, Section
from authors.models import Author
from newsroom.models import Redirect

from .clock import Clock

pytestmark = pytest.mark.django_db
CANARY = "zanzibarquartz"


@pytest.fixture
def clock(monkeypatch: Any) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def secret(make_article: Any, clock: Clock) -> Article:
    """Addresses of it, of its only tag and its only author are what written redirects lead to; one goes by another."""
    article: Article = make_article(CANARY, slug=f"{CANARY}-slug", tags=(f"{CANARY} tag",))
    Byline.objects.create(article=article, author=Author.objects.create(name=f"{CANARY} Person"))
    for old, new in TARGETS.items():
        Redirect.objects.create(path=old, target=new, since=clock.now)
    return article


TARGETS = {
    "/soon/": f"/film/{CANARY}-slug/",
    "/elsewhere/": f"/music/{CANARY}-slug/",  # a wrong section leads to the right one
    "/with-more/": f"/film/{CANARY}-slug/?from=print#top",
    "/escaped/": "/film/%7Aanzibarquartz-slug/",
    "/about-it/": f"/tags/{CANARY}-tag/",
    "/by/": f"/authors/{CANARY}-person/",
    "/chain/": "/soon/",
}


def told(client: Client) -> list[str]:
    found = []
    for old in TARGETS:
        for ask in (client.get, client.head):
            answer = ask(old)
            if answer.status_code != 404 or CANARY in answer.content.decode() + str(answer.headers):
                found.append(old)
    return sorted(set(found))


STATES = {
    "draft": lambda article, clock: None,
    "in review": lambda article, clock: article.submit(),
    "scheduled": lambda article, clock: article.publish(at=clock.now + timedelta(hours=1)),
    "unscheduled": lambda article, clock: (article.publish(at=clock.now + timedelta(hours=1)), article.unschedule()),
}


@pytest.mark.parametrize("state", STATES)
def test_a_written_redirect_tells_of_nothing_to_come(
    client: Client, clock: Clock, secret: Article, state: str
) -> None:  # C11
    never = client.get("/never-was/")
    STATES[state](secret, clock)
    assert told(client) == []
    assert client.get("/soon/").content == never.content


def test_it_leads_there_on_the_second_and_says_gone_afterwards(client: Client, clock: Clock, secret: Article) -> None:
    secret.publish(at=clock.now + timedelta(hours=1))
    clock.goes(minutes=59, seconds=59)
    assert told(client) == []
    clock.goes(seconds=1)
    assert told(client) == sorted(set(TARGETS))
    for old in ("/soon/", "/with-more/", "/about-it/", "/by/", "/chain/"):
        page = client.get(old, follow=True)
        assert page.status_code == 200 and page.redirect_chain[0][1] == 301
    clock.goes(minutes=1)
    secret.withdraw()
    ends = {old: client.get(old, follow=True).status_code for old in TARGETS}
    assert ends == {
        old: 404 if old in {"/about-it/", "/by/", "/elsewhere/"} else 410 for old in TARGETS
    }  # readers knew the article


def test_a_new_address_of_a_live_article_is_told_of_when_it_has_it(
    client: Client, clock: Clock, secret: Article
) -> None:  # C11
    secret.slug = "known"
    secret.save()
    secret.publish()
    clock.goes(hours=1)
    secret.slug = f"{CANARY}-slug"
    secret.save()
    secret.publish(at=clock.now + timedelta(hours=1))
    assert client.get("/soon/").status_code == 404
    clock.goes(hours=1)
    assert client.get("/soon/", follow=True).status_code == 200


def test_others_lead_on_as_ever(client: Client, film: Section, make_article: Any) -> None:
    make_article("Out", slug="out").publish()
    for number, target in enumerate(
        ("/", "/film/", "/film/out/", "/corrections/", "/no/such/page/at/all/", "/film/?page=2")
    ):
        Redirect.objects.create(path=f"/old-{number}/", target=target)
        answer = client.get(f"/old-{number}/")
        assert (answer.status_code, answer["Location"]) == (301, target)
