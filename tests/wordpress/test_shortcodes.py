"""Shortcodes, and brackets that are none."""

import pytest

from articles.wordpress.body import Context, convert
from articles.wordpress.export.records import Attachment

YOUTUBE = (
    '<figure data-embed="youtube" data-url="https://www.youtube.com/watch?v=dQw4w9WgXcQ">'
    "<figcaption></figcaption></figure>"
)


def html(content: str, **context: object) -> str:
    return convert(content, context=Context(**{"image": lambda ref: ref.attachment_id or 1, **context})).html


def notes(content: str) -> list[str]:
    return convert(content, context=Context(image=lambda ref: 1)).notes


def figure(number: int, align: str = "center", caption: str = "") -> str:
    return f'<figure data-image="{number}" data-alt="" data-align="{align}"><figcaption>{caption}</figcaption></figure>'


@pytest.mark.parametrize(
    "prose",
    [
        "He said [sic] and [the minister] left [...] [1]",
        "[Update: it is over]",
        "[laughs] [off-camera] [audio] [code] [source]",
        "[x = 5] and a[b] and [/rant]",
        "[see <em>there</em>]",
        "“[We] won”",
    ],
)
def test_bracketed_prose_stays_as_it_is(prose):
    assert html(prose) == f"<p>{prose}</p>"
    assert notes(prose) == []


def test_bracket_with_a_link_in_it_is_prose():
    assert html('[see <a href="http://x/">this</a>]') == '<p>[see <a href="http://x/">this</a>]</p>'


@pytest.mark.parametrize(
    ("content", "expected", "noted"),
    [
        ('a [foo bar="1"]b[/foo] c', "<p>a b c</p>", ["foo"]),
        ("a [foo]b[/foo] c", "<p>a b c</p>", ["foo"]),
        ('a [contact-form-7 id="3" title="x"] c', "<p>a c</p>", ["contact-form-7"]),
        ("a [foo_bar] c [foo /]", "<p>a c</p>", ["foo_bar", "foo"]),
        ("[one_half]a[/one_half][one_half_last]b[/one_half_last]", "<p>a</p>\n<p>b</p>", ["one_half", "one_half_last"]),
        ("un[foo]bro[/foo]ken", "<p>unbroken</p>", ["foo"]),
        ("[playlist ids='1']", "", ["playlist"]),
    ],
)
def test_unknown_shortcode_leaves_its_text_and_a_note(content, expected, noted):
    assert html(content) == expected
    assert notes(content) == [f"unknown shortcode: {name}" for name in noted]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("[[gallery]]", "[gallery]"),
        ('[[gallery ids="1"]]', '[gallery ids="1"]'),
        ("[[foo]text[/foo]]", "[foo]text[/foo]"),
        ("[[two words]]", "[[two words]]"),
        ("[[sic] he said]", "[[sic] he said]"),
        ("(as [the man [sic]] said)", "(as [the man [sic]] said)"),
        ("<code>[gallery]</code>", "<code>[gallery]</code>"),
    ],
)
def test_escaped_shortcode_is_shown(content, shown):
    assert html(content) == f"<p>{shown}</p>"
    assert notes(content) == []


def test_shortcode_in_an_attribute_or_in_code_is_no_shortcode():
    assert html('<a href="http://x/[gallery]" title="[caption]">a</a>') == '<p><a href="http://x/[gallery]">a</a></p>'
    assert html("<pre>[gallery ids='1']</pre>") == "<pre>[gallery ids='1']</pre>"


@pytest.mark.parametrize(
    "content",
    [
        '[caption id="attachment_6" align="alignleft" width="300"]<img src="x" class="wp-image-6"/> C <b>b</b>[/caption]',
        '[caption id="attachment_6" align="alignleft"]<a href="x"><img src="http://x/a.jpg"/></a>C <b>b</b>[/caption]',
        '[caption align="alignleft" caption="C <b>b</b>"]<img src="x" class="wp-image-6"/>[/caption]',
        '[wp_caption id="6" align="left"]<p><img src="http://x/a.jpg"></p>\n<p>C <b>b</b></p>[/wp_caption]',
    ],
)
def test_caption_of_any_age_is_a_figure(content):
    assert html(content) == figure(6, "left", "C <strong>b</strong>")


def test_caption_that_never_ends_swallows_nothing():
    assert html("[caption id='x']<p>One</p><p>Two</p>") == "<p>One</p>\n<p>Two</p>"


def test_gallery_shows_the_pictures_it_names():
    known = Attachment(5, "http://x/5.jpg", "t", 'By <a href="http://x/">me</a>', "", "", "", None, None, 1)
    made = html('[gallery columns="2" ids="5, 6"]', attachments={5: known})
    pictures = figure(5, caption='By <a href="http://x/">me</a>') + "\n" + figure(6)
    assert made == f'<section data-gallery="grid">{pictures}\n</section>'


def test_gallery_without_ids_shows_what_was_attached():
    assert html("[gallery exclude='4']", attached=(3, 4)) == (f'<section data-gallery="grid">{figure(3)}\n</section>')
    assert (html("[gallery]"), notes("[gallery]")) == ("", ["gallery without pictures"])


@pytest.mark.parametrize(
    "content",
    [
        "https://youtu.be/dQw4w9WgXcQ",
        "[embed width='9']https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=3[/embed]",
        "[youtube https://youtu.be/dQw4w9WgXcQ]",
        "[youtube=http://www.youtube.com/watch?v=dQw4w9WgXcQ&w=320]",
        "[youtube dQw4w9WgXcQ]",
        "[youtube id='dQw4w9WgXcQ']",
        "[video src='https://www.youtube.com/watch?v=dQw4w9WgXcQ']",
    ],
)
def test_video_is_embedded_however_it_was_written(content):
    assert html(f"a\n\n{content}\n\nb") == f"<p>a</p>\n{YOUTUBE}\n<p>b</p>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[embed]https://x.test/v[/embed]", '<p><a href="https://x.test/v">https://x.test/v</a></p>'),
        ("[audio http://x/a.mp3]", '<p><a href="http://x/a.mp3">a.mp3</a></p>'),
        ('[video width="9" mp4="http://x/v.mp4"][/video]', '<p><a href="http://x/v.mp4">v.mp4</a></p>'),
        ("[code]\n&lt;b&gt; <i>\n[/code]", "<pre><code>&lt;b&gt; &lt;i&gt;</code></pre>"),
        ('[sourcecode language="x"]\na\n  [b]\n[/sourcecode]', "<pre><code>a\n  [b]</code></pre>"),
        ("Use [code]x[/code].", "<p>Use <code>x</code>.</p>"),
        ("a[footnote]N <b>b</b>[/footnote].", '<p>a<span data-footnote="">N b</span>.</p>'),
        ("[pullquote]q[/pullquote]", '<blockquote class="pull-quote"><p>q</p>\n</blockquote>'),
    ],
)
def test_known_shortcode_becomes_its_like(content, expected):
    assert html(content) == expected


def test_player_or_embed_without_address_is_noted():
    assert notes("[video width='9'][/video]") == ["video without address"]
    assert notes("[embed][/embed]") == ["embed without address: embed"]
