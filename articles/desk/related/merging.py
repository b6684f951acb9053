"""What two people chose of the suggestions beside one article, brought together. Pure.

What both began from stands in the form, as what they chose does: “12,7|31”, the pinned in their order, then the muted.
"""

from collections.abc import Sequence

from articles.models.related import Choices

from ..saving.merging import merge_sets
from ..saving.posted import number


def written(choices: Choices) -> str:
    return "|".join((_numbers(choices.pins), _numbers(sorted(choices.mutes))))


def _numbers(pks: Sequence[int]) -> str:
    return ",".join(str(pk) for pk in pks)


def read(text: str) -> Choices | None:
    """None for what no form of ours said. It comes back from the browser, so anything may be in it."""
    pins, bar, mutes = text.partition("|")
    if not bar:
        return None
    return Choices(_read(pins), frozenset(_read(mutes)))


def _read(text: str) -> list[int]:
    return list(dict.fromkeys(pk for one in text.split(",") if (pk := number(one))))


def merged(base: Choices, mine: Choices, theirs: Choices) -> tuple[Choices, frozenset[int]]:
    """What stands, and the articles of which one side pinned what the other muted: there mine stands, and must be asked.

    What either added is in, what either took out is out. The order is mine, unless only they changed it.
    """
    if list(mine.pins) == list(base.pins) and mine.mutes == base.mutes:
        return theirs, frozenset()
    if list(theirs.pins) == list(base.pins) and theirs.mutes == base.mutes:
        return mine, frozenset()
    first, second = mine, theirs
    if _order(mine, base) == _order(base, mine) and _order(theirs, base) != _order(base, theirs):
        first, second = theirs, mine
    pins = merge_sets(base.pins, first.pins, second.pins)
    mutes = frozenset(merge_sets(base.mutes, mine.mutes, theirs.mutes))
    unsure = mutes & set(pins)
    return Choices([pk for pk in pins if pk not in unsure - set(mine.pins)], mutes - (unsure & set(mine.pins))), unsure


def _order(of: Choices, among: Choices) -> list[int]:
    return [pk for pk in of.pins if pk in among.pins]
