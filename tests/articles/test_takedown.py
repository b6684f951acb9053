"""Takedown: from everywhere at once, with the reason kept, and back as it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.desk.previews.share_panel import make_link
from articles.models import Article, Notification, PublishedArticle, Takedown
from articles.models.status import Status
from newsroom import pagecache

People = dict[str, User]
WHY = "The court in Hamburg said so"


@pytest.fixture
def live(make_article: Any, people: People) -> Article:
    article: Article = make_article("Canary headline", slug="canary", tags=("Canarytag",), created_by=people["writer"])
    article.publish(by=people["publisher"])
    return article


def seen(client: Client) -> str:
    pages = ["/", "/film/", "/tags/canarytag/", "/authors/ines-duarte/", "/corrections/", "/corrections/feed/"]
    return "".join(client.get(page).content.decode() for page in pages)


def test_it_is_gone_from_everywhere_and_its_addresses_say_so(
    live: Article, people: People, client: Client
) -> None:  # C06
    live.slug = "renamed"
    live.save()
    live.publish(by=people["publisher"])
    assert "Canary" in seen(client) and client.get("/film/canary/").status_code == 301
    live.take_down(by=people["publisher"], reason=WHY, notice="Removed after a complaint. <b>Sorry</b>")
    assert "Canary" not in seen(client)
    for address in ("/film/renamed/", "/film/canary/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert (answer.status_code, answer["X-Robots-Tag"]) == (410, "noindex")
        assert "Removed after a complaint. &lt;b&gt;" in page and "Canary" not in page and WHY not in page
        assert '<meta name="robots" content="noindex">' in page


def test_cards_and_links_in_other_articles_say_nothing_of_it(live: Article, make_article: Any, client: Client) -> None:
    other = make_article(
        "Other",
        slug="other",
        body=f'<p><a data-article="{live.pk}" href="/film/canary/">it</a></p><aside data-article-card="{live.pk}"></aside>',
    )
    other.publish()
    assert "Canary headline" in client.get("/film/other/").content.decode()
    live.take_down(reason=WHY)
    assert "Canary" not in client.get("/film/other/").content.decode()


def test_every_page_that_showed_it_is_stamped(
    live: Article, django_capture_on_commit_callbacks: Any, author: Any
) -> None:
    keys = [live.key, "list-home", f"list-author:{author.pk}"]
    before = pagecache.stamps().read(keys)
    with django_capture_on_commit_callbacks(execute=True):
        live.take_down(reason=WHY)
    assert all(a != b for a, b in zip(before, pagecache.stamps().read(keys), strict=True))


def test_it_can_not_go_out_by_any_way_until_it_is_brought_back(live: Article, people: People) -> None:
    live.publish(by=people["publisher"], at=timezone.now() + timedelta(days=1))
    live.take_down(by=people["publisher"], reason=WHY)
    assert live.status == Status.TAKEN_DOWN
    assert not PublishedArticle.objects.filter(live_from__gt=timezone.now()).exists()
    for at in (None, timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=1)):
        with pytest.raises(ValidationError, match="Bring it back first"):
            live.publish(by=people["publisher"], at=at)


def test_it_comes_back_as_it_was(live: Article, people: People, client: Client) -> None:
    before = PublishedArticle.objects.live().values("pk", "published_at", "updated_at", "headline").get()
    live.headline = "Unpublished words"
    live.save()
    live.take_down(by=people["publisher"], reason=WHY)
    assert live.bring_back(by=people["publisher"])
    assert PublishedArticle.objects.live().values("pk", "published_at", "updated_at", "headline").get() == before
    assert client.get("/film/canary/").status_code == 200
    assert Article.objects.get(pk=live.pk).status == Status.CHANGED
    down = Takedown.objects.get()
    assert (down.reason, down.lifted_by) == (WHY, people["publisher"])
    assert list(live.revisions.order_by("number").values_list("event", flat=True))[-2:] == [
        "taken_down",
        "brought_back",
    ]
    live.take_down(by=people["publisher"], reason="Again")


def test_what_ended_meanwhile_or_was_withdrawn_stays_away(make_article: Any, people: People) -> None:
    withdrawn = make_article("Withdrawn")
    withdrawn.publish()
    withdrawn.withdraw()
    withdrawn.take_down(reason=WHY)
    assert not withdrawn.bring_back() and withdrawn.status == Status.WITHDRAWN
    ending = make_article("Ending", slug="ending")
    ending.publish(until=timezone.now() + timedelta(hours=1))
    ending.take_down(reason=WHY)
    Takedown.objects.filter(article=ending).update(live_until=timezone.now())
    assert not ending.bring_back()


def test_an_address_that_another_article_has_by_now_is_not_taken_from_it(live: Article, make_article: Any) -> None:
    live.take_down(reason=WHY)
    Article.objects.filter(pk=live.pk).update(slug="let-go")
    make_article("New owner", slug="canary").publish()
    with pytest.raises(ValidationError, match="another article"):
        live.bring_back()
    assert PublishedArticle.objects.live().get().headline == "New owner"


def test_who_may_and_with_what_words(live: Article, people: People, make_article: Any) -> None:
    for role in ("contributor", "writer", "editor"):
        with pytest.raises(PermissionDenied):
            live.take_down(by=people[role], reason=WHY)
    with pytest.raises(ValidationError, match="Say why"):
        live.take_down(by=people["publisher"], reason=" ")
    with pytest.raises(ValidationError, match="never saw it"):
        make_article("Draft", slug="draft").take_down(by=people["publisher"], reason=WHY)
    live.take_down(by=people["publisher"], reason=WHY)
    with pytest.raises(ValidationError, match="already"):
        live.take_down(by=people["publisher"], reason=WHY)
    assert [one.text for one in Notification.objects.filter(kind="taken_down", to=people["writer"])] == [WHY]


def test_at_the_desk_it_asks_says_what_happens_and_undoes(live: Article, people: People, client: Client) -> None:
    down = reverse("admin:articles_article_take_down", args=[live.pk])
    back = reverse("admin:articles_article_bring_back", args=[live.pk])
    client.force_login(people["editor"])
    assert client.get(down).status_code == client.post(back).status_code == 403
    client.force_login(people["publisher"])
    assert "answer “gone” (410)" in client.get(down).content.decode()
    assert PublishedArticle.objects.live().exists()
    assert client.post(down, {"reason": ""}).status_code == 400
    page = client.post(down, {"reason": WHY}, follow=True).content.decode()
    assert "is taken down" in page and WHY in page and "Bring back…" in page and 'name="_publish"' not in page
    assert WHY in client.get(back).content.decode()
    assert "as it was" in client.post(back, {"note": ""}, follow=True).content.decode()
    assert client.post(back).status_code == 400


def test_nobody_gets_a_link_to_it_while_it_is_down(live: Article, people: People, client: Client) -> None:
    url = f"/admin/articles/article/{live.pk}/share/"
    asked = {"note": "For the lawyer", "lasts": "day", "shows": "follows"}
    live.take_down(by=people["publisher"], reason="A court says so")
    client.force_login(people["publisher"])
    assert "Make a link" not in (page := client.get(url).content.decode()) and "Bring it back first." in page
    answer = client.post(url, asked)
    assert answer.status_code == 400 and "nobody gets a link to it" in answer.content.decode()
    assert not live.share_links.exists()
    live.bring_back(by=people["publisher"])
    assert "Make a link" in client.get(url).content.decode()
    assert client.post(url, asked).status_code == 302 and live.share_links.count() == 1


def test_a_panel_that_was_open_before_makes_no_link(live: Article, people: People) -> None:
    """What the view has read is a moment old: the lock's own row decides."""
    stale = Article.objects.get(pk=live.pk)
    live.take_down(by=people["publisher"], reason="A court says so")
    with pytest.raises(ValidationError, match="taken down"):
        make_link(stale, by=people["publisher"], note="", lasts="day", shows="kept")
    assert not live.share_links.exists()
