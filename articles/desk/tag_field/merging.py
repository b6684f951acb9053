"""Two people's changes of the tags of one article, brought together. Pure."""

from collections.abc import Sequence

from ..saving.merging import merge_sets
from .asked import Asked


def merge_tags(base: Sequence[int] | None, mine: Sequence[Asked], theirs: Sequence[int]) -> list[Asked]:
    """What either side added is in, what either side took out is out. In my order, unless only they changed it."""
    first: list[Asked] = list(mine)
    second: list[Asked] = list(theirs)
    if base is not None and _order(mine, base) == _order(base, mine) and _order(theirs, base) != _order(base, theirs):
        first, second = second, first
    return merge_sets(base, first, second)


def _order(of: Sequence[Asked], among: Sequence[Asked]) -> list[Asked]:
    return [one for one in of if one in among]
