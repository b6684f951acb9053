"""Finding: what answers a question, the best first. Live articles only.

Both databases give the newest MOST matches, and where there are that many, as many again of those that answer with their
headline, tags or authors: so what is old but about nothing else is found beside what is new and mentions it. These are
ranked here; the work does not grow with the number of matches.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import exp
from typing import Any

from django.utils import timezone

from articles.models.published import PublishedArticle

from .documents import language
from .engine import Asked, Filters, Hit, engine
from .entries import moment_of
from .question import Question

MOST = 500
YEARS_TO_FADE = 4.0
FADED = 0.6  # what is very old counts so much of what is new: less than one good word
_YEAR = 365.25 * 86400


@dataclass(frozen=True)
class Found:
    """`hits`: the best first. `has_more`: there are more than were looked at."""

    asked: Asked
    hits: list[Hit] = field(default_factory=list)
    has_more: bool = False

    @cached_property
    def count(self) -> int:
        return len(self.hits)

    def cards(self, start: int, end: int) -> list[Any]:
        """These as cards, each with `found_headline` and `found_text`: where they answer, with BEGIN and END around it.
        Three queries, none for none. What ceased to be live this instant is left out.
        """
        hits = self.hits[start:end]
        if not hits:
            return []
        rows: dict[int, Any] = PublishedArticle.objects.live().cards().in_bulk([hit.published for hit in hits])
        marked = engine().mark(self.asked, hits)
        found = []
        for hit in hits:
            if (row := rows.get(hit.published)) is not None:
                marks = marked.get(hit.published)
                row.found_headline = marks.headline if marks else row.headline
                row.found_text = marks.text if marks else row.standfirst
                found.append(row)
        return found


def search(question: Question, filters: Filters | None = None, *, at: datetime | None = None) -> Found:
    """One query; two where there are more than MOST; none for a question that asks nothing."""
    at = at or timezone.now()
    asked = Asked(question, language(), at, filters or Filters())
    if not question:
        return Found(asked)
    hits = engine().find(asked, MOST)
    has_more = len(hits) == MOST
    if has_more:
        hits += engine().find(asked, MOST, in_headings=True)
    once = {hit.published: hit for hit in hits}
    return Found(asked, sorted(once.values(), key=lambda hit: (-_rank(hit, at), -hit.place)), has_more)


def answers(question: Question) -> bool:
    """Does a live article? One query."""
    return bool(question) and bool(engine().find(Asked(question, language(), timezone.now()), 1))


def _rank(hit: Hit, at: datetime) -> float:
    years = max((at - moment_of(hit.place)).total_seconds(), 0.0) / _YEAR
    return hit.score * (FADED + (1 - FADED) * exp(-years / YEARS_TO_FADE))
