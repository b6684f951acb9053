"""What is different between two texts: nothing lost, nothing made up, bounded, readable, and safe to show."""

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.desk.past.library import Library
from articles.desk.past.marking import marked
from articles.desk.past.text_changes import TextChanges
from articles.richtext import compare, compare_texts, count_words, sanitise
from articles.richtext.aligning import Effort, align
from articles.richtext.compare import DELETED, INSERTED, RESTYLED, SAME
from articles.richtext.leaves import leaves, plain_words

# --- aligning -----------------------------------------------------------------------------------------------

letters = st.lists(st.sampled_from("abcde"), max_size=14)


def longest_common(before, after):
    table = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, one in enumerate(before):
        for j, other in enumerate(after):
            table[i + 1][j + 1] = table[i][j] + 1 if one == other else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


def is_alignment(pairs, before, after):
    rising = all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(pairs))
    return rising and all(before[i] == after[j] for i, j in pairs)


@settings(deadline=None)
@given(letters, letters)
def test_pairs_rise_and_are_equal(before, after):
    assert is_alignment(align(before, after, Effort()), before, after)


@settings(deadline=None)
@given(st.lists(st.sampled_from("ab"), max_size=14), st.lists(st.sampled_from("ab"), max_size=14))
def test_between_landmarks_as_much_as_possible_stays(before, after):
    twice = before * 2, after * 2  # nothing is there once, so there are no landmarks
    pairs = align(*twice, Effort())
    assert is_alignment(pairs, *twice)
    assert len(pairs) == longest_common(*twice)


def test_what_is_there_once_holds_the_rest_together():
    before, after = list("aaaXaaa"), list("aXaaaaa")
    assert (3, 1) in align(before, after, Effort())


@pytest.mark.parametrize("letters", ["ab", "abc", "abcdefgh"])
def test_a_hostile_pair_takes_no_more_steps_than_allowed(letters):
    chance = random.Random(1)
    before, after = ([chance.choice(letters) for _ in range(8000)] for _ in range(2))
    effort = Effort(50_000)
    assert is_alignment(align(before, after, effort), before, after)
    assert effort.left > -10_000  # one round more than what was left, never all 64 million


def test_when_the_effort_is_spent_the_rest_counts_as_replaced():
    before, after = list("abcd") * 30, list("dabc") * 30
    spent = Effort(3)
    few = align(before, after, spent)
    assert is_alignment(few, before, after)
    assert spent.left <= 0
    assert len(few) < len(align(before, after, Effort()))


# --- words --------------------------------------------------------------------------------------------------

sentences = st.lists(
    st.sampled_from(["the", "cat", "sat", ",", "on", "a", "mat", ".", "Café", "—", "日本"]), max_size=25
)


def texts(words):
    return [word.text for word in words]


@settings(deadline=None)
@given(sentences, sentences)
def test_the_runs_give_back_both_texts(before, after):
    before, after = " ".join(before), " ".join(after)
    runs = compare_texts(before, after)
    old = [word for run in runs if run.fate != INSERTED for word in (run.before or run.words)]
    new = [word for run in runs if run.fate != DELETED for word in run.words]
    assert texts(old) == texts(plain_words(before))
    assert texts(new) == texts(plain_words(after))


@settings(deadline=None)
@given(sentences)
def test_a_text_does_not_differ_from_itself(text):
    assert all(run.fate == SAME for run in compare_texts(" ".join(text), " ".join(text)))


def runs_of(before, after):
    return [(run.fate, " ".join(texts(run.words))) for run in compare_texts(before, after)]


def test_words_are_told_one_by_one():
    assert runs_of("The cat sat on the mat.", "The dog sat upon the mat.") == [
        (SAME, "The"), (DELETED, "cat"), (INSERTED, "dog"), (SAME, "sat"), (DELETED, "on"), (INSERTED, "upon"),
        (SAME, "the mat ."),
    ]  # fmt: skip


def test_a_lone_short_word_amid_rewriting_is_no_landmark():
    assert runs_of("quite green hills to far blue seas", "some big towns to many tall ships") == [
        (DELETED, "quite green hills to far blue seas"),
        (INSERTED, "some big towns to many tall ships"),
    ]


def test_a_script_without_spaces_is_told_letter_by_letter():
    assert runs_of("私は猫が好き", "私は犬が好き")[1:3] == [(DELETED, "猫"), (INSERTED, "犬")]


# --- bodies -------------------------------------------------------------------------------------------------

blocks = st.sampled_from(
    [
        "<p>One paragraph of some words.</p>", "<p>One <strong>paragraph</strong> of more words, then.</p>", "<h2>A heading</h2>",
        "<ul><li><p>first</p></li><li>second<ul><li>nested</li></ul></li></ul>", "<blockquote><p>said so</p></blockquote>",
        '<figure data-image="3" data-alt="x"><figcaption>Cap</figcaption></figure>', "<hr>", "<pre>a  b\n c</pre>",
        "<table><tbody><tr><th>A</th><td>B</td></tr></tbody></table>", '<aside data-article-card="4"></aside>',
        '<p><a href="https://example.org/">link</a></p>', "<p></p>", "loose", "<p>Fn<span data-footnote=\"\">note</span></p>",
    ]
)  # fmt: skip
bodies = st.lists(blocks, max_size=8).map("".join)


@settings(deadline=None, max_examples=200)
@given(bodies, bodies)
def test_the_changes_give_back_both_bodies(before, after):
    changes = compare(before, after)
    assert [change.before for change in changes if change.before] == leaves(before)
    assert [change.after for change in changes if change.after] == leaves(after)
    for change in changes:
        old = [word for run in change.runs if run.fate != INSERTED for word in (run.before or run.words)]
        new = [word for run in change.runs if run.fate != DELETED for word in run.words]
        if change.runs:
            assert texts(old) == texts(change.before.words)
            assert texts(new) == texts(change.after.words)


@settings(deadline=None)
@given(bodies)
def test_a_body_does_not_differ_from_itself_nor_from_itself_sanitised(body):
    assert all(change.fate == SAME for change in compare(body, body))
    assert all(change.fate == SAME for change in compare(body, sanitise(body)))


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_compares_and_shows(before, after):
    changes = TextChanges(before, after, Library())
    assert isinstance("".join(stretch.html for stretch in changes.stretches), str)


def fates(before, after):
    return [change.fate for change in compare(before, after)]


def test_only_the_words_of_a_changed_paragraph_are_told():
    before = "<p>Stays as it is.</p><p>The film opens on Friday in all the cinemas.</p><p>Last.</p>"
    after = "<p>Stays as it is.</p><p>The film opens on Sunday in all the cinemas.</p><p>Last.</p>"
    assert fates(before, after) == [SAME, "changed", SAME]
    assert compare(before, after)[1].count == {INSERTED: 1, DELETED: 1}


def test_a_rewritten_paragraph_is_two_paragraphs():
    assert fates("<p>Nothing of this stays here.</p>", "<p>Wholly other words were chosen.</p>") == [DELETED, INSERTED]


def test_a_moved_paragraph_is_told_as_moved():
    one, two, three = "<p>One of them.</p>", "<p>Two of them are long.</p>", "<p>Three.</p>"
    moved = [change for change in compare(one + two + three, two + three + one) if change.moved]
    assert [(change.fate, change.leaf.words[0].text) for change in moved] == [(DELETED, "One"), (INSERTED, "One")]


def test_a_changed_link_and_new_bold_are_told_though_the_words_are_the_same():
    before = '<p>See <a href="https://old.example/">the list</a> of all films.</p>'
    after = '<p>See <a href="https://new.example/">the list</a> of <strong>all</strong> films.</p>'
    (change,) = compare(before, after)
    assert [run.fate for run in change.runs] == [SAME, RESTYLED, SAME, RESTYLED, SAME]
    html = marked(change.runs)
    assert "https://old.example/" in html
    assert "https://new.example/" in html
    assert "now bold" in html
    assert change.count == {INSERTED: 0, DELETED: 0}


def shown(before, after):
    return "".join(stretch.html for stretch in TextChanges(before, after, Library()).stretches)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('<figure data-image="3" data-alt="a"></figure>', '<figure data-image="3" data-alt="b"></figure>',
         "alternative text: “a” → “b”"),
        ('<figure data-image="3"></figure>', '<figure data-image="3" data-align="wide"></figure>', "place: center → wide"),
        ('<figure data-image="3"></figure>', '<figure data-image="4"></figure>', "Removed: picture"),
        ("<p>The same words here.</p>", "<h2>The same words here.</h2>", "paragraph → heading"),
        ("<ul><li>The same words here.</li></ul>", "<ol><li>The same words here.</li></ol>", "now in a numbered list"),
        ("<p>x</p>", '<p>x</p><aside data-module="recommended-videos"></aside>', "Added: module"),
        ("<p>x</p>", '<p>x</p><figure data-embed="vimeo" data-url="https://vimeo.com/12345678"></figure>', "Added: embed"),
        ("<table><tbody><tr><td>Wick</td><td>1999</td></tr></tbody></table>",
         "<table><tbody><tr><td>Wick</td><td>2001</td></tr></tbody></table>", "2001"),
    ],
)  # fmt: skip
def test_what_is_not_words_is_told_in_words(before, after, said):
    assert said in shown(before, after)


def test_a_table_keeps_its_cells():
    row = "<table><tbody><tr><th>Film</th><td>Wick</td><td>1999</td></tr></tbody></table>"
    assert re.findall(r"<(t[hd])>", shown(row, row.replace("1999", "2001"))) == ["th", "td", "td"]


def test_long_unchanged_stretches_are_folded():
    body = "".join(f"<p>Paragraph number {number}.</p>" for number in range(40))
    stretches = TextChanges(body, body.replace("number 20.", "number twenty."), Library()).stretches
    assert [stretch.folded for stretch in stretches] == [19, 0, 18]
    assert "Paragraph number 5." in stretches[0].html


def test_inserted_and_deleted_are_said_in_words_too():
    html = shown("<p>The film opens on Friday.</p>", "<p>The film opens on Sunday.</p>")
    assert re.search(r"<del><span[^>]*> \[deleted: </span>Friday<span[^>]*>] </span></del>", html)
    assert re.search(r"<ins><span[^>]*> \[inserted: </span>Sunday<span[^>]*>] </span></ins>", html)


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", '<a href="javascript:alert(1)">x</a>',
    '<p onclick="alert(1)">x</p>', '<figure data-image="1" data-alt="&quot;><script>alert(1)</script>"></figure>',
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", '<a href="https://x.example/&quot;onmouseover=alert(1)">x</a>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", '<table><tr><td><iframe src="//x">',
    '<figure data-embed="youtube" data-url="javascript:alert(1)"></figure>', "<pre>\x1ftd<b>x</b></pre>",
]  # fmt: skip


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_hostile_comes_out_whichever_side_it_stands_on(payload):
    for before, after in (
        (payload, "<p>x</p>"),
        ("<p>x</p>", payload),
        (payload, payload),
        (payload, payload + " and"),
    ):
        html = shown(before, after) + marked(compare_texts(before, after))
        assert not re.search(r"<(script|img|svg|iframe|math|style|form)\b", html)
        assert not re.search(r"<[^>]*\son\w+\s*=", html)
        assert not re.search(r'href="(?!https?:|mailto:|tel:)', html)


def test_a_monstrous_text_is_not_compared_but_told():
    changes = TextChanges("x" * 2_000_001, "y", Library())
    assert (changes.too_long, changes.stretches, changes.is_empty) == (True, [], False)


def test_counting_words_tells_more_and_less():
    before = "<p>One two three.</p>\n<p>Stays.</p>"
    assert count_words(before, "<p>One two four five.</p>\n<p>Stays.</p>") == (2, 1)
    assert count_words(before, "<p>Stays.</p>\n<p>One two three.</p>") == (0, 0)
