"""A planned update in a real browser: fixed beside, counted down to, and given a time that the clocks know twice."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import PublishedArticle
from tests.browser.desk import log_in, open_form

pytestmark = pytest.mark.django_db(transaction=True)


def look(page, name):
    """Kept for whoever wants to see it: SCREENSHOTS=folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def planned(make_article, editor):
    article = make_article("Festival opens on Friday", slug="festival", body="<p>It opens on Firday.</p>")
    article.publish(at=timezone.now() - timedelta(days=1))
    article.headline, article.body = (
        "Festival opens its doors",
        "<p>It opens on Firday.</p>\n<p>The doors are open.</p>",
    )
    article.save()
    article.publish(at=timezone.now() + timedelta(hours=2), by=editor)
    return article


@pytest.fixture
def at_the_desk(page, live_server, editor):
    log_in(page, live_server, editor)
    return page


def test_what_readers_see_is_fixed_while_an_update_is_planned(at_the_desk, live_server, planned, axe):
    page = at_the_desk
    open_form(page, live_server, planned)
    expect(page.get_by_role("heading", name="You are editing the update that is planned for")).to_be_visible()
    assert axe(page) == []
    look(page, "update-planned")
    page.get_by_role("button", name="Fix what readers see now").click()
    expect(page.get_by_role("heading", name="You are fixing what readers see now")).to_be_visible()
    expect(page.locator("#id_headline")).to_have_value("Festival opens on Friday")
    text = page.locator(".prose-editor .ProseMirror")
    text.wait_for()
    assert axe(page) == []
    look(page, "fixing")
    text.locator("p").first.click(click_count=3)
    page.keyboard.type("It opens on Friday.")
    page.get_by_role("button", name="Publish changes").click()
    expect(page.locator(".messagelist")).to_contain_text("stays planned, with what you published now in it")
    expect(page.locator("#id_headline")).to_have_value("Festival opens its doors")
    live = PublishedArticle.objects.live().get(article=planned)
    plan = PublishedArticle.objects.get(article=planned, live_from__gt=timezone.now())
    assert live.body == "<p>It opens on Friday.</p>"
    assert plan.body == "<p>It opens on Friday.</p>\n<p>The doors are open.</p>"
    page.goto(f"{live_server.url}/film/festival/")
    expect(page.get_by_text("It opens on Friday.")).to_be_visible()


def test_a_held_update_is_seen_compared_and_taken_up(at_the_desk, live_server, planned, axe):
    page = at_the_desk
    open_form(page, live_server, planned)
    page.get_by_role("button", name="Fix what readers see now").click()
    expect(page.get_by_role("heading", name="You are fixing")).to_be_visible()
    page.locator("#id_headline").fill("Festival opens on Saturday")
    page.get_by_role("button", name="Publish changes").click()
    expect(page.get_by_role("heading", name="An update is held")).to_be_visible()
    assert axe(page) == []
    look(page, "held")
    page.get_by_role("link", name="Compare it with what readers see").click()
    expect(page.locator("#content")).to_contain_text("its doors")
    page.go_back()
    page.get_by_role("button", name="Schedule it again").click()
    expect(page.locator("#id_headline")).to_have_value("Festival opens its doors")
    expect(page.get_by_role("heading", name="An update is held")).to_have_count(0)


def test_enter_in_a_field_saves_and_begins_no_fix(at_the_desk, live_server, planned):
    page = at_the_desk
    open_form(page, live_server, planned)
    page.locator("#id_kicker").fill("Live")
    page.locator("#id_kicker").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    planned.refresh_from_db()
    assert (planned.kicker, planned.fixing_since) == ("Live", None)


@pytest.mark.parametrize("script", [True, False])
def test_times_the_clocks_skip_or_show_twice(browser, live_server, editor, planned, settings, script, request):
    settings.TIME_ZONE = "Europe/Berlin"
    context = browser.new_context(java_script_enabled=script, timezone_id="America/New_York", locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(10_000)
    log_in(page, live_server, editor)
    form = f"{live_server.url}/admin/articles/article/{planned.pk}/change/"
    page.goto(form)
    if script:
        page.locator(".prose-editor .ProseMirror").wait_for()
    page.locator("#id_publish_at_0").fill("2099-03-29")
    page.locator("#id_publish_at_1").fill("02:30")
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.get_by_text("02:30 does not exist in Europe/Berlin")).to_be_visible()
    expect(page.get_by_text("01:59 (UTC+1) and 29 March, 03:00 (UTC+2)")).to_be_visible()
    expect(page.locator("#id_publish_at_1")).to_have_value("02:30")
    page.locator("#id_publish_at_0").fill("2099-10-25")
    if script:
        page.locator("#id_publish_at_1").fill("12:00")
        expect(page.locator("#id_publish_at_zone")).to_have_text("Europe/Berlin, UTC+1")
        page.locator("#id_publish_at_1").fill("02:30")
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.get_by_role("group", name="The clocks go back: which of the two?")).to_be_visible()
    if script:
        look(page, "twice")
    page.get_by_role("radio", name="02:30 CET, UTC+1").check()
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("25 Oct 2099, 02:30 (Europe/Berlin, UTC+1)")
    context.close()


def test_the_countdown_runs_and_moves_nothing(at_the_desk, live_server, planned):
    page = at_the_desk
    PublishedArticle.objects.filter(article=planned, live_from__gt=timezone.now()).update(
        live_from=timezone.now() + timedelta(seconds=90)
    )
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) "
        "if (one.sources.some(({ node }) => (node?.parentElement ?? node)?.closest?.('.article-standing'))) window.shifts += one.value })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    open_form(page, live_server, planned)
    timer = page.get_by_role("timer")
    expect(timer).to_contain_text("in 1 minute")
    before = timer.text_content()
    page.wait_for_timeout(2200)
    assert timer.text_content() != before
    assert page.evaluate("window.shifts") == 0


def test_the_countdown_ends_in_words(at_the_desk, live_server, planned):
    page = at_the_desk
    PublishedArticle.objects.filter(article=planned, live_from__gt=timezone.now()).update(
        live_from=timezone.now() + timedelta(seconds=6)
    )
    open_form(page, live_server, planned)
    expect(page.locator("#plan-told")).to_have_text("The planned version is live now.", timeout=9000)
    expect(page.get_by_role("timer")).to_have_text("now")


@pytest.mark.viewport(360, 740)
def test_on_a_phone_nothing_is_cut_off(at_the_desk, live_server, planned, axe):
    page = at_the_desk
    planned.begin_fix()
    open_form(page, live_server, planned)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
    look(page, "phone")
