"""Tags put in order in a browser: merged from the list, split, renamed, undone."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Tag
from articles.models.tags.order.merging import begin_merge
from tests.browser.desk import log_in, look

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/articles/tag/"


def names(article: Article) -> set[str]:
    return {one.name for one in Article.objects.get(pk=article.pk).tags.all()}


def test_an_editor_merges_two_tags_and_undoes_it(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any
) -> None:
    article = make_article("The long take", tags=("Movies", "Films"))
    make_article("Other", tags=("Film",)).publish()
    log_in(page, live_server, people["editor"])
    page.goto(f"{live_server.url}{LIST}")
    for name in ("Movies", "Films"):
        page.locator("#result_list tr", has=page.get_by_role("link", name=name, exact=True)).locator(
            ".action-select"
        ).check()
    look(page, "tags-list")
    page.locator("select[name=action]").select_option(label="Merge into one…")
    page.get_by_role("button", name="Go").click()
    page.locator("#id_into + .select2").click()
    page.keyboard.type("fil m")
    page.locator(".select2-results__option--highlighted", has_text="Film").wait_for()
    page.keyboard.press("Enter")
    look(page, "tags-merge")
    assert axe(page) == []
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_text("2 tags become “Film”.").wait_for()
    look(page, "tags-merge-confirm")
    assert axe(page) == []
    page.get_by_role("button", name="Merge into “Film”").click()
    page.get_by_role("button", name="Undo: Merged: Movies → Film").wait_for()
    assert names(article) == {"Film"}
    look(page, "tags-acts")
    assert axe(page) == []
    page.get_by_role("button", name="Undo: Merged: Movies → Film").click()
    page.get_by_text("“Merged: Movies → Film” is undone.").wait_for()
    assert "Movies" in names(article)


def test_a_merge_that_was_interrupted_goes_on_by_itself(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any
) -> None:
    article = make_article("The long take", tags=("Movies",))
    begin_merge([Tag.objects.get()], Tag.objects.create(name="Film"))
    log_in(page, live_server, people["editor"])
    page.goto(f"{live_server.url}{LIST}acts/")
    page.get_by_role("cell", name="done").wait_for()
    assert names(article) == {"Film"}


def test_a_tag_is_split_and_named_anew(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any, picture: Any
) -> None:
    planet = make_article("The nearest planet", tags=("Mercury",))
    singer = make_article("A voice", tags=("Mercury",))
    log_in(page, live_server, people["editor"])
    tag = Tag.objects.get()
    page.goto(f"{live_server.url}{LIST}{tag.pk}/change/")
    look(page, "tags-form")
    assert axe(page) == []
    page.get_by_label("Also called").fill("Mercurius\nHermes")
    page.get_by_role("button", name="Save and continue editing").click()
    page.locator(".messagelist .success").wait_for()
    assert page.get_by_label("Also called").input_value() == "Hermes\nMercurius"
    page.get_by_role("link", name="Split…").click()
    page.get_by_label("The nearest planet").check()
    page.get_by_label("Name of the new tag").fill("Mercury (planet)")
    look(page, "tags-split")
    assert axe(page) == []
    page.get_by_role("button", name="Split", exact=True).click()
    page.get_by_role("button", name="Undo: Split: Mercury → Mercury (planet)").wait_for()
    assert (names(planet), names(singer)) == ({"Mercury (planet)"}, {"Mercury"})
    page.goto(f"{live_server.url}{LIST}{tag.pk}/rename/")
    assert axe(page) == []
    page.get_by_label("Name").fill("Freddie Mercury")
    page.get_by_role("button", name="Rename").click()
    page.get_by_text("Renamed: Mercury → Freddie Mercury.").wait_for()
    page.goto(f"{live_server.url}{LIST}{tag.pk}/retire/")
    look(page, "tags-retire")
    assert axe(page) == []
    page.get_by_role("button", name="Retire “Freddie Mercury”").click()
    page.get_by_text("nobody can add it, readers are not shown it").wait_for()
    assert axe(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    for where in ("", "acts/", f"{tag.pk}/change/", "merge/"):
        page.goto(f"{live_server.url}{LIST}{where}")
        look(page, f"tags-narrow-{where.replace('/', '-')}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
