"""Content of the block editor."""

import json

import pytest

from articles.wordpress.body import Context, convert
from articles.wordpress.content.blocks import delimiter, footnotes
from articles.wordpress.export.records import Attachment


def html(content: str, **context: object) -> str:
    return convert(content, context=Context(**{"image": lambda ref: ref.attachment_id or 1, **context})).html


def notes(content: str) -> list[str]:
    return convert(content, context=Context(image=lambda ref: 1)).notes


def block(name: str, inner: str, **attributes: object) -> str:
    told = json.dumps(attributes) + " " if attributes else ""
    return f"<!-- wp:{name} {told}-->\n{inner}\n<!-- /wp:{name} -->\n\n"


def figure(number: int, alt: str = "", align: str = "center", caption: str = "") -> str:
    return (
        f'<figure data-image="{number}" data-alt="{alt}" data-align="{align}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def img(number: int, alt: str = "") -> str:
    return f'<img src="http://x/{number}.jpg" alt="{alt}" class="wp-image-{number}"/>'


def test_line_breaks_in_blocks_are_mere_blanks():
    assert html(block("paragraph", "<p>One\ntwo<br>three</p>")) == "<p>One two<br>three</p>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (block("heading", "<h1>a</h1>", level=1) + block("heading", "<h4>b</h4>", level=4), "<h2>a</h2>\n<h3>b</h3>"),
        (
            block("list", "<ul>" + block("list-item", "<li>a</li>") + block("list-item", "<li>b</li>") + "</ul>"),
            "<ul><li>a</li>\n<li>b</li>\n</ul>",
        ),
        (
            block("quote", "<blockquote>" + block("paragraph", "<p>q</p>") + "<cite>who</cite></blockquote>"),
            "<blockquote><p>q</p>\n<p>— who</p>\n</blockquote>",
        ),
        (
            block("pullquote", '<figure class="wp-block-pullquote"><blockquote><p>q</p></blockquote></figure>'),
            '<blockquote class="pull-quote"><p>q</p>\n</blockquote>',
        ),
        (
            block("table", "<figure class='wp-block-table'><table><tbody><tr><td>a</td></tr></tbody></table>"
                  "<figcaption>Cap</figcaption></figure>"),
            "<table><tbody><tr><td>a</td></tr>\n</tbody>\n</table>\n<p>Cap</p>",
        ),
        (block("code", "<pre class='wp-block-code'><code>a\n [b]</code></pre>"), "<pre><code>a\n [b]</code></pre>"),
        (block("preformatted", "<pre class='wp-block-preformatted'>a<br>  <b>b</b></pre>"), "<pre>a\n  b</pre>"),
        (
            block("verse", "<pre class='wp-block-verse'>a\n  <em>b</em>\n\nc</pre>"),
            "<p>a<br><em>b</em></p>\n<p>c</p>",
        ),
        (block("separator", "<hr class='wp-block-separator'/>") + block("spacer", "<div></div>"), "<hr>"),
        (
            block("buttons", "<div>" + block("button", "<div><a href='http://x/'>Go</a></div>") + "</div>"),
            '<p><a href="http://x/">Go</a></p>',
        ),
        (
            block("columns", "<div>" + block("column", "<div><p>a</p></div>") + block("column", "<p>b</p>") + "</div>"),
            "<p>a</p>\n<p>b</p>",
        ),
        (block("more", "<!--more-->") + block("html", "<b>x</b>"), "<p><strong>x</strong></p>"),
        (block("details", "<details><summary>s</summary><p>t</p></details>"), "<p><strong>s</strong></p>\n<p>t</p>"),
    ],
)  # fmt: skip
def test_block_becomes_its_like(content, expected):
    assert html(content) == expected
    assert notes(content) == []


@pytest.mark.parametrize("align", ["left", "right", "center", "wide", "full"])
def test_image_keeps_its_alignment(align):
    inner = f'<figure class="wp-block-image align{align} size-large">{img(7, "Alt")}<figcaption>C</figcaption></figure>'
    assert html(block("image", inner, id=7, align=align)) == figure(7, "Alt", align, "C")


def test_old_image_block_is_aligned_by_the_figure_in_its_div():
    inner = f'<div class="wp-block-image"><figure class="alignright">{img(7)}<figcaption>C</figcaption></figure></div>'
    assert html(block("image", inner)) == figure(7, "", "right", "C")


def test_image_without_class_is_known_by_the_number_of_its_block():
    assert html(block("image", '<figure><img src="http://x/a.jpg"/></figure>', id=12)) == figure(12)


@pytest.mark.parametrize("old", [True, False])
def test_gallery_of_either_kind(old):
    one, two = (f"<figure>{img(n, f'Alt {n}')}<figcaption>C{n}</figcaption></figure>" for n in (4, 5))
    if old:
        items = f'<ul class="blocks-gallery-grid"><li class="blocks-gallery-item">{one}</li><li>{two}</li></ul>'
        caption = '<figcaption class="blocks-gallery-caption">All <b>of them</b></figcaption>'
    else:
        items = block("image", one, id=4) + block("image", two, id=5)
        caption = "<figcaption>All <b>of them</b></figcaption>"
    made = html(block("gallery", f'<figure class="wp-block-gallery has-nested-images">{items}{caption}</figure>'))
    pictures = figure(4, "Alt 4", caption="C4") + "\n" + figure(5, "Alt 5", caption="C5")
    assert made == (f'<section data-gallery="grid">{pictures}\n</section>\n<p>All <strong>of them</strong></p>')


def test_gallery_whose_pictures_are_all_missing_is_gone():
    content = block("gallery", f'<figure class="wp-block-gallery">{img(4)}{img(5)}</figure>')
    made = convert(content, context=Context(image=lambda ref: None))
    assert (made.html, [ref.attachment_id for ref in made.missing]) == ("", [4, 5])


def test_caption_may_hold_blocks_without_losing_them():
    caption = "<figcaption><p>a</p><ul><li>b</li></ul><blockquote>c</blockquote></figcaption>"
    assert html(block("image", f"<figure>{img(7)}{caption}</figure>")) == figure(7, caption="a b c")


def test_cover_and_media_text_are_a_picture_and_text():
    cover = block("cover", f'<div class="wp-block-cover">{img(3)}<div><p>Over it</p></div></div>', id=3)
    assert html(cover) == figure(3) + "\n<p>Over it</p>"
    old = '<div class="wp-block-cover" style="background-image:url(http://x/b.jpg)"><p>Over it</p></div>'
    assert html(block("cover", old, id=8)) == figure(8) + "\n<p>Over it</p>"
    media = f'<div class="wp-block-media-text"><figure>{img(3)}</figure><div><p>Beside it</p></div></div>'
    assert html(block("media-text", media)) == figure(3) + "\n<p>Beside it</p>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            block("audio", '<figure class="wp-block-audio"><audio controls src="http://x/a%20b.mp3"></audio>'
                  "<figcaption>Sound</figcaption></figure>"),
            '<p><a href="http://x/a%20b.mp3">a b.mp3</a></p>\n<p>Sound</p>',
        ),
        (
            block("video", '<figure><video><source src="http://x/v.mp4"><a href="x">old</a></video></figure>'),
            '<p><a href="http://x/v.mp4">v.mp4</a></p>',
        ),
        (
            block("file", '<div class="wp-block-file"><a href="http://x/r.pdf">Report</a>'
                  '<a href="http://x/r.pdf" class="wp-block-file__button" download>Download</a></div>'),
            '<p><a href="http://x/r.pdf">Report</a></p>',
        ),
    ],
)  # fmt: skip
def test_files_become_links(content, expected):
    assert html(content) == expected


def test_dynamic_blocks_are_dropped_with_their_skeleton_and_noted():
    content = (
        "<!-- wp:latest-posts /-->"
        + block("query", "<div><!-- wp:post-title /--><p>No results</p><hr></div>", queryId=1)
        + block("social-links", "<ul><!-- wp:social-link {} /--></ul>")
        + '<!-- wp:block {"ref":12} /-->'
        + block("paragraph", "<p>Text</p>")
    )
    assert html(content) == "<p>Text</p>"
    assert notes(content) == [
        "dynamic block: latest-posts",
        "dynamic block: query",
        "dynamic block: social-links",
        "reusable block",
    ]


def test_unknown_block_keeps_what_it_shows_and_is_noted():
    content = block("acme/hero", "<div><p>Shown</p></div>") + "<!-- wp:acme/counter /-->"
    assert html(content) == "<p>Shown</p>"
    assert notes(content) == ["unknown block: acme/hero", "unknown block: acme/counter"]


def test_dynamic_block_nobody_closed_hides_nothing():
    assert html("<!-- wp:query --><p>Text</p>") == "<p>Text</p>"


def test_footnotes_stand_where_their_numbers_stood():
    meta = json.dumps([{"id": "ab-1", "content": "See <em>there</em> &amp; here"}, {"id": "x", "content": ""}])
    number = '<sup data-fn="{0}" class="fn"><a href="#{0}" id="{0}-link">1</a></sup>'
    content = block("paragraph", f"<p>Word{number.format('ab-1')}.</p>") + "<!-- wp:footnotes /-->"
    assert html(content, footnotes=meta) == '<p>Word<span data-footnote="">See there &amp; here</span>.</p>'
    assert html(content, footnotes="no JSON") == "<p>Word<sup>1</sup>.</p>"


@pytest.mark.parametrize("meta", ["", "[", "{}", "[1, null]", '[{"id": 1, "content": 2}]', "[" * 100_000])
def test_footnotes_field_may_hold_anything(meta):
    assert footnotes(meta) == {}


def test_alt_text_is_lent_by_the_attachment_where_the_post_has_none():
    known = Attachment(7, "http://x/full.jpg", "t", "", "Lent alt", "", "", None, None, 1)
    assert html(block("image", f"<figure>{img(7)}</figure>"), attachments={7: known}) == figure(7, "Lent alt")
    assert html(block("image", f"<figure>{img(7, 'Own')}</figure>"), attachments={7: known}) == figure(7, "Own")


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("wp:paragraph", ("paragraph", "open", "")),
        ("/wp:paragraph", ("paragraph", "close", "")),
        ('wp:core/image {"id":1}', ("image", "open", '{"id":1}')),
        ('wp:core-embed/youtube {"url":"http://x/"} /', ("embed", "void", '{"url":"http://x/"}')),
        ("wp:acme/x/", ("acme/x", "void", "")),
        ("wp:", None),
        ("wp:x!", None),
        ("a remark", None),
    ],
)
def test_delimiters(comment, expected):
    assert delimiter(comment) == expected


def test_attributes_of_a_block_may_be_anything():
    for nonsense in ("{", "{}", "[1]", '{"id": "x"}', '{"id": -4}', '{"id": 1e9}', "[" * 50_000):
        assert html(f'<!-- wp:image {nonsense} --><img src="http://x/a.jpg"><!-- /wp:image -->') == figure(1)
