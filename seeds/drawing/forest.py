"""The forest."""

import math
from functools import partial

from .figures import painted, standing
from .palettes import ACCENT
from .shapes import Shape, curve, disc, ground, rect, ribbon
from .sheet import Sheet, linear, radial
from .weather import DAWN, NIGHT, full_moon, hill, mist, sky, sun, wood


def _hills(sheet: Sheet) -> None:
    """Ridge behind ridge of spruces, each with mist at its feet."""
    w, hour = sheet.w, (NIGHT, DAWN)[sheet.turn % 2]
    sky(sheet, hour, 620)
    if hour.dark:
        full_moon(sheet, w * 0.66, 320, 170)
    else:
        sun(sheet, w * 0.66, 330, 160, ACCENT)
    for step in range(5):
        line = hill(sheet, 510 + 115 * step, 70 - 6 * step, step * 2.1 + 2, 1.2)
        clearing = (w * 0.2, w * 0.4) if step > 2 else (0.0, 0.0)
        wood(sheet, line, hour.depth((step / 4) ** 0.8), 64 + 70 * step, 22 + 21 * step, clearing)
        if step == 3:
            foot = min(line, key=lambda point: abs(point[0] - w * 0.3))
            _cabin(sheet, foot[0], foot[1], hour.depth(0.9))
        if step < 4:
            mist(sheet, hour.glow, 500 + 115 * step, 700 + 115 * step, 0.8 - 0.12 * step)


def _cabin(sheet: Sheet, x: float, base: float, tone: float) -> None:
    """A hut among the trees, and its one lit window."""
    sheet.ink(tone, rect(x - 46, base - 54, x + 46, base + 30), rect(x + 16, base - 112, x + 30, base - 70))
    sheet.ink(max(0.0, tone - 0.7), [(x - 64, base - 48), (x, base - 104), (x + 64, base - 48)])
    sheet.glow(ACCENT, x - 10, base - 16, 84, power=1.3, opacity=0.8)
    sheet.ink(ACCENT, rect(x - 26, base - 34, x + 6, base))


def _clearing(sheet: Sheet, birches: bool) -> None:
    """Light comes from the middle; every nearer row of trunks is darker, wider apart and cut by the frame."""
    centre = sheet.w * 0.57
    glow = 3.6 if birches else 5.0
    sheet.flood(1.2 if birches else 3.0)
    sheet.glow(glow, centre, 470, 820, 680, power=0.8)
    if birches:
        sheet.ink(ACCENT, disc(centre, 430, 170))
    _floor(sheet, centre, birches)
    for row, (count, width, foot) in enumerate(((17, 15, 672), (11, 32, 740), (7, 74, 870))):
        tone = (2.4, 3.6, 5.0)[row] if birches else (3.5, 2.1, 0.9)[row]
        _trunks(sheet, centre, count, width, foot, tone, birches and row > 0)
        if row == 0:
            sheet.glow(glow, centre, 500, 460, 420, opacity=0.85)
        if row == 1:
            person = standing().placed(centre + 12, 800, 178)
            sheet.ink(0, *person.shadow(-0.3, 1.25), opacity=0.7)
            painted(sheet, person, 0 if birches else ACCENT, 0, 0)
    if not birches:
        sheet.ink(0, _trunk(sheet, 26, 1100, 190), _trunk(sheet, sheet.w - 20, 1100, 250))
    sheet.ink(0, sheet.below(850), fade=linear((0, 880), (0, 1090)))


def _floor(sheet: Sheet, centre: float, dark: bool) -> None:
    """The forest floor and the light that falls along it."""
    w = sheet.w
    line = [(-20.0, 700.0), (centre - 300, 662), (centre, 655), (centre + 300, 664), (w + 20, 705)]
    floor = sheet.cut(ground(curve(line), 1020))
    sheet.fill(1 if dark else 2.4, floor)
    sheet.fill(3.4 if dark else 4.9, floor, fade=radial(centre, 640, 620, 330, power=0.7))


def _trunks(sheet: Sheet, centre: float, count: int, width: float, foot: float, tone: float, marked: bool) -> None:
    """A row of trees that leaves the middle free, with shadows running away from the light."""
    rng, trunks, scars, shadows = sheet.rng, list[Shape](), list[Shape](), list[Shape]()
    for index in range(count):
        x = sheet.w * (index + 0.5 + rng.uniform(-0.3, 0.3)) / count
        aside = x - centre
        if abs(aside) < 70 + width * 2.4:
            x = centre + math.copysign(70 + width * rng.uniform(2.4, 3.2), aside or 1)
            aside = x - centre
        size = width * rng.uniform(0.7, 1.2)
        low = foot + abs(aside) * 0.07
        trunks.append(_trunk(sheet, x, low, size))
        lean = aside * (1060 - low) / 300
        shadows.append(
            [
                (x - size / 2, low - 3),
                (x + size / 2, low - 3),
                (x + lean + size, 1060),
                (x + lean - size, 1060),
            ]
        )
        if marked:
            scars += _scars(sheet, x, size, low)
        elif rng.random() < 0.7:
            trunks.append(_branch(sheet, x, rng.uniform(80, 400), size, math.copysign(1, aside)))
    sheet.ink(0.6 if marked else 1.4, *shadows, fade=linear((0, 1040), (0, foot - 60)), opacity=0.75)
    whole = sheet.cut(*trunks)
    sheet.fill(tone, whole)
    if marked:
        sheet.ink(max(0.0, tone - 2.2), *scars, inside=whole)


def _trunk(sheet: Sheet, x: float, low: float, size: float) -> Shape:
    """A tree from beyond the upper edge to its flared, rooted foot."""
    top = x + sheet.rng.uniform(-24, 24)
    left = curve(
        [
            (top - size * 0.36, -30),
            (x - size * 0.42, low * 0.6),
            (x - size * 0.5, low - size),
            (x - size * 0.86, low),
        ]
    )
    right = curve(
        [
            (x + size * 0.8, low),
            (x + size * 0.5, low - size),
            (x + size * 0.42, low * 0.6),
            (top + size * 0.36, -30),
        ]
    )
    return [*left, (x - size * 0.2, low + size * 0.1), (x + size * 0.25, low + size * 0.06), *right]


def _branch(sheet: Sheet, x: float, y: float, size: float, side: float) -> Shape:
    """A bare branch that leaves the trunk upwards."""
    reach = size * sheet.rng.uniform(2, 4)
    return ribbon(
        curve([(x, y), (x + side * reach * 0.5, y - reach * 0.35), (x + side * reach, y - reach * 1.1)], steps=5),
        [size * 0.28 * (1 - step / 10) for step in range(11)],
    )


def _scars(sheet: Sheet, x: float, size: float, low: float) -> list[Shape]:
    """The dark marks of birch bark, now from one side, now from the other."""
    rng, scars, y = sheet.rng, list[Shape](), 20.0
    while y < low:
        side = rng.choice((-1, 1))
        edge = x + side * size * 0.6
        tip = edge - side * size * rng.uniform(0.4, 0.9)
        scars.append([(edge, y - size * 0.1), (tip, y + 2), (edge, y + size * 0.12)])
        y += size * rng.uniform(0.6, 2.2)
    return scars


FOREST = (partial(_clearing, birches=False), _hills, partial(_clearing, birches=True))
