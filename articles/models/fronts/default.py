"""The front that nobody laid out: the latest, then something of each section. Pure but for the language."""

from collections.abc import Iterable

from django.utils.translation import gettext

from .layout import Backfill, Container, Layout, Shape, Tone

# Down the page the sections' blocks take turns in how they look, so that the eye finds its way.
_TURNS = ((Shape.FEATURE, Tone.PAPER), (Shape.STRIP, Tone.TINT), (Shape.ROW, Tone.PAPER), (Shape.PAIR, Tone.PAPER))
MOST_SECTIONS = 8  # more are no front page any more; whoever wants them lays it out

_OPENING = Container("opening", Shape.OPENING, how_many=Shape.OPENING.usual)
_RECENT = 4


def default_layout(sections: Iterable[tuple[int, str]] = ()) -> Layout:
    """`sections`, by number and name, get a block each in this order; a section's own front has none."""
    blocks = []
    sections = list(sections)[:MOST_SECTIONS]
    if sections:
        blocks.append(Container("recent", Shape.HEADLINES, gettext("Most recent"), how_many=_RECENT))
    for place, (number, name) in enumerate(sections):
        shape, tone = _TURNS[place % len(_TURNS)]
        backfill = Backfill(section=number)
        blocks.append(Container(f"section-{number}", shape, name, tone, shape.usual, backfill=backfill))
    return Layout((_OPENING, *blocks))
