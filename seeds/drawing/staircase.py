"""Stairs."""

import math
from itertools import pairwise

from .figures import painted, standing, walking
from .palettes import ACCENT
from .shapes import Point, Shape, arc, disc, placed, rect, ribbon
from .sheet import Sheet, linear


def _spiral(sheet: Sheet) -> None:
    """Looking down the well: every turn is smaller and nearer the light at the bottom."""
    w = sheet.w
    x, y = w * 0.53, 520.0
    sheet.flood(0.3)
    steps, per_turn, shrink = 96, 26, 0.52

    def at(step: float, share: float) -> Point:
        angle = math.radians(step * 360 / per_turn - 60)
        radius = 1120 * shrink ** (step / per_turn) * share
        return x + radius * math.cos(angle), y + radius * math.sin(angle) * 0.94

    for step in range(-30, steps):
        depth = max(0.0, step / steps)
        tread = [at(step + k / 4, 1.0) for k in range(5)] + [at(step + k / 4, 0.5) for k in range(4, -1, -1)]
        riser = [at(step + 1, 1.0), at(step + 1, 0.5), at(step + 0.72, 0.5), at(step + 0.72, 1.0)]
        tone = 0.9 + 4.0 * depth**0.8
        mask = sheet.cut(tread)
        sheet.fill(tone, mask)
        sheet.fill(max(0.0, tone - 1.4), mask, fade=linear(at(step, 0.5), at(step, 1.0), 1.2))
        sheet.ink(max(0.0, tone - 1.3), riser)
    turns = [step / 3 for step in range(-84, steps * 3)]
    rail = [at(step, 0.5) for step in turns]
    sizes = [shrink ** (step / per_turn) for step in turns]
    sheet.ink(0, ribbon(placed(rail, 9, 12), [46 * size for size in sizes]), opacity=0.6)
    sheet.ink(ACCENT, ribbon(rail, [34 * size for size in sizes]))
    sheet.ink(5, ribbon(rail, [6 * size for size in sizes]))


def _flight(sheet: Sheet) -> None:
    """Steps as wide as a temple's, a door of light at the top, one person's shadow down all of them."""
    w = sheet.w
    x, top = w * 0.56, 400.0
    sheet.flood(2)
    sheet.flood(1, fade=linear((w * 0.5, 360), (0, 0)))
    sheet.ink(0.6, rect(x - 138, 60, x + 138, top))
    sheet.ink(5, rect(x - 118, 78, x + 118, top))
    sheet.ink(ACCENT, disc(x, 250, 78))
    sheet.ink(5, disc(x, 250, 78), fade=linear((0, 250), (0, 350)))
    edges = [top + 620 * (step / 15) ** 1.5 for step in range(16)]
    for upper, lower in pairwise(edges):
        tread = upper + (lower - upper) * 0.46
        sheet.ink(4.2, rect(-20, upper, w + 20, tread))
        sheet.ink(2.5, rect(-20, tread, w + 20, lower))
    _side_shadow(sheet, edges, x)
    person = standing().placed(x + 6, edges[4], 230)
    _stepped_shadow(sheet, person.all, edges, x + 6)
    painted(sheet, person, 0, 0, 0)


def _side_shadow(sheet: Sheet, edges: list[float], x: float) -> None:
    """The wall's shade: it breaks at every step, as shadows on stairs do."""
    left: list[Point] = []
    right: list[Point] = []
    for index, (upper, lower) in enumerate(pairwise(edges)):
        tread = upper + (lower - upper) * 0.46
        reach = 150 + 34 * index
        left += [(x - reach, upper), (x - reach - 34, tread), (x - reach - 34, lower)]
        right += [(x + reach * 0.62, upper), (x + reach * 0.62 + 20, tread), (x + reach * 0.62 + 20, lower)]
    for line, edge in ((left, -20.0), (right, sheet.w + 20)):
        shade = [(edge, edges[0]), *line, (edge, edges[-1])]
        sheet.ink(1.2, shade, opacity=0.88)
        sheet.ink(0, shade, fade=linear((x, 0), (edge, 0)), opacity=0.7)


def _stepped_shadow(sheet: Sheet, shapes: list[Shape], edges: list[float], x: float) -> None:
    """A shadow that runs along the treads and drops down the risers."""
    foot = edges[4]

    def fall(a: float, b: float) -> Point:
        height = (foot - b) / 230
        widen = 1 + height * 1.6
        return x + (a - x) * widen - height * 60, foot + height * (1000 - foot) * 0.98

    sheet.ink(0.4, *([fall(a, b) for a, b in shape] for shape in shapes))


Corner = tuple[float, float, float]


def _blocks(sheet: Sheet) -> None:
    """Isometric towers joined by stairs, standing in mist."""
    w = sheet.w
    sheet.flood(4)
    sheet.flood(5, fade=linear((0, 900), (0, 100)))
    sheet.ink(ACCENT, disc(w * 0.73, 250, 120))
    sheet.ink(5, disc(w * 0.73, 250, 120), fade=linear((0, 240), (0, 380)))
    _Isometric(sheet, w * 0.5, 640, 62).build()
    sheet.ink(5, sheet.below(640), fade=linear((0, 700), (0, 980), 0.8))


class _Isometric:
    """A small world of blocks: x runs to the lower right, y to the lower left, z up."""

    def __init__(self, sheet: Sheet, x: float, y: float, unit: float) -> None:
        self.sheet, self.x, self.y, self.unit = sheet, x, y, unit

    def at(self, corner: Corner) -> Point:
        """Where a corner of the grid lies on the sheet."""
        a, b, c = corner
        return self.x + (a - b) * self.unit * 0.866, self.y + (a + b) * self.unit * 0.5 - c * self.unit

    def block(self, low: Corner, high: Corner, tone: float = 0.0) -> None:
        """A box in light, half light and shade; it fades towards its foot."""
        (a, b, c), (d, e, f) = low, high
        top = [(a, b, f), (d, b, f), (d, e, f), (a, e, f)]
        left = [(a, e, f), (d, e, f), (d, e, c), (a, e, c)]
        right = [(d, b, f), (d, e, f), (d, e, c), (d, b, c)]
        for face, shade in ((top, 5 - tone), (left, 3.2 - tone), (right, 1.6 - tone * 0.6)):
            self.sheet.ink(shade, [self.at(corner) for corner in face])
        foot, head = self.at((d, e, c))[1], self.at((d, e, f))[1]
        wash = linear((0, head), (0, foot + 1))
        if f - c > 1.5:
            self.sheet.ink(2.4, [self.at(corner) for corner in left], fade=wash, opacity=0.7)
            self.sheet.ink(0.8, [self.at(corner) for corner in right], fade=wash, opacity=0.7)

    def door(self, a: float, b: float, c: float) -> None:
        """An arched opening in a face that looks to the lower left."""
        arch = arc(a + 0.45, c + 1.5, 0.45, 0.45, 0, -180)
        outline = [(a, c), (a + 0.9, c), *((across, 2 * (c + 1.5) - up) for across, up in arch)]
        self.sheet.ink(0.4, [self.at((across, b, up)) for across, up in outline])

    def build(self) -> None:
        """The composition, from the back to the front."""
        self.block((-5, -5, -9), (-2, -2, 6.2))
        self.door(-4, -2, 3.2)
        self.block((-2, -4.4, -9), (2.2, -2.6, 3.2))
        self.block((2.2, -5, -9), (4.6, -2, 4.6))
        self.block((2.6, -4.6, 4.6), (4.2, -2.4, 5.4), 0.4)
        self.block((-5, -2, -9), (-2.6, 2, 0.9))
        for step in range(6):
            self.block((-4.6, -2 + step * 0.5, 0.9), (-3.2, -1.5 + step * 0.5, 0.9 + (6 - step) * 0.4))
        self.block((-5, 2, -9), (-2, 5, 0.9))
        self.block((-2, 3, -9), (1.5, 4.4, 0.9))
        self.block((1.5, 2, -9), (4.5, 5, 0.9))
        self.block((2.2, -2, -9), (4.2, 2, 0.9))
        for step in range(6):
            self.block((2.6, -2 + step * 0.4, 0.9), (3.8, -1.6 + step * 0.4, 0.9 + (6 - step) * 0.38))
        self.block((2.4, 2.9, 0.9), (3.6, 4.1, 2.4), 0.3)
        foot = self.at((0, 3.7, 0.9))
        person = walking().placed(*foot, 118)
        self.sheet.ink(2, *person.shadow(1.0, -0.3))
        painted(self.sheet, person, ACCENT, 0, 0)


STAIRCASE = (_spiral, _flight, _blocks)
