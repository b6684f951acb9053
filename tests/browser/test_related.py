"""The panel “Related articles”: what it promises at the desk is what readers get; by mouse, by keyboard, without script."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, RelatedChoice
from articles.models.related import Choices
from articles.models.related.choosing import choose
from tests.browser.desk import choose_tag, log_in, look, open_form, save

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def archive(make_article: Any, picture: Any) -> dict[str, Article]:
    """Published on different days, by headline."""
    texts = {
        "Rover lands on Mars": (("Mars",), 2),
        "Dust storms of the red planet": (("Mars", "Weather"), 9),
        "Ice under the Martian pole": (("Mars",), 30),
        "Clouds over Venus": (("Venus", "Weather"), 5),
        "A probe for Venus": (("Venus",), 40),
        "The bakery on the corner": ((), 12),
        "A choir in the harbour": ((), 90),
    }
    found = {}
    for headline, (tags, days) in texts.items():
        article = make_article(headline, tags=tags, lead_image=picture, body=f"<p>{headline}.</p>")
        article.publish(at=timezone.now() - timedelta(days=days, seconds=5))
        found[headline] = article
    return found


def panel(page: Page) -> Locator:
    found = page.locator("#related")
    expect(found).to_have_attribute("data-ready", "yes")
    return found


def shown(page: Page) -> Locator:
    return panel(page).locator("[data-related-rows=shown] .related-head")


def row(page: Page, headline: str) -> Locator:
    return panel(page).locator(f"[data-headline='{headline}']")


def test_what_the_panel_shows_is_what_readers_get(page, live_server, editor, make_article, archive, axe):
    article = make_article("What next for Mars", tags=("Mars",), body="<p>Nothing alike.</p>", standfirst="Why")
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    expect(shown(page)).to_have_count(3)
    expect(row(page, "Rover lands on Mars")).to_contain_text("Mars · 2 days apart")
    choose_tag(page, "Venus")
    expect(row(page, "Clouds over Venus")).to_contain_text("Venus · 5 days apart")
    expect(panel(page).locator("[data-related-said]")).to_contain_text("Readers are shown: ")
    panel(page).get_by_text("Next in line").click()
    panel(page).get_by_role("button", name="Pin: Ice under the Martian pole").click()
    expect(shown(page).first).to_have_text("Ice under the Martian pole")
    panel(page).get_by_role("button", name="Mute here: Rover lands on Mars").click()
    expect(panel(page).get_by_role("button", name="Show here again: Rover lands on Mars")).to_be_visible()
    find = panel(page).get_by_label("Choose an article by hand")
    find.fill("bakery")
    panel(page).get_by_role("option", name="The bakery on the corner").click()
    expect(shown(page).nth(1)).to_have_text("The bakery on the corner")
    expect(row(page, "The bakery on the corner")).to_contain_text("picked by you")
    panel(page).get_by_role("button", name="Move up: The bakery on the corner").click()
    expect(shown(page).first).to_have_text("The bakery on the corner")
    assert axe(page, "#related") == []
    look(page, "related")
    promised = shown(page).all_inner_texts()
    assert promised[:2] == ["The bakery on the corner", "Ice under the Martian pole"]
    save(page)
    assert {tag.name for tag in article.tags.all()} == {"Mars", "Venus"}
    expect(shown(page)).to_have_text(promised)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    page.goto(live_server.url + article.public_url())
    expect(page.locator(".related-cards h3")).to_have_text(promised)
    assert "Rover lands on Mars" not in page.locator(".related-cards").inner_text()


def test_with_the_keyboard_alone_and_the_focus_stays(page, live_server, editor, make_article, archive):
    article = make_article("What next for Mars", tags=("Mars",))
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    focused = "document.activeElement.getAttribute('aria-label')"
    first, second = shown(page).all_inner_texts()[:2]
    for headline in (first, second):
        panel(page).get_by_role("button", name=f"Pin: {headline}").focus()
        page.keyboard.press("Enter")
        expect(panel(page).get_by_role("button", name=f"Pin: {headline}")).to_have_attribute("aria-pressed", "true")
        assert page.evaluate(focused) == f"Pin: {headline}"
    page.keyboard.press("Alt+ArrowUp")
    expect(shown(page).first).to_have_text(second)
    assert page.evaluate(focused) == f"Pin: {second}"
    expect(panel(page).locator("[data-related-said]")).to_contain_text(f"{second}: 1 / 2")
    expect(panel(page).get_by_role("button", name=f"Move up: {second}")).to_be_disabled()
    panel(page).get_by_role("button", name=f"Mute here: {second}").focus()
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("button", name=f"Show here again: {second}")).to_be_visible()
    assert page.evaluate(focused).startswith("Mute here: ")
    panel(page).get_by_label("Choose an article by hand").focus()
    page.keyboard.type("choir")
    expect(panel(page).get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(shown(page).nth(1)).to_have_text("A choir in the harbour")
    page.keyboard.press("Enter")  # in the empty field: it must not save
    assert not RelatedChoice.objects.exists()


@pytest.mark.viewport(1280, 1800)  # a drag over a part that scrolls begins wherever that has got to
def test_dragging_puts_pins_into_another_order(page, live_server, editor, make_article, archive):
    article = make_article("What next for Mars", tags=("Mars",))
    pins = [one.pk for one in list(archive.values())[:3]]
    choose(article, pins, [], by=editor)
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    rows = panel(page).locator("[data-pinned]")
    rows.nth(0).locator(".related-place").drag_to(rows.nth(2).locator(".related-place"))
    expect(page.locator("[name=related_pins]")).to_have_value(f"{pins[1]}, {pins[2]}, {pins[0]}")
    save(page)
    assert list(Choices.beside(article.pk).pins) == [pins[1], pins[2], pins[0]]


def test_muting_everywhere_asks_and_is_taken_back_in_place(page, live_server, people, make_article, archive):
    article = make_article("What next for Mars", tags=("Mars",))
    log_in(page, live_server, people["editor"])
    open_form(page, live_server, article)
    button = panel(page).get_by_role("button", name="Mute everywhere: Rover lands on Mars")
    page.once("dialog", lambda dialog: dialog.dismiss())
    button.click()
    assert not RelatedChoice.objects.exists()
    page.once("dialog", lambda dialog: dialog.accept())
    button.click()
    undo = panel(page).get_by_role("button", name="Suggest again everywhere: Rover lands on Mars")
    expect(undo).to_be_visible()
    assert RelatedChoice.objects.filter(source=None, target=archive["Rover lands on Mars"]).exists()
    expect(shown(page).filter(has_text="Rover lands on Mars")).to_have_count(0)
    undo.click()
    expect(shown(page).filter(has_text="Rover lands on Mars")).to_have_count(1)
    assert not RelatedChoice.objects.exists()


def test_what_was_chosen_is_kept_and_restored_when_the_window_closes(page, live_server, editor, make_article, archive):
    article = make_article("What next for Mars", tags=("Mars",))
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    page.locator("form[data-autosave=ready]").wait_for()
    with page.expect_response(lambda answer: "/autosave/" in answer.url and answer.request.method == "POST"):
        panel(page).get_by_role("button", name="Pin: Rover lands on Mars").click()
    page.once("dialog", lambda dialog: dialog.accept())
    open_form(page, live_server, article)
    offer = page.locator("#desk-recovery")
    offer.get_by_role("button", name="Look at the differences").click()
    expect(page.locator(".ne-differences")).to_contain_text("pinned: “Rover lands on Mars”")
    page.keyboard.press("Escape")
    offer.get_by_role("button", name="Restore").click()
    expect(panel(page).get_by_role("button", name="Pin: Rover lands on Mars")).to_have_attribute("aria-pressed", "true")


def test_a_server_that_does_not_answer_is_told_and_what_was_chosen_stands(
    page, live_server, editor, make_article, archive
):
    article = make_article("What next for Mars", tags=("Mars",))
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    page.expected_problems += ["/related/", "ERR_FAILED"]
    page.route("**/related/", lambda route: route.abort())
    panel(page).get_by_role("button", name="Pin: Rover lands on Mars").click()
    expect(panel(page).get_by_role("alert")).to_contain_text("The list is not up to date.")
    expect(page.locator("[name=related_pins]")).to_have_value(str(archive["Rover lands on Mars"].pk))
    page.unroute("**/related/")
    page.locator("#id_headline").fill("What next")
    expect(panel(page).get_by_role("button", name="Pin: Rover lands on Mars")).to_have_attribute("aria-pressed", "true")
    expect(panel(page).get_by_role("alert")).to_be_hidden()


def test_without_a_script_numbers_can_be_typed(browser, live_server, editor, make_article, archive):
    article = make_article("What next for Mars", tags=("Mars",))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    related = page.locator("#related")
    expect(related.locator("[data-related-rows=shown] .related-head")).to_have_count(3)
    expect(related.get_by_role("button")).to_have_count(0)
    pin = archive["A choir in the harbour"]
    related.get_by_label("Pinned, in this order").fill(str(pin.pk))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(related.locator(".related-head").first).to_have_text("A choir in the harbour")
    context.close()
    assert list(Choices.beside(article.pk).pins) == [pin.pk]


@pytest.mark.viewport(360, 740)
def test_on_a_phone_nothing_is_wider_than_the_window(page, live_server, editor, make_article, archive, axe):
    article = make_article("What next for Mars", tags=("Mars",))
    choose(article, [archive["A probe for Venus"].pk], [archive["Clouds over Venus"].pk], by=editor)
    log_in(page, live_server, editor)
    open_form(page, live_server, article)
    panel(page).get_by_text("Next in line").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page, "#related") == []
    look(page, "related-phone")


def test_the_settings_can_be_used_and_axe_finds_nothing(page, live_server, people, axe):
    log_in(page, live_server, people["administrator"])
    page.goto(f"{live_server.url}/admin/articles/relatedsettings/")
    page.get_by_label("Cards beside an article").fill("4")
    assert axe(page) == []
    look(page, "related-settings")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()
