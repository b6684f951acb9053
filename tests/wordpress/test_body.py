"""The conversion of a body as a whole: its vocabulary, its limits, and that nothing makes it fail."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.richtext import sanitise
from articles.wordpress.body import Context, Converted, convert

PROJECT = Path(__file__).resolve().parent.parent.parent
KNOWN = Context(image=lambda ref: ref.attachment_id or 1, attached=(1, 2))
TOKENS = """
<p>|</p>|<b>|</b>|<i>|</i>|<a href='http://x.test/a?b=1&c=2'>|<a href='javascript:x'>|<a href='//[x'>|</a>|<ul>
<ol start=3>|<ol start=-4>|<li>|</li>|</ul>|</ol>|<table>|<caption>|<tr>|<td colspan=2>|<td rowspan=1000>|<th>|</td>
</tr>|</table>|<thead>|<tfoot>|<blockquote>|</blockquote>|<cite>|</cite>|<pre>|</pre>|<code>|</code>|<h1>|</h1>
<img src='http://x/1-300x200.jpg' alt='a "q" <'>|<img class='alignleft wp-image-5' src=x>|<figure>|</figure>|<hr>
<figure class='wp-block-gallery'>|<figure class='wp-block-pullquote'>|<figcaption>|</figcaption>|<h4>|</h4>|<br>
text|word|a & b|&nbsp;|&lt;x&gt;|é|[caption id='attachment_3' caption='x <b>y']|[/caption]|[gallery ids='1,2']
[gallery]|[foo a=1]|[/foo]|[sic]|[[gallery]]|[embed]|[/embed]|[footnote]|[/footnote]|[pullquote]|[/pullquote]
[code]|[/code]|<!-- wp:paragraph -->|<!-- /wp:paragraph -->|<!-- wp:query -->|<!-- /wp:query -->|<!--|-->|<!--more-->
<!-- wp:image {"id":5} -->|<!-- /wp:image -->|<!--nextpage-->|<script>|</script>|<iframe>|</iframe>|<div>|</div>
<iframe src='https://www.youtube.com/embed/dQw4w9WgXcQ'>|<div class='wp-caption'>|<div class='gallery'>|<dl>|<dt>|<dd>
<form>|</form>|<object>|<param value='http://www.youtube.com/v/dQw4w9WgXcQ'>|</object>|<video src='http://x/a.mp4'>
</video>|<sup data-fn='k'>|</sup>|<pre class='wp-block-verse'>|<textarea>|<svg>|</svg>|<math>|<q>|<summary>|<select>
<blockquote class='twitter-tweet'>|<a href='https://twitter.com/u/status/12345'>|<template>|<p/>|<|[|]|"|'|<?|<![CDATA[
"""
PIECES = [*TOKENS.strip().replace("\n", "|").split("|"), "\n", "\n\n", " ", "\nhttps://youtu.be/dQw4w9WgXcQ\n"]


def html(content: str, **context: object) -> str:
    return converted(content, **context).html


def converted(content: str, **context: object) -> Converted:
    return convert(content, context=Context(**{"image": KNOWN.image, **context}))


def test_reading_and_converting_need_no_django():
    program = (
        "import sys; import articles.wordpress.wxr, articles.wordpress.body, articles.wordpress.summaries\n"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=PROJECT, timeout=60).returncode == 0


def test_nothing_becomes_nothing():
    assert converted("") == converted(" \n&nbsp;<p></p> ") == Converted("", [], [], [])


@given(st.text())
def test_no_text_makes_it_raise(content):
    convert(content, context=KNOWN)


def test_characters_that_are_none_are_left_out():
    assert html("a\0b\x08c\ud800d\uffff\x7fe") == "<p>abcde</p>"


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_the_sanitiser_finds_nothing_to_change(content):
    made = html(content)
    assert sanitise(made) == made


def test_the_sanitiser_finds_nothing_to_change_in_much_nonsense():
    chance = random.Random(7)
    for _ in range(1500):
        content = "".join(chance.choices(PIECES, k=chance.randint(1, 80)))
        made = html(content, attached=(1, 2), footnotes='[{"id":"k","content":"n <b>o"}]')
        assert sanitise(made) == made, content


def test_conversion_is_the_same_every_time():
    content = "".join(PIECES)
    assert converted(content) == converted(content)


UNITS = """
<div>|<b>|<ul><li>|<ul>|<blockquote>|<table><tr><td>|<figure>|<figure class='gallery'>|<!--|<!-- wp:group -->|&|<a |[
<!-- wp:query -->|[caption]|[caption id='a'|[[|<a href='|[foo a="|[foo bar=1]|[/foo]|[footnote]|<br>|</b>|<img src=x>
<pre>|<pre|<code>|<textarea>|<form>|<object>|&#0;|<![CDATA[|[code]x[/code]|<q>|<i>a</b>|<iframe>|<!|[x][/x]|<li><p>x
<select>|[a][/a|<p>a<!--more-->|[gallery]|<ul><li>a</ul>|<!-- wp:x {"a":|<a "<a '|<?|<a href=http://x/>y|</
"""


@pytest.mark.parametrize("unit", [*UNITS.strip().replace("\n", "|").split("|"), "a\n", "\n\n", "<em>a\n\n"])
def test_a_hundred_kilobytes_of_nonsense_take_a_moment(unit):
    start = time.process_time()
    made = convert(unit * (100_000 // len(unit)), context=KNOWN).html
    assert time.process_time() - start < 5  # linear: 0.01 to 0.7 s
    assert len(made) < 1_000_000


@pytest.mark.parametrize(
    "content",
    [
        "<b>" * 16_000 + "</i>" * 12_000,
        "<!-- wp:image " + '{"a":[' * 16_000 + " -->x",
        "<!-- wp:x" + " " * 90_000 + "y -->x",
        "[foo" + " " * 90_000 + "a=1]x",
        "[caption]" * 5000 + "x" + "[/caption]" * 5000,
    ],
    ids=["mismatched", "json", "spaces in a comment", "spaces in a shortcode", "nested shortcodes"],
)
def test_more_nonsense_takes_a_moment(content):
    start = time.process_time()
    convert(content, context=KNOWN)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "deep",
    [
        "<div>" * 5000 + "found" + "</div>" * 5000,
        "<!-- wp:group --><div>" * 5000 + "found" + "</div><!-- /wp:group -->" * 5000,
        "<blockquote>" * 5000 + "found",
        "<ul><li>" * 5000 + "found",
        "<table><tr><td>" * 5000 + "found",
        "<figure>" * 5000 + "found",
    ],
    ids=["divs", "blocks", "quotes", "lists", "tables", "figures"],
)
def test_five_thousand_levels_are_read_and_come_out_flat(deep):
    made = html(deep)
    assert "found" in made
    assert made.count("<ul>") <= 6 and made.count("<blockquote>") <= 1 and made.count("<table>") <= 1


def test_unclosed_link_is_not_repeated_for_ever():
    address = "http://x.test/" + "y" * 1900
    for separator in ("\n\n", "<p>", "<br>"):
        made = html(f"<a href='{address}'>" + f"word{separator}" * 5000)
        assert made.count("word") == 5000
        assert made.count("<a ") <= 51


def test_pictures_have_a_limit_and_a_note():
    made = converted("[gallery ids='" + "1," * 700 + "']" + "[gallery ids='" + "2," * 700 + "']")
    assert made.html.count("<figure") == 1000
    assert made.notes.count("picture beyond the limit") == 400


def test_unclosed_tags_and_comments_do_not_hide_the_rest():
    for opening in ("<!-- never closed ", "<form>", "<textarea>", "<iframe src='https://x.test/'>", "<title>"):
        assert "the rest" in html(f"<p>Start.</p>{opening}<p>the rest</p>"), opening


def test_one_block_a_line():
    made = html("<p>a</p><ul><li>b<li>c</ul><pre>d\n\ne</pre><h2>f</h2>")
    assert made == "<p>a</p>\n<ul><li>b</li>\n<li>c</li>\n</ul>\n<pre>d\n\ne</pre>\n<h2>f</h2>"
