"""The city at night."""

import math
from itertools import pairwise

from .figures import painted, standing, walking
from .palettes import ACCENT
from .shapes import Point, Shape, arc, curve, disc, limb, rect, ribbon
from .sheet import Mask, Sheet, linear, radial
from .weather import full_moon, mist, stars


def _dark_sky(sheet: Sheet, horizon: float) -> None:
    """Night over a town: its own glow comes up from the streets."""
    sheet.flood(0.4)
    sheet.flood(1.5, fade=linear((0, 0), (0, horizon * 0.8)))
    sheet.flood(2.7, fade=linear((0, horizon * 0.35), (0, horizon * 1.05), 1.3))
    stars(sheet, horizon * 0.5)


def _skyline(sheet: Sheet, base: float, tall: tuple[float, float], tone: float, lit: float) -> None:
    """A row of towers of uneven height, some stepped, some with masts; `lit` is the share of lit windows."""
    rng = sheet.rng
    towers: list[Shape] = []
    panes: list[Shape] = []
    x = -30.0
    while x < sheet.w + 30:
        wide = rng.uniform(54, 120)
        rise = 0.5 + 0.5 * math.sin(x / sheet.w * 3.6 + tone * 2)
        top = base - tall[0] - (tall[1] - tall[0]) * rise * rng.uniform(0.55, 1.0)
        towers.append(rect(x, top, x + wide, base + 2))
        roof = rng.choice(("flat", "step", "mast", "slant"))
        if roof == "step":
            towers.append(rect(x + wide * 0.22, top - wide * 0.4, x + wide * 0.78, top + 2))
        if roof == "mast":
            towers.append(rect(x + wide * 0.46, top - wide * 0.9, x + wide * 0.52, top + 2))
            towers.append(rect(x + wide * 0.3, top - wide * 0.2, x + wide * 0.7, top + 2))
        if roof == "slant":
            towers.append([(x, top + 1), (x + wide, top - wide * 0.42), (x + wide, top + 1)])
        panes += _panes(sheet, x, top, x + wide, base, lit)
        x += wide + rng.choice((0, 0, 6, 22))
    sheet.ink(tone, *towers)
    sheet.ink(4.4, *panes, opacity=0.92)


def _panes(sheet: Sheet, left: float, top: float, right: float, base: float, lit: float) -> list[Shape]:
    """Windows in a strict grid; whole floors are awake or asleep."""
    rng, step_x, step_y = sheet.rng, _pitch(right - left), 20.0
    panes: list[Shape] = []
    y = top + 16
    while y < base - 14:
        awake = lit * rng.choice((0, 0.4, 1, 2.2))
        x = left + step_x * 0.6
        while x < right - step_x * 0.7:
            if rng.random() < awake:
                panes.append(rect(x, y, x + step_x * 0.46, y + 9))
            x += step_x
        y += step_y
    return panes


def _pitch(wide: float) -> float:
    """A spacing that fits a whole number of windows across a wall."""
    return wide / max(3, round(wide / 16))


def _bridge(sheet: Sheet) -> None:
    """A suspension bridge across the whole width, the town and its reflection behind."""
    w, shore = sheet.w, 650.0
    _dark_sky(sheet, shore)
    full_moon(sheet, w * 0.3, 290, 170)
    _skyline(sheet, shore, (60, 360), 2.0, 0.1)
    mist(sheet, 3, shore - 260, shore + 20, 0.85)
    _skyline(sheet, shore, (30, 220), 0.9, 0.32)
    sheet.reflected(shore, 370)
    water = sheet.below(shore)
    sheet.ink(0.5, water, opacity=0.4)
    sheet.ink(0, water, fade=linear((0, shore + 60), (0, 1010)))
    _ripples(sheet, shore)
    _suspension(sheet, w * 0.72, 790)


def _ripples(sheet: Sheet, shore: float) -> None:
    """Dark and light strokes that break up the reflection, wider towards us."""
    strokes: list[Shape] = []
    y = shore + 10
    while y < 1000:
        x = sheet.rng.uniform(-200, 100)
        while x < sheet.w:
            length = sheet.rng.uniform(80, 260)
            strokes.append(ribbon([(x, y), (x + length / 2, y), (x + length, y)], [0, 3 + (y - shore) / 60, 0]))
            x += length * sheet.rng.uniform(1.2, 2.2)
        y += 15 + (y - shore) / 14
    sheet.ink(1.3, *strokes)


def _suspension(sheet: Sheet, x: float, deck: float) -> None:
    """A tower of the bridge, its cables and hangers, and a string of lamps that the water repeats."""
    top, w = 120.0, sheet.w

    def cable(px: float) -> float:
        share = abs(px - x) / (w * 0.74)
        return top + 30 + (deck - 70 - top) * (1 - (1 - min(1.0, share)) ** 2)

    lamps = [(px, deck - 26 - 16 * px / w) for px in _steps(27, w, 72)]
    for px, py in lamps:
        sheet.ink(ACCENT, *_streak(sheet, px, deck + 60), opacity=0.9)
        sheet.glow(ACCENT, px, py, 40, power=1.3, opacity=0.8)
    hangers = [rect(px - 1.6, cable(px), px + 1.6, deck) for px in _steps(10, w, 36)]
    sheet.ink(0, *hangers, ribbon([(px, cable(px)) for px in _steps(-20, w + 20, 12)], 9))
    legs = [
        [(x + s * 44 - 15, top), (x + s * 44 + 15, top), (x + s * 62 + 19, 1020), (x + s * 62 - 19, 1020)]
        for s in (-1, 1)
    ]
    beams = [rect(x - 62, y, x + 62, y + 22) for y in (top + 22, 310, 530)]
    sheet.ink(0, *legs, *beams, [(-20, deck + 8), (w + 20, deck - 8), (w + 20, deck + 30), (-20, deck + 50)])
    sheet.ink(ACCENT, disc(x - 44, top - 14, 8), disc(x + 44, top - 14, 8))
    sheet.ink(5, *(disc(px, py, 5.5) for px, py in lamps))


def _streak(sheet: Sheet, x: float, top: float) -> list[Shape]:
    """The light of one lamp on the water: short strokes under each other, dying away."""
    strokes = []
    for step in range(7):
        half = (13 + 2 * step) * sheet.rng.uniform(0.5, 1.1)
        y = top + step * (16 + 2 * step)
        strokes.append(ribbon([(x - half, y), (x, y), (x + half, y)], [0, 6 - 0.5 * step, 0]))
    return strokes


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + step * index for index in range(int((end - start) / step) + 1)]


def _street(sheet: Sheet) -> None:
    """A wet street between dark fronts, a low moon at its end, and one person in the way of it."""
    w, horizon = sheet.w, 600.0
    middle = w * 0.5
    _dark_sky(sheet, horizon)
    full_moon(sheet, middle, 430, 170)
    _skyline(sheet, horizon, (20, 150), 2.2, 0.0)
    mist(sheet, 3, horizon - 160, horizon + 10)
    road = sheet.cut(sheet.below(horizon))
    sheet.fill(0.6, road)
    sheet.fill(4.6, road, fade=radial(middle, horizon - 20, 300, 430, power=0.9))
    for side in (-1, 1):
        for tone, near, far, top in (
            (1.6, 0.36, 0.14, -260),
            (0.9, 0.62, 0.36, -120),
            (0.3, 1.2, 0.62, -520),
        ):
            _front(sheet, (middle, horizon), side, near, far, tone, top)
    person = standing().placed(middle, 850, 250)
    sheet.ink(0, *person.shadow(0.05, 0.85), opacity=0.75)
    painted(sheet, person, ACCENT, 0, 0)
    _umbrella(sheet, middle, 612, 130)


def _front(sheet: Sheet, vanishing: Point, side: int, near: float, far: float, tone: float, top: float) -> None:
    """A house front running away to the vanishing point, its windows shrinking with it."""
    x, y = vanishing
    half = sheet.w * 0.5

    def at(depth: float, height: float) -> Point:
        return x + side * half * depth, y + height * depth

    front = sheet.cut([at(near, top - 700), at(far, top - 700), at(far, 420), at(near, 420)])
    sheet.fill(tone, front)
    sheet.fill(tone + 1.3, front, fade=linear(at(near, 0), at(far, 0), 1.6))
    panes = []
    columns = [near * (far / near) ** (step / 7) for step in range(8)]
    for floor in range(-9, 3):
        for start, end in pairwise(columns):
            inner = start + (end - start) * 0.28, start + (end - start) * 0.72
            if sheet.rng.random() < 0.26:
                low, high = floor * 118 + 80, floor * 118 + 10
                panes.append([at(inner[0], high), at(inner[1], high), at(inner[1], low), at(inner[0], low)])
    sheet.ink(4.2, *panes, inside=front)


def _umbrella(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """An open umbrella from behind: eight ribs, a scalloped rim."""
    dome = arc(x, y + 26, radius, radius * 0.78, 180, 360)
    step = radius / 2
    rim = [point for k in range(4) for point in arc(x + radius - step / 2 - step * k, y + 26, step / 2, 13, 0, -180)]
    canopy = sheet.cut(dome + rim)
    sheet.fill(ACCENT, canopy)
    sheet.fill(0, canopy, fade=linear((0, y - 60), (0, y + 60)), opacity=0.8)
    sheet.ink(
        0,
        *(
            ribbon(curve([(x, y - radius * 0.75), (x + k * step * 0.7, y - 20), (x + k * step, y + 26)]), 2.5)
            for k in (-1, 0, 1)
        ),
    )


def _roof(sheet: Sheet) -> None:
    """A water tower, a parapet, and somebody looking out over all of it."""
    w = sheet.w
    _dark_sky(sheet, 900)
    full_moon(sheet, w * 0.58, 330, 210)
    _skyline(sheet, 1000, (330, 560), 2.0, 0.06)
    mist(sheet, 2.8, 560, 900, 0.9)
    _skyline(sheet, 1000, (200, 420), 1.1, 0.22)
    mist(sheet, 2.2, 720, 980, 0.6)
    _skyline(sheet, 1020, (110, 250), 0.6, 0.3)
    sheet.ink(0, sheet.below(880), rect(-20, 862, w + 20, 884))
    sheet.ink(1.2, rect(-20, 862, w + 20, 868))
    _tank(sheet, w * 0.2, 870, 560)
    person = walking().placed(w * 0.66, 866, 200, -1)
    painted(sheet, person, ACCENT, 0, 0)


def _tank(sheet: Sheet, x: float, base: float, height: float) -> None:
    """A wooden water tank on stilts, one side in moonlight."""
    wide = height * 0.24
    top, belly = base - height * 0.82, base - height * 0.36
    legs = [limb((x + k * wide * 0.8, belly), (x + k * wide * 0.9, base), 8, 8) for k in (-1, -0.35, 0.35, 1)]
    braces = [ribbon([(x + s * wide * 0.8, belly + 20), (x - s * wide * 0.85, base - 10)], 7) for s in (-1, 1)]
    sheet.ink(0, *legs, *braces, rect(x - wide * 1.05, belly, x + wide * 1.05, belly + 16))
    barrel: Mask = sheet.cut([(x - wide, top), (x + wide, top), (x + wide * 0.96, belly), (x - wide * 0.96, belly)])
    sheet.fill(0.2, barrel)
    sheet.fill(2.6, barrel, fade=linear((x - wide * 0.1, 0), (x + wide * 1.2, 0), 1.3))
    hoops = [rect(x - wide, y, x + wide, y + 5) for y in _steps(top + 26, belly, 46)]
    sheet.ink(0, *hoops, inside=barrel)
    roof = [(x - wide * 1.12, top + 4), (x, base - height), (x + wide * 1.12, top + 4)]
    sheet.ink(0, roof)
    sheet.ink(2.2, roof, fade=linear((x, 0), (x + wide, 0), 1.4))


CITY_NIGHT = (_bridge, _street, _roof)
