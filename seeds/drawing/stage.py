"""The stage."""

from .figures import bust
from .palettes import ACCENT
from .shapes import Point, Shape, arc, curve, disc, limb, mapped, moved, placed, points, rect, ribbon
from .sheet import Sheet, linear, radial


def _curtains(sheet: Sheet, tone: float, width: float) -> None:
    """Heavy drapes at both sides: each fold is a gradient from its lit edge."""
    for side in (0, 1):
        edge = 0.0 if side == 0 else sheet.w
        sign = 1 if side == 0 else -1
        for fold in range(6, -1, -1):
            left = edge + sign * width * fold / 7
            right = left + sign * (width / 7 + 8)
            hem = [(left, -20), (right, -20), (right + sign * 12, 500), (right, 905), (left, 912)]
            cloth = sheet.cut(curve(hem, steps=6))
            sheet.fill(tone - 1.2, cloth)
            sheet.fill(tone, cloth, fade=linear((left, 0), (right, 0), 1.3))
    sheet.flood(0, fade=linear((0, 420), (0, -60)), opacity=0.8)


def _beam(sheet: Sheet, source: Point, pool: Point, radius: float, tone: float = 4.2) -> None:
    """A spotlight from its lamp to the ellipse it makes on the boards."""
    x, y = pool
    cone = [(source[0] - 14, source[1]), (source[0] + 14, source[1]), (x + radius, y), (x - radius, y)]
    whole = [cone, disc(x, y, radius, radius * 0.2)]
    sheet.ink(tone, *whole, fade=linear((0, y + 260), (0, source[1] - 100), 1.1), opacity=0.85)
    sheet.ink(5, disc(x, y, radius, radius * 0.2), fade=radial(x, y, radius * 1.25, radius * 0.26, power=0.35))


def _boards(sheet: Sheet, horizon: float) -> None:
    """The stage floor, its planks running away from us."""
    w = sheet.w
    floor = sheet.cut(sheet.below(horizon))
    sheet.fill(0.9, floor)
    planks = [ribbon([(w * 0.5 + k * 60, horizon), (w * 0.5 + k * 130, 1020)], 3) for k in range(-16, 17)]
    sheet.ink(0.3, *planks, inside=floor)


def _audience(sheet: Sheet, y: float, size: float) -> None:
    """The first rows, from behind."""
    x = -size * 0.4
    heads: list[Shape] = []
    while x < sheet.w + size:
        heads += bust(x, y + sheet.rng.uniform(-0.3, 0.35) * size, size * sheet.rng.uniform(0.85, 1.1))
        x += size * sheet.rng.uniform(2.1, 2.6)
    sheet.ink(3, *moved(heads, 0, -3))
    sheet.ink(0, *heads)


def _singer(sheet: Sheet) -> None:
    """A voice, a microphone, and the row of heads that listens."""
    w = sheet.w
    sheet.flood(0.3)
    x = w * 0.56
    sheet.glow(1.5, x, 520, 700, 620)
    _boards(sheet, 740)
    _curtains(sheet, 2.6, w * 0.27)
    _beam(sheet, (w * 0.3, -40), (x, 830), 250)
    shapes = [placed(shape, x, 834, 430) for shape in _singing()]
    sheet.ink(0, *mapped(shapes, lambda a, b: (a + (834 - b) * 0.5, 834 + (834 - b) * 0.16)), opacity=0.8)
    sheet.ink(0, *shapes[2:])
    sheet.ink(ACCENT, *shapes[:2])
    sheet.ink(0, shapes[0], fade=linear((x - 40, 0), (x + 110, 0)), opacity=0.85)
    _microphone(sheet, x - 56, 846, 372)
    _audience(sheet, 905, 52)


def _singing() -> list[Shape]:
    """A singer in a long dress, three-quarter, one arm up, the head back; height one, feet on the origin."""
    dress = curve(
        points(
            "-0.055,-0.8 -0.085,-0.68 -0.058,-0.56 -0.1,-0.42 -0.13,-0.2 -0.19,-0.01 0,0.01 "
            "0.21,-0.01 0.12,-0.22 0.1,-0.42 0.062,-0.56 0.09,-0.69 0.06,-0.8"
        ),
        closed=True,
        steps=8,
    )
    raised = [
        limb((0.078, -0.775), (0.185, -0.85), 0.026, 0.02),
        limb((0.185, -0.85), (0.22, -1.03), 0.02, 0.014),
    ]
    holding = [
        limb((-0.078, -0.775), (-0.165, -0.665), 0.026, 0.02),
        limb((-0.165, -0.665), (-0.125, -0.83), 0.02, 0.015),
    ]
    neck = limb((-0.005, -0.87), (0, -0.78), 0.024, 0.034)
    head = disc(-0.015, -0.925, 0.047, 0.06)
    hair = [disc(0.012, -0.965, 0.066), disc(0.045, -0.925, 0.05), disc(-0.02, -0.985, 0.042)]
    hands = [disc(0.223, -1.05, 0.019, 0.027), disc(-0.124, -0.845, 0.021)]
    return [dress, disc(0, -0.79, 0.062, 0.03), *raised, *holding, neck, head, *hair, *hands]


def _microphone(sheet: Sheet, x: float, base: float, height: float) -> None:
    """A stand with a round foot."""
    sheet.ink(0, rect(x - 2.5, base - height, x + 2.5, base), disc(x, base, 34, 7))
    sheet.ink(0, limb((x, base - height), (x + 14, base - height - 18), 5, 11))


def _pianist(sheet: Sheet) -> None:
    """A grand piano against a wall of light, the lid up like a sail."""
    w = sheet.w
    sheet.flood(1.2)
    sheet.glow(3.4, w * 0.52, 460, 800, 620, power=0.9)
    _boards(sheet, 760)
    sheet.ink(3.6, sheet.below(760), fade=radial(w * 0.52, 850, 700, 130, power=0.7))
    _curtains(sheet, 1.9, w * 0.16)
    moon = disc(w * 0.6, 380, 250)
    sheet.ink(5, moon)
    sheet.ink(4, moon, fade=linear((0, 250), (0, 640)))
    x, y = w * 0.5, 850.0
    sheet.ink(0, placed(points("-380,26 430,26 520,60 -300,60"), x, y), opacity=0.7)
    _piano(sheet, x, y, 760)
    _player(sheet, x, y, 760)
    _audience(sheet, 930, 46)


def _piano(sheet: Sheet, x: float, y: float, size: float) -> None:
    """The instrument from the side of the audience, with its stool."""

    def at(*shapes: Shape) -> list[Shape]:
        return [placed(shape, x, y, size) for shape in shapes]

    bend = curve(points("0.02,-0.9 0.16,-0.87 0.27,-0.72 0.38,-0.62 0.49,-0.56 0.52,-0.43"), steps=8)
    lid = at([(-0.17, -0.43), *bend])
    sheet.ink(0.3, *lid)
    sheet.ink(2, *lid, fade=linear((x + 300, y - 420), (x - 60, y - 420)))
    tail = arc(0.49, -0.37, 0.045, 0.06, -90, 90)
    case = [(-0.26, -0.43), (0.5, -0.43), *tail, (0.44, -0.31), (-0.2, -0.31), (-0.26, -0.34)]
    legs = (limb((px, -0.32), (px, -0.015), 0.024, 0.013) for px in (-0.16, 0.1, 0.42))
    prop = points("0.2,-0.43 0.21,-0.43 0.185,-0.83 0.175,-0.83")
    sheet.ink(0, *at(case, *legs, prop, rect(-0.275, -0.385, -0.2, -0.355)))
    sheet.ink(ACCENT, *at(rect(-0.24, -0.4, 0.49, -0.392)))
    feet = rect(-0.47, -0.21, -0.455, 0), rect(-0.375, -0.21, -0.36, 0)
    sheet.ink(0, *at(rect(-0.49, -0.235, -0.34, -0.205), *feet))


def _player(sheet: Sheet, x: float, y: float, size: float) -> None:
    """The pianist, leaning into the keys."""

    def at(*shapes: Shape) -> list[Shape]:
        return [placed(shape, x, y, size) for shape in shapes]

    outline = "-0.37,-0.55 -0.44,-0.5 -0.475,-0.36 -0.48,-0.23 -0.35,-0.22 -0.345,-0.36 -0.325,-0.5"
    back = at(curve(points(outline), closed=True))
    arm = ribbon(curve(points("-0.37,-0.5 -0.36,-0.385 -0.3,-0.385 -0.225,-0.405"), steps=6), 0.042)
    thigh = limb((-0.42, -0.235), (-0.27, -0.24), 0.045, 0.036)
    shin = limb((-0.27, -0.235), (-0.26, -0.02), 0.034, 0.02)
    shoe = limb((-0.26, -0.014), (-0.2, -0.014), 0.015, 0.01)
    head = disc(-0.325, -0.62, 0.044, 0.055), limb((-0.34, -0.57), (-0.36, -0.53), 0.022, 0.028)
    sheet.ink(0, *at(thigh, shin, shoe, *head))
    sheet.ink(ACCENT, *back)
    sheet.ink(0, *back, fade=linear((x - 0.34 * size, 0), (x - 0.5 * size, 0)), opacity=0.9)
    sheet.ink(0, *at(arm))


def _dancer(sheet: Sheet) -> None:
    """A leap, caught in front of a great disc."""
    w = sheet.w
    x, y = w * 0.5, 450.0
    sheet.flood(0.3)
    sheet.glow(1.2, x, y, 820, 700)
    sheet.glow(3, x, y, 560, power=1.2)
    sheet.ink(5, disc(x, y, 330))
    sheet.ink(4, disc(x, y, 330), fade=linear((x + 100, y + 60), (x - 330, y - 260)))
    _boards(sheet, 850)
    sheet.ink(4.2, sheet.below(850), fade=radial(x, 900, 520, 90, power=0.7))
    sheet.ink(0, disc(x - 10, 914, 250, 24), fade=radial(x - 10, 914, 270, 27, power=0.4))
    dress, body = ([placed(part, x, y + 120, 560) for part in parts] for parts in _leaping())
    sheet.ink(0, *body)
    sheet.ink(ACCENT, *dress)
    sheet.ink(0, dress[0], fade=linear((0, y + 70), (0, y + 210)), opacity=0.8)


def _leaping() -> tuple[list[Shape], list[Shape]]:
    """A dancer in a split leap, the hips on the origin: the dress, and everything else."""
    front, back = (
        points("0.04,-0.04 0.36,-0.03 0.68,-0.1 0.77,-0.135"),
        points("-0.04,-0.03 -0.34,0.05 -0.62,-0.03 -0.7,-0.075"),
    )
    taper = (0.062, 0.04, 0.018, 0.006)
    legs = [limb(leg[k], leg[k + 1], taper[k], taper[k + 1]) for leg in (front, back) for k in range(3)]
    thin = [0.05 - 0.0014 * step for step in range(25)]
    reach = "0.05,-0.295 0.2,-0.36 0.34,-0.46 0.42,-0.55", "-0.05,-0.295 -0.2,-0.31 -0.36,-0.25 -0.45,-0.25"
    arms = [ribbon(curve(points(arm), steps=8), thin) for arm in reach]
    head = [limb((0.005, -0.4), (0, -0.31), 0.024, 0.034), disc(0.012, -0.455, 0.047, 0.06)]
    knot = disc(-0.04, -0.505, 0.03)
    bodice = "-0.055,-0.02 -0.05,-0.14 -0.07,-0.3 0,-0.33 0.07,-0.3 0.055,-0.14 0.06,-0.02"
    skirt = "-0.06,-0.1 -0.17,-0.1 -0.3,0 -0.22,0.05 -0.1,0.09 0.04,0.1 0.18,0.06 0.27,-0.02 0.15,-0.09 0.06,-0.1"
    dress = [curve(points(outline), closed=True) for outline in (skirt, bodice)]
    return dress, [*legs, *arms, *head, knot]


STAGE = (_singer, _pianist, _dancer)
