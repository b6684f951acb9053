"""The tag field with the keyboard alone: type, choose, put in order, take away, make one, take what the text suggests."""

from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Tag, TagName, Vocabulary
from articles.models.tags.names import folded
from tests.browser.desk import choose_tag, log_in, look, open_form, save, tags_shown

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vocabulary(db: None) -> list[Tag]:
    tags = Tag.objects.named(["Noir", "Sea", "Lido", "Venice Film Festival", "New York City"])
    TagName.objects.create(name="NYC", folded=folded("NYC"), tag=tags[-1])
    return tags


@pytest.fixture
def desk(page: Any, live_server: Any, people: Any, make_article: Any, vocabulary: list[Tag]) -> Any:
    """The form of an article with two tags, before an editor."""
    article = make_article("By the water", tags=("Noir", "Sea"))
    log_in(page, live_server, people["editor"])
    open_form(page, live_server, article)
    page.locator(".tag-chips").wait_for()
    return page


def line(page: Any) -> Any:
    return page.get_by_role("combobox", name="Tags")


def stored() -> list[str]:
    return [tag.name for tag in Article.objects.get().tags.all()]


@pytest.mark.parametrize("page", [(1280, 900), (360, 740)], indirect=True)
def test_tags_are_chosen_ordered_removed_and_made_with_the_keyboard(
    desk: Any, live_server: Any, axe: Any, request: Any
) -> None:
    page = desk
    assert tags_shown(page) == ["Noir", "Sea"]
    line(page).focus()
    page.keyboard.type("li")
    expect(page.get_by_role("option", name="Lido")).to_be_visible()
    assert axe(page, ".field-tags") == []
    look(page, f"tags-list-{page.viewport_size['width']}")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Tags")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Lido").wait_for()
    page.keyboard.press("Enter")
    assert tags_shown(page) == ["Noir", "Sea", "Lido"]
    # An alias, typed in full; Enter comes before the answer does.
    page.keyboard.type("nyc")
    page.keyboard.press("Enter")
    page.locator(".tag-chip", has_text="New York City").wait_for()
    # To the first place.
    page.keyboard.press("ArrowLeft")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    assert tags_shown(page) == ["New York City", "Noir", "Sea", "Lido"]
    expect(page.locator("#ne-live")).to_have_text("New York City: 1 of 4")
    assert page.evaluate("document.activeElement.firstChild.textContent") == "New York City"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    assert tags_shown(page) == ["New York City", "Noir", "Lido"]
    page.keyboard.press("End")
    expect(line(page)).to_be_focused()
    page.keyboard.press("Backspace")
    assert tags_shown(page) == ["New York City", "Noir"]
    # One that looks like another is not taken by Enter alone.
    page.keyboard.type("Venice Film Festval")
    expect(page.get_by_role("option", name="Looks like Venice Film Festival")).to_be_visible()
    assert (
        page.get_by_role("listbox", name="Tags").get_by_role("option").all_inner_texts()[-1]
        == "Create “Venice Film Festval”"
    )
    page.keyboard.press("Enter")
    assert tags_shown(page) == ["New York City", "Noir"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Acqua alta")
    page.get_by_role("option", name="Create “Acqua alta”").wait_for()
    page.keyboard.press("Enter")
    wanted = ["New York City", "Noir", "Venice Film Festival", "Acqua alta"]
    assert tags_shown(page) == [*wanted[:3], "Acqua alta (new)"]
    assert axe(page, ".field-tags") == []
    look(page, f"tags-chips-{page.viewport_size['width']}")
    wider = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
    assert wider <= 0
    assert not Tag.objects.filter(name="Acqua alta").exists()
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert stored() == wanted
    open_form(page, live_server, Article.objects.get())
    assert tags_shown(page) == wanted


def test_what_the_text_suggests_is_added_or_put_aside(desk: Any, axe: Any) -> None:
    page = desk
    page.get_by_label("Headline").fill("From NYC to the Lido")
    suggestion = page.locator(".tag-take", has_text="Lido")
    expect(suggestion).to_contain_text("“Lido” in the headline")
    assert axe(page, ".field-tags") == []
    look(page, "tags-suggested")
    page.get_by_role("button", name="Not New York City").press("Enter")
    expect(page.locator(".tag-take", has_text="New York City")).to_have_count(0)
    suggestion.press("Enter")
    assert tags_shown(page) == ["Noir", "Sea", "Lido"]
    page.get_by_label("Headline").fill("From NYC to the Lido and a Venice Film Festival")
    page.locator(".tag-take", has_text="Venice Film Festival").wait_for()
    expect(page.locator(".tag-take", has_text="New York City")).to_have_count(0)
    assert stored() == ["Noir", "Sea"], "nothing is applied by itself"
    save(page)
    assert stored() == ["Noir", "Sea", "Lido"]


def test_without_tags_it_says_so_and_how_many_are_wanted(
    page: Any, live_server: Any, people: Any, make_article: Any
) -> None:
    log_in(page, live_server, people["editor"])
    open_form(page, live_server, make_article("Bare"))
    expect(page.locator(".tag-warnings")).to_have_text("No tags yet. The house rules want 1 to 12; here are 0.")


def test_names_pasted_with_commas_are_chips_and_what_looks_alike_stays_to_decide(desk: Any) -> None:
    page = desk
    line(page).focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer()
            data.setData("text/plain", text)
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
        }""",
        "lido, Brand new one, NYC, Venice Film Festval",
    )
    expect(line(page)).to_have_value("Venice Film Festval")
    assert tags_shown(page) == ["Noir", "Sea", "Lido", "Brand new one (new)", "New York City"]


def test_who_may_not_make_tags_is_told_and_offered_none(
    page: Any, live_server: Any, people: Any, make_article: Any, vocabulary: list[Tag]
) -> None:
    log_in(page, live_server, people["writer"])
    open_form(page, live_server, make_article("Mine", created_by=people["writer"]))
    line(page).focus()
    page.keyboard.type("Acqua alta")
    expect(page.locator(".tag-said")).to_contain_text("No tag is called so")
    assert page.locator(".tag-found li").count() == 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    save(page)
    assert stored() == [] and Tag.objects.count() == len(vocabulary)
    Vocabulary(open_to="Writer").save()
    open_form(page, live_server, Article.objects.get())
    line(page).focus()
    page.keyboard.type("Acqua alta")
    expect(page.get_by_role("option", name="Create")).to_be_visible()


def test_chips_are_dragged_and_crossed_out_by_mouse(desk: Any) -> None:
    page = desk
    page.locator(".tag-chip", has_text="Sea").drag_to(page.locator(".tag-chip", has_text="Noir"))
    assert tags_shown(page) == ["Sea", "Noir"]
    page.get_by_role("button", name="Remove Sea").click()
    assert tags_shown(page) == ["Noir"]
    save(page)
    assert stored() == ["Noir"]


def test_a_new_tag_and_an_order_that_were_not_saved_are_restored(desk: Any, live_server: Any) -> None:
    page = desk
    choose_tag(page, "Lido")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("End")
    page.keyboard.type("Acqua alta")
    page.get_by_role("option", name="Create").wait_for()
    page.keyboard.press("Enter")
    typed = ["Noir", "Lido", "Sea", "Acqua alta (new)"]
    assert tags_shown(page) == typed
    page.locator("#ne-save-state", has_text="Saved").wait_for()
    open_form(page, live_server, Article.objects.get())
    assert tags_shown(page) == ["Noir", "Sea"]
    page.get_by_role("button", name="Restore").click()
    assert tags_shown(page) == typed
    page.get_by_role("button", name="Undo", exact=True).click()
    assert tags_shown(page) == ["Noir", "Sea"]


def test_without_javascript_names_are_typed_into_a_line(
    browser: Any, live_server: Any, people: Any, make_article: Any, vocabulary: list[Tag]
) -> None:
    article = make_article("Plain", tags=("Noir", "Sea"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server, people["editor"])
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.get_by_label("Tags").select_option(label="Sea")
    page.get_by_label("Add by name").fill("nyc, Acqua alta")
    page.get_by_role("button", name="Save", exact=True).click()
    assert stored() == ["Sea", "New York City", "Acqua alta"]
    context.close()
