"""Nothing that readers may not see yet, or no longer, shows on any public address; each state, each surface."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Byline, Section
from authors.models import Author
from images.models import Image
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db

CANARY = "zanzibarquartz"


@pytest.fixture
def secret(make_article):
    """An article that bears the canary in every text, and a section, a tag and an author that are only its own."""
    section = Section.objects.create(name="Stage", slug="stage")
    author = Author.objects.create(name=f"{CANARY} Person", biography=CANARY)
    image = Image.objects.create(file=jpeg(), title=CANARY, alt=CANARY, caption=CANARY, credit=CANARY)
    other = make_article("In the open", tags=("Shared",))
    other.publish()
    article = make_article(
        f"{CANARY} headline", slug=f"{CANARY}-slug", section=section, kicker=CANARY, standfirst=CANARY,
        body=f"<p>{CANARY}</p>", seo_title=CANARY, seo_description=CANARY, lead_image=image,
        tags=("Shared", f"{CANARY} tag"),
    )  # fmt: skip
    Byline.objects.create(article=article, author=author)
    linking = make_article("It links", slug="it-links", body=(
        f'<p>See <a data-article="{article.pk}" href="/stage/{CANARY}-slug/">more</a></p>'
        f'<aside data-article-card="{article.pk}"></aside>'
    ), tags=("Shared",))  # fmt: skip
    linking.publish()
    return article


STATES = {
    "draft": lambda article: None,
    "scheduled": lambda article: article.publish(at=timezone.now() + timedelta(days=1)),
    "withdrawn": lambda article: (article.publish(), article.withdraw()),
    "expired": lambda article: article.publish(
        at=timezone.now() - timedelta(days=2), until=timezone.now() - timedelta(days=1)
    ),
    "withdrawn and scheduled again": lambda article: (
        article.publish(), article.withdraw(), article.publish(at=timezone.now() + timedelta(days=1))
    ),
}  # fmt: skip

SURFACES = [
    "/", "/?page=1", "/film/", "/stage/", "/film/in-the-open/", "/film/it-links/", "/tags/shared/",
    "/authors/ines-duarte/", f"/stage/{CANARY}-slug/", f"/film/{CANARY}-slug/", f"/tags/{CANARY}-tag/",
    f"/authors/{CANARY}-person/", f"/?p={1}", "/robots.txt", f"/stage/{CANARY}-slug/?preview=1",
]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_the_canary_is_on_no_public_address(client, secret, state):
    STATES[state](secret)
    for address in SURFACES:
        response = client.get(address)
        # What a visitor typed himself is allowed to come back in a Location, never in a page.
        assert CANARY not in response.content.decode(), address
        assert CANARY not in str(response.headers), address


def test_the_canary_is_found_when_it_is_live(client, secret):
    secret.publish()
    found = [address for address in SURFACES if CANARY in client.get(address).content.decode()]
    assert {"/", "/stage/", "/film/in-the-open/", "/film/it-links/", f"/tags/{CANARY}-tag/"} <= set(found)


def test_unpublished_changes_show_nowhere(client, make_article):
    article = make_article("Known", tags=("Shared",))
    article.publish()
    article.headline = article.standfirst = article.kicker = CANARY
    article.body = f"<p>{CANARY}</p>"
    article.save()
    article.tags.add(f"{CANARY} tag")
    for address in ("/", "/film/", "/film/known/", "/tags/shared/", f"/tags/{CANARY}-tag/"):
        assert CANARY not in client.get(address).content.decode(), address


def test_a_draft_answers_like_an_address_that_never_was(client, make_article):
    make_article("Draft", slug="draft")
    draft, never = client.get("/film/draft/"), client.get("/film/never/")
    assert draft.status_code == never.status_code == 404
    assert draft.content == never.content


def test_a_scheduled_article_does_not_move_the_home_page(client, make_article):
    make_article("Out").publish()
    before = client.get("/")["ETag"]
    make_article("Not yet").publish(at=timezone.now() + timedelta(days=1))
    assert client.get("/")["ETag"] == before


def test_a_scheduled_slug_change_is_unknown_until_its_moment(client, make_article):
    article = make_article("A story", slug="now")
    article.publish(at=timezone.now() - timedelta(days=1))
    article.slug = "later"
    article.save()
    article.publish(at=timezone.now() + timedelta(days=1))
    assert client.get("/film/now/").status_code == 200
    assert client.get("/film/later/").status_code == 404


def test_an_article_is_there_on_the_second_with_nothing_run_in_between(client, make_article, monkeypatch):
    at = timezone.now() + timedelta(hours=3)
    make_article("On the second", slug="second").publish(at=at)
    real = timezone.now
    for moved, status in ((timedelta(hours=3, seconds=-1), 404), (timedelta(hours=3, seconds=1), 200)):
        monkeypatch.setattr(timezone, "now", lambda moved=moved: real() + moved)
        assert client.get("/film/second/").status_code == status
        assert ("On the second" in client.get("/").content.decode()) == (status == 200)
