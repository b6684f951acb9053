"""The main job in a real browser: an editor changes a live article, a reader sees it only once it is published."""

import re

import pytest

from tests.browser.desk import choose_tag, log_in

pytestmark = pytest.mark.django_db(transaction=True)


def log_in_by_the_form(page, live_server):
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("rosa")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="The desk").wait_for()


def readers_headline(page, live_server):
    reader = page.context.browser.new_context()
    try:
        tab = reader.new_page()
        response = tab.goto(f"{live_server.url}/film/the-tide-clerk/")
        return tab.locator("h1").inner_text() if response.status == 200 else response.status
    finally:
        reader.close()


def test_static_files_come_as_in_production(page, live_server, editor, film):
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.locator(".ProseMirror").wait_for()
    assert re.search(r"/static/articles/editor/toolbar\.[0-9a-f]{12}\.js", page.content())


def test_readers_keep_the_old_headline_until_publish(page, live_server, editor, make_article, picture, axe):
    for number in range(3):
        make_article(f"Also worth it {number}", tags=("Noir",), lead_image=picture).publish()
    article = make_article("The old headline", slug="the-tide-clerk", tags=("Noir",), lead_image=picture)
    article.publish()
    log_in_by_the_form(page, live_server)
    page.locator("#content-main").get_by_role("link", name="Articles", exact=True).last.click()
    page.get_by_role("link", name="The old headline").click()
    page.get_by_label("Headline").fill("The new headline")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Published, with unpublished changes").wait_for()
    assert readers_headline(page, live_server) == "The old headline"

    page.get_by_role("button", name="Preview").click()
    shown = page.frame_locator(".preview-stage iframe:not(.preview-coming)")
    assert shown.locator("h1").inner_text() == "The new headline"
    page.get_by_role("button", name="Close").click()

    page.get_by_role("button", name="Publish changes").click()
    page.get_by_text("is live").wait_for()
    assert readers_headline(page, live_server) == "The new headline"

    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("is withdrawn").wait_for()
    assert readers_headline(page, live_server) == 410


def test_a_new_article_is_written_tagged_and_published_by_mouse_and_keyboard(
    page, live_server, editor, film, author, make_article
):
    make_article(tags=("The Glass Orchard",))
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.get_by_label("Headline").fill("Written in a browser")
    page.get_by_role("textbox", name="Body").click()
    page.keyboard.type("First paragraph.")
    page.keyboard.press("Enter")
    page.keyboard.type("Second paragraph.")
    choose(page, "#id_section", "Film")
    choose_tag(page, "Glass")
    choose(page, "#id_bylines-0-author", "In")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("is live").wait_for()
    page.locator(".messagelist a").first.click()
    assert page.url.endswith("/film/written-in-a-browser/")
    assert page.locator(".body p").all_inner_texts() == ["First paragraph.", "Second paragraph."]
    assert page.get_by_role("link", name="The Glass Orchard").is_visible()
    assert page.get_by_text(re.compile("By Inês Duarte")).is_visible()


def choose(page, field, text):
    """Pick the first answer of an autocomplete field, as a person does: click, type, Enter."""
    page.locator(f"{field} + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(text)
    page.locator(".select2-results__option--highlighted").wait_for()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_fit_and_axe_finds_nothing(page, live_server, make_article, picture, axe, width):
    for number in range(4):
        make_article(f"Also worth it {number}", tags=("Noir",), lead_image=picture).publish()
    body = (
        "<p>Words.</p><h2>Under it</h2><table><tbody><tr><th>A</th><td>B</td></tr></tbody></table>"
        f'<figure data-image="{picture.pk}" data-align="wide"></figure><pre>{"long " * 60}</pre>'
    )
    make_article("W" * 90 + " with a long word", slug="long", tags=("Noir",), lead_image=picture, body=body).publish()
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/", "/film/", "/film/long/", "/tags/noir/", "/authors/ines-duarte/"):
        page.goto(f"{live_server.url}{address}")
        assert axe(page) == [], address
        wider = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wider <= 0, f"{address} is {wider} pixels wider than the screen"
