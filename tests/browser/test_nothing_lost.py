"""Nothing that an editor typed is ever lost: two people at one article, a crash, no network, a login that ended."""

import re

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Autosave, Presence, Tag
from authors.models import Author
from tests.browser.conftest import watch
from tests.browser.desk import choose_tag, log_in, settle, tags_shown
from tests.browser.timers import come_due, watch_timers

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/articles/article/add/"
PAUSE = 2500  # milliseconds after the last change, after which it is sent
LOOK = 5000  # for changes that nothing told of
REPORT = 8000  # of who has the form open
SOON = 12_000  # for what comes by itself, and may


def change(live_server, article):
    return f"{live_server.url}/admin/articles/article/{article.pk}/change/"


def open_form(page, url):
    page.goto(url)
    page.locator("form[data-autosave=ready]").wait_for()


def write(page, text):
    """At the end of the body."""
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    settle(page)
    page.keyboard.type(text)


@pytest.fixture(autouse=True)
def timers(page):
    watch_timers(page.context)


def rest(page):
    """No key is touched until what was typed is sent."""
    come_due(page, PAUSE)


def report(page):
    """Tell at once who has the form open, and hear who else: the answer is there after this."""
    with page.expect_response(lambda answer: "/presence/" in answer.url):
        while not come_due(page, REPORT):
            page.wait_for_timeout(50)  # the last report is not answered yet


def kept_until(page, is_kept):
    """The autosaved fields, once they are so: a snapshot may be on its way that is older than the last change."""
    for _ in range(100):
        rows = list(Autosave.objects.all())
        if len(rows) == 1 and is_kept(rows[0].data["fields"]):
            return
        page.wait_for_timeout(50)
    raise AssertionError([row.data["fields"] for row in rows])


def body_of(page):
    return page.locator(".ProseMirror").inner_text()


def choose(page, field, name):
    """In a chooser, by name: the answers to what was typed come a moment after those to nothing."""
    page.locator(f"{field} + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").press_sequentially(name)
    page.locator(".select2-results__option--highlighted", has_text=name).wait_for()
    page.keyboard.press("Enter")


def state(page):
    return page.locator("#ne-save-state, #desk-save-state").first


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def crash(page):
    """Closed without a question, as a browser that dies does."""
    context = page.context
    page.close(run_before_unload=False)
    return context.new_page()


@pytest.fixture
def kit(page, live_server):
    """A second person at a browser of their own."""
    user = User.objects.create_superuser("kit", password="a long password", first_name="Kit", last_name="Arden")
    context = page.context.browser.new_context(viewport={"width": 1280, "height": 800}, timezone_id="UTC")
    context.set_default_timeout(10_000)
    problems = watch(context)
    watch_timers(context)
    tab = context.new_page()
    log_in(tab, live_server, user)
    yield tab
    context.close()
    assert problems == []


# --- two people ------------------------------------------------------------------------------------------------------


def test_two_people_change_different_things_and_both_go_in(page, kit, live_server, editor, make_article):
    article = make_article("Both at once", kicker="Old", tags=("Noir",))
    Tag.objects.named(["Blanc", "Rouge"])
    log_in(page, live_server, editor)
    for tab in (page, kit):
        open_form(tab, change(live_server, article))
    kit.get_by_label("Headline").fill("Kit's headline")
    choose_tag(kit, "Rouge")
    save(kit)
    kit.get_by_text("was changed successfully").wait_for()
    write(page, " Rosa's words.")
    choose_tag(page, "Blanc")
    save(page)
    told = page.get_by_text("Kit Arden changed the headline and tags meanwhile")
    expect(told).to_contain_text("both changes are in now")
    assert page.get_by_label("Headline").input_value() == "Kit's headline"
    article = Article.objects.get()
    assert article.body == "<p>Some text. Rosa's words.</p>"
    assert {tag.name for tag in article.tags.all()} == {"Noir", "Blanc", "Rouge"}


@pytest.mark.parametrize("page", [(1280, 800), (360, 740)], indirect=True)
def test_two_people_change_the_same_thing_and_one_chooses(page, kit, live_server, editor, make_article, axe):
    article = make_article("Old", body="<p>One.</p><p>Two.</p>")
    log_in(page, live_server, editor)
    for tab in (page, kit):
        open_form(tab, change(live_server, article))
    kit.get_by_label("Headline").fill("Kit's headline")
    write(kit, " By Kit.")
    save(kit)
    kit.get_by_text("was changed successfully").wait_for()
    page.get_by_label("Headline").fill("Rosa's headline")
    write(page, " By Rosa.")
    save(page)
    conflict = page.get_by_role("region", name="You and a colleague changed the same thing")
    conflict.wait_for()
    headline, body = (
        conflict.get_by_role("group", name="Headline", exact=True),
        conflict.get_by_role("group", name="Body", exact=True),
    )
    expect(headline).to_contain_text("Kit's headline")
    expect(headline).to_contain_text("Rosa's headline")
    expect(body.locator(".differs")).to_have_text(["Two. By Rosa.", "Two. By Kit."])
    assert Article.objects.get().headline == "Kit's headline"
    page.locator("form[data-autosave=ready]").wait_for()
    expect(state(page)).to_contain_text("Saved", timeout=SOON)
    assert Autosave.objects.get().data["fields"]["headline"] == ["Rosa's headline"]
    assert [one for one in axe(page) if "ne-" in one or "desk-" in one] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    headline.get_by_label("Keep mine").check()
    body.get_by_label("Keep theirs").check()
    save(page)
    page.get_by_text("was changed successfully").wait_for()
    article = Article.objects.get()
    assert article.headline == "Rosa's headline"
    assert article.body.endswith("Two. By Kit.</p>")
    kept = [one.data["content"]["headline"] for one in article.revisions.all()]
    assert kept == ["Rosa's headline", "Kit's headline"]
    # What she gave up for Kit's text may be set aside; nothing waits to be saved.
    assert not Autosave.objects.filter(by=editor).exclude(form__endswith="-old").exists()


def test_who_else_is_there_appears_and_goes(page, kit, live_server, editor, make_article, axe):
    article = make_article("Open twice")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    open_form(kit, change(live_server, article))
    report(page)
    line = page.locator("#desk-presence")
    expect(line).to_contain_text("Kit Arden is editing this too (since", timeout=SOON)
    kit.get_by_label("Headline").fill("Typing")
    report(kit)
    report(page)
    expect(line).to_contain_text("writing", timeout=15_000)
    assert [one for one in axe(page) if "ne-" in one or "desk-" in one] == []
    save(kit)
    kit.get_by_text("was changed successfully").wait_for()
    report(page)
    expect(line).to_contain_text("Kit Arden saved a newer version at", timeout=SOON)
    kit.goto(f"{live_server.url}/admin/articles/article/")
    expect(kit.get_by_text("rosa is editing this")).to_be_visible()
    report(page)
    expect(line).not_to_contain_text("editing this too", timeout=SOON)
    assert not Presence.objects.filter(by__username="kit").exists()


# --- a crash ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [(1280, 800), (360, 740)], indirect=True)
def test_after_a_crash_all_that_was_typed_is_offered_and_restored(page, live_server, editor, make_article, axe):
    article = make_article("Old", tags=("Noir",))
    Tag.objects.named(["Blanc"])
    Author.objects.create(name="Ola Brandt")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    page.get_by_label("Headline").fill("Typed")
    write(page, " And more.")
    choose_tag(page, "Blanc")
    page.get_by_role("button", name="Add another Byline").click()
    for row, name in ((1, "Ola Brandt"), (2, "Inês Duarte")):
        choose(page, f"#id_bylines-{row}-author", name)
    page.locator("#id_bylines-2-role").select_option("editor")
    page.locator(".writing-aside summary", has_text="Videos and links").click()
    page.locator("#id_has_affiliate_links").check()
    rest(page)
    expect(state(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d:\d\d"), timeout=SOON)
    kept_until(page, lambda fields: fields.get("has_affiliate_links") and "And more" in fields["body"][0])
    tab = crash(page)
    open_form(tab, change(live_server, article))
    offer = tab.get_by_role("group", name="Unsaved changes")
    expect(offer).to_contain_text("You have unsaved changes from")
    assert [one for one in axe(tab) if "ne-" in one or "desk-" in one] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    offer.get_by_role("button", name="Look at the differences").click()
    expect(tab.get_by_role("dialog")).to_contain_text("Some text. And more.")
    assert [one for one in axe(tab) if "ne-" in one or "dialog" in one] == []
    tab.keyboard.press("Escape")
    offer.get_by_role("button", name="Restore").click()
    assert tab.get_by_label("Headline").input_value() == "Typed"
    assert body_of(tab).strip() == "Some text. And more."
    assert tags_shown(tab) == ["Noir", "Blanc"]
    expect(tab.locator("#id_bylines-1-author + .select2")).to_contain_text("Ola Brandt")
    offer.get_by_role("button", name="Undo").click()
    assert tab.get_by_label("Headline").input_value() == "Old"
    assert body_of(tab).strip() == "Some text."
    assert tags_shown(tab) == ["Noir"]
    offer.get_by_role("button", name="Restore").click()
    save(tab)
    tab.get_by_text("was changed successfully").wait_for()
    article = Article.objects.get()
    assert (article.headline, article.body) == ("Typed", "<p>Some text. And more.</p>")
    assert {tag.name for tag in article.tags.all()} == {"Noir", "Blanc"}
    assert [(one.author.name, one.role) for one in article.bylines.all()] == [
        ("Inês Duarte", "writer"), ("Ola Brandt", "writer"), ("Inês Duarte", "editor"),
    ]  # fmt: skip
    assert article.has_affiliate_links
    # The browser's copy is looked at once more when the form opens again, and dropped: it says what is saved.
    for _ in range(50):
        if not Autosave.objects.exists():
            break
        tab.wait_for_timeout(100)
    assert not Autosave.objects.exists()


def test_opening_a_form_is_no_change_and_offers_nothing(page, live_server, editor, make_article):
    article = make_article(
        "Old", body="<p>One.</p>\n<table><tbody><tr><th>A</th></tr><tr><td>1</td></tr></tbody></table>"
    )
    log_in(page, live_server, editor)
    for _ in range(2):
        open_form(page, change(live_server, article))
        page.wait_for_load_state("networkidle")
        for _ in range(2):
            assert come_due(page, LOOK)
            page.wait_for_timeout(300)  # whatever it would send is sent and answered
        assert not page.evaluate("newsroomAutosave.isDirty()")
        assert page.get_by_role("group", name="Unsaved changes").count() == 0
    assert not Autosave.objects.exists()
    save(page)
    page.get_by_text("was changed successfully").wait_for()
    assert not Article.objects.get().revisions.exists()


def test_discarding_asks_first(page, live_server, editor, make_article):
    article = make_article("Old")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    page.get_by_label("Headline").fill("Typed")
    rest(page)
    expect(state(page)).to_contain_text("Saved", timeout=SOON)
    tab = crash(page)
    open_form(tab, change(live_server, article))
    offer = tab.get_by_role("group", name="Unsaved changes")
    offer.get_by_role("button", name="Discard").click()
    tab.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert Autosave.objects.exists()
    offer.get_by_role("button", name="Discard").click()
    tab.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(offer).to_have_count(0)
    assert not Autosave.objects.exists()


def test_who_writes_on_without_answering_the_offer_loses_neither(page, live_server, editor, make_article):
    article = make_article("Old")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    page.get_by_label("Headline").fill("First")
    rest(page)
    expect(state(page)).to_contain_text("Saved", timeout=SOON)
    page = crash(page)
    open_form(page, change(live_server, article))
    page.get_by_role("group", name="Unsaved changes").wait_for()
    page.get_by_label("Headline").fill("Second")
    rest(page)
    expect(state(page)).to_contain_text("Saved", timeout=SOON)
    kept = {one.form: one.data["fields"]["headline"] for one in Autosave.objects.all()}
    assert kept == {str(article.pk): ["Second"], f"{article.pk}-old": ["First"]}
    page = crash(page)
    open_form(page, change(live_server, article))
    expect(page.get_by_role("group", name="Unsaved changes")).to_have_count(2)


def test_an_unfinished_new_article_is_found_again(page, live_server, editor):
    log_in(page, live_server, editor)
    open_form(page, f"{live_server.url}{ADD}")
    page.get_by_label("Headline").fill("Begun at noon")
    write(page, "First words.")
    rest(page)
    expect(state(page)).to_contain_text("Saved", timeout=SOON)
    kept_until(page, lambda fields: "First words." in fields["body"][0])
    tab = crash(page)
    open_form(tab, f"{live_server.url}{ADD}")
    tab.get_by_role("button", name="Begun at noon").click()
    expect(tab.get_by_label("Headline")).to_have_value("Begun at noon")
    assert body_of(tab).strip() == "First words."
    tab.reload()  # its name is in the address
    tab.get_by_role("group", name="Unsaved changes").get_by_role("button", name="Restore").click()
    expect(tab.get_by_label("Headline")).to_have_value("Begun at noon")
    save(tab)
    tab.get_by_text("was added successfully").wait_for()
    assert Article.objects.get().body == "<p>First words.</p>"
    open_form(tab, f"{live_server.url}{ADD}")
    tab.wait_for_timeout(1000)
    assert tab.get_by_text("Begun and never saved").count() == 0


# --- no network, no login ---------------------------------------------------------------------------------------------


def test_offline_it_is_kept_in_the_browser_and_sent_later(page, live_server, editor, make_article):
    page.expected_problems.append("ERR_INTERNET_DISCONNECTED")
    article = make_article("Old")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    page.context.set_offline(True)
    page.get_by_label("Headline").fill("Typed in a tunnel")
    rest(page)
    expect(state(page)).to_have_text("Offline: kept in this browser, will be sent", timeout=SOON)
    assert not Autosave.objects.exists()
    save(page)  # does not leave for an error page
    expect(page.get_by_label("Headline")).to_have_value("Typed in a tunnel")
    page.context.set_offline(False)
    expect(state(page)).to_contain_text("Saved", timeout=SOON)
    assert Autosave.objects.get().data["fields"]["headline"] == ["Typed in a tunnel"]
    assert page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('newsroom-unsaved'))") == []


def test_what_a_crash_left_in_the_browser_is_offered(page, live_server, editor, make_article):
    page.expected_problems.append("ERR_INTERNET_DISCONNECTED")
    article = make_article("Old")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    page.context.set_offline(True)
    page.get_by_label("Headline").fill("Typed in a tunnel")
    rest(page)
    expect(state(page)).to_contain_text("Offline", timeout=SOON)
    tab = crash(page)
    tab.context.set_offline(False)
    open_form(tab, change(live_server, article))
    tab.get_by_role("group", name="Unsaved changes").get_by_role("button", name="Restore").click()
    assert tab.get_by_label("Headline").input_value() == "Typed in a tunnel"


def test_a_login_that_ended_is_told_and_saving_goes_on_after_the_next(page, live_server, editor, make_article):
    page.expected_problems += ["403", "ERR_ABORTED"]
    article = make_article("Old")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    Session.objects.all().delete()
    page.get_by_label("Headline").fill("Typed too late")
    rest(page)
    expect(state(page)).to_contain_text("Your login has ended: log in in another window, nothing is lost", timeout=SOON)
    save(page)
    expect(page.get_by_label("Headline")).to_have_value("Typed too late")
    with page.context.expect_page() as opened:
        state(page).get_by_role("link", name="log in in another window").click()
    window = opened.value
    window.get_by_label("Username").fill("rosa")
    window.get_by_label("Password").fill("a long password")
    window.get_by_role("button", name="Log in").click()
    window.get_by_role("heading", name="The desk").wait_for()
    window.close()
    page.bring_to_front()
    save(page)
    page.get_by_text("was changed successfully").wait_for()
    assert Article.objects.get().headline == "Typed too late"


def test_a_login_that_ended_unnoticed_loses_nothing_on_save(page, live_server, editor, make_article):
    article = make_article("Old")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    page.get_by_label("Headline").fill("Typed just now")
    Session.objects.all().delete()
    save(page)  # Django answers with the login page, and drops what was posted
    page.get_by_label("Username").fill("rosa")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.locator("form[data-autosave=ready]").wait_for()
    page.get_by_role("group", name="Unsaved changes").get_by_role("button", name="Restore").click()
    assert page.get_by_label("Headline").input_value() == "Typed just now"


def test_leaving_warns_only_while_something_is_unsent(page, live_server, editor, make_article):
    article = make_article("Old")
    log_in(page, live_server, editor)
    open_form(page, change(live_server, article))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Headline").fill("Sent")
    rest(page)
    expect(state(page)).to_contain_text("Saved", timeout=SOON)
    page.goto(f"{live_server.url}/admin/")
    assert asked == []
    open_form(page, change(live_server, article))
    page.get_by_label("Headline").fill("Not sent yet")
    page.goto(f"{live_server.url}/admin/")
    assert asked == ["beforeunload"]
    open_form(page, change(live_server, article))
    page.get_by_role("group", name="Unsaved changes").get_by_role("button", name="Restore").click()
    assert page.get_by_label("Headline").input_value() == "Not sent yet"
