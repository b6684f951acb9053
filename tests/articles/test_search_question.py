"""What a reader types, understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models.searching.question import LONGEST, Question, TooLong
from articles.models.searching.sqlite import TEXTS, written


def said(text: str, language: str = "") -> str:
    """As groups with | between them, phrases with + between their words."""
    groups = Question.read(text, language).groups
    return " | ".join(
        " ".join(f"{'-' if one.is_not else ''}{'+'.join(one.words)}" for one in group) for group in groups
    )


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("venice film", "venice film"),
        ('"golden lion" venice', "golden+lion venice"),
        ("“golden lion”", "golden+lion"),
        ('"golden lion', "golden+lion"),
        ("venice -film", "venice -film"),
        ('venice -"golden lion"', "venice -golden+lion"),
        ("venice –film", "venice -film"),
        ("venice - film", "venice film"),
        ("well-known", "well+known"),
        ("a OR b or c", "a | b | c"),
        ("a b OR c d", "a b | c d"),
        ("OR a OR", "a"),
        ("-a OR b", "b"),
        ("-a -b", ""),
        ("don't", "don+t"),
        ("C++", "C"),
        ("!!! 🚀", ""),
        ("電影", "電+影"),
        ('""', ""),
    ],
)
def test_questions(text: str, means: str) -> None:
    assert said(text) == means


def test_common_words_say_nothing_by_themselves_but_in_a_phrase() -> None:
    assert said("the film of the year", "english") == "film year"
    assert said('"to be or not to be"', "english") == "to+be+or+not+to+be"
    assert said("the film") == "the film"
    assert Question.read("the of", "english").is_only_common and not Question.read("!!", "english").is_only_common


def test_too_long() -> None:
    for text in ("x" * (LONGEST + 1), "a b " * 45, "x" * 10**6):
        with pytest.raises(TooLong):
            Question.read(text)


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_question_whose_quotes_close(text: str) -> None:
    try:
        question = Question.read(text)
    except TooLong:
        return
    if question:
        assert written(question, TEXTS).count('"') == 2 * sum(map(len, question.groups))
