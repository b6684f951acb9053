"""What a form may post as tags, and what saving makes of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Tag, Vocabulary
from articles.roles import Role
from tests.articles.tagging import tag
from tests.articles.test_desk import change, filled_in

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def names_of(article: Article) -> list[str]:
    return [one.name for one in Article.objects.get(pk=article.pk).tags.all()]


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def test_the_order_is_kept_and_another_order_is_a_change(desk: Client, make_article: Any) -> None:
    article = make_article(tags=("Sea", "Noir", "Lido"))
    sea, noir, lido = article.tags.all()
    version = Article.objects.get().version
    desk.post(change(article), filled_in(desk, change(article), tags=[lido.pk, sea.pk, noir.pk], _continue="1"))
    assert names_of(article) == ["Lido", "Sea", "Noir"] and Article.objects.get().version > version
    assert [one["name"] for one in article.revisions.first().data["tags"]] == ["Lido", "Sea", "Noir"]
    rows = list(article.tagged_items.values_list("pk", flat=True))
    version = Article.objects.get().version
    desk.post(change(article), filled_in(desk, change(article), _continue="1"))
    assert Article.objects.get().version == version and rows == list(article.tagged_items.values_list("pk", flat=True))
    data = filled_in(desk, change(article), tags=[lido.pk, sea.pk, noir.pk, "new:Fresh"], _continue="1")
    desk.post(change(article), data)
    assert names_of(article) == ["Lido", "Sea", "Noir", "Fresh"]
    assert rows == list(article.tagged_items.values_list("pk", flat=True))[:3], "what stays in its place is not touched"


def test_new_tags_are_made_on_saving_and_names_that_are_there_are_these(desk: Client, make_article: Any) -> None:
    article, city = make_article(), tag("New York City", "NYC")
    posted = ["new:Fresh", "new:nyc", "new:fre-sh", f"{city.pk}", "new:FRESH"]
    desk.post(change(article), filled_in(desk, change(article), tags=posted, _continue="1"))
    assert names_of(article) == ["Fresh", "New York City"] and Tag.objects.count() == 2


def test_a_refused_form_makes_no_tag_and_holds_what_was_asked(desk: Client, make_article: Any) -> None:
    article = make_article()
    data = filled_in(desk, change(article), headline="x" * 999, tags=["new:Fresh & <b>"], _continue="1")
    response = desk.post(change(article), data)
    assert response.status_code == 200 and not Tag.objects.exists()
    assert (
        '<option value="new:Fresh &amp; &lt;b&gt;" selected>Fresh &amp; &lt;b&gt;</option>' in response.content.decode()
    )


def test_without_a_script_names_are_typed_with_commas(desk: Client, make_article: Any) -> None:
    article = make_article(tags=("Sea",))
    (sea,) = article.tags.all()
    typed = "lido, Sea,, Fresh one ; noir,"
    desk.post(change(article), filled_in(desk, change(article), tags=[sea.pk], tags_typed=typed, _continue="1"))
    assert names_of(article) == ["Sea", "lido", "Fresh one", "noir"]


@pytest.mark.parametrize("least", list(Role))
def test_forged_names_are_refused_in_words_by_the_vocabulary(
    client: Client, people: dict[str, User], make_article: Any, least: Role
) -> None:
    Vocabulary(open_to=least).save()
    tag("Sea")
    order = list(Role)
    for place, (role, user) in enumerate(people.items()):
        article = make_article(created_by=user)
        client.force_login(user)
        for name, field in ((f"new:Fresh {role}", "tags"), (f"Typed {role}", "tags_typed")):
            data = filled_in(client, change(article), _continue="1") | {field: [name] if field == "tags" else name}
            response = client.post(change(article), data)
            is_made = Tag.objects.filter(name=name.removeprefix("new:")).exists()
            assert is_made is (place >= order.index(least)), (role, least)
            if not is_made:
                assert response.status_code == 200 and "login may not make new ones" in response.content.decode()
                assert names_of(article) == []
        data = filled_in(client, change(article), tags=["new:sEa"], _continue="1")
        assert client.post(change(article), data).status_code == 302 and names_of(article) == ["Sea"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["999999"], "valid choice"),
        (["x"], "not a valid"),
        (["9" * 30], "not a valid"),
        (["new:" + "x" * 101], "too long"),
        ([f"new:{n}" for n in range(300)], "are the most"),
    ],
)
def test_nonsense_is_told_at_the_field(desk: Client, make_article: Any, values: list[str], words: str) -> None:
    article = make_article()
    response = desk.post(change(article), filled_in(desk, change(article), tags=values, _continue="1"))
    errors = response.context["adminform"].form.errors
    assert list(errors) == ["tags"] and words in errors["tags"][0], errors
    assert not Tag.objects.exists()


def test_the_preview_shows_new_tags_in_their_order_and_makes_none(desk: Client, make_article: Any) -> None:
    article = make_article(tags=("Sea", "Noir"))
    sea, noir = article.tags.all()
    data = filled_in(desk, change(article), tags=[noir.pk, "new:Fresh", sea.pk])
    page = desk.post(f"{LIST}{article.pk}/preview/", data).content.decode()
    places = [page.find(f">{name}<") for name in ("Noir", "Fresh", "Sea")]
    assert -1 not in places and places == sorted(places)
    assert Tag.objects.count() == 2


def test_a_stale_form_keeps_both_changes_and_the_order_of_who_changed_it(desk: Client, make_article: Any) -> None:
    article = make_article(tags=("A tag", "B tag", "C tag"))
    a, b, c = article.tags.all()
    d = tag("D tag")
    mine = filled_in(desk, change(article), tags=[a.pk, b.pk, c.pk, "new:Mine"], kicker="Mine", _continue="1")
    theirs = filled_in(desk, change(article), tags=[c.pk, b.pk, d.pk], _continue="1")
    desk.post(change(article), theirs)
    desk.post(change(article), mine)
    assert names_of(article) == ["C tag", "B tag", "D tag", "Mine"], "the order is theirs, I left it as it was"
    mine = filled_in(desk, change(article), _continue="1")
    desk.post(change(article), filled_in(desk, change(article), tags=[d.pk, c.pk, b.pk], _continue="1"))
    desk.post(change(article), {**mine, "tags": [b.pk, c.pk, d.pk], "tags_typed": "Mine, late"})
    assert names_of(article)[:3] == ["B tag", "C tag", "D tag"] and "late" in names_of(article)


def test_the_vocabulary_has_a_page_for_administrators(client: Client, people: dict[str, User]) -> None:
    client.force_login(people["administrator"])
    url = "/admin/articles/vocabulary/"
    page = client.get(url, follow=True)
    assert page.status_code == 200 and "new tags are made by" in page.content.decode().lower()
    client.post(page.redirect_chain[-1][0], {"open_to": "Contributor"})
    assert Vocabulary.current().open_to == "Contributor" and Vocabulary.objects.count() == 1
    client.force_login(people["publisher"])
    assert client.get(url).status_code == 403
