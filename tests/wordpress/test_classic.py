"""Content of the classic editor: line breaks that mean something, HTML of all ages, pictures in the text."""

import pytest

from articles.wordpress.body import Context, ImageRef, convert


def html(content: str, **context: object) -> str:
    return convert(content, context=Context(**{"image": lambda ref: ref.attachment_id or 1, **context})).html


def notes(content: str) -> list[str]:
    return convert(content, context=Context(image=lambda ref: 1)).notes


def figure(number: int = 1, alt: str = "", align: str = "center", caption: str = "") -> str:
    return (
        f'<figure data-image="{number}" data-alt="{alt}" data-align="{align}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


# paragraphs


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>two</p>\n<p>three</p>"),
        ("One<br />\ntwo", "<p>One<br>two</p>"),
        ("One<br><br>two", "<p>One</p>\n<p>two</p>"),
        ("<p>One\ntwo</p>", "<p>One<br>two</p>"),
        ("<div>One</div>two<center>three</center>", "<p>One</p>\n<p>two</p>\n<p>three</p>"),
        ("<b>One\n\ntwo</b> three", "<p><strong>One</strong></p>\n<p><strong>two</strong> three</p>"),
        ("<p>&nbsp;</p>One &nbsp; two&nbsp;", "<p>One &nbsp; two</p>"),
        ("One\r\n\r\ntwo", "<p>One</p>\n<p>two</p>"),
        ("<ul>\n<li>a\nb</li>\n</ul>", "<ul><li>a b</li>\n</ul>"),
        ("<h2>a\nb</h2>", "<h2>a b</h2>"),
        ("<pre>\na\n\n  b\n</pre>", "<pre>a\n\n  b</pre>"),
        ("<pre><code>a &lt; b</code></pre>", "<pre><code>a &lt; b</code></pre>"),
        ("One<!--more-->two", "<p>One</p>\n<p>two</p>"),
        ("One<!-- a remark -->two", "<p>Onetwo</p>"),
    ],
)
def test_lines_become_paragraphs_where_the_reader_saw_them(content, expected):
    assert html(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<b>b</b><i>i</i><strike>s</strike><del>d</del>", "<strong>b</strong><em>i</em><s>sd</s>"),
        ("H<sub>2</sub>O <kbd>x</kbd>", "H<sub>2</sub>O <code>x</code>"),
        ("<font color=red>a</font> <span style='x'>b</span> <u>c</u>", "a b c"),
        ("<em><strong>a</strong></em> <b><b>c</b></b>", "<strong><em>a</em></strong> <strong>c</strong>"),
        ("<b>a<i>b</b>c</i>", "<strong>a<em>b</em></strong>c"),
        ("a<b> </b>b<i></i>", "a b"),
        ('<a href="http://x/">a<br>b</a>', '<a href="http://x/">a<br>b</a>'),
        ("<q>a</q> <abbr title='x'>b</abbr>", "“a” b"),
        ("5 < 6 & 7 > 2 &copy; &lt;b&gt;", "5 &lt; 6 &amp; 7 &gt; 2 © &lt;b&gt;"),
    ],
)
def test_marks_keep_their_meaning(content, expected):
    assert html(content) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<h1>a</h1><h2>b</h2>", "<h2>a</h2>\n<h2>b</h2>"),
        ("<h3>a</h3><h4>b</h4><h6><b>c</b></h6>", "<h3>a</h3>\n<h3>b</h3>\n<h3>c</h3>"),
        ("a<hr />b", "<p>a</p>\n<hr>\n<p>b</p>"),
        (
            "<dl><dt>t</dt><dd>d</dd></dl><details><summary>s</summary>x</details>",
            "<p><strong>t</strong></p>\n<p>d</p>\n<p><strong>s</strong></p>\n<p>x</p>",
        ),
        ("<ul><li>a<ul><li>b</ul></ul>", "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>"),
        ("<ol start='8'><li>a</ol>", '<ol start="8"><li>a</li>\n</ol>'),
        ("<ol start='javascript'><li>a</ol>", "<ol><li>a</li>\n</ol>"),
        ("<li>alone", "<p>alone</p>"),
        ("<ul><li><p>a</p><p>b</p></ul>", "<ul><li><p>a</p>\n<p>b</p>\n</li>\n</ul>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p>\n</blockquote>"),
        ("<blockquote>a <cite>Ann</cite></blockquote>", "<blockquote><p>a</p>\n<p>— Ann</p>\n</blockquote>"),
        (
            "<blockquote><p>In <cite>Emma</cite></p></blockquote>",
            "<blockquote><p>In <em>Emma</em></p>\n</blockquote>",
        ),
        ("<blockquote class='pullquote'>a</blockquote>", '<blockquote class="pull-quote"><p>a</p>\n</blockquote>'),
    ],
)
def test_blocks_keep_their_meaning(content, expected):
    assert html(content) == expected


def test_table_keeps_head_spans_and_caption():
    content = (
        "<table border=1><caption>Prices</caption><thead><tr><th>a</th></tr></thead><tfoot><tr><td>sum</td></tr></tfoot>"
        "<tbody><tr><td colspan='2' rowspan='1'><p>b</p></td></tr><tr></tr></tbody></table>"
    )
    assert html(content) == (
        "<table><thead><tr><th>a</th></tr>\n</thead>\n"
        '<tbody><tr><td colspan="2">b</td></tr>\n<tr><td>sum</td></tr>\n</tbody>\n</table>\n<p>Prices</p>'
    )


def test_table_in_a_table_is_flattened_and_noted():
    content = "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"
    assert html(content).count("<table>") == 1
    assert "b" in html(content) and notes(content) == ["table in a table"]


# links


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        " &#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "http://",
        "http://[x",
    ],
)
def test_link_that_may_not_be_is_unwrapped_and_noted(address):
    assert html(f'<a href="{address}">text</a>') == "<p>text</p>"
    assert notes(f'<a href="{address}">text</a>') == ["unsafe link"]


def test_link_within_the_page_is_unwrapped_for_its_target_is_gone():
    assert html('<a href="#top">Up</a> <a name="x">here</a>') == "<p>Up here</p>"
    assert notes('<a href="#top">Up</a> <a name="x">here</a>') == ["link within the page"]


def test_links_are_rewritten_by_the_context_and_checked_again():
    def link(url: str) -> str:
        return {"https://old.example/a/": "/news/a/", "https://old.example/b/": "javascript:x"}.get(url, url)

    content = '<a href="https://old.example/a/" target="_blank" onclick="x()">a</a>'
    assert html(content, link=link) == '<p><a href="/news/a/">a</a></p>'
    assert html('<a href="https://old.example/b/">b</a>', link=link) == "<p>b</p>"
    assert html('<a href="?a=1&amp;b=%22">c</a>') == '<p><a href="?a=1&amp;b=%22">c</a></p>'


# pictures


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<img src='http://x/a.jpg'>Text", figure() + "\n<p>Text</p>"),
        ("Before <img src='http://x/a.jpg'> after", "<p>Before after</p>\n" + figure()),
        (
            "One\n<img src='http://x/a.jpg'>\ntwo",
            "<p>One</p>\n" + figure() + "\n<p>two</p>",
        ),
        (
            "<p><a href='http://x/a.jpg'><img class='alignright wp-image-7' alt='A &quot;b&quot;' src='x'></a></p>",
            figure(7, "A &quot;b&quot;", "right"),
        ),
        ("<ul><li>a <img src='http://x/a.jpg'></li></ul>", "<ul><li>a</li>\n</ul>\n" + figure()),
        ("<h2>a<img src='http://x/a.jpg'></h2>", "<h2>a</h2>\n" + figure()),
        (
            "<table><tr><td><img src='http://x/a.jpg'></td></tr></table>",
            figure(),
        ),
        ("<blockquote>a<img src='http://x/a.jpg'></blockquote>", "<blockquote><p>a</p>\n</blockquote>\n" + figure()),
        (
            "<div class='wp-caption alignleft'><img src='http://x/a.jpg'><p class='wp-caption-text'>C</p></div>",
            figure(align="left", caption="C"),
        ),
        ("<img class='emoji' alt='😀' src='https://s.w.org/x.png'> hi", "<p>😀 hi</p>"),
    ],
)
def test_picture_is_pulled_out_of_the_text_without_splitting_a_sentence(content, expected):
    assert html(content) == expected


def test_picture_is_asked_for_by_number_and_address_with_its_words():
    content = '[caption id="attachment_5"]<img src="http://x/a-300x200.jpg" alt="Alt  text"/> A <b>cap</b>[/caption]'
    made = convert(content, context=Context(image=lambda ref: 9))
    assert made.images == [ImageRef(5, "http://x/a-300x200.jpg", "Alt text", "A cap")]
    assert made.html == figure(9, "Alt text", caption="A <strong>cap</strong>")


def test_missing_picture_is_listed_and_dropped_with_its_caption():
    content = 'a [caption]<img src="http://x/a.jpg">Lost[/caption] <img src="http://x/b.jpg">'
    made = convert(content, context=Context(image=lambda ref: 3 if ref.url.endswith("b.jpg") else None))
    assert [ref.url for ref in made.images] == ["http://x/a.jpg", "http://x/b.jpg"]
    assert [ref.url for ref in made.missing] == ["http://x/a.jpg"]
    assert made.notes == ["picture missing"]
    assert made.html == "<p>a</p>\n" + figure(3)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ('<img src="data:image/png;base64,AAAA">', "picture inside the text (data:)"),
        ('<img src="http://x/a.gif" width="1" height="1">', "counting pixel"),
        ('<img alt="x">', "picture without address"),
        ("<img src='javascript:x'>", "picture without address"),
    ],
)
def test_picture_that_is_none_is_noted(content, note):
    assert (html(content), notes(content)) == ("", [note])


def test_lazy_picture_is_found_where_it_hides():
    content = (
        '<img src="data:image/gif;base64,R0" data-src="http://x/a.jpg"><noscript><img src="http://x/a.jpg"></noscript>'
    )
    made = convert(content, context=Context(image=lambda ref: 1))
    assert [ref.url for ref in made.images] == ["http://x/a.jpg"]


# what has no place with us


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ("<script>alert(1)</script>", ["script"]),
        ("<style>p{}</style>", ["style"]),
        ("<form><label>Name</label><input></form>", ["form"]),
        ("<object data='x.swf'><p>Get Flash</p></object>", ["object"]),
        ("<embed src='x.swf'>", ["object"]),
        ("<iframe src='https://maps.example/x'>no frames</iframe>", ["iframe: maps.example"]),
        ("<iframe srcdoc='<script>'></iframe>", ["iframe: without address"]),
        ("<svg><text>x</text></svg>", ["drawing (svg)"]),
        ("<!--nextpage-->", ["page break"]),
        ("<select><option>x</select><noscript>y</noscript><template>z</template>", []),
    ],
)
def test_what_has_no_place_is_gone_and_noted(content, note):
    assert html(f"a\n\n{content}\n\nb") == "<p>a</p>\n<p>b</p>"
    assert notes(content) == note
