"""The front that nobody laid out: the latest, then something of each section. Pure."""

from collections.abc import Iterable

from .layout import Backfill, Container, Layout, Shape

# Down the page the sections' blocks take turns in how they look, so that the eye finds its way.
_TURNS = (Shape.FEATURE, Shape.STRIP, Shape.ROW, Shape.PAIR)
MOST_SECTIONS = 12

_OPENING = Container("opening", Shape.OPENING, how_many=Shape.OPENING.usual)


def default_layout(sections: Iterable[tuple[int, str]] = ()) -> Layout:
    """`sections`, by number and name, get a block each in this order; a section's own front has none."""
    blocks = []
    for place, (number, name) in enumerate(list(sections)[:MOST_SECTIONS]):
        shape = _TURNS[place % len(_TURNS)]
        backfill = Backfill(section=number)
        blocks.append(Container(f"section-{number}", shape, name, how_many=shape.usual, backfill=backfill))
    return Layout((_OPENING, *blocks))
