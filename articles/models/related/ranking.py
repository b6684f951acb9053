"""The order of what is related: pure, over rows that candidates.py has read.

    score = (T + 8 W) × (1 + days apart / 7) ^ -0.25

T is the share of the article's tags that both have, each as heavy as it is rare and as an editor says; W is how alike the
key terms are. Both are 0 to 1. Where two scores are the same the newer comes first, then the higher number, so that every
database and every moment gives the same answer.
"""

import math
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from .words import in_common, likeness, tokens

WORDS_WEIGH, WEEK, FADES = 8.0, 7.0, 0.25
SAME_HEADLINE = 0.6  # so much of the shorter headline's words in both: a copy, or the same series
UNTAGGED_OF = 3  # of so many, one may be here for its words alone
DAY = 86400.0


class Why(Enum):
    PICKED = "picked"
    TAGS = "tags"
    WORDS = "words"
    SECTION = "section"
    NEWEST = "newest"


class Row(NamedTuple):
    """A live article as the ranking sees it; of its words the weights of those that the question has, too."""

    published: int
    article: int
    headline: str
    published_at: datetime
    section: int | None
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Question:
    """The article that the others are to be related to, published or not. `tags` are their weights by number."""

    article: int | None
    headline: str
    when: datetime
    section: int | None
    tags: Mapping[int, float]
    weights: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def whole(self) -> float:
        """What all its tags weigh together."""
        return sum(self.tags.values())


class Suggestion(NamedTuple):
    """One of the list, with what brought it: the numbers of shared tags by falling weight, shared words likewise."""

    row: Row
    why: Why
    score: float = 0.0
    by_tags: float = 0.0
    by_words: float = 0.0
    days: int = 0
    tags: tuple[int, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def published(self) -> int:
        return self.row.published


def weight_of_tag(uses: int, articles: int, editorial: float = 1.0) -> float:
    """How much sharing it says: next to nothing for a tag on everything, nothing when an editor says so (0)."""
    return editorial * math.log(1 + max(articles, 1) / max(min(uses, articles), 1)) ** 2


def scored(question: Question, row: Row, shared: Iterable[int]) -> Suggestion:
    """Called for a hundred rows on the way to a page: what only the few chosen ones need is found by `told`."""
    weights = question.tags
    tags = tuple(tag for tag in shared if weights.get(tag))
    by_tags = sum(weights[tag] for tag in tags) / question.whole if tags else 0.0
    by_words = likeness(row.weights, question.weights)
    days = abs((question.when - row.published_at).total_seconds()) / DAY
    # Rounded: sums of floats may differ in their last digits by the order in which a database hands out rows.
    score = round((by_tags + WORDS_WEIGH * by_words) * (1 + days / WEEK) ** -FADES, 9)
    return Suggestion(row, Why.TAGS if tags else Why.WORDS, score, by_tags, by_words, round(days), tags)


def told(question: Question, one: Suggestion) -> Suggestion:
    """With its reasons in order: shared tags and words, the heaviest first."""
    tags = sorted(one.tags, key=lambda tag: (-question.tags[tag], tag))
    return one._replace(tags=tuple(tags), words=tuple(in_common(question.weights, one.row.weights, 3)))


def ordered(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    return sorted(
        (one for one in suggestions if one.score > 0),
        key=lambda one: (-one.score, -one.row.published_at.timestamp(), -one.row.article),
    )


def assembled(
    question: Question,
    pins: Iterable[Suggestion],
    ranked: Iterable[Suggestion],
    fillers: Iterable[Suggestion],
    limit: int,
) -> list[Suggestion]:
    """Pins in their order; then the ranking, without near-same headlines, and with one in three at most that shares no
    tag, in any beginning of the list; then more that share none; then near-same ones; then whatever fills up. Each article
    once, and never the question's own.
    """
    ranked = list(ranked)
    chosen: dict[int, Suggestion] = {}
    titles: list[frozenset[str]] = []
    held: deque[Suggestion] = deque()  # for their words alone, until there is room for one more
    untagged = 0

    def take(one: Suggestion) -> bool:
        title = _title(one.row.headline)
        is_new = one.row.article not in chosen and one.row.article != question.article
        if len(chosen) >= limit or not is_new or any(_same(title, other) for other in titles):
            return False
        chosen[one.row.article] = one
        titles.append(title)
        return True

    for one in pins:
        if one.row.article != question.article and len(chosen) < limit:
            chosen[one.row.article] = one
            titles.append(_title(one.row.headline))
    for one in ranked:
        if len(chosen) >= limit:
            break
        while held and untagged < _most_untagged(len(chosen) + 1):
            untagged += take(held.popleft())
        if one.why is not Why.WORDS or not question.tags:
            take(one)
        elif untagged < _most_untagged(len(chosen) + 1):
            untagged += take(one)
        else:
            held.append(one)
    for one in held:
        take(one)
    for one in [*ranked, *fillers]:
        if len(chosen) < limit and one.row.article != question.article:
            chosen.setdefault(one.row.article, one)
    return [told(question, one) for one in chosen.values()]


def _most_untagged(length: int) -> int:
    return max(length // UNTAGGED_OF, 1)


def _title(headline: str) -> frozenset[str]:
    return frozenset(tokens(headline, ""))


def same_headline(one: str, other: str) -> bool:
    """Would a reader take them for the same?"""
    return _same(_title(one), _title(other))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Do they share so many words that a reader takes them for the same? Of a very short headline all must be shared."""
    shorter = min(len(one), len(other))
    return bool(shorter) and len(one & other) >= (SAME_HEADLINE * shorter if shorter > 2 else len(one | other))
