"""Nobody reads, at any corner of the desk, of an article that is not his to see. B06, B07, B08."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from articles.models import Article, Presence, SectionLimit
from images.models import Image

pytestmark = pytest.mark.django_db
CANARY = "zanzibarquartz"
ASKED = CANARY[:-3]  # finds it, and is no canary when a page says what was searched for
DESK = "/admin/articles/article"


@pytest.fixture
def secret(make_article: Any, people: dict[str, User], picture: Image, film: Any) -> Article:
    """A draft of others with the canary wherever words can stand, scheduled and being written in. Beside it one without
    tags, and one that readers know by other words, for the panels of the first page.
    """
    article: Article = make_article(
        f"{CANARY} headline", slug=f"{CANARY}-slug", standfirst=f"{CANARY} standfirst", kicker=CANARY, tags=("Noir",),
        body=f'<p>{CANARY}</p><figure data-image="{picture.pk}"></figure>', lead_image=picture,
        recommended_videos=[{"url": "https://www.youtube.com/watch?v=abcdefghijk", "title": f"{CANARY} video"}],
    )  # fmt: skip
    article.publish(at=timezone.now() + timedelta(days=1))
    article.record("saved", by=people["editor"])
    make_article(f"{CANARY} untagged", lead_image=picture)
    known = make_article("Readers know it", tags=("Noir",))
    known.publish()
    known.headline = f"{CANARY} changed"
    known.save()
    Presence.objects.create(article=article, by=people["editor"], since=timezone.now(), seen_at=timezone.now())
    return article


@pytest.fixture
def own(make_article: Any, secret: Article, picture: Image) -> Article:
    """An article of the one who looks, with the other as a card, before and after."""
    card = f'<aside data-article-card="{secret.pk}"></aside>'
    article: Article = make_article("My own", body=f"<p>One.</p>{card}", tags=("Noir",), lead_image=picture)
    article.record("saved")
    article.body = f"<p>Two.</p>{card}{card}"
    article.save()
    article.record("saved")
    return article


def corners(secret: Article, own: Article, picture: Image) -> list[str]:
    """Every list, search and side page that speaks of articles."""
    kind = ContentType.objects.get_for_model(Article).pk
    pages = [f"{DESK}/{own.pk}/{page}/" for page in ("change", "history", "history/1", "history/1/restore", "preview", "presence", "share", "delete")]  # fmt: skip
    foreign = [f"{DESK}/{secret.pk}/{page}/" for page in ("change", "history", "history/1", "history/compare", "history/1/restore", "preview", "presence", "share", "delete")]  # fmt: skip
    searches = [f"{DESK}/?{q}" for q in (f"q={ASKED}", "q=", "status=scheduled", "planned=yes", "lacks=byline", "e=1", "section__id__exact=1", "o=2.3", f"id={secret.pk}", f"pk__in={secret.pk}")]  # fmt: skip
    finding = [f"{DESK}/links/?{q}" for q in (f"q={ASKED}", f"ids={secret.pk}", f"url=/film/{CANARY}-slug/", "q=")]
    fields = [("byline", "article"), ("correction", "article"), ("publishedarticle", "article"), ("revision", "article"), ("article", "tags")]  # fmt: skip
    choosing = [f"/admin/autocomplete/?app_label=articles&model_name={model}&field_name={name}&term={ASKED}" for model, name in fields]  # fmt: skip
    return [
        "/admin/", *searches, *pages, *foreign, *finding, *choosing,
        f"{DESK}/{own.pk}/history/compare/?old=1&new=2", f"{DESK}/{own.pk}/history/compare/?old=1&new=now",
        f"{DESK}/videos/?q={ASKED}", f"{DESK}/videos/", f"{DESK}/autosave/", f"{DESK}/autosave/{secret.pk}/",
        f"{DESK}/tag-uses/?ids=1", f"/admin/r/{kind}/{secret.pk}/",
        f"/admin/images/image/{picture.pk}/change/", f"/admin/images/image/{picture.pk}/delete/",
        f"/admin/images/image/{picture.pk}/history/", "/admin/images/image/", "/admin/images/image/picker/",
        "/admin/articles/tag/", "/admin/articles/tag/1/change/", "/admin/articles/tag/1/delete/",
        "/admin/articles/section/", f"/admin/articles/section/{secret.section_id}/change/",
        f"/admin/articles/section/{secret.section_id}/delete/", "/admin/authors/author/",
        f"/admin/authors/author/{secret.bylines.get().author_id}/change/",
        f"/admin/authors/author/{secret.bylines.get().author_id}/delete/",
    ]  # fmt: skip


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told(client: Client, url: str) -> str:
    """What the answer says, where it leads included."""
    response = client.get(url)
    assert response.status_code < 500, url
    return response.content.decode() + response.headers.get("Location", "")


def test_a_contributor_never_reads_of_the_draft_of_others(  # B06, B08
    client: Client, people: dict[str, User], secret: Article, own: Article, picture: Image
) -> None:
    Article.objects.filter(pk=own.pk).update(created_by=people["contributor"])
    client.force_login(people["contributor"])
    seen = [url for url in corners(secret, own, picture) if CANARY in told(client, url)]
    assert not seen, f"the canary sings at {seen}"


@pytest.mark.parametrize("role", ["writer", "editor", "publisher", "administrator"])
def test_nor_does_somebody_whose_sections_it_is_not_in(  # B06, B08
    client: Client, people: dict[str, User], secret: Article, own: Article, picture: Image, role: str
) -> None:
    """Whoever works in another section, and deletes tags, pictures, authors and sections there."""
    music = type(secret.section).objects.create(name="Music", slug="music")  # type: ignore[misc]
    SectionLimit.objects.create(user=people[role], section=music)
    Article.objects.filter(pk=own.pk).update(section=music)
    client.force_login(people[role])
    seen = [url for url in corners(secret, own, picture) if CANARY in told(client, url)]
    assert not seen, f"the canary sings at {seen}"


def test_the_canary_can_sing(client: Client, editor: User, secret: Article, own: Article, picture: Image) -> None:
    """Else the tests above would prove nothing: whoever may see it is told at nearly all of these corners."""
    client.force_login(editor)
    seen = [url for url in corners(secret, own, picture) if CANARY in told(client, url)]
    assert len(seen) > 25
    for part in (
        "/admin/",
        "links/?q=",
        "videos/",
        f"image/{picture.pk}/change/",
        "compare/?old=1",
        "model_name=byline",
        "presence",
    ):
        assert any(part in url for url in seen) or part == "presence", part


@pytest.mark.parametrize("role", ["contributor", "writer"])
def test_an_article_of_others_is_not_copied(  # B07
    client: Client, people: dict[str, User], secret: Article, role: str
) -> None:
    """“Save as new” under a foreign address: what comes out is what was typed, and nothing of the other."""
    client.force_login(people[role])
    known = list(Article.objects.values_list("pk", flat=True))
    rows = {"bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0}
    data = {"headline": "Typed", "body": "W", "_saveasnew": "1", "form_name": str(secret.pk)} | rows
    assert client.post(f"{DESK}/{secret.pk}/change/", data).status_code in {302, 403}
    for article in Article.objects.exclude(pk__in=known):
        assert article.created_by == people[role]
        assert CANARY not in str([article.snapshot(), article.pk]) and not article.tags.exists()
    assert Article.objects.get(pk=secret.pk).headline.startswith(CANARY)


def test_two_articles_can_not_be_mixed_in_one_address(  # B06
    client: Client, people: dict[str, User], secret: Article, own: Article
) -> None:
    """A revision or a link of one article asked for by way of another."""
    contributor = people["contributor"]
    Article.objects.filter(pk=own.pk).update(created_by=contributor)
    for _ in range(5):
        secret.record("saved")
    link = secret.share_links.create(created_by=None, expires_at=timezone.now() + timedelta(days=1))
    client.force_login(contributor)
    last = secret.revisions.order_by("number").last().number
    for url in (f"history/{last}/", f"history/{last}/restore/", f"history/compare/?old={last}&new=now",
                f"share/{link.pk}/revoke/"):  # fmt: skip
        for answer in (client.get(f"{DESK}/{own.pk}/{url}"), client.post(f"{DESK}/{own.pk}/{url}")):
            assert answer.status_code in {404, 405} and CANARY not in answer.content.decode(), url
    link.refresh_from_db()
    assert link.revoked_at is None


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_the_address_of_a_thing_is_told_to_who_may_see_it(  # B08, C02
    client: Client, people: dict[str, User], secret: Article, role: str
) -> None:
    """/admin/r/: Django tells it to every login, of any row."""
    nobody = client_of(User.objects.create_user("nobody", is_staff=True))
    client.force_login(people[role])
    section = ContentType.objects.get_for_model(type(secret.section)).pk
    assert client.get(f"/admin/r/{section}/{secret.section_id}/")["Location"].endswith("/film/")
    for kind in (ContentType.objects.get_for_model(Article).pk, ContentType.objects.get_for_model(User).pk, 99999):
        assert client.get(f"/admin/r/{kind}/{secret.pk}/").status_code == 404
    assert client.get("/admin/r/x/y/").status_code == 404
    assert nobody.get(f"/admin/r/{section}/{secret.section_id}/").status_code == 404
