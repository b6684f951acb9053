"""Outlines to cut stencils from: plain lists of points, in units of a thousandth of the sheet's height."""

import math
from collections.abc import Callable, Iterable, Sequence
from random import Random

Point = tuple[float, float]
Shape = list[Point]
Outline = Sequence[Point]


def points(text: str) -> Shape:
    """An outline written as "x,y x,y ...": many points are read more easily that way than as tuples."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def placed(shape: Outline, x: float, y: float, size: float = 1.0, side: float = 1) -> Shape:
    """The shape enlarged, turned to the left when the side is -1, and set down at a point."""
    return [(x + a * size * side, y + b * size) for a, b in shape]


def rect(left: float, top: float, right: float, bottom: float) -> Shape:
    """An upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Shape:
    """A rectangle whose corners are quarter circles."""
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    corners = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    return [point for x, y, start in corners for point in arc(x, y, radius, radius, start, start + 90)]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Shape:
    """Points along an ellipse from one angle to another, in degrees clockwise from three o'clock."""
    steps = max(6, int(abs(end - start) / 360 * (24 + max(rx, ry) ** 0.5 * 6)))
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]


def disc(x: float, y: float, rx: float, ry: float | None = None) -> Shape:
    """A circle, or an ellipse when the second radius is given."""
    return arc(x, y, rx, rx if ry is None else ry, 0, 360)


def wedge(x: float, y: float, radius: float, start: float, end: float, ry: float | None = None) -> Shape:
    """A slice of pie."""
    return [(x, y), *arc(x, y, radius, radius if ry is None else ry, start, end)]


def ring(x: float, y: float, outer: float, inner: float, start: float = 0, end: float = 360) -> Shape:
    """A band between two circles, whole or in part."""
    return arc(x, y, outer, outer, start, end) + arc(x, y, inner, inner, end, start)


def curve(joints: Outline, closed: bool = False, steps: int = 14) -> Shape:
    """A smooth line through every joint (Catmull-Rom), so that bodies and hills need few points."""
    count = len(joints)
    spans = range(count if closed else count - 1)

    def at(index: int) -> Point:
        return joints[index % count] if closed else joints[max(0, min(count - 1, index))]

    line = [
        _bend(at(span - 1), at(span), at(span + 1), at(span + 2), step / steps)
        for span in spans
        for step in range(steps)
    ]
    return line if closed else [*line, joints[-1]]


def _bend(before: Point, start: Point, end: Point, after: Point, t: float) -> Point:
    def axis(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)

    return axis(before[0], start[0], end[0], after[0]), axis(before[1], start[1], end[1], after[1])


def limb(start: Point, end: Point, from_radius: float, to_radius: float) -> Shape:
    """A tapering stroke with round ends: arms, legs, tree trunks."""
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    head = arc(*end, to_radius, to_radius, angle - 90, angle + 90)
    tail = arc(*start, from_radius, from_radius, angle + 90, angle + 270)
    return head + tail


def ribbon(line: Outline, widths: Sequence[float] | float) -> Shape:
    """A stroke along a line; the widths (one for all, or one for each point) make it swell and thin."""
    sizes = [widths] * len(line) if isinstance(widths, int | float) else list(widths)
    left: Shape = []
    right: Shape = []
    for index, (x, y) in enumerate(line):
        ahead, behind = line[min(index + 1, len(line) - 1)], line[max(index - 1, 0)]
        length = math.hypot(ahead[0] - behind[0], ahead[1] - behind[1]) or 1.0
        across = (behind[1] - ahead[1]) / length, (ahead[0] - behind[0]) / length
        half = sizes[index] / 2
        left.append((x + across[0] * half, y + across[1] * half))
        right.append((x - across[0] * half, y - across[1] * half))
    return left + right[::-1]


def crease(rng: Random, start: Point, end: Point, swing: float, depth: int = 5) -> Shape:
    """A broken line between two points, like the edge of a rock: each half bends again, half as far."""
    if not depth:
        return [start, end]
    middle = (
        (start[0] + end[0]) / 2 + rng.uniform(-swing, swing),
        (start[1] + end[1]) / 2 + rng.uniform(-swing, swing) * 0.6,
    )
    first = crease(rng, start, middle, swing / 2, depth - 1)
    return first + crease(rng, middle, end, swing / 2, depth - 1)[1:]


def ground(line: Outline, floor: float) -> Shape:
    """The land under a line from left to right, down to the floor."""
    return [*line, (line[-1][0], floor), (line[0][0], floor)]


def mapped(shapes: Iterable[Outline], change: Callable[[float, float], Point]) -> list[Shape]:
    """The shapes with every point moved: how figures are placed, turned, and cast their shadows."""
    return [[change(x, y) for x, y in shape] for shape in shapes]


def between(first: Point, second: Point, share: float) -> Point:
    """The point that lies `share` of the way from the first to the second."""
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def moved(shapes: Iterable[Outline], across: float, down: float) -> list[Shape]:
    """The shapes beside their place: rims of light and drop shadows."""
    return [placed(shape, across, down) for shape in shapes]


def turned(shapes: Iterable[Outline], x: float, y: float, degrees: float) -> list[Shape]:
    """The shapes turned clockwise about a point."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return mapped(shapes, lambda a, b: (x + (a - x) * cos - (b - y) * sin, y + (a - x) * sin + (b - y) * cos))
