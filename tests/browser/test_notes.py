"""Notes and notifications in a browser: mentioning by the keyboard, deleting, reading one by one, a login that ends."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Note, Notification
from articles.models.notes import note_down
from tests.browser.desk import log_in, open_form, save
from tests.browser.timers import come_due, watch_timers

pytestmark = pytest.mark.django_db(transaction=True)
PAUSE = 150  # milliseconds after a key, after which people are asked for
SIZES = pytest.mark.parametrize("page", [(1280, 900), (360, 740)], indirect=True)


@pytest.fixture
def cast(people: dict[str, User]) -> dict[str, User]:
    names = {"editor": "Rosa Meier", "writer": "Pedro Rossi", "publisher": "Kit Adeyemi"}
    for role, name in names.items():
        first, last = name.split()
        User.objects.filter(pk=people[role].pk).update(first_name=first, last_name=last)
    return people


@pytest.fixture
def at_form(page: Page, live_server: Any, cast: dict[str, User], make_article: Any) -> Locator:
    """The publisher at an article's form; the field for a new note."""
    article: Article = make_article("A draft", created_by=cast["writer"])
    watch_timers(page.context)
    log_in(page, live_server, cast["publisher"])
    open_form(page, live_server, article)
    page.locator("#notes > summary").click()
    field = page.get_by_label("Write a note")
    field.click()
    return field


def shown(page: Page) -> list[str]:
    """The people offered, the chosen one with a star. Waits for the list."""
    page.get_by_role("listbox", name="People").wait_for()
    return [
        one.inner_text() + ("*" if one.get_attribute("aria-selected") == "true" else "")
        for one in page.get_by_role("listbox", name="People").get_by_role("option").all()
    ]


def nobody_is_asked_for(page: Page) -> None:
    assert come_due(page, PAUSE) == 0
    expect(page.locator("[role=listbox] [role=option]")).to_have_count(0)


def sent(page: Page) -> None:
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator("[data-note-said]")).to_have_text("Noted")


# --- mentions -------------------------------------------------------------------------------------------------------


@SIZES
def test_people_are_offered_and_taken_with_the_keyboard(page, at_form, axe):
    at_form.press_sequentially("Ask @ro")
    assert shown(page) == ["Pedro Rossi @writer*", "Rosa Meier @editor"]
    # What a screen reader goes by: a text field with a list, and which of its options is meant.
    options = page.get_by_role("listbox", name="People").get_by_role("option")
    listbox = page.get_by_role("listbox", name="People").get_attribute("id")
    for name, value in {"aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": listbox}.items():
        expect(at_form).to_have_attribute(name, value)
    expect(at_form).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(page.locator("#ne-live")).to_have_text("People to choose from: 2")
    assert axe(page) == []
    at_form.press("ArrowDown")
    assert shown(page) == ["Pedro Rossi @writer", "Rosa Meier @editor*"]
    expect(at_form).to_have_attribute("aria-activedescendant", options.last.get_attribute("id"))
    at_form.press("ArrowDown")  # round
    at_form.press("ArrowUp")
    at_form.press("Enter")
    expect(at_form).to_have_value("Ask @editor ")
    expect(at_form).to_be_focused()
    assert at_form.get_attribute("aria-activedescendant") is None
    expect(options).to_have_count(0)
    at_form.press_sequentially("about it.")
    at_form.press("Control+Enter")
    expect(page.locator(".note-text")).to_have_text("Ask @editor about it.")
    expect(at_form).to_have_value("")
    expect(page.locator("[data-notes-open]")).to_have_text("1")
    assert Notification.objects.get(kind="mentioned").to.username == "editor"
    assert axe(page) == []


def test_escape_closes_the_list_and_nothing_else(page, at_form):
    page.evaluate("document.addEventListener('keydown', (event) => { window.heard = event.key })")
    at_form.press_sequentially("@ro")
    shown(page)
    at_form.press("Escape")
    options = page.locator("[role=listbox] [role=option]")
    expect(options).to_have_count(0)
    expect(at_form).to_have_value("@ro")
    expect(at_form).to_be_focused()
    assert page.evaluate("window.heard") == "o"  # nobody else takes it for himself
    expect(page.locator("#notes")).to_have_attribute("open", "")
    at_form.press_sequentially("s")  # the same name: it stays closed
    nobody_is_asked_for(page)
    at_form.press("Enter")  # a new line, as ever
    with page.expect_response(lambda answer: "?q=ki" in answer.url):
        at_form.press_sequentially("@ki")  # oneself
    nobody_is_asked_for(page)
    for _ in "@ki":
        at_form.press("Backspace")
    at_form.press_sequentially("@Rosa M")
    assert shown(page) == ["Rosa Meier @editor*"]
    at_form.press("Tab")
    expect(at_form).to_have_value("@ros\n@editor ")
    expect(at_form).to_be_focused()
    at_form.press_sequentially("m")  # of the name that was taken no more is asked
    nobody_is_asked_for(page)


def test_a_person_is_taken_with_the_mouse(page, at_form):
    at_form.press_sequentially("(@ros")
    page.get_by_role("listbox", name="People").get_by_role("option", name="Rosa Meier").click()
    expect(at_form).to_have_value("(@editor ")
    expect(at_form).to_be_focused()
    at_form.press_sequentially("me@ro")  # an address of mail mentions nobody
    nobody_is_asked_for(page)


def test_who_may_only_look_writes_notes_and_mentions_too(page, live_server, cast, make_article, axe):
    looking = User.objects.create_user("looking", is_staff=True)
    codenames = ["view_article", "view_others_article"]
    looking.user_permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__in=codenames))
    article = make_article("A draft", created_by=cast["writer"])
    log_in(page, live_server, looking)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/#notes")
    field = page.get_by_label("Write a note")  # open, since the address leads there
    field.press_sequentially("@rosa")
    expect(page.get_by_role("option")).to_have_count(1)  # with the last letter, not with the first
    assert shown(page) == ["Rosa Meier @editor*"]
    field.press("Enter")
    sent(page)
    assert axe(page) == []
    assert Note.objects.get().text == "@editor"


# --- deleting -------------------------------------------------------------------------------------------------------


@SIZES
def test_a_note_is_deleted_after_a_question(page, live_server, at_form, cast, axe):
    note_down(Article.objects.get(), "Of another", by=cast["editor"])
    at_form.fill("Wrong article")
    sent(page)
    mine = page.locator(".note").filter(has_text="Wrong article")
    question = mine.locator("summary")
    expect(page.locator(".note")).to_have_count(2)
    expect(page.locator(".note summary")).to_have_count(1)
    at_form.press("Shift+Tab")  # the keyboard alone, from the field back to the note's last control
    expect(question).to_be_focused()
    page.keyboard.press("Enter")
    assert Note.objects.count() == 2
    expect(mine.get_by_role("button", name="Delete it for everybody")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_have_count(1)
    expect(at_form).to_be_focused()
    assert Note.objects.get().text == "Of another"


def test_a_note_that_is_gone_meanwhile_is_told(page, live_server, at_form, cast):
    page.expected_problems += ["404"]
    note = note_down(Article.objects.get(), "Gone soon", by=cast["editor"])
    at_form.fill("One")
    sent(page)
    note.take_back(by=cast["editor"])
    page.locator(".note").filter(has_text="Gone soon").get_by_role("button", name="Done").click()
    expect(page.locator("[data-note-said]")).to_have_text("It is gone: who wrote it has deleted it.")


# --- the inbox ------------------------------------------------------------------------------------------------------


@SIZES
def test_notifications_are_read_one_by_one_and_by_following_them(page, live_server, cast, make_article, axe):
    article = make_article("A draft", created_by=cast["writer"])
    other = make_article("Another one", created_by=cast["writer"])
    note_down(article, "@writer a second source?", by=cast["editor"])
    for number in range(2):
        other.notifications.create(to=cast["writer"], kind="approved", by=cast["editor"], text=f"Fine {number}")
    log_in(page, live_server, cast["writer"])
    page.goto(f"{live_server.url}/admin/articles/article/inbox/")
    assert axe(page) == []
    page.get_by_role("listitem").filter(has_text="Fine 0").get_by_role("button", name="Mark as read").click()
    expect(page.locator(".is-unread")).to_have_count(2)
    expect(page.locator(".inbox-count")).to_have_text("2 unread")
    page.get_by_role("link", name="A draft").click()
    expect(page.locator("#notes")).to_have_attribute("open", "")
    expect(page.locator("#notes .note-text")).to_be_in_viewport()
    assert page.url.endswith("#notes")
    assert [one.text for one in Notification.objects.unread()] == ["Fine 1"]


# --- a login that ends ----------------------------------------------------------------------------------------------


def log_in_there(page: Page) -> None:
    page.get_by_label("Username").fill("publisher")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()


def test_a_note_survives_a_login_that_ended(page, live_server, at_form):
    page.expected_problems += ["403", "ERR_ABORTED"]
    at_form.fill("Two sources at least")
    Session.objects.all().delete()
    page.get_by_role("button", name="Add the note").click()
    said = page.locator("[data-note-said]")
    expect(said).to_contain_text("Your login has ended. Your words are still here: log in in another window")
    expect(at_form).to_have_value("Two sources at least")
    assert not Note.objects.exists()
    with page.context.expect_page() as opened:
        said.get_by_role("link", name="log in in another window").click()
    log_in_there(opened.value)
    opened.value.get_by_role("heading", name="The desk").wait_for()
    opened.value.close()
    page.bring_to_front()
    sent(page)
    expect(at_form).to_have_value("")
    assert Note.objects.get().text == "Two sources at least"


def test_a_note_that_is_begun_survives_that_the_page_is_left(page, live_server, at_form):
    at_form.fill("Begun")
    save(page)
    expect(at_form).to_have_value("Begun")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    log_in_there(page)
    page.locator("form[data-autosave=ready]").wait_for()
    expect(at_form).to_have_value("Begun")
    sent(page)
    page.reload()
    expect(page.locator(".note-text")).to_have_text("Begun")
    expect(at_form).to_have_value("")
