"""Tags suggested while one writes: the newsroom's own vocabulary, found in what is written. No outside service.

`matching` finds names in a text and `weighing` puts them in order, both pure; `company` asks which tags often stand with
those chosen. `suggest` is the door.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..index import tag_index
from ..tagging import Tag
from .company import Company
from .matching import Draft, matches
from .weighing import in_order

MOST_SUGGESTED = 8


@dataclass(frozen=True)
class Suggestion:
    """`why` in words: the phrase that was found and where, or in whose company it often stands."""

    tag: Tag
    why: str


def suggest(
    draft: Draft, chosen: Sequence[int], *, but: Sequence[int] = (), limit: int = MOST_SUGGESTED
) -> list[Suggestion]:
    """Tags in use for this draft, the best first, without the chosen ones and without `but`.

    Four queries at most, two more when the names must be read (index.py). The work grows with the text, not with the
    vocabulary.
    """
    index = tag_index()
    found = matches(draft, index)
    company = Company.of(chosen, index.uses)
    left_out = {*chosen, *but}
    ordered = [one for one in in_order(found, index.uses, company.shares) if one.tag not in left_out]
    tags = Tag.objects.in_use().in_bulk([one.tag for one in ordered[: limit + 4]] + company.tags)
    told = [Suggestion(tags[one.tag], one.why) for one in ordered[: limit + 4] if one.tag in tags]
    in_text = {one.tag for one in ordered}
    for pk in company.often:
        if pk in tags and pk not in left_out and pk not in in_text:
            told.append(Suggestion(tags[pk], company.why(pk, tags)))
    return told[:limit]


__all__ = ["MOST_SUGGESTED", "Company", "Draft", "Suggestion", "suggest"]
