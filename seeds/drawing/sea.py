"""The sea."""

import math

from .figures import painted, rowing, sitting
from .palettes import ACCENT, Tone
from .shapes import Point, Shape, between, crease, curve, disc, ground, moved, points, rect, ribbon, wedge
from .sheet import Mask, Sheet, linear, radial
from .weather import DAWN, NIGHT, SUNSET, Hour, full_moon, glitter, sky, sun

STORM = Hour(sky=2.4, glow=4.2, far=3.4, near=0.4, lamp=ACCENT)


def _water(sheet: Sheet, hour: Hour, horizon: float) -> None:
    """Open water: bright at the horizon, deep in front, with a few flat lines of swell."""
    whole = sheet.below(horizon)
    sheet.ink(hour.depth(0.55), whole)
    sheet.ink(hour.depth(0.1), whole, fade=linear((0, horizon + 260), (0, horizon), 1.3))
    sheet.ink(hour.depth(0.9), whole, fade=linear((0, horizon + 120), (0, 1060)))
    swell: list[Shape] = []
    y = horizon + 26
    while y < 1000:
        share = (y - horizon) / (1000 - horizon)
        x = sheet.rng.uniform(-100, 200)
        while x < sheet.w:
            length = (90 + 260 * share) * sheet.rng.uniform(0.6, 1.4)
            swell.append(
                ribbon(
                    curve([(x, y), (x + length / 2, y - 3 * share), (x + length, y)], steps=4),
                    _lens(9, 2 + 6 * share),
                )
            )
            x += length * sheet.rng.uniform(1.8, 3.6)
        y += 22 + 40 * share
    sheet.ink(hour.depth(0.25), *swell, opacity=0.8)


def _lens(count: int, thick: float) -> list[float]:
    """Widths of a stroke that is thickest in the middle."""
    return [thick * math.sin(math.pi * step / (count - 1)) for step in range(count)]


def _clouds(sheet: Sheet, tone: Tone, bars: tuple[tuple[float, float, float], ...]) -> None:
    """Long flat clouds: each is an x as a share of the width, a height and a length."""
    for share, y, length in bars:
        x = sheet.w * share
        line = curve([(x, y), (x + length * 0.3, y - 7), (x + length * 0.7, y + 4), (x + length, y)], steps=8)
        sheet.ink(tone, ribbon(line, _lens(len(line), length * 0.055)))


def _sail(sheet: Sheet) -> None:
    w, hour, horizon = sheet.w, (SUNSET, DAWN)[sheet.turn % 2], 560.0
    sky(sheet, hour, horizon)
    sun(sheet, w * 0.63, horizon - 80, 220, 5.0, 2.3)
    _clouds(sheet, 3.2, ((0.42, 330, 520), (0.66, 400, 620), (0.3, 452, 480), (-0.1, 260, 460)))
    headland = curve([(w * 0.78, horizon), (w * 0.84, horizon - 40), (w * 0.92, horizon - 92), (w + 30, horizon - 130)])
    sheet.ink(2, ground(headland, horizon))
    _water(sheet, hour, horizon)
    glitter(sheet, w * 0.63, horizon, 1000, 300, 5)
    _boat(sheet, w * 0.3, 700, 300)


def _boat(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A cutter with one bright sail, and its broken reflection."""
    for step in range(7):
        line = y + size * (0.08 + 0.075 * step)
        half = size * (0.2 - 0.018 * step) * sheet.rng.uniform(0.7, 1.2)
        middle = x + sheet.rng.uniform(-0.05, 0.05) * size
        dash = [(middle - half, line), (middle, line), (middle + half, line)]
        sheet.ink(ACCENT if step % 2 else 0, ribbon(dash, [0, size * 0.028, 0]), opacity=0.75)
    hull = curve([(x - 0.3 * size, y - 0.07 * size), (x, y - 0.035 * size), (x + 0.36 * size, y - 0.09 * size)])
    sheet.ink(0, [*hull, (x + 0.22 * size, y + 0.035 * size), (x - 0.24 * size, y + 0.035 * size)])
    mast = x + 0.02 * size
    sheet.ink(0, rect(mast - 1.6, y - size * 0.95, mast + 1.6, y))
    luff = curve(
        [
            (mast - 5, y - 0.93 * size),
            (mast - 0.16 * size, y - 0.5 * size),
            (mast - 0.3 * size, y - 0.12 * size),
        ]
    )
    sheet.ink(ACCENT, [*luff, (mast - 5, y - 0.1 * size)])
    leech = curve(
        [
            (mast + 5, y - 0.88 * size),
            (mast + 0.2 * size, y - 0.42 * size),
            (mast + 0.33 * size, y - 0.13 * size),
        ]
    )
    sheet.ink(5, [*leech, (mast + 5, y - 0.16 * size)])
    sheet.ink(3, [*leech, (mast + 5, y - 0.16 * size)], fade=linear((mast + 0.3 * size, y), (mast, y - size * 0.4)))


def _wave(sheet: Sheet) -> None:
    """A breaking wave over a very small boat."""
    w = sheet.w
    sky(sheet, STORM, 700)
    sun(sheet, w * 0.74, 330, 120, ACCENT, 2.4)
    for step, base in enumerate((640, 700, 770)):
        line = [
            (x, base - (60 - 8 * step) * abs(math.sin(x / (210 + 60 * step) + step * 1.3)) ** 1.6)
            for x in range(-20, int(w) + 60, 12)
        ]
        band = sheet.cut(ground(line, 1020))
        sheet.fill(3.2 - 0.55 * step, band)
        sheet.fill(4.6 - 0.5 * step, band, fade=linear((0, base + 60), (0, base - 60)))
    rowing(sheet, w * 0.8, 722, 190, 9)
    _breaker(sheet)


def _breaker(sheet: Sheet) -> None:
    """The wave itself: a curling body with ribs that follow it, and a fringe of foam."""
    back: list[Point] = points("-40,640 150,520 330,330 520,190 700,170 830,250 880,380")
    face: list[Point] = points("880,380 800,330 690,330 600,420 580,560 640,700 800,800")
    run: list[Point] = [(800, 800), (1060, 850), (1320, 830), (sheet.w + 40, 860)]
    outer, inner = curve(back), curve(face)
    body = sheet.cut(ground(outer + inner[1:] + curve(run)[1:], 1020))
    sheet.fill(1.4, body)
    sheet.fill(0.3, body, fade=linear((0, 560), (0, 1020)))
    sheet.fill(2.6, body, fade=radial(760, 260, 420, 330))
    ribs = []
    for step in range(1, 7):
        share = step / 7
        line = curve([between(a, b, share) for a, b in zip(back, face[::-1], strict=True)])
        ribs.append(ribbon(line, [11 * math.sin(math.pi * i / (len(line) - 1)) ** 0.5 for i in range(len(line))]))
    sheet.ink(3.6, *ribs, inside=body)
    _foam(sheet, [point for point in outer if point[0] > 400] + inner[1:34], body)


def _foam(sheet: Sheet, crest: Shape, body: Mask) -> None:
    """Froth along the crest, heaviest where it curls, in lobes over their own shade."""
    rng, count = sheet.rng, len(crest)
    weights = [math.sin(math.pi * (index / count) ** 1.35) ** 0.8 for index in range(count)]
    froth = [ribbon(crest, [66 * weight for weight in weights])]
    drops: list[Shape] = []
    for index, ((x, y), weight) in enumerate(zip(crest, weights, strict=True)):
        size = 5 + 25 * weight * (0.55 + 0.45 * math.sin(index * 1.9))
        froth.append(disc(x + rng.uniform(-1, 1) * 22 * weight, y + rng.uniform(-1, 1) * 22 * weight, size))
        if index % 6 == 2 and weight > 0.35:
            drops.append(disc(x + rng.uniform(30, 100) * weight, y - rng.uniform(10, 70), rng.uniform(2.5, 7)))
    sheet.ink(3.6, *moved(froth, -4, 20), inside=body)
    sheet.ink(5, *froth, *drops)


def _lighthouse(sheet: Sheet) -> None:
    w, hour, horizon = sheet.w, NIGHT, 690.0
    sky(sheet, hour, horizon)
    lamp = w * 0.74, 262.0
    _water(sheet, hour, horizon)
    for start, end, reach in ((170, 184, 1500), (-12, 2, 700)):
        cone = wedge(*lamp, reach, start, end)
        sheet.ink(4.8, cone, fade=radial(*lamp, reach * 0.95, power=0.8))
    glitter(sheet, w * 0.22, horizon, 900, 210, 4.4)
    _boat_far(sheet, w * 0.24, horizon + 8)
    rock = crease(sheet.rng, (w * 0.5, 1020), (w * 0.62, 700), 50) + crease(
        sheet.rng, (w * 0.62, 700), (w * 0.7, 640), 16
    )
    cliff = sheet.cut(ground([*rock, *crease(sheet.rng, (w * 0.7, 640), (w + 30, 610), 14)], 1020))
    sheet.fill(0.2, cliff)
    sheet.fill(1.9, cliff, fade=linear((w * 0.78, 700), (w * 0.56, 660), 1.4))
    _tower(sheet, lamp[0], lamp[1], 645)


def _boat_far(sheet: Sheet, x: float, y: float) -> None:
    """A freighter on the horizon, only its outline."""
    sheet.ink(
        0,
        [(x - 70, y - 18), (x + 78, y - 22), (x + 62, y + 2), (x - 56, y + 2)],
        rect(x - 48, y - 48, x - 14, y - 16),
    )


def _tower(sheet: Sheet, x: float, lamp: float, foot: float) -> None:
    """The lighthouse: striped, tapering, lit from one side, with its lantern."""
    top = lamp + 34
    tower = sheet.cut([(x - 38, top), (x + 38, top), (x + 62, foot), (x - 62, foot)])
    sheet.fill(5, tower)
    step = (foot - top) / 5
    sheet.ink(ACCENT, *(rect(x - 80, top + step * k, x + 80, top + step * (k + 1)) for k in (1, 3)), inside=tower)
    sheet.fill(0, tower, fade=linear((x - 30, 0), (x + 60, 0), 1.2), opacity=0.85)
    sheet.ink(0, rect(x - 56, top - 10, x + 56, top + 4), rect(x - 30, lamp - 34, x + 30, top))
    sheet.ink(
        0,
        [(x - 40, lamp - 32), (x, lamp - 78), (x + 40, lamp - 32)],
        rect(x - 3, lamp - 100, x + 3, lamp - 60),
    )
    sheet.ink(5, rect(x - 24, lamp - 26, x + 24, lamp + 22))
    sheet.glow(5, x, lamp, 150, power=1.6)


def _jetty(sheet: Sheet) -> None:
    """Somebody at the end of the boards, and the path of light that leads to them."""
    w, horizon = sheet.w, 520.0
    sky(sheet, NIGHT, horizon)
    full_moon(sheet, w * 0.66, 270, 130)
    coast = ((-0.02, 30), (0.2, 62), (0.42, 22), (0.6, 0), (1, 0))
    far = curve([(w * share, horizon - height) for share, height in coast])
    sheet.ink(1.2, ground(far, horizon))
    _water(sheet, NIGHT, horizon)
    glitter(sheet, w * 0.66, horizon, 1000, 230, 4.7)
    deck = 800.0
    posts = [rect(x - 11, deck, x + 11, 1020) for x in (w * 0.08, w * 0.26, w * 0.42, w * 0.545)]
    sheet.ink(0, *posts, [(-20, deck - 6), (w * 0.575, deck), (w * 0.575, deck + 24), (-20, deck + 34)])
    person = sitting().placed(w * 0.54, deck, 250)
    painted(sheet, person, ACCENT, 0, 0)
    sheet.ink(0, *person.coat, fade=linear((w * 0.56, 0), (w * 0.5, 0)), opacity=0.8)


SEA = (_sail, _wave, _lighthouse, _jetty)
