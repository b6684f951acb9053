"""How a list of suggestions came about: the same answer as `suggestions`, and what was passed over for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import Choices, Question, Suggestion, suggestions
from .candidates import POOL
from .ranking import Why, same_headline

RANKED = {Why.TAGS, Why.WORDS}


@dataclass(frozen=True)
class PassedOver:
    """One that scored more than the last of the list. `like`: whose headline is nearly its own; else it shares no tag,
    as enough before it do.
    """

    one: Suggestion
    like: Suggestion | None


@dataclass(frozen=True)
class Explanation:
    found: list[Suggestion]
    passed: list[PassedOver]


def explained(question: Question, terms: Mapping[int, float], limit: int, choices: Choices) -> Explanation:
    """Ten queries at most. Asked for more than the ranking ever looks at, it answers what it passed over, too."""
    found = suggestions(question, terms, limit, choices=choices)
    chosen = {one.row.article for one in found}
    least = min((one.score for one in found if one.why in RANKED), default=0.0)
    every = suggestions(question, terms, limit + POOL, choices=choices)
    passed = [one for one in every if one.why in RANKED and one.score > least and one.row.article not in chosen]
    passed.sort(key=lambda one: -one.score)
    return Explanation(found, [PassedOver(one, _like(one, found)) for one in passed])


def _like(one: Suggestion, found: list[Suggestion]) -> Suggestion | None:
    return next((other for other in found if same_headline(one.row.headline, other.row.headline)), None)
