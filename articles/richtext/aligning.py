"""What two sequences have in common: which items of the one stand, in order, in the other. Bounded for any input."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

Pairs = list[tuple[int, int]]

# More differences than this between two neighbours in common are no longer told apart: all of it was replaced.
MOST_EDITS = 300


class Effort:
    """How many steps a comparison may still take. When they are spent, the rest counts as replaced."""

    def __init__(self, steps: int = 400_000) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """False when there is no more to spend."""
        self.left -= steps
        return self.left > 0


def align(before: Sequence[Hashable], after: Sequence[Hashable], effort: Effort) -> Pairs:
    """Pairs (i, j), both rising, with before[i] == after[j]: what stayed.

    Items that are once in both hold the rest together (as people read it); between them as much as possible stays.
    Time: n·log n for those, and no more than `effort` for what is between.
    """
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    pairs = [(place, place) for place in range(start)]
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    pairs += [(i + start, j + start) for i, j in _between_anchors(old, new, effort)]
    pairs += [(len(before) - place, len(after) - place) for place in range(end, 0, -1)]
    return pairs


def _between_anchors(
    before: Sequence[Hashable], after: Sequence[Hashable], effort: Effort
) -> Iterator[tuple[int, int]]:
    i = j = 0
    for next_i, next_j in [*_anchors(before, after), (len(before), len(after))]:
        for one, other in _most_in_common(before[i:next_i], after[j:next_j], effort):
            yield i + one, j + other
        if next_i < len(before):
            yield next_i, next_j
        i, j = next_i + 1, next_j + 1


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> Pairs:
    """The longest rising run of items that are once in both."""
    once = {item for item, count in Counter(before).items() if count == 1}
    once &= {item for item, count in Counter(after).items() if count == 1}
    place = {item: j for j, item in enumerate(after) if item in once}
    lowest: list[int] = []  # of runs of each length, the end that leaves most room
    ends: list[int] = []
    links: dict[int, int | None] = {}
    found = {place[item]: i for i, item in enumerate(before) if item in once}
    for j in found:
        length = bisect_left(lowest, j)
        links[j] = ends[length - 1] if length else None
        lowest[length : length + 1] = [j]
        ends[length : length + 1] = [j]
    run, at = [], ends[-1] if ends else None
    while at is not None:
        run.append((found[at], at))
        at = links[at]
    return run[::-1]


def _most_in_common(before: Sequence[Hashable], after: Sequence[Hashable], effort: Effort) -> Pairs:
    """Myers' shortest edit: steps grow with the number of differences, which MOST_EDITS and the effort limit."""
    n, m = len(before), len(after)
    if not n or not m or abs(n - m) > MOST_EDITS:
        return []
    most = min(n + m, MOST_EDITS)
    middle = most + 1
    reach = [0] * (2 * most + 3)  # by diagonal: how far into `before` one gets with so many edits
    trace: list[list[int]] = []
    for edits in range(most + 1):
        trace.append(reach[middle - edits - 1 : middle + edits + 2])
        walked = 0
        for diagonal in range(-edits, edits + 1, 2):
            at = middle + diagonal
            down = diagonal == -edits or (diagonal != edits and reach[at - 1] < reach[at + 1])
            i = reach[at + 1] if down else reach[at - 1] + 1
            j = first = i - diagonal
            while i < n and j < m and before[i] == after[j]:
                i, j = i + 1, j + 1
            walked += j - first
            reach[at] = i
            if i >= n and j >= m:
                return _walk_back(trace, n, m)
        if not effort.spend(2 * edits + 1 + walked):
            return []
    return []


def _walk_back(trace: list[list[int]], i: int, j: int) -> Pairs:
    """From the end to the start: on each diagonal walked, items were equal."""
    pairs: Pairs = []
    for edits in range(len(trace) - 1, 0, -1):
        reach, middle, diagonal = trace[edits], edits + 1, i - j
        at = middle + diagonal
        down = diagonal == -edits or (diagonal != edits and reach[at - 1] < reach[at + 1])
        before_edit = reach[at + 1] if down else reach[at - 1]
        begun = before_edit if down else before_edit + 1
        pairs += [(one, one - diagonal) for one in range(i - 1, begun - 1, -1)]
        i, j = before_edit, before_edit - (diagonal + 1 if down else diagonal - 1)
    pairs += [(one, one) for one in range(i - 1, -1, -1)]
    return pairs[::-1]
