"""The moon."""

from .figures import cat, painted, rowing, sitting, standing
from .palettes import ACCENT
from .shapes import Shape, curve, disc, ground, limb, rect, ribbon, turned
from .sheet import Sheet, linear
from .weather import NIGHT, crescent, full_moon, glitter, hill, mist, sky


def _hilltop(sheet: Sheet) -> None:
    """One person before a moon that fills the sky."""
    w = sheet.w
    sky(sheet, NIGHT, 820)
    full_moon(sheet, w * 0.56, 450, 370)
    line = curve([(-20, 800), (w * 0.2, 790), (w * 0.42, 735), (w * 0.55, 722), (w * 0.72, 770), (w + 20, 860)])
    mist(sheet, 2.4, 640, 840, 0.8)
    sheet.ink(1, ground(line, 1020))
    sheet.ink(0, ground(line, 1020), fade=linear((0, 760), (0, 960)))
    person = standing().placed(w * 0.5, 736, 150)
    sheet.ink(0, *person.shadow(-0.35, 1.5), opacity=0.8)
    painted(sheet, person, ACCENT, 0, 0)
    sheet.ink(0, ground(hill(sheet, 930, 34, 0.6), 1020))
    _bare_tree(sheet, w * 0.14, 930, 470)


def _bare_tree(sheet: Sheet, x: float, base: float, height: float) -> None:
    """A winter tree leaning away from the picture."""
    strokes: list[Shape] = []

    def grow(px: float, py: float, length: float, angle_x: float, depth: int) -> None:
        tip = px + angle_x * length, py - length * (1 - abs(angle_x) * 0.4)
        strokes.append(limb((px, py), tip, length * 0.055 + 1, length * 0.036 + 0.6))
        if depth:
            for lean in (-0.42, 0.4):
                grow(
                    *tip,
                    length * sheet.rng.uniform(0.66, 0.8),
                    angle_x + lean * sheet.rng.uniform(0.7, 1.2),
                    depth - 1,
                )

    grow(x, base, height * 0.3, -0.06, 6)
    sheet.ink(0, *strokes)


def _angler(sheet: Sheet) -> None:
    """Sitting in the crescent, fishing in the dark water below."""
    w = sheet.w
    sky(sheet, NIGHT, 900)
    centre = w * 0.44, 430.0
    sheet.glow(3, *centre, 620, power=1.5, opacity=0.7)
    (shape,) = turned([crescent(*centre, 310)], *centre, -34)
    body = sheet.cut(shape)
    sheet.fill(5, body)
    sheet.fill(3.6, body, fade=linear((centre[0] + 60, 300), (centre[0] - 320, 560)))
    water = sheet.below(850)
    sheet.ink(0, water)
    sheet.ink(2.2, water, fade=linear((0, 990), (0, 850)))
    glitter(sheet, centre[0], 856, 1000, 240, 4.4)
    seat = shape[-len(shape) // 8]
    person = sitting().placed(*seat, 210)
    painted(sheet, person, ACCENT, 0, 0)
    tip = seat[0] + 330, seat[1] - 190
    hand = seat[0] + 30, seat[1] - 56
    sheet.ink(0, limb((seat[0] + 4, seat[1] - 76), hand, 9, 7))
    sheet.ink(4.6, ribbon(curve([hand, (hand[0] + 170, hand[1] - 120), tip]), 4), ribbon([tip, (tip[0], 872)], 2.2))
    sheet.ink(ACCENT, disc(tip[0], 874, 9))
    sheet.ink(
        4.6,
        *(ribbon([(tip[0] - r, y), (tip[0], y), (tip[0] + r, y)], [0, 4, 0]) for r, y in ((60, 886), (100, 900))),
    )


def _roofs(sheet: Sheet) -> None:
    """Gables and chimneys with one lit attic, and a cat that owns them."""
    w = sheet.w
    sky(sheet, NIGHT, 800)
    full_moon(sheet, w * 0.6, 400, 300)
    for tone, base, tops in (
        (1.5, 700, (0.06, 0.22, 0.4, 0.58, 0.78, 0.95)),
        (0.8, 800, (0.0, 0.17, 0.36, 0.88, 1.04)),
    ):
        for index, share in enumerate(tops):
            _gable(sheet, w * share, base - 60 * (index % 2), 150 + 40 * (index % 3), tone)
        mist(sheet, 2, base - 40, base + 160, 0.45)
    _gable(sheet, w * 0.12, 690, 300, 0.2)
    sheet.ink(ACCENT, rect(w * 0.12 - 36, 800, w * 0.12 + 36, 900))
    sheet.ink(0.2, rect(w * 0.12 - 3, 800, w * 0.12 + 3, 900), rect(w * 0.12 - 40, 846, w * 0.12 + 40, 852))
    ridge = curve([(w * 0.34, 1020), (w * 0.4, 835), (w * 0.78, 820), (w * 0.9, 1020)], steps=1)
    sheet.ink(0, ridge, rect(w * 0.7, 730, w * 0.745, 850), rect(w * 0.694, 720, w * 0.751, 742))
    cat(sheet, w * 0.56, 828, 200)


def _gable(sheet: Sheet, x: float, top: float, wide: float, tone: float) -> None:
    """A house front with a steep roof and a chimney."""
    eaves = top + wide * 0.62
    roof = [(x, top), (x + wide * 0.62, eaves), (x + wide * 0.5, eaves), (x + wide * 0.5, 1020)]
    left = [(x - wide * 0.5, 1020), (x - wide * 0.5, eaves), (x - wide * 0.62, eaves)]
    sheet.ink(tone, roof + left, rect(x + wide * 0.2, top - wide * 0.02, x + wide * 0.34, eaves))


def _rower(sheet: Sheet) -> None:
    """A boat in the very middle of the path the moon lays on the water."""
    w, horizon = sheet.w, 600.0
    sky(sheet, NIGHT, horizon)
    full_moon(sheet, w * 0.42, 470, 280)
    sheet.ink(0.9, ground(hill(sheet, horizon - 6, 26, 1.4, 1.1), horizon))
    water = sheet.below(horizon)
    sheet.ink(0.5, water)
    sheet.ink(2.2, water, fade=linear((0, 860), (0, horizon), 1.4))
    glitter(sheet, w * 0.42, horizon, 1000, 330, 4.8)
    x, y = w * 0.46, 800.0
    rowing(sheet, x, y, 300)
    sheet.ink(0, [(x - 112, y + 28), (x + 112, y + 28), (x + 60, y + 52), (x - 60, y + 52)], opacity=0.7)


MOON = (_hilltop, _angler, _roofs, _rower)
