"""Words for posts that have none."""

import pytest

from articles.wordpress.summaries import headline_from, plain_excerpt, plain_text, shortened


@pytest.mark.parametrize(
    ("content", "headline"),
    [
        ("The bridge is open. Cars may cross.", "The bridge is open"),
        ("<!-- wp:paragraph --><p>Is it <em>o</em>pen? Yes.</p><!-- /wp:paragraph -->", "Is it open?"),
        ("[caption]<img src='x'> Not this[/caption]\n\nBut this", "But this"),
        ("<h2>A heading</h2>Text", "A heading"),
        ("word " * 40, ("word " * 15).strip() + "…"),
        ("x" * 200, "x" * 79 + "…"),
        ("A[footnote]hidden[/footnote] &amp; b", "A & b"),
        ("<img src='http://x/a.jpg'>", ""),
        ("", ""),
    ],
)
def test_headline_is_the_first_sentence_or_its_first_words(content, headline):
    assert headline_from(content) == headline
    assert len(headline_from(content)) <= 80


@pytest.mark.parametrize(
    ("content", "excerpt"),
    [
        ("One.\n\nTwo.<!--more-->Three.", "One. Two."),
        ("One.\n\nTwo.", "One."),
        ("<!--more-->One.", "One."),
        ("<ul><li>a</li><li>b</li></ul>", "a"),
        ("", ""),
    ],
)
def test_excerpt_is_the_teaser_or_the_first_paragraph(content, excerpt):
    assert plain_excerpt(content) == excerpt


def test_plain_text_has_one_block_a_line():
    assert plain_text("<p>a<br>b</p><blockquote>c &lt;d&gt;</blockquote>[gallery]") == "a b\nc <d>"


def test_cutting_keeps_whole_words():
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two three", 13) == "one two three"
