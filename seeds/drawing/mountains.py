"""Mountains."""

from functools import partial
from itertools import pairwise

from .palettes import ACCENT
from .shapes import Point, Shape, crease, ground, ribbon
from .sheet import Sheet, linear
from .weather import DAWN, NIGHT, NOON, SUNSET, Hour, full_moon, hill, mist, sky, sun, wood


def _mountains(sheet: Sheet, kind: int) -> None:
    """One great peak, lit from one side, over ranges that fade into mist."""
    w, hour = sheet.w, (DAWN, SUNSET, NIGHT, NOON)[(kind + sheet.turn) % 4]
    lake = kind in (1, 3)
    sky(sheet, hour, 640)
    lamp = w * (0.2, 0.26, 0.16, 0.3)[kind], (300.0, 330.0, 180.0, 220.0)[kind]
    if hour.dark:
        full_moon(sheet, *lamp, 74)
    else:
        sun(sheet, *lamp, (92, 120, 70, 84)[kind], hour.lamp)
    shore = 700 if lake else 780
    _range(sheet, hour.depth(0.08), shore - 170, 60)
    mist(sheet, hour.glow, shore - 280, shore)
    _massif(sheet, w * (0.6, 0.66, 0.54, 0.7)[kind], (150.0, 130.0, 130.0, 190.0)[kind], shore + 60, hour)
    mist(sheet, hour.glow, shore - 220, shore + 90, 0.95)
    _range(sheet, hour.depth(0.45), shore, 42)
    mist(sheet, hour.glow, shore - 30, shore + 190, 0.5)
    if lake:
        _lake(sheet, hour, shore)
        _shore(sheet, hour)
    else:
        wood(sheet, hill(sheet, 880, 26, kind * 1.7), hour.depth(0.8), 95, 34)
        wood(sheet, hill(sheet, 970, 40, 2.2 + kind), hour.depth(1.0), 200, 66)
    if hour.dark and not lake:
        _tent(sheet, w * 0.7, 905)
    if kind % 2:
        sheet.mirror()


def _range(sheet: Sheet, tone: float, base: float, height: float) -> None:
    """A distant chain of mountains: peaks of uneven height, broken edges."""
    peaks: list[Point] = [(-40.0, base)]
    while peaks[-1][0] < sheet.w + 40:
        up = len(peaks) % 2
        peaks.append((peaks[-1][0] + sheet.rng.uniform(60, 170), base - up * height * sheet.rng.uniform(0.5, 2.0)))
    line = [point for a, b in pairwise(peaks) for point in crease(sheet.rng, a, b, 20, 4)[:-1]]
    sheet.ink(tone, ground(line, 1020))


def _massif(sheet: Sheet, x: float, y: float, base: float, hour: Hour) -> None:
    """A main summit with two lower shoulders before it, each with mist at its foot."""
    _peak(sheet, (x, y), base, hour, 0.1)
    mist(sheet, hour.glow, base - 260, base + 40, 0.7)
    _peak(sheet, (x + 330, y + (base - y) * 0.42), base, hour, 0.25)
    _peak(sheet, (x - 390, y + (base - y) * 0.5), base, hour, 0.3)


def _peak(sheet: Sheet, summit: Point, base: float, hour: Hour, near: float) -> None:
    """A peak: one face in light, one in shade, and spurs that bite from one into the other."""
    rng, (x, y) = sheet.rng, summit
    tall = base - y
    shoulder = crease(rng, (x - tall * 0.42, y + tall * 0.5), summit, tall * 0.07)
    left = crease(rng, (x - tall * 1.05, base), shoulder[0], tall * 0.08) + shoulder[1:]
    right = crease(rng, summit, (x + tall * 0.36, y + tall * 0.46), tall * 0.07)
    right += crease(rng, right[-1], (x + tall * 1.05, base), tall * 0.08)[1:]
    spine = _spine(sheet, summit, tall)
    whole = sheet.cut(left + right)
    snow, rock = (3.9, 1.0) if hour.dark else (5.0, hour.depth(0.42 + near))
    stone = hour.depth(0.1 + near)
    sheet.fill(snow, whole)
    sheet.fill(stone, whole, fade=linear((0, y + tall * 0.25), (0, base - tall * 0.1)))
    sheet.ink(rock, [*spine, (x + tall * 2, base), (x + tall * 2, y)], inside=whole)
    sheet.ink(rock, *_spurs(sheet, spine, -1), inside=whole)
    lit = sheet.cut(*_spurs(sheet, spine, 1), inside=whole)
    sheet.fill(stone, lit)
    sheet.fill(snow, lit, fade=linear((0, y + tall * 0.65), (0, y)))


def _spine(sheet: Sheet, summit: Point, tall: float) -> Shape:
    """The ridge that comes down towards us, swinging wider as it falls."""
    x, y = summit
    spine, share, side = [summit], 0.0, 1
    while share < 1:
        share = min(1.0, share + sheet.rng.uniform(0.07, 0.17))
        swing = tall * (0.03 + 0.11 * share) * side * sheet.rng.uniform(0.5, 1.2)
        spine.append((x + tall * 0.1 * share + swing, y + tall * share))
        side = -side
    return spine


def _spurs(sheet: Sheet, spine: Shape, side: int) -> list[Shape]:
    """Sharp, broken facets hanging off the bends of the ridge on one side."""
    spurs = []
    for (x, y), bend in pairwise(spine[1:]):
        if (bend[0] - x) * side > 0:
            continue
        reach = (bend[1] - y) * sheet.rng.uniform(1.1, 2.3)
        tip = x + side * reach * sheet.rng.uniform(0.55, 0.8), y + reach * sheet.rng.uniform(1.0, 1.4)
        edge = crease(sheet.rng, (x, y), tip, reach * 0.07, 3)
        spurs.append(edge + crease(sheet.rng, tip, bend, reach * 0.16, 3))
    return spurs


def _lake(sheet: Sheet, hour: Hour, shore: float) -> None:
    """Still water that repeats the mountain, crossed by a few bright lines."""
    sheet.reflected(shore, 1000 - shore + 30)
    water = sheet.below(shore)
    sheet.ink(hour.depth(0.3), water, opacity=0.3)
    sheet.ink(hour.depth(0.7), water, fade=linear((0, shore + 60), (0, 1000), 1.4))
    lines = ((0.02, 16, 560), (0.52, 30, 640), (0.2, 62, 420), (0.68, 84, 300), (0.04, 130, 380))
    for start, down, length in lines:
        x, y = sheet.w * start, shore + down
        sheet.ink(5, ribbon([(x, y), (x + length / 2, y), (x + length, y)], [0, 2 + down / 30, 0]))


def _shore(sheet: Sheet, hour: Hour) -> None:
    """Spruces on the near bank, tall at one side so that the water stays open."""
    bank = [(-20.0, 850.0), (240.0, 900.0), (520.0, 975.0), (700.0, 1020.0)]
    wood(sheet, bank, hour.near, 330, 62)


def _tent(sheet: Sheet, x: float, base: float) -> None:
    """The only warm thing in the night."""
    sheet.glow(ACCENT, x, base - 30, 190, 120, power=1.4, opacity=0.8)
    sheet.ink(ACCENT, [(x - 70, base), (x - 8, base - 84), (x + 62, base)])
    sheet.ink(0.6, [(x - 8, base - 84), (x + 62, base), (x + 108, base - 10)])
    sheet.ink(5, [(x - 24, base), (x - 8, base - 60), (x + 8, base)])


MOUNTAINS = tuple(partial(_mountains, kind=kind) for kind in range(4))
