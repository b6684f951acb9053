"""The gallery."""

from .figures import painted, standing
from .palettes import ACCENT
from .shapes import Point, Shape, arc, curve, disc, placed, points, rect, ribbon, rounded
from .sheet import Mask, Sheet, linear, radial


def _walls(sheet: Sheet, floor: float) -> None:
    """A pale room with light from above and a floor that gives some of it back."""
    w = sheet.w
    sheet.flood(4.7)
    sheet.flood(4, fade=linear((0, 300), (0, -150)))
    sheet.ink(3.4, sheet.below(floor))
    sheet.ink(4.2, sheet.below(floor), fade=linear((0, 1020), (0, floor)))
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
    legs = rect(x - 146, 860, x - 130, 910), rect(x + 110, 860, x + 126, 910)
    sheet.ink(0.6, rounded(x - 170, 838, x + 150, 866, 5), *legs)


def _painting(sheet: Sheet, canvas: Mask, left: float, top: float, right: float, base: float) -> None:
    """An abstract landscape: a sun, two bows, a dark ground."""
    wide, high = right - left, base - top
    sheet.fill(3, canvas)
    sheet.fill(4, canvas, fade=linear((left, top), (left, base)))
    sheet.ink(ACCENT, disc(left + wide * 0.68, top + high * 0.36, high * 0.22), inside=canvas)
    hill = disc(left + wide * 0.22, base + high * 0.08, high * 0.62)
    sheet.ink(2, hill, inside=canvas)
    sheet.ink(1, hill, inside=canvas, fade=linear((left, base), (left + wide * 0.5, top)))
    sheet.ink(1, disc(left + wide * 0.86, base + high * 0.34, high * 0.62), inside=canvas)
    sheet.ink(0.3, rect(left, base - high * 0.14, right, base), inside=canvas)
    line = [(left + wide * a, base - high * b) for a, b in ((0, 0.2), (0.4, 0.32), (0.7, 0.18), (1, 0.3))]
    sheet.ink(5, ribbon(curve(line), 7), inside=canvas)


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
    end = [
        (x - far[0], y - far[1]),
        (x + far[0], y - far[1]),
        (x + far[0], y + far[2]),
        (x - far[0], y + far[2]),
    ]
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
    sheet.ink(
        inks[1],
        disc(x, y - half * 0.3, half * 0.58),
        rect(x - half, y + half * 0.8, x + half, y + half * 0.9),
        inside=canvas,
    )


def _door(sheet: Sheet, eye: Point, frame: Frame, tone: float, beyond: float) -> None:
    """The jamb of the next door, and the light that comes through it when it is brighter there."""
    x, y = eye
    half, tall, low = frame
    edge = half * 0.05
    sheet.ink(max(0.0, tone - 1.1), rect(x - half - edge, y - tall - edge, x + half + edge, y + low))
    if beyond > tone:
        reach = low * 1.4
        spill = [
            (x - half, y + low),
            (x + half, y + low),
            (x + half * 1.3, y + reach),
            (x - half * 1.2, y + reach),
        ]
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
    half = points(
        "-0.18,0 -0.26,-0.16 -0.2,-0.34 -0.29,-0.56 -0.22,-0.84 0.02,-0.98 0.24,-0.86 0.29,-0.6 0.2,-0.4 "
        "0.25,-0.2 0.18,0"
    )
    return curve(placed(half, x, base, size))


GALLERY = (_picture, _enfilade, _plinth)
