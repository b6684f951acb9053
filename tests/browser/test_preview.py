"""The preview beside the form, share links and embeds, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Revision, ShareLink, Tag
from authors.models import Author
from tests.browser.desk import choose_tag, log_in

pytestmark = pytest.mark.django_db(transaction=True)

SHOWN = ".preview-stage iframe:not(.preview-coming)"


@pytest.fixture
def form(page, live_server, editor, make_article):
    """The form of a long article, opened."""
    article = make_article("The saved headline", slug="saved", body="<p>Some words.</p>" * 80, tags=("Noir",))
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    return page


def shown(page):
    return page.frame_locator(SHOWN)


def open_pane(page):
    page.get_by_role("button", name="Preview", exact=True).click()
    shown(page).locator("h1").wait_for()


def pane_problems(axe, page):
    """What axe finds at the pane; the form has its own tests."""
    return [problem for problem in axe(page) if "preview" in problem or "sharing" in problem]


def test_what_is_typed_and_chosen_appears_without_saving(form, live_server):
    Author.objects.create(name="Teo Brand", slug="teo-brand")
    Tag.objects.named(["The Glass Orchard"])
    open_pane(form)
    form.get_by_label("Headline").fill("Typed and not saved")
    shown(form).get_by_role("heading", name="Typed and not saved").wait_for()
    choose_tag(form, "The Glass Orchard")
    shown(form).get_by_role("link", name="The Glass Orchard").wait_for()
    form.locator("#id_bylines-1-author + .select2 .select2-selection").click()
    form.locator(".select2-container--open .select2-search__field").fill("Teo")
    form.locator(".select2-results__option--highlighted", has_text="Teo Brand").click()
    shown(form).locator(".article-byline").get_by_text("Teo Brand").wait_for()
    assert shown(form).locator(".article-byline").inner_text() == "By Inês Duarte and Teo Brand"
    assert Article.objects.get().headline == "The saved headline"
    assert not Revision.objects.exists()
    # Nothing of the form was sent anywhere, and going back does not step through previews.
    assert form.get_by_label("Headline").input_value() == "Typed and not saved"
    assert form.url.endswith("/change/")
    assert form.locator("iframe").count() == 1


def test_the_body_s_editor_is_followed_and_the_place_kept(form):
    open_pane(form)
    frame = form.locator(SHOWN).element_handle().content_frame()
    frame.evaluate("scrollTo({top: 900, behavior: 'instant'})")
    editor = form.locator(".ProseMirror")
    editor.click()
    form.keyboard.press("Control+Home")
    form.keyboard.type("Zanzibar. ")
    shown(form).get_by_text("Zanzibar.").wait_for()
    frame = form.locator(SHOWN).element_handle().content_frame()
    assert frame.evaluate("scrollY") == 900
    assert editor.evaluate("element => element.contains(document.activeElement)")


def test_refreshing_leaves_no_trace_in_the_history(form):
    open_pane(form)
    before = form.evaluate("history.length")
    for number in range(3):
        form.get_by_label("Headline").fill(f"Number {number}")
        shown(form).get_by_role("heading", name=f"Number {number}").wait_for()
    assert form.evaluate("history.length") == before


def test_only_the_last_answer_counts(form):
    """The first answer is held back until the second has come."""
    open_pane(form)
    held = []

    def hold(route):
        if "First" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    form.route("**/preview/", hold)
    form.get_by_label("Headline").fill("First")
    form.get_by_text("Updating…").wait_for()
    form.get_by_label("Headline").fill("Second")
    shown(form).get_by_role("heading", name="Second").wait_for()
    assert held
    form.wait_for_timeout(300)
    assert form.locator("iframe").count() == 1
    assert shown(form).locator("h1").inner_text() == "Second"
    form.unroute("**/preview/")


def test_as_wide_as_a_phone_and_as_a_desktop(form):
    open_pane(form)
    assert shown(form).locator("html").evaluate("element => element.clientWidth") in range(1260, 1281)
    form.get_by_role("button", name="Phone").click()
    assert shown(form).locator("html").evaluate("element => element.clientWidth") in range(370, 391)
    assert form.get_by_role("button", name="Phone").get_attribute("aria-pressed") == "true"
    form.reload()
    open_pane(form)
    assert shown(form).locator("html").evaluate("element => element.clientWidth") in range(370, 391)


def test_links_open_beside_it_and_it_opens_in_a_tab(form):
    form.get_by_label("Headline").fill("Typed and not saved")
    open_pane(form)
    with form.context.expect_page() as opened:
        shown(form).get_by_role("link", name="Film").first.click()
    assert opened.value.url.endswith("/film/")
    opened.value.close()
    assert shown(form).locator("h1").inner_text() == "Typed and not saved"
    with form.context.expect_page() as opened:
        form.get_by_role("button", name="New tab").click()
    assert opened.value.locator("h1").inner_text() == "Typed and not saved"


def test_escape_closes_it_and_the_focus_returns(form):
    button = form.get_by_role("button", name="Preview", exact=True)
    open_pane(form)
    assert button.get_attribute("aria-expanded") == "true"
    form.get_by_role("button", name="Close").focus()
    form.keyboard.press("Escape")
    assert not form.locator(".preview-pane").is_visible()
    assert button.evaluate("element => element === document.activeElement")
    assert button.get_attribute("aria-expanded") == "false"


def test_a_login_that_ended_is_said_and_can_be_tried_again(form):
    form.expected_problems.extend(
        ["Refused to display", "frame-ancestors", "Framing", "403", "ERR_BLOCKED_BY_RESPONSE"]
    )
    open_pane(form)
    cookies = form.context.cookies()
    form.context.clear_cookies()
    form.get_by_label("Headline").fill("After the logout")
    form.get_by_text("The preview can't be made").wait_for()
    assert shown(form).locator("h1").inner_text() == "The saved headline"
    form.context.add_cookies(cookies)
    form.get_by_role("button", name="Try again").click()
    shown(form).get_by_role("heading", name="After the logout").wait_for()
    assert not form.get_by_text("The preview can't be made").is_visible()


@pytest.mark.viewport(390, 844)
def test_on_a_phone_it_lies_over_the_form(form, axe):
    open_pane(form)
    box = form.locator(".preview-pane").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert pane_problems(axe, form) == []
    form.get_by_role("button", name="Close").click()
    assert not form.locator(".preview-pane").is_visible()


def test_a_new_article_is_previewed_before_it_exists(page, live_server, editor, film):
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.get_by_role("button", name="Preview", exact=True).click()
    shown(page).get_by_text("Not complete yet").wait_for()
    page.get_by_label("Headline").fill("Not even a draft")
    shown(page).get_by_role("heading", name="Not even a draft").wait_for()
    assert not Article.objects.exists()


def test_axe_finds_nothing_at_the_pane(form, axe):
    open_pane(form)
    assert pane_problems(axe, form) == []


# --- share links ----------------------------------------------------------------------------------------------


def visit(page, address):
    """Somebody else's browser, without a login."""
    context = page.context.browser.new_context()
    tab = context.new_page()
    response = tab.goto(address)
    return context, tab, response.status


def test_a_link_is_made_read_by_a_stranger_and_revoked(form, live_server, settings, axe):
    settings.SITE_URL = live_server.url
    with form.context.expect_page() as opened:
        form.get_by_role("link", name="Share a preview").click()
    panel = opened.value
    panel.get_by_label("For whom").fill("The lawyer")
    panel.get_by_label("Works for").select_option("An hour")
    panel.get_by_role("button", name="Make a link").click()
    panel.get_by_text("The link is made").wait_for()
    assert axe(panel) == []
    address = panel.get_by_label("Address of the link for The lawyer").input_value()
    form.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_role("button", name="Copy").click()
    panel.get_by_role("button", name="Copied").wait_for()
    assert panel.evaluate("navigator.clipboard.readText()") == address

    context, tab, status = visit(form, address)
    assert status == 200
    assert tab.locator("h1").inner_text() == "The saved headline"
    assert tab.get_by_text("Unpublished preview").is_visible()
    assert axe(tab) == []
    context.close()

    panel.reload()
    assert panel.get_by_text("Opened 1 time").is_visible()
    panel.get_by_role("link", name=re.compile("Revoke")).click()
    assert axe(panel) == []
    panel.get_by_role("button", name="Revoke the link").click()
    panel.get_by_text("Revoked", exact=True).wait_for()
    context, tab, status = visit(form, address)
    assert status == 404
    assert tab.get_by_role("heading", name="This preview is not available").is_visible()
    context.close()


def test_a_link_that_expired_is_not_available(page, live_server, make_article):
    link = ShareLink.objects.create(article=make_article(), expires_at=timezone.now() - timedelta(seconds=1))
    context, tab, status = visit(page, f"{live_server.url}{link.get_absolute_url()}")
    assert status == 404
    assert "A story" not in tab.content()
    context.close()


# --- embeds ---------------------------------------------------------------------------------------------------

EMBEDS = (
    '<figure data-embed="youtube" data-url="https://youtu.be/abcdefghijk?t=90"><figcaption>The trailer</figcaption></figure>'
    '<figure data-embed="bluesky" data-url="https://bsky.app/profile/a.bsky.social/post/3kabcdefg"></figure>'
)


def test_an_embed_loads_on_a_click_and_not_before(page, live_server, make_article, axe):
    make_article(slug="embeds", body=EMBEDS).publish()
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/film/embeds/", wait_until="networkidle")
    assert all(url.startswith(live_server.url) for url in asked), asked
    assert page.locator("iframe").count() == 0
    assert page.locator(".embed-load").count() == 1  # for a handle there is only the link
    assert axe(page) == []
    page.expected_problems.append("youtube-nocookie.com")  # no name is looked up here: the frame stays empty
    page.get_by_role("button", name="Play the video here").click()
    frame = page.locator("iframe")
    assert frame.get_attribute("src") == "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&start=90"
    assert frame.get_attribute("title") == "Video from YouTube: The trailer"
    assert frame.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
    assert "fullscreen" in frame.get_attribute("allow")
    assert frame.get_attribute("loading")
    assert frame.evaluate("element => element === document.activeElement")
    page.wait_for_timeout(300)
    assert any("youtube-nocookie.com/embed/abcdefghijk" in url for url in asked)
    assert page.get_by_role("link", name=re.compile("Watch on YouTube")).is_visible()


def test_without_scripts_an_embed_is_a_link(page, browser, live_server, make_article):
    make_article(slug="embeds", body=EMBEDS).publish()
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{live_server.url}/film/embeds/")
    assert tab.locator(".embed-link").count() == 2
    assert not tab.locator(".embed-load").is_visible()
    context.close()


def test_without_scripts_the_button_saves_and_shows(page, browser, live_server, editor, film):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    log_in(tab, live_server, editor)
    tab.goto(f"{live_server.url}/admin/articles/article/add/")
    tab.get_by_label("Headline").fill("Saved by the button")
    tab.get_by_role("button", name="Preview", exact=True).click()
    assert tab.locator("h1").inner_text() == "Saved by the button"
    assert Article.objects.exists()
    context.close()
