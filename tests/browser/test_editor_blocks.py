"""The body's editor in a real browser: each block that is no picture is put in, saved, opened again, and still there."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article
from articles.richtext import sanitise
from newsroom.models import Redirect, SiteIdentity
from tests.browser.desk import settle

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = ".prose-editor .ProseMirror"
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def writing(page, live_server, editor, client):
    """writing(article): the form of an article, open, with the caret in its text. Without an article: a new one's."""
    client.force_login(editor)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    def open_form(article=None):
        path = f"{article.pk}/change/" if article else "add/"
        page.goto(f"{live_server.url}/admin/articles/article/{path}")
        page.locator(TEXT).wait_for()
        if article is None:
            page.get_by_label("Headline").fill("A new one")
        page.locator(TEXT).focus()  # a click might hit an embed's link
        return page

    return open_form


def button(page, name):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def saved(page):
    """The body as it is stored after "Save and continue editing"; the form is open again then."""
    dialog_gone(page)
    page.locator("input[name=_continue]").click()
    page.locator(".messagelist").first.wait_for()
    page.locator(TEXT).wait_for()
    return Article.objects.order_by("-updated_at").first().body


def dialog_gone(page):
    """What a dialog was told is in the text, and the caret back, a moment after the key."""
    page.locator("dialog.ne-dialog").wait_for(state="detached")
    settle(page)


def open_videos_panel(page):
    page.locator(".writing-aside summary", has_text="Videos and links").click()
    return page.locator(".ne-choose-videos")


def shown_again(page, body):
    """Opened again the editor holds what is stored, nothing less, and the guard against losses is silent."""
    assert page.locator(".ne-guard").count() == 0
    held = page.evaluate("document.querySelector('textarea[name=body]').value")
    assert sanitise(held) == body
    return body


def select(page, keys):
    page.keyboard.press(keys)
    settle(page)


def paste(page, *, html="", text=""):
    page.evaluate(
        """([html, text, where]) => {
            const data = new DataTransfer()
            if (html) data.setData("text/html", html)
            data.setData("text/plain", text)
            document.querySelector(where).dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        [html, text, TEXT],
    )


# --- links --------------------------------------------------------------------------------------------------------


def test_a_link_to_our_article_is_found_by_words_and_chosen_by_keyboard(page, writing, make_article):
    make_article("The Tide Clerk").publish()
    other = make_article("The Tide Clerk, second series", standfirst="Worth the wait")
    writing()
    page.keyboard.type("See tide")
    select(page, "Shift+Control+ArrowLeft")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").press_sequentially("second wait")
    page.locator(".ne-listbox").get_by_role("option", name="The Tide Clerk, second series").wait_for()
    assert page.locator(".ne-listbox").get_by_role("option").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "Readers see only the text until it is out" in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for(state="detached")
    page.locator(".ne-link-waiting").wait_for()
    page.keyboard.type(" now")
    link = f'<a data-article="{other.pk}" href="/film/{other.slug}/">tide</a>'
    assert shown_again(page, saved(page)) == f"<p>See {link} now</p>"
    title = page.locator(".ne-link-waiting").get_attribute("title")
    assert "until it is out" in title


def test_an_address_of_our_site_becomes_a_link_to_the_article_here_and_on_save(
    page, writing, make_article, live_server
):
    article = make_article("The Tide Clerk")
    article.publish()
    Redirect.remember(["/2019/tide/"], article.key)
    address = f"{live_server.url}/film/{article.slug}/"
    writing()
    paste(page, text=address)
    page.locator(f'{TEXT} a[data-article="{article.pk}"]').wait_for()
    page.keyboard.press("Enter")
    # One that the browser has no time to ask about: the server does.
    paste(
        page,
        html=f'<p>An <a href="{live_server.url}/2019/tide/">old address</a> and <a href="https://example.org/film/x/">another site</a></p>',
    )
    body = saved(page)
    assert shown_again(page, body).split("\n") == [
        f'<p><a data-article="{article.pk}" href="{address}">{address}</a></p>',
        f'<p>An <a data-article="{article.pk}" href="{live_server.url}/2019/tide/">old address</a> and <a href="https://example.org/film/x/">another site</a></p>',
    ]  # fmt: skip


def test_a_link_is_edited_marked_as_sponsored_and_removed(page, writing, make_article):
    article = make_article(body='<p>Buy <a href="https://shop.example/">this</a> now</p>')
    writing(article)
    page.locator(f"{TEXT} a").click()
    page.get_by_role("group", name="Link at the caret").wait_for()
    assert "https://shop.example/" in page.get_by_role("group", name="Link at the caret").inner_text()
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("combobox").input_value() == "https://shop.example/"
    assert dialog.get_by_role("link", name="Open in a new tab").get_attribute("href") == "https://shop.example/"
    dialog.get_by_role("combobox").fill("shop.example/offer")
    dialog.get_by_label("Affiliate or sponsored link").check()
    page.keyboard.press("Enter")
    dialog_gone(page)
    notice = page.get_by_role("group", name="Affiliate links")
    notice.get_by_role("button", name="Tick").click()
    assert page.locator("input[name=has_affiliate_links]").is_checked()
    notice.wait_for(state="hidden")
    body = saved(page)
    assert body == '<p>Buy <a href="https://shop.example/offer" rel="sponsored nofollow">this</a> now</p>'
    assert Article.objects.get().has_affiliate_links
    page.locator(f"{TEXT} a").click()
    page.get_by_role("group", name="Link at the caret").wait_for()
    page.keyboard.press("Control+k")
    dialog.get_by_role("button", name="Remove link").click()
    assert saved(page) == "<p>Buy this now</p>"


def test_what_is_no_address_is_told_in_the_dialog(page, writing):
    writing()
    page.keyboard.press("Control+k")
    field = page.get_by_role("dialog").get_by_role("combobox")
    field.fill("no such headline anywhere")
    page.get_by_role("dialog").get_by_label("Words of the link").fill("words")
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    assert "Choose an article" in field.evaluate("field => field.validationMessage")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


# --- embeds -------------------------------------------------------------------------------------------------------


# Each: what is pasted, the provider and the address that are stored.
PASTED_ADDRESSES = [
    (YOUTUBE, ("youtube", YOUTUBE)),
    ("http://youtu.be/dQw4w9WgXcQ?si=tracking", ("youtube", "https://youtu.be/dQw4w9WgXcQ")),
    ("https://vimeo.com/76979871", ("vimeo", "https://vimeo.com/76979871")),
    ("https://x.com/newsroom/status/1234567890", ("x", "https://x.com/newsroom/status/1234567890")),
    ("https://www.instagram.com/p/CxYzAbCdEfG/?igsh=abc", ("instagram", "https://www.instagram.com/p/CxYzAbCdEfG/")),
    ("https://www.tiktok.com/@a.b/video/7234567890123456789", ("tiktok", "https://www.tiktok.com/@a.b/video/7234567890123456789")),
    ("https://bsky.app/profile/a.bsky.social/post/3kabcdefghi", ("bluesky", "https://bsky.app/profile/a.bsky.social/post/3kabcdefghi")),
    ("https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC", ("spotify", "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC")),
    ("https://soundcloud.com/artist/some-track", ("soundcloud", "https://soundcloud.com/artist/some-track")),
]  # fmt: skip


def test_an_address_alone_on_a_line_is_embedded_and_writing_goes_on_below(page, writing):
    writing()
    page.keyboard.type("Before")
    page.keyboard.press("Enter")
    for pasted, _ in PASTED_ADDRESSES:
        settle(page)
        paste(page, text=pasted)
    page.keyboard.type("After")
    figures = [f'<figure data-embed="{name}" data-url="{url}"></figure>' for _, (name, url) in PASTED_ADDRESSES]
    assert shown_again(page, saved(page)).split("\n") == ["<p>Before</p>", *figures, "<p>After</p>"]


def test_within_a_sentence_an_address_stays_text_and_over_a_selection_it_is_a_link(page, writing):
    writing()
    page.keyboard.type("See ")
    paste(page, text=YOUTUBE)
    page.keyboard.press("Enter")
    page.keyboard.type("this")
    select(page, "Shift+Home")
    paste(page, text=YOUTUBE)
    assert saved(page) == f'<p>See <a href="{YOUTUBE}">{YOUTUBE}</a></p>\n<p><a href="{YOUTUBE}">this</a></p>'


def test_the_embed_dialog_names_the_services_refuses_others_and_keeps_a_caption(page, writing):
    writing()
    button(page, "Video or post from elsewhere").click()
    dialog = page.get_by_role("dialog")
    assert "YouTube, Vimeo, X, Instagram, TikTok, Bluesky, Spotify, SoundCloud" in dialog.inner_text()
    field = dialog.get_by_label("Address of the video or post")
    field.fill("https://youtube.com.evil.test/watch?v=dQw4w9WgXcQ")
    page.keyboard.press("Enter")
    assert "No service" in field.evaluate("field => field.validationMessage")
    field.fill(YOUTUBE)
    page.keyboard.press("Enter")
    dialog_gone(page)
    page.locator(f"{TEXT} figcaption").click()
    page.keyboard.type("A caption")
    page.keyboard.press("Enter")
    page.keyboard.type("Below")
    figure = f'<figure data-embed="youtube" data-url="{YOUTUBE}"><figcaption>A caption</figcaption></figure>'
    assert shown_again(page, saved(page)) == f"{figure}\n<p>Below</p>"
    page.locator(".ne-embed").get_by_role("button", name="Change address").click()
    dialog.get_by_label("Address of the video or post").fill("vimeo.com/76979871")
    page.keyboard.press("Enter")
    assert 'data-embed="vimeo" data-url="https://vimeo.com/76979871"' in saved(page)


@pytest.mark.parametrize("way", ["pasted", "by the dialog"])
def test_a_click_puts_the_caret_into_an_empty_caption(page, writing, way):
    writing()
    if way == "pasted":
        paste(page, text=YOUTUBE)
    else:
        button(page, "Video or post from elsewhere").click()
        page.get_by_role("dialog").get_by_label("Address of the video or post").fill(YOUTUBE)
        page.keyboard.press("Enter")
        dialog_gone(page)
    page.locator(f"{TEXT} figcaption").click()
    settle(page)
    page.keyboard.type("A caption")
    expect(page.locator(f"{TEXT} figcaption")).to_have_text("A caption")


# --- cards and modules --------------------------------------------------------------------------------------------


def test_a_card_is_chosen_shown_with_its_status_and_kept(page, writing, make_article, picture):
    other = make_article("The Tide Clerk", lead_image=picture)
    writing()
    button(page, "Card of a related article").click()
    page.get_by_role("dialog").get_by_role("combobox").press_sequentially("tide")
    page.locator(".ne-listbox").get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    card = page.get_by_role("group", name="Related article")
    card.get_by_role("link", name="The Tide Clerk").wait_for()
    assert "Draft" in card.inner_text()
    assert card.locator("img").count() == 1
    assert shown_again(page, saved(page)) == f'<aside data-article-card="{other.pk}"></aside>'


def test_the_disclosure_shows_the_sites_words_or_says_where_to_write_them(page, writing):
    writing()
    button(page, "Affiliate disclosure").click()
    module = page.get_by_role("group", name="Affiliate disclosure")
    assert "No disclosure is set" in module.inner_text()
    assert "/admin/newsroom/siteidentity/" in module.get_by_role("link").get_attribute("href")
    SiteIdentity.objects.create(disclosure="We may earn from these links.")
    assert shown_again(page, saved(page)) == '<aside data-module="affiliate-disclosure"></aside>'
    assert "We may earn from these links." in module.inner_text()
    button(page, "Affiliate disclosure").click()
    assert module.count() == 1  # once on a page


def test_recommended_videos_are_added_titled_ordered_and_removed(page, writing, make_article):
    make_article(
        "The Tide Clerk",
        recommended_videos=[{"url": "https://vimeo.com/76979871", "title": "The trailer"}],
        body=f'<figure data-embed="youtube" data-url="{YOUTUBE}"><figcaption>An interview</figcaption></figure>',
    )
    writing()
    button(page, "Recommended videos").click()
    dialog = page.get_by_role("dialog")
    add = dialog.get_by_role("combobox")
    add.fill("youtu.be/abcdefghijk")
    dialog.get_by_label("Its title").fill("Typed here")
    page.keyboard.press("Enter")
    for words, name in (("trailer", "The trailer"), ("interview", "An interview")):
        add.fill(words)
        page.locator(".ne-listbox").get_by_role("option", name=name).wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    assert dialog.get_by_role("listitem").count() == 3
    dialog.get_by_role("button", name="Move up: The trailer").click()
    dialog.get_by_role("button", name="Remove: An interview").click()
    dialog.get_by_label("Title of video 2").fill("Retitled")
    add.fill("https://vimeo.com/76979871")
    page.keyboard.press("Enter")
    assert "in the list already" in dialog.get_by_role("alert").inner_text()
    dialog.get_by_role("button", name="Use these videos").click()
    dialog_gone(page)
    module = page.get_by_role("group", name="Recommended videos")
    assert module.get_by_role("listitem").all_inner_texts() == ["The trailer", "Retitled"]
    assert shown_again(page, saved(page)) == '<aside data-module="recommended-videos"></aside>'
    assert Article.objects.order_by("-updated_at").first().recommended_videos == [
        {"url": "https://vimeo.com/76979871", "title": "The trailer"},
        {"url": "https://youtu.be/abcdefghijk", "title": "Retitled"},
    ]


def test_the_button_at_the_videos_field_opens_the_same_dialog_and_cancel_changes_nothing(page, writing, make_article):
    videos = [{"url": "https://vimeo.com/76979871", "title": "The trailer"}]
    writing(make_article(recommended_videos=videos))
    open_videos_panel(page).click()
    page.get_by_role("dialog").get_by_role("button", name="Remove: The trailer").click()
    page.keyboard.press("Escape")
    saved(page)
    assert Article.objects.get().recommended_videos == videos


# --- updates, footnotes, quotes -----------------------------------------------------------------------------------


def test_an_update_has_its_time_in_the_sites_zone_and_enter_leaves_it(page, writing, settings):
    settings.TIME_ZONE = "Europe/Lisbon"
    writing()
    page.keyboard.type("Before")
    page.keyboard.press("Control+Alt+u")
    page.keyboard.type("News")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("After")
    page.get_by_role("button", name="Change time").click()
    assert "Europe/Lisbon" in page.get_by_role("dialog").inner_text()
    page.get_by_label("When").fill("2026-07-01T18:05")
    page.get_by_role("button", name="Set the time").click()
    dialog_gone(page)
    assert "1 July 2026" in page.locator(".ne-update time").inner_text()
    assert "18:05" in page.locator(".ne-update time").inner_text()
    section = '<section data-update="2026-07-01T17:05:00+00:00"><p>News</p>\n</section>'
    assert shown_again(page, saved(page)) == f"<p>Before</p>\n{section}\n<p>After</p>"


def test_a_footnote_is_written_with_bold_and_a_link_and_edited(page, writing):
    writing()
    page.keyboard.type("A claim")
    page.keyboard.press("Control+Alt+f")
    note = page.get_by_role("dialog").get_by_role("textbox", name="Text of the note")
    expect(note).to_be_focused()
    page.keyboard.type("See ")
    page.keyboard.press("Control+b")
    page.keyboard.type("this")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for(state="detached")
    page.keyboard.type(".")
    span = '<span data-footnote="">See <strong>this</strong></span>'
    assert shown_again(page, saved(page)) == f"<p>A claim{span}.</p>"
    page.get_by_role("button", name="Footnote: See this").click()
    note.press("Control+a")
    settle(page)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Article or address").fill("example.org")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Footnote").get_by_role("button", name="Apply").click()
    linked = '<a href="https://example.org">See <strong>this</strong></a>'
    assert shown_again(page, saved(page)) == f'<p>A claim<span data-footnote="">{linked}</span>.</p>'
    page.get_by_role("button", name="Footnote: See this").click()
    note.press("Control+a")
    settle(page)
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    assert saved(page) == "<p>A claim.</p>"


def test_a_note_keeps_what_the_dialog_has_no_button_for(page, writing, make_article):
    note = '<span data-footnote="">Old <s>struck</s>, x<sup>2</sup>, <code>code</code><br>second line</span>'
    writing(make_article(body=f"<p>A claim{note}.</p>"))
    page.locator(".ne-footnote").click()
    page.get_by_role("dialog").get_by_role("textbox").wait_for()
    settle(page)
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    assert saved(page) == f"<p>A claim{note}.</p>".replace("line", "line!")


def test_within_an_update_embeds_and_cards_stay_in_it_and_a_second_update_does_not(page, writing):
    writing()
    page.keyboard.press("Control+Alt+u")
    settle(page)
    paste(page, text=YOUTUBE)
    page.keyboard.type("After it")
    page.keyboard.press("Control+Alt+u")
    page.keyboard.type("Second")
    body = re.sub(r'data-update="[^"]+"', "data-update", saved(page))
    assert body.split("\n") == [
        f'<section data-update><figure data-embed="youtube" data-url="{YOUTUBE}"></figure>', "<p>After it</p>", "</section>",
        "<section data-update><p>Second</p>", "</section>",
    ]  # fmt: skip


def test_pull_quotes_and_section_breaks(page, writing):
    writing()
    page.keyboard.type("Pulled")
    button(page, "Pull quote").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Between")
    button(page, "Section break").click()
    page.keyboard.type("After")
    quote = '<blockquote class="pull-quote"><p>Pulled</p>\n</blockquote>'
    assert shown_again(page, saved(page)) == f"{quote}\n<p>Between</p>\n<hr>\n<p>After</p>"


def test_a_whole_stored_body_is_opened_and_saved_without_a_loss(page, writing, make_article):
    other = make_article("Other")
    body = sanitise(
        f'<p>A <a data-article="{other.pk}" href="/film/other/">link</a><span data-footnote="">A <em>note</em></span></p>'
        f'<section data-update="2026-11-25T18:05:00+00:00"><p>Text</p><ul><li>One</li></ul>'
        f'<figure data-embed="youtube" data-url="{YOUTUBE}"><figcaption>A <strong>caption</strong></figcaption></figure></section>'
        f'<blockquote class="pull-quote"><p>Words</p></blockquote><aside data-article-card="{other.pk}"></aside>'
        '<aside data-module="recommended-videos"></aside><aside data-module="affiliate-disclosure"></aside><hr>'
        '<figure data-embed="vimeo" data-url="https://vimeo.com/76979871"></figure><p>End</p>'
    )
    article = make_article(body=body)
    writing(article)
    select(page, "Control+End")
    page.keyboard.type("!")
    assert saved(page) == body.replace("End", "End!")


def test_the_status_line_counts_what_is_written_and_what_is_selected(page, writing):
    writing()
    page.keyboard.type("One two three. Four")
    line = page.locator(".ne-status__words")
    page.get_by_text("4 words · 19 characters · 1 min read", exact=True).wait_for()
    select(page, "Shift+Control+ArrowLeft")
    page.get_by_text(re.compile("^1 word selected · 4 words")).wait_for()
    assert page.locator("#ne-save-state.ne-save-state[role=status]").count() == 1
    assert line.is_visible()


# --- for everybody ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_blocks_and_the_dialogs(page, writing, make_article, axe, width):
    other = make_article("The Tide Clerk, a series about a harbour and the people in it")
    SiteIdentity.objects.create(disclosure="We may earn from these links.")
    article = make_article(
        recommended_videos=[{"url": "https://vimeo.com/76979871", "title": "The trailer"}],
        body=f'<p>A <a data-article="{other.pk}" href="/x/">link</a>, <a data-article="99999" href="/x/">gone</a>, '
        '<a href="https://shop.example/" rel="sponsored">sold</a><span data-footnote="">Note</span></p>'
        f'<section data-update="2026-11-25T18:05:00+00:00"><p>Text</p></section><blockquote class="pull-quote"><p>Words</p></blockquote>'
        f'<figure data-embed="youtube" data-url="{YOUTUBE}"></figure><figure data-embed="vimeo"></figure>'
        f'<aside data-article-card="{other.pk}"></aside><aside data-article-card="99999"></aside>'
        '<aside data-module="recommended-videos"></aside><aside data-module="affiliate-disclosure"></aside>',
    )
    page.set_viewport_size({"width": width, "height": 800})
    writing(article)
    page.locator(".ne-link-missing").wait_for()
    page.get_by_role("group", name="Affiliate links").wait_for()
    page.get_by_role("group", name="Related article").get_by_role("link").first.wait_for()

    def faults():  # what else stands in the admin's form is not this test's
        return axe(page, ".prose-editor", ".ne-choose-videos", "dialog")

    assert faults() == []
    wider = page.evaluate(
        "document.querySelector('.prose-editor').scrollWidth - document.querySelector('.prose-editor').clientWidth"
    )
    assert wider <= 0
    page.locator(f"{TEXT} a[data-article]").first.click()
    page.get_by_role("group", name="Link at the caret").wait_for()
    assert faults() == []
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill("tide")
    page.locator(".ne-listbox li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert faults() == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    for opens in (
        lambda: button(page, "Video or post from elsewhere").click(),
        lambda: button(page, "Card of a related article").click(),
        lambda: button(page, "Footnote (Ctrl+Alt+F)").click(),
        lambda: page.locator(".ne-update").get_by_role("button", name="Change time").click(),
        lambda: open_videos_panel(page).click(),
    ):
        opens()
        dialog = page.get_by_role("dialog")
        dialog.wait_for()
        assert faults() == []
        box = dialog.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
        if dialog.count():
            page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
