"""The editorial calendar in a real browser: dragging, the keyboard, Undo, planning; readable in every light and width."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, PublishedArticle, Stage
from tests.articles.calendar_days import CALENDAR, FORWARD, berlin
from tests.browser.desk import log_in, look

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
MONTH = (timezone.now() + timedelta(days=62)).date().replace(day=1)
TENTH = datetime(MONTH.year, MONTH.month, 10, 9, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def month(page: Page, live_server: Any, editor: User) -> Page:
    log_in(page, live_server, editor)
    return page


def show(page: Page, live_server: Any, view: str = "month", day: Any = MONTH) -> None:
    page.goto(f"{live_server.url}{CALENDAR}?view={view}&date={day}")


def cell(page: Page, day: Any) -> Locator:
    return page.locator(f'[data-day="{day:%Y-%m-%d}"]')


def said(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="“")


def due(article: Article) -> datetime | None:
    return Article.objects.get(pk=article.pk).due_at


def test_a_due_date_is_dragged_and_the_drag_undone(month: Page, live_server: Any, make_article: Any) -> None:
    article = make_article("What the ferry costs", due_at=TENTH)
    show(month, live_server)
    month.locator(f"#due-{article.pk}").drag_to(cell(month, TENTH + 2 * DAY))
    expect(said(month)).to_contain_text("is due on")
    expect(cell(month, TENTH + 2 * DAY).get_by_text("What the ferry costs")).to_be_visible()
    assert due(article) == TENTH + 2 * DAY
    look(month, "calendar-dragged")
    month.get_by_role("button", name="Undo").click()
    expect(said(month)).to_contain_text("Undone")
    expect(cell(month, TENTH).get_by_text("What the ferry costs")).to_be_visible()
    assert due(article) == TENTH


def test_a_planned_version_is_dragged_and_the_working_copy_stays(
    month: Page, live_server: Any, make_article: Any
) -> None:
    article = make_article("As planned")
    article.publish(at=TENTH)
    article.headline = "Half finished"
    article.save()
    show(month, live_server)
    month.locator(f"#scheduled-{article.pk}").drag_to(cell(month, TENTH + DAY))
    expect(said(month)).to_contain_text("goes live on")
    version = PublishedArticle.objects.get(article=article)
    assert (version.headline, version.live_from) == ("As planned", TENTH + DAY)


def test_by_keyboard_an_entry_is_moved_and_the_move_undone(month: Page, live_server: Any, make_article: Any) -> None:
    article = make_article("What the ferry costs", due_at=TENTH)
    show(month, live_server)
    month.locator(f"#due-{article.pk} a").focus()
    month.keyboard.press("m")
    dialog = month.get_by_role("dialog")
    expect(dialog.get_by_label("Day")).to_be_focused()
    expect(dialog.get_by_label("Day")).to_have_value(f"{TENTH:%Y-%m-%d}")
    look(month, "calendar-move")
    dialog.get_by_label("Day").fill(f"{TENTH + 3 * DAY:%Y-%m-%d}")
    dialog.get_by_label("Time").fill("14:15")
    month.keyboard.press("Enter")
    expect(said(month)).to_contain_text("14:15 (UTC)")
    assert due(article) == (TENTH + 3 * DAY).replace(hour=14, minute=15)
    expect(month.locator(f"#due-{article.pk} a")).to_be_focused()  # one can go on from there
    undo = month.get_by_role("button", name="Undo")
    undo.focus()
    month.keyboard.press("Enter")
    expect(said(month)).to_contain_text("Undone")
    assert due(article) == TENTH


def test_escape_moves_nothing_and_gives_the_focus_back(month: Page, live_server: Any, make_article: Any) -> None:
    article = make_article("Stays", due_at=TENTH)
    show(month, live_server, "list", TENTH.date())
    month.get_by_role("button", name="Move “Stays”…").click()
    expect(month.get_by_role("dialog")).to_be_visible()
    month.keyboard.press("Escape")
    expect(month.get_by_role("dialog")).to_be_hidden()
    expect(month.locator(f"#due-{article.pk} a")).to_be_focused()
    assert due(article) == TENTH


def test_an_idea_is_dragged_onto_a_day_and_loses_it_again(month: Page, live_server: Any, make_article: Any) -> None:
    idea = make_article("Night trains", stage=Stage.IDEA, brief="Why they are back.")
    show(month, live_server)
    month.locator(f"#idea-{idea.pk}").drag_to(cell(month, TENTH))
    expect(cell(month, TENTH).get_by_text("Night trains")).to_be_visible()
    assert due(idea) == TENTH.replace(hour=17, minute=0)
    month.locator(f"#due-{idea.pk} a").focus()
    month.keyboard.press("m")
    month.get_by_role("dialog").get_by_role("button", name="No date").click()
    expect(month.locator(f"#idea-{idea.pk}")).to_be_visible()
    assert due(idea) is None


def test_somebody_elses_move_is_told(month: Page, live_server: Any, make_article: Any, editor: User) -> None:
    article = make_article("Wanted by two", due_at=TENTH)
    show(month, live_server)
    article.assign(None, by=editor, due_at=TENTH + 5 * DAY)
    month.expected_problems.append("409")  # type: ignore[attr-defined]
    month.locator(f"#due-{article.pk}").drag_to(cell(month, TENTH + DAY))
    expect(said(month).or_(month.locator(".calendar-said.is-error"))).to_contain_text("changed meanwhile")
    expect(cell(month, TENTH + 5 * DAY).get_by_text("Wanted by two")).to_be_visible()
    assert due(article) == TENTH + 5 * DAY


def test_what_is_out_stays_where_it_is(month: Page, live_server: Any, make_article: Any) -> None:
    article = make_article("Out")
    article.publish()
    show(month, live_server, "week", timezone.localdate())
    entry = month.locator(f"#published-{article.pk}")
    expect(entry).to_be_visible()
    assert entry.get_attribute("draggable") is None and entry.get_by_role("button").count() == 0
    entry.locator("a").focus()
    month.keyboard.press("m")
    expect(month.get_by_role("dialog")).to_have_count(0)


def test_a_drag_into_the_hour_that_the_clocks_skip_asks_for_another(
    month: Page, live_server: Any, make_article: Any, settings: Any
) -> None:
    """M01"""
    settings.TIME_ZONE = "Europe/Berlin"
    article = make_article("At night", due_at=berlin(FORWARD - DAY, 2, 30))
    show(month, live_server, "week", FORWARD)
    month.expected_problems.append("400")  # type: ignore[attr-defined]
    month.locator(f"#due-{article.pk}").drag_to(cell(month, FORWARD))
    dialog = month.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("02:30 does not exist")
    look(month, "calendar-gap")
    dialog.get_by_label("Time").fill("03:30")
    dialog.get_by_role("button", name="Move").click()
    expect(said(month)).to_contain_text("03:30 (Europe/Berlin, UTC+2)")
    assert due(article) == berlin(FORWARD, 3, 30)


def test_an_idea_is_planned_on_its_day(month: Page, live_server: Any, film: Any) -> None:
    show(month, live_server)
    cell(month, TENTH).hover()
    cell(month, TENTH).get_by_role("link", name="Plan an idea for").click()
    dialog = month.get_by_role("dialog")
    expect(dialog.get_by_label("Idea", exact=True)).to_be_focused()
    expect(dialog.get_by_label("Due on")).to_have_value(f"{TENTH:%Y-%m-%d}")
    dialog.get_by_label("Idea", exact=True).fill("Night trains")
    dialog.get_by_label("Section").select_option("Film")
    dialog.get_by_role("button", name="Plan it").click()
    month.get_by_text("“Night trains” is planned").wait_for()
    expect(cell(month, TENTH).get_by_text("Night trains")).to_be_visible()
    assert Article.objects.get().stage == Stage.IDEA


def test_filters_are_taken_at_once(month: Page, live_server: Any, make_article: Any) -> None:
    make_article("Due", due_at=TENTH)
    make_article("Planned").publish(at=TENTH)
    show(month, live_server)
    month.get_by_role("checkbox", name="Goes live").uncheck()
    expect(month.get_by_text("Planned", exact=True)).to_have_count(0)
    assert "kind=due" in month.url
    month.get_by_role("link", name="Show all").click()
    expect(cell(month, TENTH).get_by_text("Planned", exact=True)).to_be_visible()


@pytest.mark.viewport(360, 780)
def test_a_phone_shows_days_one_below_the_other(month: Page, live_server: Any, make_article: Any) -> None:
    article = make_article("On a phone", due_at=TENTH)
    for view in ("month", "week", "day", "list"):
        show(month, live_server, view, TENTH.date())
        assert month.evaluate("document.documentElement.scrollWidth") <= 360, view
        expect(month.get_by_text("On a phone")).to_be_visible()
        expect(month.locator(f"#due-{article.pk} .entry-move")).to_be_visible()
    show(month, live_server)
    expect(cell(month, TENTH + DAY)).to_be_hidden()  # nothing in it


@pytest.mark.parametrize("page", [(1280, 900), (360, 780)], indirect=True, ids=["wide", "phone"])
def test_everybody_can_use_it(
    page: Page, live_server: Any, editor: User, make_article: Any, film: Any, axe: Any
) -> None:
    log_in(page, live_server, editor)
    for n in range(9):
        section = type(film).objects.create(name=f"Section {n}", slug=f"section-{n}")
        make_article(f"Due {n}", due_at=TENTH + n % 2 * DAY, section=section, stage="idea" if n % 3 else "draft")
    make_article("Late", due_at=timezone.now() - DAY, priority=1, assignee=editor)
    make_article("An idea", stage="idea", brief="About something.", priority=1)
    make_article("Planned").publish(at=TENTH, until=TENTH + 3 * DAY)
    make_article("Out").publish()
    for view, day in (("month", MONTH), ("week", TENTH.date()), ("day", TENTH.date()), ("list", timezone.localdate())):
        show(page, live_server, view, day)
        assert axe(page) == [], view
        look(page, f"calendar-{view}-{page.viewport_size['width']}")  # type: ignore[index]
    show(page, live_server, "list", TENTH.date())
    page.get_by_role("button", name="Move “Due 0”…").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Plan an idea", exact=True).click()
    assert axe(page) == []
    for place in ("plan/", "feeds/"):
        page.goto(f"{live_server.url}{CALENDAR}{place}")
        assert axe(page) == [], place
    page.get_by_label("Where you use it").fill("Phone")
    page.get_by_role("button", name="Make the address").click()
    page.get_by_role("heading", name="Your new address").wait_for()
    assert axe(page) == []
    look(page, f"calendar-feeds-{page.viewport_size['width']}")  # type: ignore[index]
