"""Tags for many articles at once, with the keyboard alone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, BulkAct, Tag
from tests.browser.desk import log_in, look, tags_shown

pytestmark = pytest.mark.django_db(transaction=True)


def begun(page: Any, live_server: Any, by: User, *articles: Article) -> None:
    act = BulkAct.begin(BulkAct.Kind.TAGS, [one.pk for one in articles], by=by)
    log_in(page, live_server, by)
    page.goto(f"{live_server.url}/admin/articles/article/bulk/{act.pk}/")
    page.locator(".tag-field.is-chips").nth(1).wait_for()


def line(page: Any, name: str) -> Any:
    return page.get_by_role("combobox", name=name)


@pytest.mark.parametrize("page", [(1280, 900), (360, 740)], indirect=True)
def test_tags_are_chosen_made_and_taken_away_with_the_keyboard(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any
) -> None:
    Tag.objects.named(["Sea", "Venice Film Festival"])
    articles = [make_article(name, tags=("Noir",)) for name in ("Apples", "Pears")]
    old = Tag.objects.create(name="Old stuff", retired_at=timezone.now())
    articles[0].tagged_items.create(tag=old)
    begun(page, live_server, people["editor"], *articles)
    width = page.viewport_size["width"]

    line(page, "Add").focus()
    page.keyboard.type("festival")
    page.get_by_role("option", name="Venice Film Festival").wait_for()
    look(page, f"bulk-tags-list-{width}")
    page.keyboard.press("Enter")
    page.keyboard.type("Acqua alta")
    page.get_by_role("option", name="Create “Acqua alta”").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+ArrowLeft")
    assert tags_shown(page) == ["Acqua alta (new)", "Venice Film Festival"]
    page.keyboard.press("Tab")
    # A retired one can only be taken away; and of tags to be taken away none is made.
    page.keyboard.type("old stuff")
    expect(page.get_by_text("“Old stuff” is retired: it can’t be put on articles any more.")).to_be_visible()
    line(page, "Add").fill("")
    page.keyboard.press("Tab")
    expect(line(page, "Remove")).to_be_focused()
    page.keyboard.type("nowhere")
    expect(page.get_by_text("No tag is called so.", exact=True)).to_be_visible()
    for name in ("old stuff", "noir"):
        line(page, "Remove").fill("")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.locator(".tag-chip", has_text=name).wait_for()
    assert axe(page) == []
    look(page, f"bulk-tags-chips-{width}")
    wider = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
    assert wider <= 0
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show what will happen")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("2 articles will get other tags.").wait_for()
    assert not Tag.objects.filter(name="Acqua alta").exists()
    page.get_by_role("link", name="Choose again").click()
    page.locator(".tag-field.is-chips").nth(1).wait_for()
    assert tags_shown(page) == ["Acqua alta (new)", "Venice Film Festival", "Old stuff", "Noir"]
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_role("button", name="Add or remove tags: 2 articles").click()
    page.get_by_text("2 articles have other tags.").wait_for()
    for article in articles:
        assert [tag.name for tag in article.tags.all()] == ["Acqua alta", "Venice Film Festival"]


def test_who_may_not_make_tags_is_offered_none(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any
) -> None:
    Tag.objects.named(["Sea"])
    begun(page, live_server, people["writer"], make_article("Mine", created_by=people["writer"]))
    line(page, "Add").focus()
    page.keyboard.type("Lido")
    expect(page.get_by_text("No tag is called so. Choose one that there is")).to_be_visible()
    page.keyboard.press("Enter")
    assert tags_shown(page) == []


def test_without_javascript_names_are_typed_into_a_line(
    browser: Any, live_server: Any, people: dict[str, User], make_article: Any
) -> None:
    article, editor = make_article("Apples", tags=("Noir",)), people["editor"]
    act = BulkAct.begin(BulkAct.Kind.TAGS, [article.pk], by=editor)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/bulk/{act.pk}/")
    page.locator("[name=add_typed]").fill("Acqua alta, Sea")
    page.locator("[name=remove_typed]").fill("NOIR")
    page.get_by_role("button", name="Show what will happen").click()
    while page.get_by_role("button", name="Continue").count():
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Add or remove tags: 1 article").click()
    while page.get_by_role("button", name="Continue").count():
        page.get_by_role("button", name="Continue").click()
    assert [tag.name for tag in article.tags.all()] == ["Acqua alta", "Sea"]
    context.close()
