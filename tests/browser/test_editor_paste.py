"""Pasting into the body's editor, in a real browser: clean, and with every word of it."""

import json
import re
import unicodedata
from pathlib import Path

import lxml.html
import pytest

from articles.richtext import plain_text, sanitise
from tests.browser.test_editor_blocks import TEXT, YOUTUBE, paste, saved, select, shown_again, writing  # noqa: F401
from tests.conftest import SHARED

pytestmark = pytest.mark.django_db(transaction=True)

PASTED = Path(__file__).parent / "pasted"
SAMPLES = SHARED / "data" / "dev" / "paste" / "lexical_clipboard_html.json"
JUNK = re.compile(r"mso-|o:p|Mso[A-Z]|file:|data:image|style=|class=\"(?!pull-quote\")|docs-internal|google\.com/url|<(?:span(?! data-footnote)|b|i|font|div|img|xml|meta|col)\b")  # fmt: skip


def letters(text):
    """What must survive: letters and digits, in their order."""
    return [one for one in unicodedata.normalize("NFKC", text) if one.isalnum()]


@pytest.fixture
def pasted(page, writing):  # noqa: F811
    """pasted(html): what is stored after this was pasted into an empty text, as lines."""

    def stored(html="", text=""):
        writing()
        paste(page, html=html, text=text)
        body = shown_again(page, saved(page))
        assert not JUNK.search(body), body
        return body.split("\n")

    return stored


def test_from_word(page, pasted):
    lines = pasted((PASTED / "word.html").read_text(encoding="utf-8"))
    assert lines == [
        "<h2>The harbour budget</h2>",
        "<h2>What the council decided</h2>",
        "<p><strong>Bold by tag</strong>, <em>italic by tag</em>, <strong>bold by style</strong> and H<sub>2</sub>O"
        '<span data-footnote="">Council <em>papers</em>, 4 May.</span>.</p>',
        "<ul><li>Schools<ul><li>Roofs</li>", "<li>Windows</li>", "</ul>", "</li>",
        "<li>Roads</li>", "</ul>",
        "<p>Between the lists.</p>",
        '<ol start="3"><li>Third</li>', "<li>Fourth</li>", "</ol>",
        "<table><thead><tr><th>Ward</th><th>Cost</th></tr>", "</thead>",
        "<tbody><tr><td>North</td><td>£4&nbsp;000</td></tr>", "</tbody>", "</table>",
        '<p><a href="https://example.org/budget">The budget</a>, the draft</p>',
        "<blockquote><p>Nobody had read it.</p>", "</blockquote>",
    ]  # fmt: skip


def test_pictures_are_not_stored_in_silence_but_counted(page, writing):  # noqa: F811
    writing()
    paste(page, html='<p>Text</p><img src="data:image/png;base64,AAAA"><img src="https://example.org/x.jpg">')
    page.locator(".ne-told").get_by_text("2 pictures were not pasted").wait_for()
    page.locator(".ne-told").get_by_role("button", name="Close").click()
    assert saved(page) == "<p>Text</p>"


def test_a_picture_that_comes_as_a_file_is_not_told_to_be_lost(page, writing):  # noqa: F811
    writing()
    page.evaluate(
        """where => {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/html", '<img src="https://example.org/x.jpg">')
            clipboardData.items.add(new File(["x"], "x.png", { type: "image/png" }))
            document.querySelector(where).dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        TEXT,
    )
    page.wait_for_timeout(200)
    assert page.locator(".ne-told").count() == 0


def test_from_google_docs(page, pasted):
    lines = pasted((PASTED / "docs.html").read_text(encoding="utf-8"))
    assert lines == [
        "<h2>The harbour budget</h2>",
        '<p><strong>Bold</strong>, <em>italic</em>, <s>struck</s> and x<sup>2</sup>, <a href="https://example.org/a?b=1">a source</a></p>',
        "<ul><li>Schools<ul><li>Roofs</li>", "</ul>", "</li>", "<li>Roads</li>", "</ul>",
        "<h3>A small heading</h3>",
        '<p>A claim<span data-footnote="">Council papers.</span>.</p>',
        "<table><tbody><tr><td>North</td><td>4000</td></tr>", "</tbody>", "</table>", "<hr>",
    ]  # fmt: skip


# Each: what is pasted, what is stored of it.
FROM_PAGES_AND_MAIL = [
    ("<div>One</div><div>Two<br><br>Three</div>", ["<p>One</p>", "<p>Two</p>", "<p>Three</p>"]),
    ("One<br><br>Two<br>lines", ["<p>One</p>", "<p>Two<br>lines</p>"]),
    ("just <b>words</b>", ["<p>just <strong>words</strong></p>"]),
    ('<p style="display:none">Hidden</p><p>Seen</p>', ["<p>Seen</p>"]),
    ('<p>Hi <img alt="😀" src="https://x.example/e.png"> there</p>', ["<p>Hi 😀 there</p>"]),
    ('<p><a href="#top">Up</a> <a href="javascript:alert(1)">x</a> <a href="/relative">y</a></p>', ["<p>Up x y</p>"]),
    ("<p>10\u00a0000\u00a0€ et «\u00a0oui\u00a0»,\u00a0non</p>", ["<p>10&nbsp;000&nbsp;€ et «&nbsp;oui&nbsp;», non</p>"]),
    ('<table><tr><td><p>A frame of mail</p></td></tr></table>', ["<p>A frame of mail</p>"]),
    ('<figure data-embed="youtube" data-url="https://evil.test/"></figure><p data-article="3">Text</p>', ["<p>Text</p>"]),
    ('<p>Text<sup id="r1"><a href="#n1">1</a></sup></p><ol><li id="n1">A note <a href="#r1">↩</a></li></ol>',
     ['<p>Text<span data-footnote="">A note</span></p>']),
    ('<div class="ListContainerWrapper"><ul><li data-aria-level="1"><p>One</p></li></ul></div>'
     '<div class="ListContainerWrapper"><ul><li data-aria-level="2"><p>Two</p></li></ul></div>',
     ["<ul><li>One<ul><li>Two</li>", "</ul>", "</li>", "</ul>"]),
    # what editors said in the margin
    ('<p>Text<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a> Libel?</p></div>',
     ["<p>Text</p>"]),
    ('<p>Text<span class=MsoCommentReference><a class=msocomanchor id="_anchor_1" href="#_msocom_1">[RO1]</a></span></p>'
     "<div style='mso-element:comment-list'><div style='mso-element:comment'><p><a href='#_anchor_1' name='_msocom_1'>[RO1]</a>Libel?</p></div></div>",
     ["<p>Text</p>"]),
    ("<code>one<br>  two</code>", ["<pre>one", "  two</pre>"]),
]  # fmt: skip


def test_from_pages_and_mail(page, writing):  # noqa: F811
    writing()
    for html, stored in FROM_PAGES_AND_MAIL:
        page.evaluate("document.querySelector('.prose-editor .ProseMirror').editor.commands.clearContent(true)")
        paste(page, html=html)
        body = sanitise(page.evaluate("document.querySelector('textarea[name=body]').value"))
        assert (html, body.split("\n")) == (html, stored)


def test_plain_text_has_paragraphs_at_its_blank_lines(pasted):
    assert pasted(text="One\r\nstill one\r\n\r\n\r\nTwo\n\n") == ["<p>One<br>still one</p>", "<p>Two</p>"]


def test_plain_text_without_a_blank_line_has_a_paragraph_a_line(pasted):
    assert pasted(text="One\nTwo") == ["<p>One</p>", "<p>Two</p>"]


def test_what_was_copied_here_is_pasted_untouched(page, writing, make_article):  # noqa: F811
    body = (
        f'<figure data-embed="youtube" data-url="{YOUTUBE}"></figure>\n'
        '<p>A <a href="https://shop.example/" rel="sponsored nofollow">link</a><span data-footnote="">Note</span></p>'
    )
    writing(make_article(body=body))
    select(page, "Control+a")
    copied = page.evaluate(
        """where => {
            const clipboardData = new DataTransfer()
            document.querySelector(where).dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }))
            return clipboardData.getData("text/html")
        }""",
        TEXT,
    )
    assert "data-pm-slice" in copied
    page.locator(f"{TEXT} > p").last.click()
    select(page, "Control+End")
    paste(page, html=copied)
    assert sorted(saved(page).split("\n")) == sorted(f"{body}\n{body}".split("\n"))


def samples():
    return json.loads(SAMPLES.read_text()) if SAMPLES.exists() else []


@pytest.mark.long
@pytest.mark.skipif(not SAMPLES.exists(), reason="the clipboard samples of other editors are not on this machine")
def test_samples_of_other_editors(page, writing):  # noqa: F811
    """One after the other in the same text, each saved: each leaves its words, none leaves its junk."""
    writing()
    for number, sample in enumerate(samples()):
        page.locator(TEXT).focus()
        select(page, "Control+a")
        page.keyboard.press("Delete")
        paste(page, html=sample["html"])
        wanted = lxml.html.fragment_fromstring(
            re.sub(r"<style.*?</style>", "", sample["html"]), create_parent="div"
        ).text_content()
        body = shown_again(page, saved(page))
        assert letters(plain_text(body)) == letters(wanted), (number, body)
        assert not JUNK.search(body), (number, body)
        print(number, body)
