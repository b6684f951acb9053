"""The air of a picture: hours of the day, skies, stars, suns, mist and trees on a horizon."""

import math
from dataclasses import dataclass
from random import Random

from .palettes import ACCENT, Tone
from .shapes import Point, Shape, arc, disc, ground, rect, ribbon
from .sheet import Sheet, linear


@dataclass(frozen=True)
class Hour:
    """The tones a landscape takes at one time of day, from the top of the sky to the nearest ground."""

    sky: float
    glow: float
    far: float
    near: float
    lamp: Tone
    dark: bool = False

    def depth(self, share: float) -> float:
        """The tone of land at a distance: 0 is the horizon, 1 is in front of our feet."""
        return self.far + (self.near - self.far) * share


DAWN = Hour(sky=3.7, glow=5.0, far=4.1, near=1.0, lamp=ACCENT)
NOON = Hour(sky=4.0, glow=4.9, far=3.7, near=1.0, lamp=5.0)
SUNSET = Hour(sky=2.0, glow=4.4, far=2.9, near=0.0, lamp=5.0)
NIGHT = Hour(sky=0.0, glow=2.0, far=1.7, near=0.0, lamp=5.0, dark=True)


def sky(sheet: Sheet, hour: Hour, horizon: float) -> None:
    """The sky, brightening grain by grain towards the horizon."""
    sheet.flood(hour.sky)
    middle = (hour.sky + hour.glow) / 2
    sheet.ink(middle, sheet.below(-20), fade=linear((0, 0), (0, horizon * 0.75)))
    sheet.ink(hour.glow, sheet.below(-20), fade=linear((0, horizon * 0.3), (0, horizon), 1.2))
    if hour.dark:
        stars(sheet, horizon * 0.75)


def stars(sheet: Sheet, lowest: float) -> None:
    """Few stars, one to a cell of a wide grid, thinning out towards the horizon."""
    cell = 105.0
    spots = [
        (column * cell + sheet.rng.uniform(0, cell), row * cell + sheet.rng.uniform(0, cell))
        for row in range(int(lowest / cell) + 1)
        for column in range(int(sheet.w / cell) + 1)
    ]
    seen = [(x, y) for x, y in spots if sheet.rng.random() > 0.25 + 0.6 * y / lowest]
    sheet.ink(5, *(disc(x, y, sheet.rng.choice((1.3, 1.7, 2.6))) for x, y in seen))


def sun(sheet: Sheet, x: float, y: float, radius: float, tone: Tone, halo: float = 3.2) -> None:
    """A flat disc with a grainy halo."""
    sheet.glow(5, x, y, radius * halo, power=1.5, opacity=0.85)
    sheet.ink(tone, disc(x, y, radius))


def full_moon(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """A moon with seas and craters, shaded into a ball."""
    sheet.glow(4, x, y, radius * 1.9, power=1.7, opacity=0.6)
    moon = sheet.cut(disc(x, y, radius))
    sheet.fill(5, moon)
    north = (-0.35, -0.42, 0.3), (-0.08, -0.5, 0.2), (-0.48, -0.05, 0.26)
    seas = *north, (0.3, -0.3, 0.17), (0.2, 0.42, 0.2)
    sheet.ink(4.2, *(disc(x + a * radius, y + b * radius, c * radius) for a, b, c in seas), inside=moon)
    pits = ((0.5, 0.12, 0.08), (-0.1, 0.22, 0.1), (-0.42, 0.5, 0.07), (0.05, -0.02, 0.05), (0.52, -0.5, 0.05))
    for a, b, c in pits:
        left, top, size = x + a * radius, y + b * radius, c * radius
        sheet.ink(3.8, disc(left, top, size), inside=moon)
        sheet.ink(4.7, disc(left + size * 0.22, top + size * 0.22, size * 0.86), inside=moon)
    shade = linear((x - radius * 0.1, y - radius * 0.1), (x + radius * 0.95, y + radius * 0.95), 1.4)
    sheet.fill(3, moon, fade=shade, opacity=0.9)


def crescent(x: float, y: float, radius: float, bite: float = 0.82) -> Shape:
    """A young moon, its horns pointing to the right."""
    horn = math.degrees(math.acos(0.32))
    outer = arc(x, y, radius, radius, horn, 360 - horn)
    half = outer[0][1] - y
    return outer + arc(outer[0][0], y, half * bite, half, 270, 90)


def mist(sheet: Sheet, tone: Tone, top: float, bottom: float, opacity: float = 1.0) -> None:
    """A bank of mist that thickens downwards."""
    bank = rect(-20, top, sheet.w + 20, bottom)
    sheet.ink(tone, bank, fade=linear((0, top), (0, bottom + 20), 1.3), opacity=opacity)


def glitter(sheet: Sheet, x: float, top: float, bottom: float, width: float, tone: Tone) -> None:
    """The path a low light lays on water: lens-shaped dashes that widen towards us."""
    y, gap = top + 5, 7.0
    dashes: list[Shape] = []
    while y < bottom:
        share = (y - top) / (bottom - top)
        half = (0.25 + 0.75 * share) * width * sheet.rng.uniform(0.35, 1.0)
        middle = x + sheet.rng.uniform(-0.25, 0.25) * width * (0.2 + share)
        thick = (3.5 + 11 * share) * sheet.rng.uniform(0.7, 1.1)
        line = [(middle + half * (step / 8 - 1), y + math.sin(step) * share * 2) for step in range(17)]
        dashes.append(ribbon(line, [thick * math.sin(math.pi * step / 16) for step in range(17)]))
        y += gap + thick
        gap *= 1.1
    sheet.ink(tone, *dashes)


def fir(rng: Random, x: float, base: float, height: float) -> Shape:
    """A spruce: tiers of drooping branches, wider towards the ground."""
    tiers = max(4, int(height / 22))
    left: Shape = []
    right: Shape = []
    for tier in range(1, tiers + 1):
        y = base - height + height * 0.94 * tier / tiers
        for side, edge in ((-1, left), (1, right)):
            reach = height * 0.21 * (tier / tiers) ** 0.85 * rng.uniform(0.78, 1.12)
            edge.append((x + side * reach, y))
            edge.append((x + side * reach * 0.5, y - height * 0.015))
    return [(x, base - height), *right, (x + height * 0.02, base), (x - height * 0.02, base), *left[::-1]]


def hill(sheet: Sheet, base: float, swell: float, phase: float, length: float = 1.0) -> list[Point]:
    """A rounded skyline across the sheet, made of two slow waves."""
    line = []
    for step in range(81):
        share = step / 80
        slow, quick = math.sin(phase + length * 4 * share), math.sin(phase * 2 + length * 9 * share)
        line.append((-20 + (sheet.w + 40) * share, base - swell * slow - swell * 0.35 * quick))
    return line


def wood(
    sheet: Sheet,
    line: list[Point],
    tone: Tone,
    height: float,
    spacing: float,
    clearing: tuple[float, float] = (0.0, 0.0),
) -> None:
    """A hill with spruces standing along its skyline, except between the ends of the clearing."""
    trees: list[Shape] = []
    x = line[0][0]
    while x < line[-1][0]:
        y = min(line, key=lambda point: abs(point[0] - x))[1]
        swell = 0.65 + 0.35 * math.sin(x / 130 + height)
        tree = fir(sheet.rng, x, y + 12, height * swell * sheet.rng.uniform(0.75, 1.15))
        if not clearing[0] < x < clearing[1]:
            trees.append(tree)
        x += spacing * sheet.rng.uniform(0.55, 1.35)
    sheet.ink(tone, ground(line, 1020), *trees)
