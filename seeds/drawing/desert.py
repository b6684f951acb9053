"""The desert."""

from functools import partial

from .figures import painted, walking
from .palettes import ACCENT
from .shapes import Point, Shape, curve, disc, ground, points
from .sheet import Sheet, linear
from .weather import DAWN, NIGHT, NOON, SUNSET, Hour, full_moon, sky, sun


def _dunes(sheet: Sheet, hours: tuple[Hour, Hour]) -> None:
    """Five dunes, far to near, and whoever walks on the middle one."""
    w, hour = sheet.w, hours[sheet.turn % 2]
    sky(sheet, hour, 560)
    if hour.dark:
        full_moon(sheet, w * 0.24, 210, 92)
    else:
        sun(sheet, w * 0.27, 275, 140, ACCENT, 2.6)
    _dune(sheet, (w * 0.12, 510), (620, 700), hour, 0.1)
    _dune(sheet, (w * 0.88, 470), (760, 500), hour, 0.25)
    crest = _dune(sheet, (w * 0.6, 400), (1000, 900), hour, 0.45)
    _caravan(sheet, crest, 5 if hour.dark else 1, hour)
    _dune(sheet, (w * 0.17, 720), (600, 1000), hour, 0.7)
    _dune(sheet, (w * 0.95, 830), (1100, 400), hour, 0.95)


def _dune(sheet: Sheet, top: Point, reach: tuple[float, float], hour: Hour, near: float) -> Shape:
    """One dune: one side in light, the slip face in shade, divided by a long S; returns its crest."""
    (x, y), floor = top, 1020.0
    drop = 130 + 160 * near
    windward, leeward = points("-1.4,1.25 -1,1 -0.5,0.62 -0.18,0.2"), points("0.16,0.34 0.5,0.78 1,1 1.5,1.2")
    left = [(x + a * reach[0], y + b * drop) for a, b in windward]
    right = [(x + a * reach[1], y + b * drop) for a, b in leeward]
    crest = curve([*left, top, *right])
    fall = 260 + 260 * near
    bends = points("0,0 26,0.14 -30,0.36 -170,0.58 -150,0.8 40,1.1 120,1.6")
    edge = curve([(x + a, y + b * fall) for a, b in bends])
    body = sheet.cut(ground(crest, floor))
    middle = hour.depth(near * 0.6)
    sheet.fill(min(5.0, hour.depth(near * 0.35) + (0.9 if hour.dark else 0.4)), body)
    sheet.fill(middle, body, fade=linear((x, y + 20), (x - 120, y + fall * 1.5)))
    slip = sheet.cut([*edge, (x + 2400, floor), (x + 2400, y - 50), (x, y - 50)], inside=body)
    sheet.fill(hour.depth(0.3 + near * 0.65), slip)
    bounce = linear((x, y + fall * 0.4), (x + 500, y + fall * 1.5))
    sheet.fill(hour.depth(near * 0.5), slip, fade=bounce, opacity=0.7)
    return crest


def _caravan(sheet: Sheet, crest: Shape, count: int, hour: Hour) -> None:
    """Travellers on the edge of the dune, small against it, with long shadows down its side."""
    for index in range(count):
        goal = sheet.w * (0.5 - 0.055 * index)
        foot = min(crest, key=lambda point: abs(point[0] - goal))
        person = walking().placed(foot[0], foot[1] + 4, 92)
        sheet.ink(hour.depth(0.7), *person.shadow(0.75, 1.5), opacity=0.85)
        painted(sheet, person, ACCENT if hour.dark and not index else 0.6, 0, 0)


def _road(sheet: Sheet) -> None:
    """A straight road into a setting sun between mesas."""
    w, horizon = sheet.w, 590.0
    middle = w * 0.56
    sky(sheet, SUNSET, horizon)
    sun(sheet, middle, horizon - 60, 210, 5.0, 2.4)
    sheet.ink(ACCENT, disc(middle, horizon - 60, 210), fade=linear((0, horizon - 270), (0, horizon + 10)))
    _mesa(sheet, -60, w * 0.22, 330, horizon, 2.6)
    _mesa(sheet, w * 0.72, w * 0.86, 450, horizon, 3.0)
    _mesa(sheet, w * 0.84, w + 90, 270, horizon, 2.1)
    plain = sheet.below(horizon)
    sheet.ink(2.2, plain)
    sheet.ink(3.6, plain, fade=linear((0, 760), (0, horizon), 1.2))
    sheet.ink(1, plain, fade=linear((0, 720), (0, 1060), 1.2))
    _tarmac(sheet, (middle, horizon))


def _tarmac(sheet: Sheet, vanishing: Point) -> None:
    """The road with its verge and dashes, all running to one point and shining where they meet the light."""
    x, horizon = vanishing

    def across(offset: float, near: float) -> Point:
        return x + (offset - 190) * near, horizon + 440 * near

    def strip(left: float, right: float, start: float = 0.004, end: float = 1.0) -> Shape:
        return [across(left, start), across(right, start), across(right, end), across(left, end)]

    sheet.ink(0.4, strip(-480, 480))
    sheet.ink(4, strip(-480, 480), fade=linear((0, horizon + 210), (0, horizon), 1.5))
    sheet.ink(4.6, strip(-450, -432), strip(432, 450))
    dashes = [strip(-9, 9, 0.74**step * 0.8, 0.74**step) for step in range(14)]
    sheet.ink(5, *dashes)


def _mesa(sheet: Sheet, left: float, right: float, top: float, base: float, tone: float) -> None:
    """A table mountain: a cracked cliff over a skirt of rubble, one end in shade."""
    rng, wide = sheet.rng, right - left
    cliff = top + (base - top) * 0.58
    table = [(left + wide * 0.1, top + 14), (left + wide * 0.2, top), (right - wide * 0.24, top + 3)]
    ledge = [(right - wide * 0.2, top + 22), (right - wide * 0.1, top + 26), (right - wide * 0.06, cliff)]
    skirt = [(right + wide * 0.22, base), (left - wide * 0.2, base), (left + wide * 0.06, cliff)]
    whole = sheet.cut([*table, *ledge, *skirt])
    sheet.fill(tone, whole)
    sheet.fill(tone + 1.2, whole, fade=linear((0, cliff - 20), (0, base + 30)))
    cracks: list[Shape] = []
    x = left + wide * 0.14
    while x < right - wide * 0.1:
        width, depth = rng.uniform(8, 18), rng.uniform(0.5, 1.0)
        cracks.append([(x, top), (x + width, top), (x + width * 0.5, top + (cliff - top) * depth)])
        x += rng.uniform(26, 64)
    sheet.ink(tone - 0.9, *cracks, inside=whole)
    shade = [
        (right - wide * 0.36, top - 9),
        (right + wide, top - 9),
        (right + wide, base),
        (right - wide * 0.2, base),
    ]
    sheet.ink(tone - 0.9, shade, inside=whole, opacity=0.75)


DESERT = (partial(_dunes, hours=(DAWN, SUNSET)), _road, partial(_dunes, hours=(NIGHT, NOON)))
