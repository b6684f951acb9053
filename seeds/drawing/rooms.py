"""Window and gallery."""

from .figures import painted, standing
from .palettes import ACCENT
from .shapes import Point, Shape, arc, curve, disc, ground, limb, rect, ribbon, rounded
from .sheet import Mask, Sheet, linear, radial
from .weather import SUNSET, glitter, hill, sky, sun


def window(sheet: Sheet, variant: int) -> None:
    """The light a window throws, a front with one lit window, or the view from a sill."""
    kind = (variant - 1) % 3
    (_thrown, _front, _sill)[kind](sheet)
    if variant % 2 == 0:
        sheet.mirror()


def _thrown(sheet: Sheet) -> None:
    """Somebody in the slanting light, and their shadow on the wall."""
    w, floor = sheet.w, 730.0
    sheet.flood(1.7)
    sheet.flood(0.7, fade=linear((w * 0.5, 300), (w * 1.05, 0)))
    sheet.flood(0.9, fade=linear((w * 0.4, 600), (-100, 200)))
    sheet.ink(0.9, rect(-20, floor, w + 20, 1020))
    sheet.ink(0.4, rect(-20, floor - 26, w + 20, floor))
    panes = [_pane(w * 0.3, 110, column, row) for column in range(3) for row in range(4)]
    light = sheet.cut(*panes, inside=sheet.cut(rect(-20, -20, w + 20, floor)))
    sheet.fill(4.4, light)
    sheet.fill(5, light, fade=linear((w * 0.7, 620), (w * 0.25, 100)))
    spill = [[(x - (y - floor) * 1.9, floor + (y - floor) * 1.35) for x, y in pane] for pane in panes if pane[2][1] > floor - 40]
    ground_light = sheet.cut(*spill, inside=sheet.cut(rect(-20, floor, w + 20, 1020)))
    sheet.fill(4, ground_light)
    person = standing().placed(w * 0.4, 850, 470)
    shade = [[(x + w * 0.13 + (850 - y) * 0.18, y - 112) for x, y in shape] for shape in person.all]
    sheet.ink(1.5, *shade, inside=light)
    sheet.ink(0.6, *person.shadow(0.45, -0.25), inside=sheet.cut(rect(-20, floor, w + 20, 1020)), opacity=0.9)
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
    back = [limb((x + 92, base - 350), (x + 84, base), 8, 7), limb((x + 60, base - 330), (x + 56, base - 40), 6, 5)]
    legs = [limb((x - 66, base - 170), (x - 74, base), 7, 6), limb((x - 40, base - 170), (x - 44, base - 38), 5, 5)]
    rails = [ribbon([(x + 58, base - k), (x + 92, base - k - 14)], 14) for k in (250, 300)]
    seat = [(x - 80, base - 180), (x + 92, base - 180), (x + 92, base - 160), (x - 80, base - 160)]
    sheet.ink(0, *back, *legs, *rails, seat)


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
            _flat(sheet, x, y, (3, 1, 0, 2, 4, 1, 2, 3, 0, 1, 0, 4, 1, 2, 3)[row * columns + column], lit=False)
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
    sheet.ink(2.1, rect(x - 4, y, x + 4, y + high), rect(x - wide, y + high * 0.4, x + wide, y + high * 0.4 + 8))


def _tenant(sheet: Sheet, x: float, base: float, glass: Mask) -> None:
    """The one who is awake, reading by a lamp."""
    sheet.fill(ACCENT, glass, fade=linear((0, base - 60), (0, base - 330)))
    sheet.ink(4, disc(x - 40, base - 168, 30, 30), inside=glass)
    body = curve([(x - 18, base + 10), (x - 10, base - 80), (x + 34, base - 104), (x + 72, base - 74), (x + 80, base + 10)])
    sheet.ink(0, disc(x + 26, base - 134, 25, 31), body, limb((x + 4, base - 66), (x - 34, base - 50), 13, 10), inside=glass)
    sheet.ink(1, [(x - 62, base - 84), (x - 34, base - 70), (x - 8, base - 84), (x - 8, base - 44), (x - 34, base - 30), (x - 62, base - 44)], inside=glass)


def _furnish(sheet: Sheet, x: float, y: float, wide: float, high: float, life: int, glass: Mask) -> None:
    """Blinds half down, parted curtains, a plant, or a dim lamp."""
    if life == 1:
        sheet.ink(1.9, *(rect(x - wide, y + k * 14, x + wide, y + k * 14 + 8) for k in range(9)), inside=glass)
    if life in (2, 4):
        for side in (-1, 1):
            sheet.ink(2.3, curve([(x + side * wide, y), (x + side * wide * 0.2, y), (x + side * wide * 0.55, y + high * 0.6), (x + side * wide * 0.7, y + high), (x + side * wide, y + high)], steps=6), inside=glass)
    if life == 3:
        stalks = [limb((x + 20, y + high - 40), (x + 20 + k * 26, y + high - 120 + abs(k) * 14), 3, 14) for k in (-2, -1, 0, 1, 2)]
        sheet.ink(2.6, *stalks, rect(x - 4, y + high - 44, x + 44, y + high), inside=glass)
    if life == 4:
        sheet.ink(3.6, [(x - 18, y + high - 110), (x + 18, y + high - 110), (x + 34, y + high - 64), (x - 34, y + high - 64)], rect(x - 4, y + high - 64, x + 4, y + high), inside=glass)


def _sill(sheet: Sheet) -> None:
    """Evening through an open window: a bay, a plant, a cat that does not care."""
    w = sheet.w
    left, right, top, base = w * 0.2, w * 0.8, 80.0, 800.0
    horizon = 520.0
    sky(sheet, SUNSET, horizon)
    sun(sheet, w * 0.6, horizon - 50, 130, 5.0)
    sheet.ink(2.3, ground(hill(sheet, horizon - 6, 46, 2.6, 0.9), horizon))
    sheet.ink(1.6, rect(-20, horizon, w + 20, 1020))
    sheet.ink(3.2, rect(-20, horizon, w + 20, 1020), fade=linear((0, base), (0, horizon)))
    glitter(sheet, w * 0.6, horizon, base, 170, 5)
    wall = [rect(-20, -20, left, 1020), rect(right, -20, w + 20, 1020), rect(-20, -20, w + 20, top), rect(-20, base, w + 20, 1020)]
    sheet.ink(0.8, *wall)
    sheet.ink(1.8, rect(-20, base, w + 20, 1020), fade=linear((0, 1010), (0, base)))
    frame = [rect(left - 16, top - 16, left + 14, base), rect(right - 14, top - 16, right + 16, base), rect(left, top - 16, right, top + 14), rect(w * 0.5 - 9, top, w * 0.5 + 9, base), rect(left, 300, right, 314)]
    sheet.ink(0.2, *frame)
    sheet.ink(4.2, rect(left - 50, base - 10, right + 50, base + 22))
    sheet.ink(2.4, rect(left - 50, base + 22, right + 50, base + 40))
    for side in (-1, 1):
        _curtain(sheet, w * 0.5 + side * w * 0.5, -side, w * 0.26)
    _cat(sheet, w * 0.38, base - 8, 250)
    _plant(sheet, w * 0.68, base - 8)


def _curtain(sheet: Sheet, edge: float, sign: int, wide: float) -> None:
    """A curtain drawn aside and tied: folds that narrow at the tie."""
    for fold in range(7, 0, -1):
        share = fold / 7
        line = [(edge + sign * wide * share, -20), (edge + sign * wide * share * 0.95, 300), (edge + sign * wide * share * 0.55, 610), (edge + sign * wide * share * 0.72, 1020)]
        cloth = sheet.cut([(edge - sign * 20, -20), *curve(line, steps=8), (edge - sign * 20, 1020)])
        sheet.fill(2.2, cloth)
        x = edge + sign * wide * share
        sheet.fill(0.9, cloth, fade=linear((x - sign * 4, 0), (x - sign * wide / 5, 0)))
    tie = curve([(edge - sign * 9, 652), (edge + sign * wide * 0.3, 640), (edge + sign * wide * 0.57, 592)])
    sheet.ink(ACCENT, ribbon(tie, 20))


def _cat(sheet: Sheet, x: float, base: float, size: float) -> None:
    """A seated cat in outline against the sea, tail hanging over the sill."""
    body = curve(
        [
            (x - 0.1 * size, base - 0.62 * size), (x - 0.2 * size, base - 0.4 * size), (x - 0.27 * size, base - 0.14 * size),
            (x - 0.2 * size, base + 2), (x + 0.2 * size, base + 2), (x + 0.19 * size, base - 0.2 * size), (x + 0.13 * size, base - 0.62 * size),
        ],
        closed=True,
    )  # fmt: skip
    head = disc(x + 0.05 * size, base - 0.73 * size, 0.17 * size, 0.145 * size)
    ears = [[(x + (0.05 + s * 0.155) * size, base - 0.76 * size), (x + (0.05 + s * 0.16) * size, base - 0.98 * size), (x + (0.05 + s * 0.02) * size, base - 0.85 * size)] for s in (-1, 1)]
    tail = curve([(x - 0.2 * size, base - 0.05 * size), (x - 0.38 * size, base + 0.02 * size), (x - 0.42 * size, base + 0.22 * size), (x - 0.34 * size, base + 0.4 * size)])
    sheet.ink(0, body, head, *ears, ribbon(tail, [size * 0.075] * len(tail)), disc(*tail[-1], size * 0.0375))


def _plant(sheet: Sheet, x: float, base: float) -> None:
    """A pot with large leaves, each split by its rib into light and shade."""
    leaves = ((-1.5, 0.9, -8), (-0.8, 1.25, 4), (0.05, 1.5, 0), (0.8, 1.2, -4), (1.5, 0.85, 8))
    for lean, tall, droop in leaves:
        foot, tip = (x, base - 110), (x + lean * 118, base - 110 - tall * 190 + droop)
        middle = (foot[0] + tip[0]) / 2 - lean * 10, (foot[1] + tip[1]) / 2 - 34
        line = curve([foot, middle, tip], steps=10)
        widths = [70 * max(0.0, min(1.0, i / 6) - max(0, i - 8) / 12) for i in range(len(line))]
        sheet.ink(1.2, ribbon(line, widths))
        half = len(ribbon(line, widths)) // 2
        sheet.ink(2.8, ribbon(line, widths)[:half] + line[::-1])
    sheet.ink(ACCENT, [(x - 74, base - 124), (x + 74, base - 124), (x + 54, base), (x - 54, base)])
    sheet.ink(0, [(x - 74, base - 124), (x + 74, base - 124), (x + 54, base), (x - 54, base)], fade=linear((x - 20, 0), (x + 90, 0)))


def gallery(sheet: Sheet, variant: int) -> None:
    """One visitor before one picture, rooms that open into rooms, or a form on a plinth."""
    kind = (variant - 1) % 3
    (_picture, _enfilade, _plinth)[kind](sheet)
    if variant % 2 == 0:
        sheet.mirror()


def _walls(sheet: Sheet, floor: float) -> None:
    """A pale room with light from above and a floor that gives some of it back."""
    w = sheet.w
    sheet.flood(4.7)
    sheet.flood(4, fade=linear((0, 300), (0, -150)))
    sheet.ink(3.4, rect(-20, floor, w + 20, 1020))
    sheet.ink(4.2, rect(-20, floor, w + 20, 1020), fade=linear((0, 1020), (0, floor)))
    sheet.ink(2.6, rect(-20, floor - 14, w + 20, floor))


def _picture(sheet: Sheet) -> None:
    """A canvas much larger than the person in front of it."""
    w, floor = sheet.w, 780.0
    _walls(sheet, floor)
    left, top, right, base = w * 0.24, 90.0, w * 0.82, 660.0
    beam = [(w * 0.1, -20), (w * 0.34, -20), (w * 0.78, floor - 14), (w * 0.5, floor - 14)]
    sheet.ink(5, beam, opacity=0.7)
    sheet.ink(3, rect(left + 14, top + 18, right + 26, base + 26), opacity=0.8)
    sheet.ink(0, rect(left - 10, top - 10, right + 10, base + 10))
    canvas = sheet.cut(rect(left, top, right, base))
    _painting(sheet, canvas, left, top, right, base)
    mirrored = rect(left - 10, floor + 30, right + 10, floor + 190)
    sheet.ink(1.5, mirrored, fade=linear((0, floor + 200), (0, floor - 120)), opacity=0.8)
    person = standing().placed(w * 0.38, 880, 330)
    sheet.ink(1.6, *person.shadow(0.5, 0.3))
    painted(sheet, person, ACCENT, 0, 0)
    sheet.ink(0, *person.coat, fade=linear((w * 0.37, 0), (w * 0.43, 0)), opacity=0.6)
    x = w * 0.7
    sheet.ink(1.6, [(x - 150, 906), (x + 170, 906), (x + 240, 934), (x - 100, 934)], opacity=0.9)
    sheet.ink(0.6, rounded(x - 170, 838, x + 150, 866, 5), rect(x - 146, 860, x - 130, 910), rect(x + 110, 860, x + 126, 910))


def _painting(sheet: Sheet, canvas: Mask, left: float, top: float, right: float, base: float) -> None:
    """An abstract landscape: a sun, two bows, a dark ground."""
    wide, high = right - left, base - top
    sheet.fill(3, canvas)
    sheet.fill(4, canvas, fade=linear((left, top), (left, base)))
    sheet.ink(ACCENT, disc(left + wide * 0.68, top + high * 0.36, high * 0.22), inside=canvas)
    sheet.ink(2, disc(left + wide * 0.22, base + high * 0.08, high * 0.62), inside=canvas)
    sheet.ink(1, disc(left + wide * 0.22, base + high * 0.08, high * 0.62), inside=canvas, fade=linear((left, base), (left + wide * 0.5, top)))
    sheet.ink(1, disc(left + wide * 0.86, base + high * 0.34, high * 0.62), inside=canvas)
    sheet.ink(0.3, rect(left, base - high * 0.14, right, base), inside=canvas)
    sheet.ink(5, ribbon(curve([(left, base - high * 0.2), (left + wide * 0.4, base - high * 0.32), (left + wide * 0.7, base - high * 0.18), (right, base - high * 0.3)]), 7), inside=canvas)


def _enfilade(sheet: Sheet) -> None:
    """Door behind door, each room lit differently, a picture at the end of them."""
    w = sheet.w
    eye = w * 0.52, 470.0
    frame: Frame = (w * 0.66, 700.0, 620.0)
    tones = (1.2, 3.8, 2.0, 4.7)
    for index, tone in enumerate(tones):
        far = _room(sheet, eye, frame, tone)
        if index == 3:
            _canvas(sheet, eye[0], eye[1] - far[1] * 0.12, far[0] * 0.36, (ACCENT, 5))
            break
        for side in (-1, 1):
            place = eye[0] + side * far[0] * 0.76, eye[1] - far[1] * 0.12
            inks = HANGING[index * 2 + (side > 0)]
            _canvas(sheet, *place, far[0] * 0.15, inks)
        frame = far[0] * 0.5, far[1] * 0.78, far[2]
        _door(sheet, eye, frame, tone, tones[index + 1])
    person = standing().placed(eye[0] - 96, 850, 330)
    sheet.ink(0, *person.shadow(-0.3, 0.5), opacity=0.85)
    painted(sheet, person, 0, 0, 0)


# Half the width, the height above the eye and the depth below it.
Frame = tuple[float, float, float]
# The ground and the figure of every picture in the enfilade, from the nearest on the left.
HANGING = ((4.4, 2.0), (ACCENT, 5.0), (1.0, ACCENT), (5.0, 2.0), (4.6, 0.6), (0.8, 4.0))


def _room(sheet: Sheet, eye: Point, frame: Frame, tone: float) -> Frame:
    """One room seen through its frame: ceiling, side walls, floor and end wall; returns the end wall."""
    x, y = eye
    half, tall, low = frame
    far = half * 0.74, tall * 0.74, low * 0.74
    near = [(x - half, y - tall), (x + half, y - tall), (x + half, y + low), (x - half, y + low)]
    end = [(x - far[0], y - far[1]), (x + far[0], y - far[1]), (x + far[0], y + far[2]), (x - far[0], y + far[2])]
    for index, shade in enumerate((-1.2, -0.7, -1.0, -0.2)):
        face = [near[index], near[(index + 1) % 4], end[(index + 1) % 4], end[index]]
        sheet.ink(max(0.0, tone + shade), face)
    wall = sheet.cut(end)
    sheet.fill(tone, wall)
    sheet.fill(min(5.0, tone + 0.7), wall, fade=radial(x, y - far[1] * 0.2, far[0] * 1.1, far[1] * 1.2))
    return far


def _canvas(sheet: Sheet, x: float, y: float, half: float, inks: tuple[float, float]) -> None:
    """A framed picture of one disc and one line."""
    edge = half * 0.08
    sheet.ink(0, rect(x - half - edge, y - half * 1.35 - edge, x + half + edge, y + half * 1.35 + edge))
    canvas = sheet.cut(rect(x - half, y - half * 1.35, x + half, y + half * 1.35))
    sheet.fill(inks[0], canvas)
    sheet.ink(inks[1], disc(x, y - half * 0.3, half * 0.58), rect(x - half, y + half * 0.8, x + half, y + half * 0.9), inside=canvas)


def _door(sheet: Sheet, eye: Point, frame: Frame, tone: float, beyond: float) -> None:
    """The jamb of the next door, and the light that comes through it when it is brighter there."""
    x, y = eye
    half, tall, low = frame
    edge = half * 0.05
    sheet.ink(max(0.0, tone - 1.1), rect(x - half - edge, y - tall - edge, x + half + edge, y + low))
    if beyond > tone:
        reach = low * 1.4
        spill = [(x - half, y + low), (x + half, y + low), (x + half * 1.3, y + reach), (x - half * 1.2, y + reach)]
        sheet.ink(beyond, spill, fade=linear((0, y + reach), (0, y + low * 0.94)))


def _plinth(sheet: Sheet) -> None:
    """A smooth stone form, its shadow larger than itself, and somebody small enough to look up."""
    w, floor = sheet.w, 800.0
    _walls(sheet, floor)
    x = w * 0.6
    niche = sheet.cut([*arc(x, 400, 340, 340, 180, 360), (x + 340, floor - 14), (x - 340, floor - 14)])
    sheet.fill(2, niche)
    sheet.fill(3.4, niche, fade=linear((x + 330, 500), (x - 330, 300)))
    form = _form(x, 640, 520)
    sheet.ink(0.9, [(a + 150 + (640 - b) * 0.12, b + 14) for a, b in form], inside=niche)
    stone = sheet.cut(form)
    sheet.fill(ACCENT, stone)
    sheet.fill(0, stone, fade=linear((x - 20, 340), (x + 230, 560)), opacity=0.9)
    sheet.fill(5, stone, fade=radial(x - 110, 240, 260, 420, power=0.8))
    sheet.ink(0.6, disc(x - 6, 330, 58, 78))
    sheet.ink(2.6, disc(x - 14, 322, 46, 66))
    sheet.ink(5, rect(x - 130, 636, x + 130, 880))
    sheet.ink(2.8, rect(x + 30, 636, x + 130, 880))
    sheet.ink(1.6, [(x + 130, 880), (x + 130, 826), (x + 460, 880), (x + 430, 905), (x + 20, 905)], opacity=0.8)
    person = standing().placed(w * 0.22, 905, 330)
    sheet.ink(1.8, *person.shadow(0.75, 0.16))
    painted(sheet, person, 0.6, 0, 0)
    sheet.ink(0, *person.coat, fade=linear((w * 0.21, 0), (w * 0.26, 0)), opacity=0.8)


def _form(x: float, base: float, size: float) -> Shape:
    """A standing pebble with a waist, after the sculptors of the nineteen-thirties."""
    points = [(-0.18, 0), (-0.26, -0.16), (-0.2, -0.34), (-0.29, -0.56), (-0.22, -0.84), (0.02, -0.98), (0.24, -0.86), (0.29, -0.6), (0.2, -0.4), (0.25, -0.2), (0.18, 0)]
    return curve([(x + a * size, base + b * size) for a, b in points])
