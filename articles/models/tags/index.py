"""TagIndex: all names of the tags that may be put on articles, kept in this process until one of them changes.

What asks of every name at each key and pause of typing asks this: the tag field, near misses, suggestions. With 20,000 tags
of two names each it takes half a second and 40 MB to make, each part when first asked for, and again only after a name or a tag changed
(NAMES_KEY is stamped where they are written, names.py and tagging.py); after five minutes it is read again, for sites
of several machines, and made again if it differs. It answers with numbers: whoever shows tags reads their rows, so that
what went out of use meanwhile is not offered.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from newsroom.pagecache import Remembered

from .names import NAMES_KEY, TagName
from .words import fold_word, key_of, trigrams, word_starts, words_of

AFTER_ALL = "\U0010ffff"


class KnownName(NamedTuple):
    """`is_own`: the tag's own name, not an alias."""

    folded: str
    name: str
    tag: int
    is_own: bool


class TagIndex:
    """Pure: made of names and of how often each tag is used, by number."""

    def __init__(self, names: Iterable[KnownName], uses: "dict[int, int]") -> None:
        self.names = list(names)
        self.uses = uses

    @cached_property
    def by_key(self) -> dict[str, KnownName]:
        """By what a text must hold to hold the name."""
        return {key_of(name.folded): name for name in self.names}

    @cached_property
    def longest_from(self) -> dict[str, int]:
        """By the first word of a name: of how many words the longest of these is."""
        found: dict[str, int] = {}
        for name in self.names:
            words = words_of(name.name)
            if not words:
                continue
            first = fold_word(words[0])
            found[first] = max(found.get(first, 0), len(words))
            if len(words) > 1:  # also written as one word
                found[key_of(name.folded)] = max(found.get(key_of(name.folded), 0), 1)
        return found

    @cached_property
    def _beginnings(self) -> list[tuple[str, int]]:
        """What follows from each beginning of a word in each name, sorted."""
        return sorted((rest, place) for place, name in enumerate(self.names) for rest in word_starts(*name[:2]))

    def beginning_with(self, key: str) -> Iterator[tuple[KnownName, bool]]:
        """The names in which a word begins like that, and whether it is the name itself. A look-up, then as many steps
        as there are such names.
        """
        rows, names = self._beginnings, self.names
        first = bisect_left(rows, (key, -1))
        last = bisect_right(rows, (key + AFTER_ALL, -1))
        return ((names[place], len(rest) == len(names[place].folded)) for rest, place in rows[first:last])

    @cached_property
    def by_trigram(self) -> dict[str, "array[int]"]:
        """The places in `names` of those that hold it."""
        found: dict[str, array[int]] = {}
        for place, name in enumerate(self.names):
            for trigram in trigrams(name.folded):
                if (places := found.get(trigram)) is None:
                    places = found[trigram] = array("L")
                places.append(place)
        return found


Rows = list[tuple[str, str, int, str]]
_last: tuple[Rows, TagIndex] | None = None


def _read() -> TagIndex:
    """Two queries. What was made of the same rows is taken again: counts change more often than names."""
    global _last
    from .tagging import Tag

    uses = dict(Tag.objects.in_use().order_by().values_list("pk", "uses"))
    found = TagName.objects.filter(tag__merged_into=None, tag__retired_at=None).order_by("pk")
    rows: Rows = list(found.values_list("folded", "name", "tag_id", "tag__folded_name"))
    if _last is not None and _last[0] == rows:
        _last[1].uses = uses
        return _last[1]
    index = TagIndex((KnownName(key, name, tag, key == own) for key, name, tag, own in rows), uses)
    _last = rows, index
    return index


class _RememberedNames(Remembered[TagIndex]):
    MOST_SECONDS = 300.0


_current = _RememberedNames(NAMES_KEY, _read)


def tag_index() -> TagIndex:
    """No query while it is remembered."""
    return _current.get()
