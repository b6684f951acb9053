"""Names that look like each other: “Venice Film Festval” like Venice Film Festival. One door for who asks about one name
(the tag field) and for who looks through all of them (the tag desk).

Likeness is from 0 to 1, by shared trigrams and by how many letters must be changed; 1 are the same words in another order.
Names with other numbers in them are never alike: the festival of 2025 is not that of 2026.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from .index import KnownName, TagIndex, tag_index
from .names import folded
from .words import fold_word, trigrams, words_of

if TYPE_CHECKING:
    from .tagging import Tag

ALIKE = 0.78  # from here on
SHARED = 0.4  # of their trigrams, before letters are compared
LOOKED_AT = 60  # names that share most
SHORTEST = 4  # letters: of fewer, one that differs is too much
CROWD = 40  # a trigram that more names have finds no pairs
LEFT_OUT = {"the", "der", "die", "das", "le", "la", "les", "el", "los", "las", "il", "lo", "i", "de"}
_DIGITS = re.compile(r"\d+")


def likeness(one: KnownName, other: KnownName) -> float:
    """Pure."""
    if _DIGITS.findall(one.folded) != _DIGITS.findall(other.folded):
        return 0.0
    if one.folded == other.folded or _same_words(one.name) == _same_words(other.name):
        return 1.0
    mine, theirs = _bare(one.name), _bare(other.name)
    most = max(len(mine), len(theirs))
    if abs(len(mine) - len(theirs)) > most * (1 - ALIKE):
        return 0.0
    return 1 - _changes(mine, theirs, int(most * (1 - ALIKE)) + 1) / most


@lru_cache(maxsize=1 << 12)
def _words(name: str) -> tuple[str, ...]:
    words = [fold_word(word) for word in words_of(name)]
    return tuple(word for word in words if word not in LEFT_OUT) or tuple(words) or (folded(name),)


def _same_words(name: str) -> tuple[str, ...]:
    return tuple(sorted(_words(name)))


def _bare(name: str) -> str:
    return "".join(_words(name))


def _changes(one: str, other: str, most: int) -> int:
    """Letters put in, left out, put for another or swapped with the next. Given up above `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for place, mine in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != mine))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == mine:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def near(name: str, limit: int = 3) -> "list[tuple[Tag, float]]":
    """The tags in use of which a name looks like this one, the most alike first. One query for what was found, none for
    nothing, two more when the names must be read (index.py).

    As many steps as there are names with one of its trigrams: some milliseconds with 40,000 names.
    """
    from .tagging import Tag

    index = tag_index()
    asked = KnownName(folded(name), name, 0, True)
    if len(asked.folded) < SHORTEST:
        return []
    best: dict[int, float] = {}
    for known, share in _alike(asked, index):
        best[known.tag] = max(best.get(known.tag, 0), share)
    first = sorted(best, key=lambda pk: (-best[pk], -index.uses.get(pk, 0), pk))[: limit + 2]
    tags = Tag.objects.in_use().in_bulk(first) if first else {}
    return [(tags[pk], best[pk]) for pk in first if pk in tags][:limit]


def alike(word: str, index: TagIndex) -> list[tuple[KnownName, float]]:
    """What looks like this word among all that an index knows, and how much. As many steps as `near`."""
    return list(_alike(KnownName(folded(word), word, 0, True), index))


def _alike(asked: KnownName, index: TagIndex) -> Iterator[tuple[KnownName, float]]:
    for known in _sharing(asked.folded, index):
        if (share := likeness(asked, known)) >= ALIKE:
            yield known, share


def _sharing(key: str, index: TagIndex) -> Iterator[KnownName]:
    """The names that share most trigrams with this one."""
    wanted, names = trigrams(key), index.names
    counts: Counter[int] = Counter()
    for trigram in wanted:
        counts.update(index.by_trigram.get(trigram, ()))
    shares = ((2 * count / (len(wanted) + len(names[place].folded) + 1), place) for place, count in counts.items())
    close = sorted(((share, place) for share, place in shares if share >= SHARED), key=lambda one: (-one[0], one[1]))
    return (names[place] for _share, place in close[:LOOKED_AT])


def _share(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def near_pairs(limit: int = 100) -> "list[tuple[Tag, Tag, float]]":
    """Pairs of tags in use of which names look like each other, the most alike first, then the most used; the one that is
    used more stands first. One query, two more when the names must be read.

    Only names that share a rare trigram are compared (CROWD), each pair once: so the work grows with the names and not
    with their pairs. About a second with 20,000 tags: for a page that a person opens, not for each key.
    """
    from .tagging import Tag

    index = tag_index()
    uses = index.uses
    best: dict[tuple[int, int], float] = {}
    for one, other in _candidates(index):
        alike = likeness(one, other)
        if alike >= ALIKE:
            more, less = sorted((one.tag, other.tag), key=lambda pk: (-uses.get(pk, 0), pk))
            best[more, less] = max(best.get((more, less), 0), alike)
    first = sorted(best, key=lambda pair: (-best[pair], -sum(uses.get(pk, 0) for pk in pair), pair))[:limit]
    tags = Tag.objects.in_use().in_bulk({pk for pair in first for pk in pair})
    return [(tags[one], tags[two], best[one, two]) for one, two in first if one in tags and two in tags]


def _candidates(index: TagIndex) -> Iterable[tuple[KnownName, KnownName]]:
    """Of different tags, sharing enough trigrams, at least one of them rare; or the same words."""
    names, counts = index.names, {trigram: len(places) for trigram, places in index.by_trigram.items()}
    of_each = [trigrams(name.folded) for name in names]
    having: dict[object, list[int]] = defaultdict(list)
    for place, few in enumerate(of_each):
        shared = sorted(
            (trigram for trigram in few if 1 < counts[trigram] <= CROWD), key=lambda one: (counts[one], one)
        )
        for trigram in shared[: len(few) // 2 + 1]:
            having[trigram].append(place)
        if (words := _same_words(names[place].name))[1:]:
            having[words].append(place)
    seen = set()
    for places in having.values():
        for pair in combinations(places[:CROWD], 2):
            if pair in seen:
                continue
            seen.add(pair)
            one, other = names[pair[0]], names[pair[1]]
            if one.tag != other.tag and _share(of_each[pair[0]], of_each[pair[1]]) >= SHARED:
                yield one, other
