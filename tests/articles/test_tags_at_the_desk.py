"""Tags at the desk: their form, and the pages on which they are put in order."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.desk.tags import order
from articles.models import Article, Tag, TagAct, Vocabulary
from articles.models.tags.order.merging import begin_merge
from articles.models.tags.order.retiring import retire
from articles.models.tags.order.working import go_on

from .test_desk import change
from .test_stale_saves import opened

pytestmark = pytest.mark.django_db
LIST, MERGE, ACTS = (f"/admin/articles/tag/{rest}" for rest in ("", "merge/", "acts/"))


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def tag(name: str) -> Tag:
    return Tag.objects.named([name])[0]


def merge(old: str, into: str) -> TagAct:
    (act,) = begin_merge([tag(old)], tag(into))
    return go_on(act)


def form_of(desk: Client, one: Tag, **values: Any) -> dict[str, Any]:
    return opened(desk, reverse("admin:articles_tag_change", args=[one.pk]), **values)


# --- the form -----------------------------------------------------------------------------------------------------------


def test_aliases_are_one_a_line_and_lead_to_the_tag(desk: Client) -> None:
    one = tag("Film noir")
    url = reverse("admin:articles_tag_change", args=[one.pk])
    response = desk.post(url, form_of(desk, one, aliases="Noir\n\n noir \nSérie noire"))
    assert response.status_code == 302, response.context["adminform"].errors
    assert tag("serie NOIRE") == tag("noir") == one
    desk.post(url, form_of(desk, one, aliases="Noir"))
    assert tag("Série noire") != one
    assert {alias.name for alias in one.aliases} == {"Noir"}


def test_an_alias_that_another_tag_has_is_refused_with_its_name(desk: Client) -> None:
    one, other = tag("Noir"), tag("Film noir")
    response = desk.post(reverse("admin:articles_tag_change", args=[one.pk]), form_of(desk, one, aliases="film-noir"))
    assert f"is a name of the tag “{other}”" in response.content.decode()


def test_a_new_name_in_the_form_is_a_rename_that_can_be_undone(desk: Client) -> None:
    one = tag("Noir")
    desk.post(reverse("admin:articles_tag_change", args=[one.pk]), form_of(desk, one, name="Film noir", kind="work"))
    one.refresh_from_db()
    assert (one.name, one.kind, [alias.name for alias in one.aliases]) == ("Film noir", "work", ["Noir"])
    assert TagAct.objects.get().kind == "rename"


def test_the_form_writes_only_what_it_asks(desk: Client) -> None:
    """What publishing counts meanwhile stays."""
    one = tag("Noir")
    form = form_of(desk, one, description="Dark")
    Tag.objects.filter(pk=one.pk).update(uses=7)
    desk.post(reverse("admin:articles_tag_change", args=[one.pk]), form)
    one.refresh_from_db()
    assert (one.uses, one.description) == (7, "Dark")


def test_a_tag_is_not_part_of_its_own_parts(desk: Client) -> None:
    italy, venice = tag("Italy"), tag("Venice")
    Tag.objects.filter(pk=venice.pk).update(parent=italy)
    response = desk.post(reverse("admin:articles_tag_change", args=[italy.pk]), form_of(desk, italy, parent=venice.pk))
    assert "“Venice” is part of “Italy” already" in response.content.decode()


def test_a_part_of_a_retired_tag_can_be_changed_and_made_no_part_of_one(desk: Client) -> None:
    italy, venice = tag("Italy"), tag("Venice")
    Tag.objects.filter(pk=venice.pk).update(parent=italy)
    retire(italy)
    url = reverse("admin:articles_tag_change", args=[venice.pk])
    assert desk.post(url, form_of(desk, venice, description="By the sea")).status_code == 302
    rome = tag("Rome")
    refused = desk.post(reverse("admin:articles_tag_change", args=[rome.pk]), form_of(desk, rome, parent=italy.pk))
    assert "“Italy” is not in use" in refused.content.decode()


def test_the_list_finds_by_alias_and_shows_what_became_of_the_others(desk: Client) -> None:
    merge("Movies", "Film")
    retire(tag("Old stuff"))
    page = desk.get(LIST, {"q": "MOV-IES"}).content.decode()
    assert ">Film</a>" in page and ">Movies</a>" not in page
    for standing, shown in (("", "Film"), ("merged", "Movies"), ("retired", "Old stuff")):
        response = desk.get(LIST, {"standing": standing} if standing else {})
        assert [one.name for one in response.context["cl"].result_list] == [shown]
    assert "merged into Film" in desk.get(LIST, {"standing": "merged"}).content.decode()


def test_a_merged_tag_is_found_by_the_name_that_it_had(desk: Client) -> None:
    merge("Movies", "Film")
    merge("Flicks", "Film")
    for standing in ("merged", "all"):
        found = desk.get(LIST, {"standing": standing, "q": "MOV-IES"}).context["cl"].result_list
        assert "Movies" in [one.name for one in found] and "Flicks" not in [one.name for one in found]


@pytest.mark.parametrize(("open_to", "may"), [("Editor", True), ("Publisher", False)])
def test_tags_are_made_by_whom_the_vocabulary_lets(  # B09
    client: Client, people: Any, make_article: Any, open_to: str, may: bool
) -> None:
    """Whatever the way: the form of tags, a split, a chooser's plus."""
    Vocabulary.objects.create(open_to=open_to)
    client.force_login(people["editor"])
    one = make_article(tags=("Noir",))
    split = reverse("admin:articles_tag_split", args=[tag("Noir").pk])
    shown = client.get(reverse("admin:articles_tag_change", args=[tag("Noir").pk])).content.decode()
    assert (split in shown) is may
    answers = [
        client.post(f"{LIST}add/", {"name": "By form", "slug": "", "kind": "topic", "weight": "1", "aliases": ""}),
        client.post(f"{LIST}add/?_popup=1", {"name": "By popup", "kind": "topic", "weight": "1", "_popup": "1"}),
        client.post(split, {"name": "By split", "keep_old": "keep", "article": one.pk}),
    ]
    assert [answer.status_code == 403 for answer in answers] == [not may] * 3
    assert Tag.objects.count() == (4 if may else 1)


def test_only_tags_in_use_are_offered(desk: Client) -> None:
    merge("Movies", "Film")
    retire(tag("Filmed theatre"))
    url = "/admin/autocomplete/?app_label=articles&model_name=article&field_name=tags&term="
    assert [one["text"] for one in desk.get(f"{url}film").json()["results"]] == ["Film"]
    assert [one["text"] for one in desk.get(f"{url}movies").json()["results"]] == ["Film"]


def test_a_merged_tag_is_only_looked_at_and_not_deleted(desk: Client, make_article: Any) -> None:
    merge("Movies", "Film")
    old = Tag.objects.get(name="Movies")
    url = reverse("admin:articles_tag_change", args=[old.pk])
    assert "Merged into" in desk.get(url).content.decode()
    assert desk.post(url, {"name": "Other"}).status_code == 403
    assert desk.post(reverse("admin:articles_tag_delete", args=[old.pk]), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": old.pk, "post": "yes"}
    desk.post(f"{LIST}?standing=merged", chosen)
    assert Tag.objects.filter(pk=old.pk).exists()


# --- the pages ----------------------------------------------------------------------------------------------------------


def test_tags_are_chosen_in_the_list_looked_at_and_merged(desk: Client, make_article: Any) -> None:
    make_article(tags=("Movies",)).publish()
    make_article("Two", tags=("Films", "Film"))
    chosen = [tag("Movies").pk, tag("Films").pk]
    response = desk.post(LIST, {"action": "merge_tags", "_selected_action": chosen}, follow=True)
    assert response.context["form"].initial["tags"] == [str(pk) for pk in [chosen[1], chosen[0]]]
    data: dict[str, Any] = {"tags": chosen, "into": tag("Film").pk}
    page = desk.post(MERGE, data).content.decode()
    assert "2 tags become “Film”" in page and Tag.objects.exclude(merged_into=None).count() == 0
    assert desk.post(MERGE, data | {"_confirm": "1"})["Location"] == ACTS
    assert Tag.objects.filter(merged_into=tag("Film")).count() == 2
    assert "Merged: Movies → Film" in desk.get(ACTS).content.decode()
    assert not TagAct.objects.at_work().exists()


def test_it_is_told_on_how_many_articles_each_is(desk: Client, make_article: Any) -> None:
    """Also where readers have two versions of one, now and soon."""
    twice = make_article(tags=("Movies",))
    twice.publish()
    twice.publish(at=timezone.now() + timedelta(days=1))
    data = {"tags": [tag("Movies").pk], "into": tag("Film").pk}
    (row,) = desk.post(MERGE, data).context["rows"]
    assert (row["desk"], row["readers"]) == (1, 1)


def test_too_many_tags_are_not_cut_off_silently(desk: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(order, "MOST_MERGED", 2)
    chosen = [tag(name).pk for name in ("One", "Two", "Three")]
    told = desk.post(LIST, {"action": "merge_tags", "_selected_action": chosen}, follow=True).content.decode()
    assert "At most 2 tags at once" in told


@pytest.mark.parametrize(
    "data", [{}, {"tags": ["x"], "into": "y"}, {"tags": ["999999"], "into": "99999999999999999999"}]
)
def test_nonsense_is_refused_at_its_field(desk: Client, data: dict[str, Any]) -> None:
    assert desk.post(MERGE, data).status_code == 400


@pytest.mark.parametrize("junk", ["abc", "9" * 400, "-1", "", "1,2", "²"])
def test_nonsense_in_an_address_is_passed_over(desk: Client, make_article: Any, junk: str) -> None:
    make_article("Dark", tags=("Noir",))
    one = tag("Noir")
    initial = desk.get(MERGE, {"tags": [junk, one.pk], "into": junk}).context["form"].initial
    assert initial == {"tags": [str(one.pk)], "into": ""}
    for act in ("rename", "retire", "split"):
        page = reverse(f"admin:articles_tag_{act}", args=[one.pk])
        asked = {"section": junk, "begun_from": junk, "begun_until": junk, "article": junk, "tag": junk}
        assert desk.get(page, asked).status_code == 200
        assert desk.get(f"/admin/articles/tag/{junk}/{act}/").status_code in (302, 404)
    split = reverse("admin:articles_tag_split", args=[one.pk])
    assert desk.post(split, {"section": junk, "article": junk}).status_code == 400
    assert desk.get(ACTS, {"tag": junk, "p": junk}).status_code == 200
    assert desk.post(ACTS, {"undo": junk}, follow=True).status_code == 200


def test_a_tag_to_merge_into_is_taken_from_the_address(desk: Client) -> None:
    page = desk.get(MERGE, {"tags": tag("Movies").pk, "into": tag("Film").pk})
    assert page.context["form"].initial["into"] == str(tag("Film").pk)
    assert f'<option value="{tag("Film").pk}" selected>Film</option>' in page.content.decode()


def test_merging_into_itself_is_refused_in_words(desk: Client) -> None:
    one = tag("Film")
    response = desk.post(MERGE, {"tags": [one.pk], "into": one.pk})
    assert "can&#x27;t be merged into itself" in response.content.decode()


def test_what_was_interrupted_goes_on_from_the_page(desk: Client, make_article: Any) -> None:
    make_article(tags=("Movies",)).publish()
    begin_merge([tag("Movies")], tag("Film"))
    assert "bulk-goes-on" in desk.get(ACTS).content.decode()
    state = {"is_going_on": True}
    while state["is_going_on"]:
        state = desk.post(ACTS, {}, headers={"Accept": "application/json"}).json()
    assert TagAct.objects.get().done_at is not None


def test_undo_is_a_button_and_says_what_stands_in_its_way(desk: Client, make_article: Any) -> None:
    article = make_article(tags=("Movies",))
    first, second = merge("Movies", "Film"), merge("Film", "Cinema")
    page = desk.post(ACTS, {"undo": first.pk}, follow=True).content.decode()
    assert "Not undone. Undo “Merged: Film → Cinema” first" in page
    for act in (second, first):
        desk.post(ACTS, {"undo": act.pk})
    assert [one.name for one in article.tags.all()] == ["Movies"]
    assert desk.post(ACTS, {"undo": "99999"}).status_code == 404


def test_a_tag_is_renamed_on_its_page(desk: Client) -> None:
    one, _other = tag("Noir"), tag("Film")
    url = reverse("admin:articles_tag_rename", args=[one.pk])
    assert "There is a tag “Film” already" in desk.post(url, {"name": "film"}).content.decode()
    desk.post(url, {"name": "Film noir", "slug": "film-noir"})
    one.refresh_from_db()
    assert (one.name, one.slug) == ("Film noir", "film-noir")


def test_some_articles_are_split_off(desk: Client, make_article: Any) -> None:
    planets = [make_article(f"The planet {number}", tags=("Mercury",)) for number in range(2)]
    singer = make_article("Freddie", tags=("Mercury",))
    url = reverse("admin:articles_tag_split", args=[tag("Mercury").pk])
    page = desk.get(url, {"q": "planet"}).content.decode()
    assert "2 articles about" in page and "Freddie" not in page
    refused = desk.post(url, {"q": "planet", "name": "Mercury (planet)", "keep_old": "replace"})
    assert "Choose at least one" in refused.content.decode()
    desk.post(url, {"q": "planet", "name": "Mercury (planet)", "keep_old": "replace", "every": "on"})
    assert [[one.name for one in article.tags.all()] for article in planets] == [["Mercury (planet)"]] * 2
    assert [one.name for one in singer.tags.all()] == ["Mercury"]


def test_a_tag_is_retired_on_its_page(desk: Client, make_article: Any) -> None:
    article = make_article(tags=("Noir",))
    one = tag("Noir")
    url = reverse("admin:articles_tag_retire", args=[one.pk])
    assert "1 article keeps it" in desk.get(url).content.decode()
    desk.post(url)
    one.refresh_from_db()
    assert one.retired_at is not None and article.tags.count() == 1


# --- in the article's form ------------------------------------------------------------------------------------------------


def test_a_form_that_was_opened_before_a_merge_saves_the_target(desk: Client, make_article: Any) -> None:
    article: Article = make_article("Old", tags=("Movies", "Noir"))
    url = change(article)
    same = opened(desk, url, _continue="1")
    changed = opened(desk, url, _continue="1", headline="New")
    merge("Movies", "Film")
    version = Article.objects.get().version
    assert desk.post(url, same).status_code == 302
    assert Article.objects.get().version == version and "movies" not in desk.get(url).content.decode().lower()
    assert desk.post(url, changed).status_code == 302
    article.refresh_from_db()
    assert article.headline == "New"
    assert {one.name for one in article.tags.all()} == {"Film", "Noir"}


def test_a_merge_in_between_is_no_change_of_a_colleague(desk: Client, make_article: Any) -> None:
    article: Article = make_article("Old", tags=("Movies", "Noir"))
    url = change(article)
    mine = opened(desk, url, _continue="1", headline="Mine")
    theirs = opened(desk, url, _continue="1", standfirst="Theirs")
    merge("Movies", "Film")
    desk.post(url, theirs)
    page = desk.post(url, mine, follow=True).content.decode()
    assert "changed the standfirst meanwhile" in page and "tags" not in page.split("meanwhile")[0][-200:]
    assert {one.name for one in Article.objects.get().tags.all()} == {"Film", "Noir"}


def test_a_retired_tag_is_kept_where_it_is_and_refused_where_it_is_not(desk: Client, make_article: Any) -> None:
    has, has_not = make_article("Has", tags=("Noir",)), make_article("Has not")
    forms = [opened(desk, change(one), _continue="1", headline="New", tags=[tag("Noir").pk]) for one in (has, has_not)]
    retire(tag("Noir"))
    assert desk.post(change(has), forms[0]).status_code == 302
    response = desk.post(change(has_not), forms[1])
    assert "Retired, and not to be added any more: “Noir”" in response.content.decode()
    assert has.tags.count() == 1 and has_not.tags.count() == 0


def test_restoring_comparing_and_looking_mean_todays_tags(desk: Client, make_article: Any) -> None:
    article: Article = make_article("Old", tags=("Movies",))
    first = article.record("saved")
    merge("Movies", "Film")
    article.headline = "New"
    article.save()
    second = article.record("saved")
    page = desk.get(reverse("admin:articles_article_compare", args=[article.pk]), {"old": 1, "new": 2}).content.decode()
    assert "Headline" in page and "Movies" not in page
    assert "Film" in desk.get(reverse("admin:articles_article_revision", args=[article.pk, 1])).content.decode()
    history = desk.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "tags:" not in history
    article.tags.clear()
    assert article.restore(first).left_out == []
    assert [one.name for one in article.tags.all()] == ["Film"]
    assert second.data["tags"][0]["name"] == "Film"
