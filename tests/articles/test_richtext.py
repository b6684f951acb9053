"""The body's one sanitiser and its way to the page."""

import json
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.models import Article
from articles.richtext import Body, plain_text, sanitise, word_count
from articles.richtext.embeds import provider_of
from tests.conftest import SHARED

# Whatever of this stands in what we store could run in a reader's browser.
DANGEROUS = re.compile(
    r"<\s*(script|style|iframe|object|embed|svg|math|form|input|meta|base|link|img|video|audio|template)\b"
    r"|\son\w+\s*=|\ssrcdoc|\sstyle\s*=|href\s*=\s*[\"']?\s*(javascript|data|vbscript|file):",
    re.IGNORECASE,
)


def tags_of(html):
    """Only what stands inside tags: text may say anything."""
    return " ".join(re.findall(r"<[^>]*>", html))


WRITTEN = [
    "<p>Text with <strong>bold</strong>, <em>italic</em>, <s>struck</s>, H<sub>2</sub>O and <code>code</code>.</p>",
    "<h2>Heading</h2>", "<h3>Smaller</h3>", "<hr>", "<ul>\n<li>One</li>\n</ul>", '<ol start="3">\n<li>Three</li>\n</ol>',
    "<blockquote>\n<p>Quoted</p>\n</blockquote>", '<blockquote class="pull-quote">\n<p>Pulled</p>\n</blockquote>',
    '<p><a href="https://example.org/" rel="sponsored">Shop</a> <a href="mailto:a@example.org">Mail</a></p>',
    '<p><a data-article="12" href="/film/x/">Ours</a></p>', "<pre>two  spaces\n\n\nthree lines</pre>",
    '<figure data-align="wide" data-alt="Seats" data-image="12"><figcaption>A <em>caption</em></figcaption></figure>',
    '<figure data-embed="youtube" data-url="https://www.youtube.com/watch?v=abcdefghijk"></figure>',
    '<aside data-article-card="12"></aside>', '<aside data-module="recommended-videos"></aside>',
    '<p>Word<span data-footnote="">A note</span>.</p>',
]  # fmt: skip


@pytest.mark.parametrize("html", WRITTEN)
def test_our_vocabulary_passes_unchanged(html):
    clean = sanitise(html)
    assert sorted(re.findall(r"[\w-]+", clean)) == sorted(re.findall(r"[\w-]+", html))
    assert sanitise(clean) == clean


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<p onclick="alert(1)">x</p>',
        '<a href="javascript:alert(1)">x</a>', '<a href="java\tscript:alert(1)">x</a>', '<iframe src="//evil"></iframe>',
        '<a href="&#106;avascript:alert(1)">x</a>', '<p style="position:fixed">x</p>', "<svg onload=alert(1)>",
        '<math><mi xlink:href="javascript:alert(1)">x</mi></math>', "<form action=//evil><input></form>",
        '<figure data-image="1 onerror=x"></figure>', '<figure data-embed="youtube" data-url="https://youtube.com.evil.test/watch?v=abcdefghijk"></figure>',
        '<figure data-embed="youtube" data-url="https://youtube.com@evil.test/watch?v=abcdefghijk"></figure>',
        '<aside data-module="../../admin/base"></aside>', "<base href=//evil>", '<meta http-equiv=refresh content="0;url=//evil">',
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>alert(1)</script></template>",
    ],
)  # fmt: skip
def test_what_could_run_is_gone(html):
    clean = sanitise(html)
    assert not DANGEROUS.search(tags_of(clean))
    assert "evil" not in clean
    assert "onerror=x" not in clean
    assert "admin/base" not in clean


@example("1<p>")
@given(st.text(alphabet=st.sampled_from("<>/\"'= &;abip13-!\n\t#x"), max_size=300))
def test_cleaning_twice_is_cleaning_once(html):
    clean = sanitise(html)
    assert sanitise(clean) == clean
    assert not DANGEROUS.search(tags_of(clean))


@given(st.text(max_size=200))
def test_any_text_is_rendered(text):
    Body(sanitise(text)).render(images={}, articles={})


def hostile_strings():
    folder = SHARED / "data" / "dev" / "xss"
    if not folder.is_dir():
        return []
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8", "replace").splitlines()]
    for path in sorted(folder.glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            lines += [
                value for value in (case.values() if isinstance(case, dict) else [case]) if isinstance(value, str)
            ]
    return lines


@pytest.mark.skipif(not hostile_strings(), reason="the shared folder with hostile strings is not here")
def test_hundreds_of_known_attacks_come_out_harmless():
    for html in hostile_strings():
        clean = sanitise(html)
        assert sanitise(clean) == clean, html
        assert not DANGEROUS.search(tags_of(clean)), html
        page = Body(clean).render(images={}, articles={})
        assert not DANGEROUS.search(tags_of(page)), html


@pytest.mark.parametrize(
    "unit", ["<p>", "</b>", "<a ", "&#", "<div><", "[", "<p> ", "<pre>", "&nbsp;", "\n\n", "<li>x"]
)
def test_hundreds_of_kilobytes_of_nonsense_are_cleaned_at_all(unit):
    """No measure of speed, but of an end: an expression that backtracks would be at it for minutes, or for ever."""
    start = time.perf_counter()
    plain_text(sanitise(unit * 60_000))
    assert time.perf_counter() - start < 20


def test_absurd_nesting_keeps_its_words_and_takes_no_time():
    assert sanitise("<blockquote>" * 100_000 + "Still here") == "<p>Still here</p>"


def test_plain_text_becomes_paragraphs():
    assert sanitise("One\nline\n\nTwo & more") == "<p>One<br>line</p>\n<p>Two &amp; more</p>"


def test_one_block_stands_on_one_line():
    assert sanitise("<p>One</p><p>Two</p><h2>Three</h2>") == "<p>One</p>\n<p>Two</p>\n<h2>Three</h2>"


def test_old_tags_of_the_same_meaning_are_renamed():
    assert sanitise("<h1>A</h1><p><b>b</b> <i>i</i></p><h5>C</h5>") == (
        "<h2>A</h2>\n<p><strong>b</strong> <em>i</em></p>\n<h3>C</h3>"
    )


@pytest.mark.django_db
def test_every_path_into_the_database_is_cleaned(make_article):
    evil = "<p>x</p><script>alert(1)</script>\x08"
    article = make_article("a", body=evil)
    assert article.body == "<p>x</p>"
    article.body = evil
    article.save()
    article.refresh_from_db()
    assert article.body == "<p>x</p>"
    assert article.publish().body == "<p>x</p>"
    assert Article.objects.get().body == "<p>x</p>"


def test_words_are_counted_as_a_reader_would():
    assert word_count("<p>One two</p><p>three</p><ul><li>four</li></ul>&nbsp;") == 4
    assert plain_text("<p>a</p><p>b &amp; c</p>") == "a b & c"


def test_links_to_articles_that_are_not_live_are_only_text():
    body = Body('<p>See <a data-article="7" href="/film/secret-address/">the other</a>, he said.</p>')
    assert body.article_ids == {7}
    assert body.render(images={}, articles={}) == "<p>See the other, he said.</p>"


def test_text_after_a_removed_placeholder_stays():
    html = 'Before <aside data-article-card="7"></aside> after <strong>bold</strong>'
    assert plain_text(Body(html).render(images={}, articles={})) == "Before after bold"


def test_footnotes_are_numbered_and_lead_back():
    html = Body('<p>A<span data-footnote="">First &lt;b&gt;</span> B<span data-footnote="">Second</span></p>').render(
        images={}, articles={}
    )
    assert 'href="#note-2" id="mark-2"' in html
    assert 'id="note-1">First &lt;b&gt;' in html


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", "youtube"), ("https://youtu.be/abcdefghijk?t=3", "youtube"),
        ("https://vimeo.com/123456", "vimeo"), ("https://x.com/someone/status/1234567890", "x"),
        ("https://bsky.app/profile/a.bsky.social/post/3kabcdefg", "bluesky"),
        ("https://open.spotify.com/track/0abcdefgh12", "spotify"), ("https://soundcloud.com/artist/track", "soundcloud"),
        ("http://www.youtube.com/watch?v=abcdefghijk", None), ("https://www.youtube.com/watch?v=<script>", None),
        ("https://evil.test/?https://youtu.be/abcdefghijk", None), ("https://youtube.com.evil.test/watch?v=abcdefghijk", None),
        ("javascript:https://youtu.be/abcdefghijk", None), ("https://youtu.be/abcdefghijk\"onload=x", None),
    ],
)  # fmt: skip
def test_only_exact_addresses_are_embeds(url, name):
    found = provider_of(url)
    assert (found.name if found else None) == name


def test_no_attribute_comes_through_that_the_vocabulary_does_not_name():
    html = '<p title="x" lang="de" dir="rtl" id="x">Words <a href="/x/" title="t" lang="de">link</a></p>'
    assert sanitise(html) == '<p>Words <a href="/x/">link</a></p>'
