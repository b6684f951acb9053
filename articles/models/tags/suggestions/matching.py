"""Names of tags in a text. Pure: asks no database.

A name is found whole, between the ends of words, whatever its case, accents, spaces and hyphens; in scripts that put no
space between words anywhere. Where several begin at one place the longest counts, and what lies in it is not found again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from ..index import KnownName, TagIndex
from ..names import _BETWEEN_DIGITS, _GAPS
from ..words import APOSTROPHES, WORD, fold_word

MOST_WORDS = 24  # of a name
WRITTEN_APART = 3  # words of a text that are tried as one: “e mail” for e-mail
SHORTEST = 2  # characters
ACRONYM = 4  # capitals at most: IT, WHO and US are found in capitals only
MOST_CHARACTERS = 400_000


class Place(IntEnum):
    HEADLINE = 0
    STANDFIRST = 1
    BEGINNING = 2
    TEXT = 3


@dataclass(frozen=True)
class Draft:
    """What is written, as plain text; paragraphs as lines."""

    headline: str = ""
    standfirst: str = ""
    text: str = ""

    def parts(self) -> list[tuple[Place, str]]:
        first, _, rest = self.text[:MOST_CHARACTERS].lstrip().partition("\n")
        return [
            (Place.HEADLINE, self.headline),
            (Place.STANDFIRST, self.standfirst),
            (Place.BEGINNING, first),
            (Place.TEXT, rest),
        ]


@dataclass
class TagMatch:
    """A tag's names in the draft. `phrase`: how it was written at its best place."""

    tag: int
    place: Place
    phrase: str
    words: int
    times: int = 0
    places: set[Place] = field(default_factory=set)


def matches(draft: Draft, index: TagIndex) -> dict[int, TagMatch]:
    """By tag."""
    found: dict[int, TagMatch] = {}
    for place, text in draft.parts():
        for known, phrase, words in names_in(text, index):
            one = found.setdefault(known.tag, TagMatch(known.tag, place, phrase, words))
            one.times += 1
            one.places.add(place)
    return found


def names_in(text: str, index: TagIndex) -> Iterator[tuple[KnownName, str, int]]:
    """Each name in the text, as it is written there, and of how many words it is."""
    spans = [(one.start(), one.end(), fold_word(one.group())) for one in WORD.finditer(text)]
    shouts = text.isupper()
    at = 0
    while at < len(spans):
        hit = _longest_at(text, spans, at, index, shouts)
        if hit is None:
            at += 1
            continue
        known, start, end, words = hit
        yield known, text[start:end], words
        at += words


def _longest_at(
    text: str, spans: list[tuple[int, int, str]], at: int, index: TagIndex, shouts: bool
) -> tuple[KnownName, int, int, int] | None:
    start, end, key = spans[at]
    most = min(max(index.longest_from.get(key, 0), WRITTEN_APART), MOST_WORDS)
    hit = None
    for words in range(1, most + 1):
        if words > 1:
            if at + words > len(spans):
                break
            before, (begins, end, folded_word) = end, spans[at + words - 1]
            gap = text[before:begins]
            if len(gap) > 4 or "\n" in gap:
                break
            key += _gap(gap, key[-1:], folded_word[:1]) + folded_word
        for first, last, signed in _with_signs(text, start, end, key):
            known = index.by_key.get(signed)
            if known is not None and _is_meant(known, text[first:last], shouts):
                hit = known, first, last, words
    return hit


def _gap(gap: str, before: str, after: str) -> str:
    """What folding leaves of what stands between two words."""
    if not gap:
        return ""
    if before.isdecimal() and after.isdecimal():
        gap = _BETWEEN_DIGITS.sub("\N{MIDDLE DOT}", f"0{gap}0")[1:-1]
    return APOSTROPHES.sub("'", _GAPS.sub("", gap))


def _with_signs(text: str, start: int, end: int, key: str) -> Iterator[tuple[int, int, str]]:
    """The words alone, and with the signs at their ends: #MeToo, C++, Yahoo!."""
    yield start, end, key
    first, last = start, end
    while first > 0 and start - first < 2 and not text[first - 1].isspace() and not text[first - 1].isalnum():
        first -= 1
    while last < len(text) and last - end < 3 and not text[last].isspace() and not text[last].isalnum():
        last += 1
    lead = [text[place:start] for place in range(first, start + 1)]
    tail = [text[end:place] for place in range(end, last + 1)]
    if len(lead) == len(tail) == 1:
        return
    for before in lead:
        for after in tail:
            if before or after:
                signed = APOSTROPHES.sub("'", _GAPS.sub("", before) + key + _GAPS.sub("", after))
                yield start - len(before), end + len(after), signed


def _is_meant(known: KnownName, phrase: str, shouts: bool) -> bool:
    if len(known.folded) < SHORTEST and len(known.name.encode()) < 3:
        return False
    is_acronym = len(known.name) <= ACRONYM and known.name.isupper() and known.name.isascii()
    return not is_acronym or shouts or phrase.isupper()
