"""The headings of a body: no rank is missing, each has an id that is its own, those of a long text are its contents."""

import re
from dataclasses import dataclass
from typing import Any

from newsroom.slugs import slug_for

Element = Any

FEWEST = 4  # headings
LEAST = 2_500  # characters: about 400 words


@dataclass(frozen=True)
class Part:
    anchor: str
    title: str


def contents_of(root: Element) -> list[Part]:
    """The parts of a long text; none of a short one, whose headings can be seen without. Sets the ids of its headings,
    in a short one too: whoever links to a part finds it.
    """
    parts: list[Part] = []
    taken: set[str] = set()
    for heading in root.xpath("h2[not(@class)]"):
        title = re.sub(r"\s+", " ", "".join(heading.itertext())).strip()
        if not title:
            continue
        anchor = _free(f"part-{slug_for(title, fallback='', limit=60)}".rstrip("-"), taken)
        taken.add(anchor)
        heading.set("id", anchor)
        parts.append(Part(anchor, title))
    is_long = len(parts) >= FEWEST and len(root.text_content()) >= LEAST
    return parts if is_long else []


def close_gaps(root: Element) -> None:
    """Smaller headings before the first of the text's own follow its headline: to a screen reader they are of the second
    rank, as h2.minor, and look as they were written.
    """
    for heading in list(root.iter("h2", "h3")):
        if heading.tag == "h2":
            break
        heading.tag = "h2"
        heading.set("class", "minor")


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(anchor for number in range(2, len(taken) + 3) if (anchor := f"{wanted}-{number}") not in taken)
