"""How a list of suggestions came about: the same answer as `suggestions`, and what was passed over for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import Choices, Question, RelatedSettings, Suggestion, candidates, suggestions
from .ranking import Why, _same, _title, ordered, scored


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
    """Nine queries at most."""
    found = suggestions(question, terms, limit, choices=choices)
    chosen = {one.row.article for one in found}
    ranked = [one for one in found if one.why in {Why.TAGS, Why.WORDS}]
    least = min((one.score for one in ranked), default=0.0)
    rules = RelatedSettings.current()
    rows = candidates.rows_of(pool) if (pool := candidates.timelines(question, terms)) else []
    asked = {*choices.mutes, *choices.pins, *chosen, question.article}
    rows = [row for row in rows if row.article not in asked and rules.allow(question, row)]
    shared = candidates.tags_shared([row.published for row in rows], question.tags) if rows and question.tags else {}
    others = ordered(scored(question, row, shared.get(row.published, ())) for row in rows)
    passed = [PassedOver(one, _like(one, found)) for one in others if one.score > least]
    return Explanation(found, passed if len(found) >= limit else [])


def _like(one: Suggestion, found: list[Suggestion]) -> Suggestion | None:
    title = _title(one.row.headline)
    return next((other for other in found if _same(title, _title(other.row.headline))), None)
