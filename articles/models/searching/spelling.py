"""Spelling: “Did you mean …?”, where nothing holds all the words. Of the words that articles are known by (Term), looked
through as the names of tags are (tags/near_names.py): one way to say that two spellings are alike.

They are kept in this process for some minutes. What is suggested is searched for first: a word may be known from an article
that readers do not have yet.
"""

import re

from django.conf import settings

from articles.models.related.terms import Term
from articles.models.related.words import tokens
from articles.models.tags.index import KnownName, TagIndex
from articles.models.tags.names import folded
from articles.models.tags.near_names import SHORTEST, alike
from newsroom.pagecache import Remembered

from .documents import language
from .finding import answers
from .question import LONGEST, Question

MOST_WORDS = 20_000  # the most used
MOST_MENDED = 4
TRIED = 2  # questions, the likeliest first


class _RememberedWords(Remembered[TagIndex]):
    MOST_SECONDS = 600.0


def _read() -> TagIndex:
    """One query, and a third of a second with MOST_WORDS."""
    rows = Term.objects.filter(articles__gt=0).order_by("-articles", "pk").values_list("word", "pk", "articles")
    names, uses = [], {}
    for word, pk, articles in rows[:MOST_WORDS]:
        names.append(KnownName(folded(word), word, pk, True))
        uses[pk] = articles
    return TagIndex(names, uses)


_words = _RememberedWords("search-words", _read)


def did_you_mean(question: Question) -> str:
    """The question with other words, to which there is an answer; '' where none is known. Four queries at most."""
    index = _words.get()
    known = {name.folded for name in index.names}
    instead: dict[str, list[str]] = {}
    for word in question.wanted:
        key = folded(" ".join(tokens(word, settings.LANGUAGE_CODE)))  # as terms are kept; '' for what every text has
        if len(key) < SHORTEST or key in known or len(instead) == MOST_MENDED:
            continue
        near = sorted(alike(key, index), key=lambda one: (-one[1], -index.uses[one[0].tag], one[0].name))
        if near:
            instead[word] = [name.name for name, _likeness in near[:TRIED]]
    if not instead:
        return ""
    for place in range(TRIED):
        text = question.text
        for word, names in instead.items():
            other = names[min(place, len(names) - 1)]
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _found, other=other: other, text)  # type: ignore[misc]
        if text != question.text and answers(Question.read(text[:LONGEST], language())):
            return text
    return ""
