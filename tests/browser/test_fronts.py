"""Laying out a front: by search, drag and keyboard, in dialogs, with previews; what is published is what readers get."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Front, FrontVersion
from articles.models.fronts.laying_out import newest, save_draft
from articles.models.fronts.layout import Backfill, Container, Layout, Shape, Slot
from tests.browser.desk import log_in, look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper(make_article: Any, picture: Any) -> dict[str, int]:
    now = timezone.now()
    found = {}
    for hours, headline in enumerate(
        ("Rover lands", "Dust storms", "Ice found", "Clouds part", "The bakery", "A choir")
    ):
        article = make_article(headline, lead_image=picture, standfirst="Why it matters.")
        article.publish(at=now - timedelta(hours=hours + 1))
        found[headline] = article.pk
    return found


@pytest.fixture
def front(paper: dict[str, int], editor: Any) -> Front:
    """A draft with two containers."""
    front = Front.objects.of(None)
    layout = Layout(
        (
            Container(
                "top", Shape.OPENING, "Top", how_many=3, slots=(Slot(paper["Ice found"]), Slot(paper["A choir"]))
            ),
            Container("more", Shape.ROW, "More", how_many=3, slots=(Slot(paper["The bakery"]),), backfill=Backfill()),
        )
    )
    save_draft(front, layout, by=editor, number=0)
    return front


def board(page: Page, live_server: Any) -> Locator:
    page.goto(f"{live_server.url}/admin/articles/front/lay-out/0/")
    room = page.locator("[data-front]")
    expect(room).to_have_attribute("data-ready", "yes")
    return room


def rows(page: Page, box: str) -> Locator:
    return page.locator(f"[data-rows={box}] .front-headline")


def stored(front: Front) -> dict[str, list[int]]:
    version = newest(front)
    assert version is not None
    return {one.name: [slot.article for slot in one.slots] for one in Layout.read(version.layout).containers}


def test_a_front_from_the_first_pick_to_the_readers_and_back(page, live_server, editor, paper, axe):
    log_in(page, live_server, editor)
    board(page, live_server)
    expect(page.locator("[data-state]")).to_contain_text("Nobody has laid out this front")
    page.get_by_role("combobox", name="Pick an article for Opening").fill("choir")
    page.get_by_role("option", name="A choir").click()
    expect(rows(page, "opening")).to_have_text(["A choir"])
    expect(page.locator("[data-said]")).to_contain_text("place 1")
    page.get_by_role("button", name="Pick: Rover lands").click()
    expect(rows(page, "opening")).to_have_text(["A choir", "Rover lands"])
    draft = page.frame_locator("iframe[data-preview]")
    expect(draft.locator(".opening-lead .card-headline")).to_have_text("A choir")
    live = page.frame_locator("iframe[title='What readers see now']")
    expect(live.locator(".opening-lead .card-headline")).to_have_text("Rover lands")
    page.get_by_role("link", name="Change: A choir").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Headline").fill("A choir, out loud")
    dialog.get_by_label("Kicker").fill("Tonight")
    assert axe(page, ".front-dialog") == []
    look(page, "front-dialog")
    dialog.get_by_role("button", name="Save in the draft").click()
    expect(rows(page, "opening").first).to_have_text("A choir, out loud")
    assert axe(page, "#content-main > .front-room > [data-board]", ".front-at") == []
    look(page, "front-board")
    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_text("“A choir, out loud” comes in")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Publish the front").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(live_server.url)
    expect(page.locator(".opening-lead .card-headline")).to_have_text("A choir, out loud")
    assert axe(page, "main") == []
    board(page, live_server)
    page.get_by_role("link", name="Undo…").click()
    page.get_by_role("button", name="Undo").click()
    page.goto(live_server.url)
    expect(page.locator(".opening-lead .card-headline")).to_have_text("Rover lands")


def test_with_the_keyboard_alone_and_the_focus_stays(page, live_server, editor, front, paper):
    log_in(page, live_server, editor)
    board(page, live_server)
    focused = "document.activeElement.getAttribute('aria-label')"
    page.get_by_role("button", name="Move down: Ice found").focus()
    page.keyboard.press("Enter")
    expect(rows(page, "top")).to_have_text(["A choir", "Ice found"])
    assert page.evaluate(focused) == "Move down: Ice found"
    page.keyboard.press("Enter")  # on into the next container
    expect(rows(page, "more")).to_have_text(["Ice found", "The bakery"])
    expect(page.locator("[data-said]")).to_contain_text("Moved to place 1 of “More”")
    page.keyboard.press("Alt+ArrowUp")
    expect(rows(page, "top")).to_have_text(["A choir", "Ice found"])
    page.get_by_role("button", name="Move up: More").press("Enter")
    expect(page.locator(".front-box h2").first).to_have_text("More")
    page.get_by_role("button", name="Take out: The bakery").press("Enter")
    expect(rows(page, "more")).to_have_count(0)
    page.get_by_role("combobox", name="Pick an article for Top").press_sequentially("dust")
    page.locator(".front-add [role=option]", has_text="Dust storms").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(rows(page, "top")).to_have_text(["A choir", "Ice found", "Dust storms"])
    assert stored(front) == {"more": [], "top": [paper[one] for one in ("A choir", "Ice found", "Dust storms")]}


@pytest.mark.viewport(1280, 1800)
def test_dragging_from_container_to_container(page, live_server, editor, front, paper):
    log_in(page, live_server, editor)
    board(page, live_server)

    def drag(headline: str, to: str, below: bool) -> None:
        start = page.locator(f"[data-headline='{headline}'] [data-grip]").bounding_box()
        end = page.locator(f"[data-headline='{to}']").bounding_box()
        page.mouse.move(start["x"] + 5, start["y"] + start["height"] / 2)
        page.mouse.down()
        page.mouse.move(end["x"] + 40, end["y"] + end["height"] / 2, steps=6)
        page.mouse.move(end["x"] + 40, end["y"] + (end["height"] - 4 if below else 4), steps=4)
        page.mouse.up()

    drag("A choir", "Ice found", below=False)
    expect(rows(page, "top")).to_have_text(["A choir", "Ice found"])
    drag("A choir", "The bakery", below=True)
    expect(rows(page, "more")).to_have_text(["The bakery", "A choir"])
    assert stored(front) == {"top": [paper["Ice found"]], "more": [paper["The bakery"], paper["A choir"]]}
    page.mouse.move(0, 0)


@pytest.mark.parametrize(("button", "lead"), [("Take theirs", "Clouds part"), ("Keep mine", "A choir")])
def test_the_second_of_two_chooses(page, live_server, editor, people, front, paper, button, lead):
    page.expected_problems += ["409 (Conflict)"]
    log_in(page, live_server, editor)
    board(page, live_server)
    theirs = Layout((Container("top", Shape.OPENING, "Top", how_many=3, slots=(Slot(paper["Clouds part"]),)),))
    save_draft(front, theirs, by=people["publisher"], number=newest(front).number)
    page.get_by_role("button", name="Move up: A choir").click()
    dialog = page.get_by_role("dialog", name="Somebody else changed this front")
    expect(dialog).to_contain_text("publisher changed it")
    dialog.get_by_role("button", name=button).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(rows(page, "top").first).to_have_text(lead)
    assert FrontVersion.objects.filter(state="past").count() == 1  # what was not chosen


def test_from_and_until_and_what_is_stale_is_said(page, live_server, editor, front, paper, make_article):
    log_in(page, live_server, editor)
    board(page, live_server)
    page.get_by_role("link", name="Change: A choir").click()
    dialog = page.get_by_role("dialog")
    until = dialog.get_by_role("group", name="Until")
    until.get_by_label("Date").fill("2020-01-01")
    dialog.get_by_role("button", name="Save in the draft").click()
    expect(dialog.get_by_role("alert")).to_contain_text("time")  # half a moment
    until.get_by_label("Time").fill("12:00")
    dialog.get_by_role("button", name="Save in the draft").click()
    expect(page.locator("[data-headline='A choir'] .front-warning")).to_contain_text("Its time was over")
    expect(page.locator("[data-state]")).to_contain_text("1 card to look at")


@pytest.mark.viewport(360, 740)
def test_on_a_telephone_nothing_is_too_wide(page, live_server, editor, front, axe):
    log_in(page, live_server, editor)
    board(page, live_server)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    look(page, "front-board-360")
    assert axe(page, "#content-main > .front-room > [data-board]") == []
