"""Which of the names found are worth saying first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from .matching import Place, TagMatch

WEIGHT = {Place.HEADLINE: 4.0, Place.STANDFIRST: 2.5, Place.BEGINNING: 1.5, Place.TEXT: 1.0}
SAID = {
    Place.HEADLINE: "in the headline",
    Place.STANDFIRST: "in the standfirst",
    Place.BEGINNING: "in the first paragraph",
    Place.TEXT: "in the text",
}


@dataclass(frozen=True)
class Weighed:
    tag: int
    score: float
    why: str


def in_order(
    found: Mapping[int, TagMatch], uses: Mapping[int, int], company: Mapping[int, float] | None = None
) -> list[Weighed]:
    """By where the name stands, how often, how rare the tag is, and whether it often stands with those chosen.

    `company` is that as a share, from 0 to 1. Equal ones by number: the same text has the same suggestions.
    """
    most = max(uses.values(), default=0)
    shares = company or {}
    weighed = [
        Weighed(one.tag, _score(one, uses.get(one.tag, 0), most, shares.get(one.tag, 0.0)), why(one))
        for one in found.values()
    ]
    return sorted(weighed, key=lambda one: (-one.score, one.tag))


def _score(one: TagMatch, uses: int, most: int, share: float) -> float:
    stands = sum(WEIGHT[place] for place in one.places) + log(one.times, 2) / 2
    rarity = 1 - log(1 + uses) / log(2 + most)  # 1 for one never used, towards 0 for the most used
    # A tag that nobody has used yet is as likely a stray as a find: it counts like one of middling use.
    rarity = rarity if uses else 0.5
    return round(stands * (0.25 + rarity) * (1 + 0.15 * (min(one.words, 4) - 1)) * (1 + share), 6)


def why(one: TagMatch) -> str:
    said = f"“{one.phrase}” {SAID[one.place]}"
    return f"{said}, {one.times} times in all" if one.times > 2 else said


def only_common(chosen: Iterable[int], common: Iterable[int]) -> bool:
    """Is there nothing but very common tags among them?"""
    chosen = set(chosen)
    return bool(chosen) and chosen <= set(common)
