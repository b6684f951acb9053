"""Finding tags by what somebody begins to type."""

from dataclasses import dataclass
from enum import IntEnum
from heapq import nsmallest

from .index import tag_index
from .names import TagName, folded
from .tagging import Tag

MOST_FOUND = 10
LONGEST_ASKED = 100


class Match(IntEnum):
    """How what was typed is in a name, the best first."""

    EXACT = 0
    BEGINNING = 1
    WORD = 2
    ALIAS = 3


@dataclass(frozen=True)
class Found:
    """`alias`: the other name that was typed, '' when it is the tag's own."""

    tag: Tag
    match: Match
    alias: str = ""


def find(text: str, limit: int = MOST_FOUND, *, with_retired: bool = False) -> list[Found]:
    """The tags in use with a name in which a word begins like the text; by how it is in it, then by how often they are
    used. Two queries, two more when the names must be read (index.py); nothing for an empty text.

    A name that is the text exactly is asked of the database: it is found the moment it is made, on every machine. Only so
    is a retired tag found, for who wants to take it away: `with_retired`.
    """
    key = folded(text[:LONGEST_ASKED])
    if not key:
        return []
    exact = TagName.objects.filter(folded=key).values_list("tag_id", "name", "tag__folded_name").first()
    best: dict[int, tuple[Match, str]] = {}
    if exact is not None:
        best[exact[0]] = (Match.EXACT, "" if exact[2] == key else exact[1])
    index = tag_index()
    for known, is_whole in index.beginning_with(key):
        match = Match.ALIAS if not known.is_own else Match.BEGINNING if is_whole else Match.WORD
        if (before := best.get(known.tag)) is None or match < before[0]:
            best[known.tag] = (match, "" if known.is_own else known.name)
    first: list[int] = []
    for match in Match:
        if len(first) < limit + 2:
            such = [pk for pk, (its, _alias) in best.items() if its is match]
            first += nsmallest(limit + 2, such, key=lambda pk: (-index.uses.get(pk, 0), pk))
    tags = (Tag.objects.filter(merged_into=None) if with_retired else Tag.objects.in_use()).in_bulk(first)
    return [Found(tags[pk], *best[pk]) for pk in first if pk in tags][:limit]
