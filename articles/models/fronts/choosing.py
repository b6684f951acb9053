"""Which article stands where on a front, once it is known which are live. Pure.

What was picked comes first, wherever it stands; what fills up takes nothing that was picked. So no article stands twice
on a page, but where a slot says that it may.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from .layout import Backfill, Container, Layout, Slot

# More than these no rule looks through: a layout that shows more than this of one thing ends with fewer cards.
MOST_LOOKED_AT = 300


class Candidate(NamedTuple):
    """A live version: its number, that of its article, and when readers first saw it, to be ordered by: as the database
    keeps it.
    """

    published: int
    article: int
    at: Any


@dataclass(frozen=True)
class Candidates:
    """`picked` by the article's number; `found` by the rule (with the front's own section put in), newest first."""

    picked: Mapping[int, Candidate]
    found: Mapping[Backfill, Sequence[Candidate]]


@dataclass(frozen=True)
class Place:
    candidate: Candidate
    slot: Slot | None = None  # none: it fills up


@dataclass
class Filled:
    container: Container
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """`rest`: those of the newest that stand nowhere above, so that the next page of the list leaves nothing out."""

    filled: list[Filled]
    rest: list[Candidate]
    has_older: bool


def rule_of(container: Container, section: int | None) -> Backfill | None:
    """The container's rule, with the section of its front where it names none."""
    rule = container.backfill
    return rule if rule is None or rule.section else replace(rule, section=section)


def looked_at(layout: Layout, section: int | None, newest: int) -> dict[Backfill, int]:
    """How many of the newest by each rule are enough, whatever the others take first; `newest` of the page's own list."""
    rules = [(one, rule) for one in layout.containers if (rule := rule_of(one, section))]
    picked = {slot.article for slot in layout.slots}
    enough = {
        rule: sum(other.how_many for other, its in rules if _may_meet(rule, its)) + len(picked) for _, rule in rules
    }
    own = Backfill(section=section)
    enough[own] = max(enough.get(own, 0), newest + 1)
    return {rule: min(count, max(MOST_LOOKED_AT, newest + 1)) for rule, count in enough.items()}


def _may_meet(one: Backfill, other: Backfill) -> bool:
    return one.section is None or other.section is None or one.section == other.section


def choose(layout: Layout, moment: datetime, section: int | None, candidates: Candidates, newest: int) -> Choice:
    filled = [Filled(container) for container in layout.containers]
    taken: set[int] = set()
    for one in filled:
        _place_picks(one, moment, candidates, taken)
    for one in filled:
        _fill_up(one, rule_of(one.container, section), candidates, taken)
    kept = [one for one in filled if one.places]
    seen = {place.candidate.article for one in kept for place in one.places}
    latest = candidates.found.get(Backfill(section=section), ())
    rest = [one for one in latest[:newest] if one.article not in seen]
    return Choice(kept, rest, len(latest) > newest)


def _place_picks(one: Filled, moment: datetime, candidates: Candidates, taken: set[int]) -> None:
    here: set[int] = set()
    for slot in one.container.slots:
        found = candidates.picked.get(slot.article)
        if found is None or not slot.is_on(moment) or len(one.places) >= one.container.how_many:
            continue
        if slot.article in here or (slot.article in taken and not slot.again):
            continue
        here.add(slot.article)
        if not slot.again:
            taken.add(slot.article)
        one.places.append(Place(found, slot))


def _fill_up(one: Filled, rule: Backfill | None, candidates: Candidates, taken: set[int]) -> None:
    """A container that nothing was picked for, and that finds too few, gives back what it found."""
    if rule is None:
        return
    here = {place.candidate.article for place in one.places}
    room = one.container.how_many - len(one.places)
    free = [found for found in candidates.found.get(rule, ()) if found.article not in taken | here][:room]
    if not one.places and len(free) < min(one.container.shape.fewest, one.container.how_many):
        return
    one.places += [Place(found) for found in free]
    taken.update(found.article for found in free)
