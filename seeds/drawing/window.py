"""Windows, from both sides."""

from .figures import cat, painted, standing
from .palettes import ACCENT
from .shapes import Point, Shape, curve, disc, ground, limb, placed, points, rect, ribbon
from .sheet import Mask, Sheet, linear
from .weather import SUNSET, glitter, hill, sky, sun


def _thrown(sheet: Sheet) -> None:
    """Somebody in the slanting light, and their shadow on the wall."""
    w, floor = sheet.w, 730.0
    sheet.flood(1.7)
    sheet.flood(0.7, fade=linear((w * 0.5, 300), (w * 1.05, 0)))
    sheet.flood(0.9, fade=linear((w * 0.4, 600), (-100, 200)))
    sheet.ink(0.9, sheet.below(floor))
    sheet.ink(0.4, rect(-20, floor - 26, w + 20, floor))
    panes = [_pane(w * 0.3, 110, column, row) for column in range(3) for row in range(4)]
    light = sheet.cut(*panes, inside=sheet.cut(rect(-20, -20, w + 20, floor)))
    sheet.fill(4.4, light)
    sheet.fill(5, light, fade=linear((w * 0.7, 620), (w * 0.25, 100)))
    spill = [
        [(x - (y - floor) * 1.9, floor + (y - floor) * 1.35) for x, y in pane]
        for pane in panes
        if pane[2][1] > floor - 40
    ]
    ground_light = sheet.cut(*spill, inside=sheet.cut(sheet.below(floor)))
    sheet.fill(4, ground_light)
    person = standing().placed(w * 0.4, 850, 470)
    shade = [[(x + w * 0.13 + (850 - y) * 0.18, y - 112) for x, y in shape] for shape in person.all]
    sheet.ink(1.5, *shade, inside=light)
    sheet.ink(0.6, *person.shadow(0.45, -0.25), inside=sheet.cut(sheet.below(floor)), opacity=0.9)
    painted(sheet, person, ACCENT, 0, 0)
    sheet.ink(0, *person.coat, fade=linear((w * 0.38, 0), (w * 0.45, 0)), opacity=0.85)
    _chair(sheet, w * 0.74, 880)


def _pane(x: float, y: float, column: int, row: int) -> Shape:
    """A pane of the thrown window, leaning with the light."""
    left, top = x + column * 172, y + row * 176

    def lean(px: float, py: float) -> Point:
        return px + (py - y) * 0.24, py + (px - x) * 0.2

    return [lean(left, top), lean(left + 152, top), lean(left + 152, top + 156), lean(left, top + 156)]


def _chair(sheet: Sheet, x: float, base: float) -> None:
    """A plain chair, waiting."""
    back = [
        limb((x + 92, base - 350), (x + 84, base), 8, 7),
        limb((x + 60, base - 330), (x + 56, base - 40), 6, 5),
    ]
    legs = [
        limb((x - 66, base - 170), (x - 74, base), 7, 6),
        limb((x - 40, base - 170), (x - 44, base - 38), 5, 5),
    ]
    rails = [ribbon([(x + 58, base - k), (x + 92, base - k - 14)], 14) for k in (250, 300)]
    seat = [(x - 80, base - 180), (x + 92, base - 180), (x + 92, base - 160), (x - 80, base - 160)]
    sheet.ink(0, *back, *legs, *rails, seat)


# What is behind each window of the front; see _furnish.
LIVES = (3, 1, 0, 2, 4, 1, 2, 3, 0, 1, 0, 4, 1, 2, 3)


def _front(sheet: Sheet) -> None:
    """A house at night, every window with its own small life, one of them bright."""
    w = sheet.w
    sheet.flood(1.1)
    sheet.flood(0.5, fade=linear((w * 0.3, 0), (w, 1000)))
    courses = [rect(-20, y, w + 20, y + 2) for y in range(0, 1000, 24)]
    sheet.ink(0.7, *courses, opacity=0.6)
    columns, rows = 5, 3
    for row in range(rows):
        for column in range(columns):
            x, y = w * (column + 0.5) / columns, 36 + row * 325
            _flat(sheet, x, y, LIVES[row * columns + column], lit=False)
    sheet.glow(ACCENT, w * 0.7, 480, 300, 300, power=1.5, opacity=0.5)
    _flat(sheet, w * 0.7, 361, 0, lit=True)


def _flat(sheet: Sheet, x: float, y: float, life: int, lit: bool) -> None:
    """One window with its sill, lintel and panes; `life` picks blinds, curtains, a plant or nothing."""
    wide, high = 78.0, 240.0
    sheet.ink(2.1, rect(x - wide - 16, y - 16, x + wide + 16, y + high + 12))
    sheet.ink(2.9, rect(x - wide - 28, y + high + 8, x + wide + 28, y + high + 26))
    sheet.ink(0.3, rect(x - wide - 28, y + high + 26, x + wide + 28, y + high + 36), opacity=0.8)
    glass = sheet.cut(rect(x - wide, y, x + wide, y + high))
    sheet.fill(5 if lit else 0.2, glass)
    if lit:
        _tenant(sheet, x, y + high, glass)
    else:
        sheet.fill(1.7, glass, fade=linear((x + wide, y + high), (x - wide * 1.2, y - 60)))
        _furnish(sheet, x, y, wide, high, life, glass)
    rail = y + high * 0.4
    sheet.ink(2.1, rect(x - 4, y, x + 4, y + high), rect(x - wide, rail, x + wide, rail + 8))


def _tenant(sheet: Sheet, x: float, base: float, glass: Mask) -> None:
    """The one who is awake, reading by a lamp."""
    sheet.fill(ACCENT, glass, fade=linear((0, base - 60), (0, base - 330)))
    sheet.ink(4, disc(x - 40, base - 168, 30, 30), inside=glass)
    body = curve(placed(points("-18,10 -10,-80 34,-104 72,-74 80,10"), x, base))
    arm = limb((x + 4, base - 66), (x - 34, base - 50), 13, 10)
    sheet.ink(0, disc(x + 26, base - 134, 25, 31), body, arm, inside=glass)
    sheet.ink(1, placed(points("-62,-84 -34,-70 -8,-84 -8,-44 -34,-30 -62,-44"), x, base), inside=glass)


def _furnish(sheet: Sheet, x: float, y: float, wide: float, high: float, life: int, glass: Mask) -> None:
    """Blinds half down, parted curtains, a plant, or a dim lamp."""
    base = y + high
    if life == 1:
        slats = (rect(x - wide, y + k * 14, x + wide, y + k * 14 + 8) for k in range(9))
        sheet.ink(1.9, *slats, inside=glass)
    if life in (2, 4):
        drape = curve(points("1,0 0.2,0 0.55,0.6 0.7,1 1,1"), steps=6)
        pair = ([(x + side * a * wide, y + b * high) for a, b in drape] for side in (-1, 1))
        sheet.ink(2.3, *pair, inside=glass)
    if life == 3:
        leaves = (limb((x + 20, base - 40), (x + 20 + k * 26, base - 120 + abs(k) * 14), 3, 14) for k in range(-2, 3))
        sheet.ink(2.6, *leaves, rect(x - 4, base - 44, x + 44, base), inside=glass)
    if life == 4:
        shade = placed(points("-18,-110 18,-110 34,-64 -34,-64"), x, base)
        sheet.ink(3.6, shade, rect(x - 4, base - 64, x + 4, base), inside=glass)


def _sill(sheet: Sheet) -> None:
    """Evening through an open window: a bay, a plant, a cat that does not care."""
    w = sheet.w
    left, right, top, base = w * 0.2, w * 0.8, 80.0, 800.0
    horizon = 520.0
    sky(sheet, SUNSET, horizon)
    sun(sheet, w * 0.6, horizon - 50, 130, 5.0)
    sheet.ink(2.3, ground(hill(sheet, horizon - 6, 46, 2.6, 0.9), horizon))
    sheet.ink(1.6, sheet.below(horizon))
    sheet.ink(3.2, sheet.below(horizon), fade=linear((0, base), (0, horizon)))
    glitter(sheet, w * 0.6, horizon, base, 170, 5)
    wall = [
        rect(-20, -20, left, 1020),
        rect(right, -20, w + 20, 1020),
        rect(-20, -20, w + 20, top),
        sheet.below(base),
    ]
    sheet.ink(0.8, *wall)
    sheet.ink(1.8, sheet.below(base), fade=linear((0, 1010), (0, base)))
    frame = [
        rect(left - 16, top - 16, left + 14, base),
        rect(right - 14, top - 16, right + 16, base),
        rect(left, top - 16, right, top + 14),
        rect(w * 0.5 - 9, top, w * 0.5 + 9, base),
        rect(left, 300, right, 314),
    ]
    sheet.ink(0.2, *frame)
    sheet.ink(4.2, rect(left - 50, base - 10, right + 50, base + 22))
    sheet.ink(2.4, rect(left - 50, base + 22, right + 50, base + 40))
    for side in (-1, 1):
        _curtain(sheet, w * 0.5 + side * w * 0.5, -side, w * 0.26)
    cat(sheet, w * 0.38, base - 8, 250)
    _plant(sheet, w * 0.68, base - 8)


def _curtain(sheet: Sheet, edge: float, sign: int, wide: float) -> None:
    """A curtain drawn aside and tied: folds that narrow at the tie."""
    for fold in range(7, 0, -1):
        share = fold / 7
        reach = sign * wide * share
        line = [(edge + reach * k, y) for k, y in ((1, -20), (0.95, 300), (0.55, 610), (0.72, 1020))]
        cloth = sheet.cut([(edge - sign * 20, -20), *curve(line, steps=8), (edge - sign * 20, 1020)])
        sheet.fill(2.2, cloth)
        x = edge + sign * wide * share
        sheet.fill(0.9, cloth, fade=linear((x - sign * 4, 0), (x - sign * wide / 5, 0)))
    tie = curve([(edge - sign * 9, 652), (edge + sign * wide * 0.3, 640), (edge + sign * wide * 0.57, 592)])
    sheet.ink(ACCENT, ribbon(tie, 20))


def _plant(sheet: Sheet, x: float, base: float) -> None:
    """A pot with large leaves, each split by its rib into light and shade."""
    leaves = ((-1.5, 0.9, -8), (-0.8, 1.25, 4), (0.05, 1.5, 0), (0.8, 1.2, -4), (1.5, 0.85, 8))
    for lean, tall, droop in leaves:
        foot, tip = (x, base - 110), (x + lean * 118, base - 110 - tall * 190 + droop)
        middle = (foot[0] + tip[0]) / 2 - lean * 10, (foot[1] + tip[1]) / 2 - 34
        line = curve([foot, middle, tip], steps=10)
        widths = [70 * max(0.0, min(1.0, i / 6) - max(0, i - 8) / 12) for i in range(len(line))]
        leaf = ribbon(line, widths)
        sheet.ink(1.2, leaf)
        sheet.ink(2.8, leaf[: len(leaf) // 2] + line[::-1])
    pot = [(x - 74, base - 124), (x + 74, base - 124), (x + 54, base), (x - 54, base)]
    sheet.ink(ACCENT, pot)
    sheet.ink(0, pot, fade=linear((x - 20, 0), (x + 90, 0)))


WINDOW = (_thrown, _front, _sill)
