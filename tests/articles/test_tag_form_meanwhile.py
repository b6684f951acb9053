"""Two at one tag: who saves the form after something else was done to the tag takes nothing of it back."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles.desk.tags.form import TagForm
from articles.models import Tag, TagAct, TagName
from articles.models.tags.order.merging import begin_merge
from articles.models.tags.order.renaming import rename
from articles.models.tags.order.working import go_on

from .test_stale_saves import opened

pytestmark = pytest.mark.django_db


def tag(name: str) -> Tag:
    return Tag.objects.named([name])[0]


def merge(old: str, into: str) -> None:
    go_on(begin_merge([tag(old)], tag(into))[0])


@pytest.fixture
def film(db: None) -> Tag:
    film = tag("Film")
    TagName.objects.create(folded="pictures", name="Pictures", tag=film)
    return film


@pytest.fixture
def form(client: Client, people: Any, film: Tag) -> Any:
    """What a browser posts of the form as it is opened now."""
    client.force_login(people["editor"])
    return lambda **values: opened(client, reverse("admin:articles_tag_change", args=[film.pk]), **values)


def post(client: Client, film: Tag, data: dict[str, Any]) -> None:
    response = client.post(reverse("admin:articles_tag_change", args=[film.pk]), data)
    assert response.status_code == 302, response.context["adminform"].errors
    film.refresh_from_db()


def test_the_old_names_of_what_was_merged_meanwhile_stay(client: Client, film: Tag, form: Any) -> None:
    data = form(aliases="Cinema")  # Pictures goes, Cinema comes
    merge("Movies", "Film")
    post(client, film, data)
    assert {alias.name for alias in film.aliases} == {"Cinema", "Movies"}
    assert tag("movies") == film


def test_also_of_a_merge_between_the_reading_of_the_form_and_its_saving(
    client: Client, film: Tag, form: Any, monkeypatch: Any
) -> None:
    clean = TagForm.clean_aliases

    def meanwhile(one: TagForm) -> Any:
        found = clean(one)
        merge("Movies", "Film")
        return found

    data = form(aliases="")
    monkeypatch.setattr(TagForm, "clean_aliases", meanwhile)
    post(client, film, data)
    assert {alias.name for alias in film.aliases} == {"Movies"}


def test_what_was_hidden_renamed_or_moved_meanwhile_stays_so(client: Client, film: Tag, form: Any) -> None:
    data = form(description="All of it", weight="2.0")
    rename(film, "Cinema", slug="cinema")
    arts = tag("Arts")
    Tag.objects.filter(pk=film.pk).update(is_hidden=True, parent=arts, description="Theirs")
    post(client, film, data)
    assert (film.name, film.slug, film.is_hidden, film.parent) == ("Cinema", "cinema", True, arts)
    assert (film.description, film.weight) == ("All of it", 2)  # where both changed one thing, the later stands
    assert [act.kind for act in TagAct.objects.all()] == ["rename"]
    post(client, film, form(is_hidden=""))
    assert not film.is_hidden


def test_a_refused_form_goes_on_from_what_is_stored_now(client: Client, film: Tag, form: Any) -> None:
    tag("Noir")
    data = form(aliases="Pictures\nNoir")
    merge("Movies", "Film")
    url = reverse("admin:articles_tag_change", args=[film.pk])
    refused = client.post(url, data).context["adminform"].form
    assert refused["aliases"].value().splitlines() == ["Pictures", "Noir", "Movies"]
    again = {name: refused[name].value() or "" for name in refused.fields} | {"aliases": "Pictures"}
    post(client, film, again)
    assert {alias.name for alias in film.aliases} == {"Pictures"}  # now Movies was seen, and taken out


@pytest.mark.parametrize("said", ["", "nonsense", "[]", "12", '{"name": 7}', json.dumps({"name": "Film", "x": "y"})])
def test_a_forged_beginning_is_no_error(client: Client, film: Tag, form: Any, said: str) -> None:
    post(client, film, form(opened=said, name="Cinema"))
    assert film.name == "Cinema"


def test_two_at_once_make_no_tag_a_part_of_itself(film: Tag, client: Client, people: Any, monkeypatch: Any) -> None:
    """The second is asked once more in its turn: when his form was read the other was no part of anything."""
    arts, clean = tag("Arts"), TagForm.clean_parent

    def meanwhile(form: TagForm) -> Any:
        found = clean(form)
        Tag.objects.filter(pk=arts.pk).update(parent=film)
        return found

    client.force_login(people["editor"])
    url = reverse("admin:articles_tag_change", args=[film.pk])
    data = opened(client, url, parent=arts.pk, description="New")
    monkeypatch.setattr(TagForm, "clean_parent", meanwhile)
    told = client.post(url, data, follow=True).content.decode()
    assert "Nothing was saved. “Arts” is part of “Film” already: Arts → Film." in told
    film.refresh_from_db()
    assert (film.parent, film.description) == (None, "")


def test_a_ring_that_is_there_ends_no_check_in_an_endless_walk(film: Tag) -> None:
    from articles.desk.tags.form import check_parent

    one, other = tag("One"), tag("Other")
    Tag.objects.filter(pk=one.pk).update(parent=other)
    Tag.objects.filter(pk=other.pk).update(parent=one)
    check_parent(film, one)
    with pytest.raises(ValidationError, match="part of “One” already"):
        check_parent(one, other)
