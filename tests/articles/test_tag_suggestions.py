"""What the tag field finds while somebody types, and what it suggests for what is written."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from articles.models import Article, Tag, TagName
from articles.models.tags.finding import find
from tests.articles.tagging import tag

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


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
    # Retired on another machine a moment ago: nothing here was told.
    QuerySet.update(Tag.objects.filter(name="Sea 14"), retired_at=timezone.now())
    assert found("sea")[0] == "Sea 13" and found("sea 14") == []


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


def test_names_that_move_past_save_are_found_where_they_are_now() -> None:
    """As merging moves them: by queryset."""
    one, other = tag("Movies"), tag("Film")
    assert found("movi") == ["Movies"]
    TagName.objects.filter(tag=one).update(tag=other)
    assert found("movi") == ["Movies → Film"]
    TagName.objects.filter(name="Movies").delete()
    assert found("movi") == []


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
