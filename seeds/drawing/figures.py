"""Small people: built from a few outlines of height one, standing on the origin, then placed and lit."""

from dataclasses import dataclass

from .palettes import ACCENT, Tone
from .shapes import Point, Shape, arc, curve, disc, limb, mapped, placed, points, ribbon, turned
from .sheet import Mask, Sheet


@dataclass(frozen=True)
class Figure:
    """The parts of a person that take different inks."""

    coat: list[Shape]
    legs: list[Shape]
    head: list[Shape]
    foot: Point = (0.0, 0.0)

    @property
    def all(self) -> list[Shape]:
        """The silhouette."""
        return self.legs + self.coat + self.head

    def placed(self, x: float, y: float, height: float, facing: int = 1) -> "Figure":
        """The same person standing at a point, as tall as wanted, facing right (1) or left (-1)."""

        def move(shapes: list[Shape]) -> list[Shape]:
            return [placed(shape, x, y, height, facing) for shape in shapes]

        return Figure(move(self.coat), move(self.legs), move(self.head), (x, y))

    def shadow(self, across: float, down: float) -> list[Shape]:
        """The silhouette laid on the ground: every point falls by its height above the feet."""
        ground = self.foot[1]
        return mapped(self.all, lambda x, y: (x + (ground - y) * across, ground + (ground - y) * down))


def standing() -> Figure:
    """A person in a long coat, seen from behind or from the front: it is too small to tell."""
    coat = curve(
        points(
            "-0.035,-0.85 -0.11,-0.8 -0.13,-0.66 -0.138,-0.5 -0.122,-0.47 -0.13,-0.31 0,-0.295 "
            "0.13,-0.31 0.122,-0.47 0.138,-0.5 0.13,-0.66 0.11,-0.8 0.035,-0.85"
        ),
        closed=True,
        steps=6,
    )
    legs = [limb((side * 0.055, -0.4), (side * 0.06, -0.03), 0.045, 0.026) for side in (-1, 1)]
    shoes = [disc(side * 0.068, -0.018, 0.036, 0.02) for side in (-1, 1)]
    return Figure([coat], legs + shoes, [disc(0, -0.93, 0.05, 0.066), limb((0, -0.88), (0, -0.82), 0.03, 0.035)])


def walking() -> Figure:
    """A person in mid-stride, from the side, the coat trailing a little."""
    coat = curve(
        points(
            "0.015,-0.86 -0.055,-0.81 -0.085,-0.66 -0.105,-0.48 -0.15,-0.33 -0.03,-0.33 "
            "0.085,-0.36 0.085,-0.52 0.1,-0.68 0.085,-0.8 0.05,-0.855"
        ),
        closed=True,
        steps=6,
    )
    arm = ribbon(curve([(0.01, -0.78), (-0.06, -0.62), (-0.02, -0.5), (0.03, -0.46)], steps=6), 0.055)
    other = ribbon(curve([(0.04, -0.76), (0.11, -0.62), (0.165, -0.55)], steps=6), 0.05)
    front = [limb((0.03, -0.42), (0.1, -0.22), 0.05, 0.036), limb((0.1, -0.22), (0.165, -0.03), 0.036, 0.024)]
    back = [
        limb((-0.02, -0.42), (-0.05, -0.22), 0.05, 0.036),
        limb((-0.05, -0.22), (-0.18, -0.07), 0.036, 0.024),
    ]
    shoes = [
        limb((0.165, -0.022), (0.225, -0.03), 0.022, 0.014),
        limb((-0.185, -0.055), (-0.165, -0.015), 0.022, 0.014),
    ]
    head = [disc(0.045, -0.93, 0.055, 0.066), limb((0.035, -0.88), (0.025, -0.82), 0.03, 0.035)]
    return Figure([coat, arm, other], front + back + shoes, head)


def sitting() -> Figure:
    """A person on an edge, from the side, the legs hanging; the origin is where they sit."""
    coat = curve(
        points("0,-0.43 -0.07,-0.38 -0.1,-0.2 -0.1,0.01 0.05,0 0.06,-0.2 0.06,-0.38"),
        closed=True,
        steps=6,
    )
    arm = limb((-0.01, -0.34), (-0.09, -0.02), 0.032, 0.024)
    legs = [
        limb((-0.03, -0.04), (0.22, -0.045), 0.055, 0.04),
        limb((0.22, -0.045), (0.24, 0.24), 0.04, 0.025),
        limb((0.2, -0.03), (0.17, 0.22), 0.04, 0.025),
        limb((0.24, 0.25), (0.3, 0.255), 0.022, 0.014),
        limb((0.17, 0.235), (0.225, 0.25), 0.022, 0.014),
    ]
    head = [disc(0.015, -0.51, 0.055, 0.066), limb((0.0, -0.46), (-0.005, -0.4), 0.03, 0.035)]
    return Figure([coat, arm], legs, head)


def painted(sheet: Sheet, figure: Figure, coat: Tone, legs: Tone, head: Tone, inside: Mask | None = None) -> None:
    """Print a figure in three inks."""
    sheet.ink(legs, *figure.legs, inside=inside)
    sheet.ink(coat, *figure.coat, inside=inside)
    sheet.ink(head, *figure.head, inside=inside)


def bust(x: float, y: float, size: float) -> list[Shape]:
    """A head and shoulders from behind, for the rows in front; `y` is the top of the head."""
    shoulders = curve(
        points("-1.35,3.4 -1.3,2.1 -0.95,1.62 -0.4,1.42 -0.32,1 0.32,1 0.4,1.42 0.95,1.62 1.3,2.1 1.35,3.4"),
        steps=6,
    )
    shapes = [disc(0, 0.68, 0.54, 0.68), shoulders]
    return [placed(shape, x, y, size) for shape in shapes]


def hat(x: float, y: float, size: float) -> list[Shape]:
    """A brimmed hat to put on a head whose top is at the point."""
    crown = arc(x, y + size * 0.3, size * 0.5, size * 0.5, 180, 360)
    return [crown, disc(x, y + size * 0.32, size, size * 0.16)]


def rowing(sheet: Sheet, x: float, y: float, size: float, tilt: float = 0.0) -> None:
    """A small boat with one person at the oars, `size` long; the origin is on the waterline."""

    def at(shapes: list[Shape]) -> list[Shape]:
        return turned([placed(shape, x, y, size) for shape in shapes], x, y, tilt)

    hull = curve(points("-0.5,-0.15 -0.3,-0.075 0,-0.055 0.28,-0.075 0.5,-0.17"))
    hull += curve([(0.36, 0.04), (0.2, 0.075), (-0.2, 0.075), (-0.36, 0.03)])
    person = sitting().placed(-0.02, -0.02, 0.62, -1)
    oar = [ribbon([(-0.1, -0.16), (0.4, 0.1)], 0.02), ribbon([(0.37, 0.085), (0.5, 0.15)], 0.05)]
    sheet.ink(0, *at(person.legs[:1]))
    sheet.ink(ACCENT, *at(person.coat))
    sheet.ink(0, *at([*person.head, limb((0.0, -0.22), (-0.11, -0.16), 0.024, 0.017)]))
    sheet.ink(0, *at([hull, *oar]))
    sheet.ink(2.4, *at([ribbon(curve(points("-0.46,-0.125 -0.3,-0.062 0,-0.042 0.28,-0.062 0.46,-0.14")), 0.014)]))


def cat(sheet: Sheet, x: float, base: float, size: float) -> None:
    """A seated cat in outline, its tail hanging over the edge it sits on."""
    body = curve(points("-0.1,-0.62 -0.2,-0.4 -0.27,-0.14 -0.2,0.01 0.2,0.01 0.19,-0.2 0.13,-0.62"), closed=True)
    ears = [points("-0.105,-0.76 -0.11,-0.98 0.03,-0.85"), points("0.205,-0.76 0.21,-0.98 0.07,-0.85")]
    tail = curve(points("-0.2,-0.05 -0.38,0.02 -0.42,0.22 -0.34,0.4"))
    parts = [body, *ears, disc(0.05, -0.73, 0.17, 0.145), ribbon(tail, 0.075), disc(*tail[-1], 0.0375)]
    sheet.ink(0, *(placed(part, x, base, size) for part in parts))
