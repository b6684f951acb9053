"""What kind of piece it is, its language and what a review rates: asked in the form, kept everywhere, refused half said."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, PublishedArticle
from articles.models.snapshots import Snapshot
from tests.articles.test_desk import change
from tests.articles.test_stale_saves import opened

pytestmark = pytest.mark.django_db

REVIEW = {"kind": "review", "reviewed": "Tidewrack", "reviewed_kind": "VideoGame", "rating": "7"}


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def save(desk: Client, article: Article, **values: str) -> Any:
    url = change(article)
    return desk.post(url, opened(desk, url, _continue="1", **values))


def test_what_is_said_goes_with_the_article_wherever_it_goes(desk: Client, make_article: Any) -> None:
    article = make_article()
    assert save(desk, article, language="pt_BR", **REVIEW).status_code == 302
    article.refresh_from_db()
    said = (article.kind, article.reviewed, article.reviewed_kind, article.rating, article.language)
    assert said == ("review", "Tidewrack", "VideoGame", 7, "pt-br")
    article.publish()
    live = PublishedArticle.objects.live().get()
    assert (live.kind, live.reviewed, live.reviewed_kind, live.rating, live.language) == said
    kept = Snapshot.read(article.revisions.order_by("number").last().data).content
    assert (kept["kind"], kept["reviewed"], kept["reviewed_kind"], kept["rating"], kept["language"]) == said
    assert save(desk, article, kind="", reviewed="", reviewed_kind="", rating="", language="").status_code == 302
    article.refresh_from_db()
    assert (article.kind, article.reviewed, article.reviewed_kind, article.rating) == ("", "", "", None)
    kept_as = article.revisions.order_by("number").values_list("number", flat=True)[0]
    compared = desk.get(f"/admin/articles/article/{article.pk}/history/compare/?old={kept_as}&new=now").content.decode()
    assert "Tidewrack" in compared and "Video game" in compared and "3½" in compared and "pt-br" in compared


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({**REVIEW, "kind": ""}, "kind", "choose Review"),
        ({**REVIEW, "kind": "opinion"}, "kind", "choose Review"),
        ({**REVIEW, "reviewed": ""}, "reviewed", "Give the name"),
        ({"kind": "review", "rating": "9"}, "reviewed", "Give the name"),
        ({**REVIEW, "reviewed_kind": ""}, "reviewed_kind", "Say what it is"),
        ({**REVIEW, "rating": "11"}, "rating", "valid choice"),
        ({**REVIEW, "rating": "0"}, "rating", "valid choice"),
        ({**REVIEW, "reviewed_kind": "Person"}, "reviewed_kind", "valid choice"),
        ({"kind": "poem"}, "kind", "valid choice"),
        ({"language": "Portuguese"}, "language", "no code of a language"),
        ({"language": '"><script>'}, "language", "no code of a language"),
        ({"reviewed": "x" * 201, "kind": "review"}, "reviewed", "200"),
    ],
)
def test_what_is_half_said_is_refused_at_its_field(
    desk: Client, make_article: Any, values: dict[str, str], field: str, words: str
) -> None:
    article = make_article()
    response = save(desk, article, **values)
    assert response.status_code == 200
    assert words in " ".join(response.context["adminform"].form.errors[field])
    article.refresh_from_db()
    assert article.kind == article.reviewed == article.language == ""


@pytest.mark.parametrize("kind", ["", "feature", "analysis", "opinion", "interview", "review", "live"])
def test_a_kind_alone_needs_nothing_more(desk: Client, make_article: Any, kind: str) -> None:
    assert save(desk, make_article(), kind=kind).status_code == 302
    assert Article.objects.get().kind == kind


def test_who_may_only_look_sees_them_too(client: Client, make_article: Any, people: Any) -> None:
    article = make_article(rating=7, **{name: value for name, value in REVIEW.items() if name != "rating"})
    client.force_login(people["writer"])
    page = client.get(change(article)).content.decode()
    assert "Tidewrack" in page and "Video game" in page and "3½" in page
