"""The tag field: what it finds and suggests, what a form may post, what saving makes of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Article, Tag, TagName, Vocabulary
from articles.models.tag_finding import find
from articles.models.tag_names import folded
from articles.roles import Role
from tests.articles.test_desk import change, filled_in

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def tag(name: str, *aliases: str, uses: int = 0, **fields: Any) -> Tag:
    (one,) = Tag.objects.named([name])
    for alias in aliases:
        TagName.objects.create(name=alias, folded=folded(alias), tag=one)
    Tag.objects.filter(pk=one.pk).update(uses=uses, **fields)
    return one


def names_of(article: Article) -> list[str]:
    return [one.name for one in Article.objects.get(pk=article.pk).tags.all()]


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


# --- finding ---------------------------------------------------------------------------------------------------


def found(text: str) -> list[str]:
    return [f"{one.alias} → {one.tag}" if one.alias else str(one.tag) for one in find(text)]


def test_exact_then_beginnings_then_words_then_aliases_each_by_use() -> None:
    tag("New York City", "NYC", "Gotham", uses=5)
    tag("York", uses=1)
    tag("Yorkshire", uses=2)
    tag("Yorkists", uses=9)
    tag("Duke of York", uses=50)
    tag("Eboracum", "York (Roman)", uses=99)
    assert found("york") == [
        "York",
        "Yorkists",
        "Yorkshire",
        "Duke of York",
        "New York City",
        "York (Roman) → Eboracum",
    ]
    assert found("NYC") == ["NYC → New York City"]
    assert found("new yo") == found("NEW-YO") == ["New York City"]
    assert found("ork") == found("") == found("  ") == []


def test_accents_scripts_and_nonsense() -> None:
    tag("Éric Rohmer")
    tag("Москва")
    tag("東京国際映画祭")
    assert found("eric r") == ["Éric Rohmer"] and found("моск") == ["Москва"] and found("東京") == ["東京国際映画祭"]
    assert found("x" * 5000) == found("\x00") == found("%") == found("'\"") == []


def test_only_what_is_in_use_ten_at_most() -> None:
    for number in range(15):
        tag(f"Sea {number}", uses=number)
    tag("Seal", uses=99, retired_at=timezone.now())
    tag("Seam", uses=98, merged_into=tag("Sea 1"))
    assert len(found("sea")) == 10 and found("sea")[0] == "Sea 14"
    assert not {"Seal", "Seam"} & set(found("sea"))


def test_what_changed_is_found_at_once(django_assert_max_num_queries: Any) -> None:
    one = tag("Venice")
    assert found("ven") == ["Venice"]
    one.name = "Venezia"
    one.save()
    assert found("ven") == ["Venezia"] and found("venice") == ["Venice → Venezia"]
    with django_assert_max_num_queries(2):
        found("ven")
    one.delete()
    assert found("ven") == []


def test_the_endpoint_tells_what_is_shown(desk: Client, django_assert_max_num_queries: Any) -> None:
    tag("New York City", "NYC", uses=5, kind=Tag.Kind.PLACE)
    tag("Venice Film Festival")
    answer = desk.get(f"{LIST}tags/", {"q": "nyc"}).json()
    assert answer["create"] == "" and answer["near"] == []
    (one,) = answer["results"]
    assert {**one, "id": 0} == {
        "id": 0, "name": "New York City", "kind": "Place", "uses": 5, "alias": "NYC", "exact": True,
    }  # fmt: skip
    answer = desk.get(f"{LIST}tags/", {"q": " Venice  Film Festval "}).json()
    assert answer["create"] == "Venice Film Festval" and [one["name"] for one in answer["near"]] == [
        "Venice Film Festival"
    ]
    with django_assert_max_num_queries(10):
        desk.get(f"{LIST}tags/", {"q": "Venice Film Festval"})


def test_nobody_is_offered_to_make_what_he_may_not(client: Client, people: dict[str, User]) -> None:
    tag("Retired", retired_at=timezone.now())
    offered = {}
    for role, user in people.items():
        client.force_login(user)
        answer = client.get(f"{LIST}tags/", {"q": "Fresh"}).json()
        offered[role] = bool(answer["create"])
        assert client.get(f"{LIST}tags/", {"q": "retired"}).json()["create"] == "", "its name is taken"
        assert client.get(f"{LIST}tags/", {"q": "x" * 101}).json()["create"][100:] == ""
    assert offered == {
        "contributor": False, "writer": False, "editor": True, "publisher": True, "administrator": True,
    }  # fmt: skip


# --- saving ----------------------------------------------------------------------------------------------------


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


# --- suggestions -----------------------------------------------------------------------------------------------


def suggested(client: Client, article: Article | None = None, **fields: Any) -> dict[str, Any]:
    where = article.pk if article else "add"
    response = client.post(f"{LIST}{where}/tag-suggestions/", fields)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def test_what_the_text_names_is_suggested_with_its_phrase(
    desk: Client, make_article: Any, django_assert_max_num_queries: Any
) -> None:
    cannes = tag("Cannes", "Festival de Cannes", uses=3)
    noir = tag("Noir", uses=3)
    article = make_article()
    fields = {"headline": "At the festival de Cannes", "body": "<p>A <em>noir</em> film.</p><p>Cannesque.</p>"}
    with django_assert_max_num_queries(14):
        answer = suggested(desk, article, **fields)
    assert [(one["id"], one["why"]) for one in answer["suggestions"]] == [
        (cannes.pk, "“festival de Cannes” in the headline"), (noir.pk, "“noir” in the first paragraph"),
    ]  # fmt: skip
    assert answer["warnings"] == ["No tags yet."]
    rest = suggested(desk, article, **fields, tags=[str(cannes.pk)], dismissed=f"{noir.pk},x,{'9' * 40}")
    assert rest["suggestions"] == [] and rest["warnings"] == []
    assert suggested(desk, body="", headline="") == {"suggestions": [], "warnings": ["No tags yet."]}
    assert suggested(desk, body="Plain noir", tags=["x", "new:Own"])["suggestions"][0]["id"] == noir.pk


def test_what_often_stands_with_the_chosen_is_suggested_too(desk: Client, make_article: Any) -> None:
    for number in range(6):
        make_article(f"Out {number}", tags=("Cannes", "Festivals") if number else ("Cannes", "Rare")).publish()
    cannes, festivals = Tag.objects.named(["Cannes", "Festivals"])
    answer = suggested(desk, headline="Nothing known", tags=[str(cannes.pk)])
    assert [(one["id"], one["why"]) for one in answer["suggestions"]] == [
        (festivals.pk, "with “Cannes” on 5 of 6 articles")
    ]
    Tag.objects.filter(pk=festivals.pk).update(retired_at=timezone.now())
    assert suggested(desk, headline="Nothing known", tags=[str(cannes.pk)])["suggestions"] == []


def test_only_common_tags_are_told(desk: Client, make_article: Any) -> None:
    for number in range(24):
        make_article(f"One of many {number}", tags=("Film",))
    film, rare = Tag.objects.named(["Film", "Rare"])
    assert suggested(desk, tags=[str(film.pk)])["warnings"] == ["Only very common tags: readers find little by them."]
    assert suggested(desk, tags=[str(film.pk), str(rare.pk)])["warnings"] == []
    assert suggested(desk, tags=[str(film.pk), "new:Fresh"])["warnings"] == []


def test_suggestions_are_for_who_may_write_in_it(client: Client, people: dict[str, User], make_article: Any) -> None:
    theirs = make_article("Theirs")
    tag("Noir")
    client.force_login(people["writer"])
    assert client.post(f"{LIST}{theirs.pk}/tag-suggestions/", {"headline": "Noir"}).status_code == 403
    assert client.get(f"{LIST}{theirs.pk}/tag-suggestions/").status_code == 405
    assert client.post(f"{LIST}99999/tag-suggestions/").status_code == 404
    mine = make_article("Mine", created_by=people["writer"])
    assert suggested(client, mine, headline="Noir")["suggestions"][0]["name"] == "Noir"
