"""Bringing back after a takedown: the gate is asked for the version that returns, as of today."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, PublishedArticle, gate
from images.models import Image
from newsroom.models import AuditEntry
from tests.articles.breaking_rules import image, only

pytestmark = pytest.mark.django_db

People = dict[str, User]
DAY = timedelta(days=1)


@pytest.fixture
def down(make_article: Any) -> Article:
    article: Article = make_article(lead_image=image())
    article.publish()
    article.take_down(reason="A letter")
    Article.objects.filter(pk=article.pk).update(lead_image=None)
    Image.objects.update(rights_expire_on=timezone.localdate() - DAY)
    only("lead-rights", "must")
    return Article.objects.get(pk=article.pk)


def test_it_does_not_come_back_with_a_picture_whose_rights_have_ended(down: Article, people: People) -> None:
    with pytest.raises(gate.Blocked, match="Its rights end"):
        down.bring_back(by=people["publisher"])
    assert Article.objects.get(pk=down.pk).taken_down_at and not PublishedArticle.objects.live().exists()
    assert down.bring_back(by=people["publisher"], override="The agency agreed", note="Settled")
    kept = down.revisions.first()
    assert "The agency agreed" in kept.note and "Settled" in kept.note and kept.event == "brought_back"
    assert AuditEntry.objects.get(act="overridden").after == {"rules": ["lead-rights"]}


def test_the_page_asks_for_the_reason_once_the_rules_have_said_no(
    down: Article, people: People, client: Client
) -> None:
    client.force_login(people["publisher"])
    url = reverse("admin:articles_article_bring_back", args=[down.pk])
    assert 'name="override"' not in client.get(url).content.decode()
    answer = client.post(url, {"note": "Typed"})
    page = answer.content.decode()
    assert answer.status_code == 400 and "The house rules say no." in page and "Its rights end" in page
    assert 'name="override"' in page and 'value="Typed"' in page
    assert client.post(url, {"note": "Typed", "override": "  "}).status_code == 400
    assert client.post(url, {"note": "Typed", "override": "The agency agreed"}).status_code == 302
    assert PublishedArticle.objects.live().exists()


def test_who_may_not_override_is_not_asked_for_a_reason(down: Article, people: People, client: Client) -> None:
    people["editor"].user_permissions.add(Permission.objects.get(codename="take_down_article"))
    client.force_login(people["editor"])
    url = reverse("admin:articles_article_bring_back", args=[down.pk])
    answer = client.post(url, {"note": ""})
    assert answer.status_code == 400 and 'name="override"' not in answer.content.decode()
    assert client.post(url, {"note": "", "override": "Because"}).status_code == 403
    assert not PublishedArticle.objects.live().exists()
