"""Auditorium and stage."""

from collections.abc import Callable

from .figures import bust, painted, standing
from .palettes import ACCENT
from .shapes import Point, Shape, arc, curve, disc, limb, mapped, rect, ribbon, rounded
from .sheet import Sheet, linear, radial


def auditorium(sheet: Sheet, variant: int) -> None:
    """One listener in the empty rows before the light, or the whole house as a performer sees it."""
    kind = (variant - 1) % 3
    if kind == 1:
        _house(sheet)
    else:
        _rows(sheet, sheet.w * (0.5 if kind == 0 else 0.42), alone=kind == 0)
    if variant % 2 == 0:
        sheet.mirror()


def _rows(sheet: Sheet, x: float, alone: bool) -> None:
    """Seats in rows that grow towards us, all turned to a bright opening."""
    w = sheet.w
    half, top, low = w * (0.26 if alone else 0.3), 110.0, 470.0
    sheet.flood(0.7)
    ceiling = [(-20, -20), (w + 20, -20), (x + half, top), (x - half, top)]
    floor = [(-20, 1020), (w + 20, 1020), (x + half, low + 40), (x - half, low + 40)]
    sheet.ink(0.3, ceiling)
    for share in (0.2, 0.45, 0.72):
        _lamp_strip(sheet, x, half, top, share)
    sheet.glow(3.2, x, 300, half * 2.4, 560, power=1.2)
    sheet.ink(0.5, floor)
    sheet.ink(3, floor, fade=linear((0, 760), (0, low)))
    _opening(sheet, x, half, top, low)
    if not alone:
        _scenery(sheet, x, half, low)
    for row in range(7):
        share = row / 6
        y = low + 66 + 470 * share**1.55
        _seats(sheet, x, y, 44 + 150 * share**1.4, row)
        if row == 3:
            _listeners(sheet, x, y, 44 + 150 * share**1.4, alone)
    sheet.flood(0, fade=linear((0, 700), (0, 1060)), opacity=0.9)


def _lamp_strip(sheet: Sheet, x: float, half: float, top: float, share: float) -> None:
    """A rib of the walls and ceiling that catches the light."""
    edge = half + (sheet.w - half) * share**1.6
    high = top - (top + 120) * share**1.6
    for side in (-1, 1):
        line = [(x + side * edge, high), (x + side * edge, 1000)]
        sheet.ink(2.4, ribbon(line, 6 + 16 * share), fade=linear((0, 900), (0, high)))
    sheet.ink(2, rect(x - edge, high, x + edge, high + 4 + 10 * share), opacity=0.8)


def _opening(sheet: Sheet, x: float, half: float, top: float, low: float) -> None:
    """The lit stage: parted curtains, a floor of light, and a disc for whatever is about to begin."""
    sheet.glow(5, x, (top + low) / 2, half * 1.7, 330, power=0.9)
    screen = sheet.cut(rounded(x - half, top, x + half, low, 6))
    sheet.fill(5, screen)
    sheet.fill(4, screen, fade=linear((0, top), (0, low)))
    sheet.ink(ACCENT, disc(x, low - 118, 118), inside=screen)
    sheet.ink(5, disc(x, low - 118, 118), inside=screen, fade=linear((0, low - 120), (0, low + 60)))
    for side in (-1, 1):
        hem = [(x + side * half, top), (x + side * half * 0.6, top), (x + side * half * 0.68, top + 190), (x + side * half * 0.84, low), (x + side * half, low)]
        drape = sheet.cut(curve(hem, steps=8), inside=screen)
        sheet.fill(2, drape)
        for fold in range(5):
            px = x + side * half * (0.64 + 0.08 * fold)
            sheet.ink(1, rect(px, top, px + 11, low), inside=drape)
    sheet.ink(1, rect(x - half - 8, low, x + half + 8, low + 26))
    sheet.ink(4, rect(x - half - 8, low, x + half + 8, low + 5))


def _scenery(sheet: Sheet, x: float, half: float, low: float) -> None:
    """A painted range of hills and a ladder to them, for the play of two."""
    hills = ((-0.58, 0, 210, 2.6), (0.1, 0.6, 170, 2), (-0.2, 0.4, 110, 1.2))
    for start, end, tall, tone in hills:
        left, right = x + half * start, x + half * end
        sheet.ink(tone, [(left, low), ((left + right) / 2, low - tall), (right, low)])


def _seats(sheet: Sheet, x: float, y: float, size: float, row: int) -> None:
    """One row of seat backs, each with a rim of light along its top."""
    pitch = size * 1.06
    count = int(sheet.w / pitch) + 3
    shift = pitch / 2 if row % 2 else 0.0
    centres = [x + shift + pitch * (index - count // 2 - (1 if x > sheet.w / 2 else 0)) for index in range(-2, count + 2)]
    bow = [y + abs(px - x) ** 2 / sheet.w * 0.05 for px in centres]
    backs = [rounded(px - size / 2, py, px + size / 2, py + size * 1.8, size * 0.3) for px, py in zip(centres, bow, strict=True)]
    dark = 2.4 - 0.34 * row
    sheet.ink(min(5.0, dark + 1.9), *backs)
    thick = 3 + size * 0.035
    sheet.ink(dark, *mapped(backs, lambda a, b: (a, b + thick)))


def _listeners(sheet: Sheet, x: float, y: float, size: float, alone: bool) -> None:
    """Whoever is there: a head above the seats, edged with light."""
    for px, tone in ((x - size * 0.53, ACCENT),) if alone else ((x - size * 1.59, ACCENT), (x - size * 0.53, 0.6)):
        head = bust(px, y - size * 0.62, size * 0.42)
        sheet.ink(5, *mapped(head, lambda a, b: (a, b - 4)))
        sheet.ink(0.4, head[0])
        sheet.ink(tone, head[1])
        sheet.ink(0, head[1], fade=linear((0, y - size * 0.2), (0, y + size * 0.9)), opacity=0.8)


def _house(sheet: Sheet) -> None:
    """Balconies sweep round the hall; somebody small stands in the light before all of them."""
    w = sheet.w
    x = w * 0.5
    sheet.flood(0.5)
    sheet.glow(2, x, 420, w * 0.62, 620)
    for tier in range(4):
        _balcony(sheet, x, 330 - 118 * tier, 200 - 8 * tier + 60 * tier, tier)
    for row in range(5):
        y = 560 + 34 * row + 7 * row * row
        line = [(px, y + (px - x) ** 2 / w * 0.12) for px in range(-20, int(w) + 40, 20)]
        sheet.ink(1.9 - 0.36 * row, line + [(w + 20, 1020), (-20, 1020)])
        seats = [disc(px, y + (px - x) ** 2 / w * 0.12 - 2, 13 + 2.4 * row, 15 + 3 * row) for px in range(int(-w * 0.04) + row % 2 * 17, int(w * 1.05), 34 + 6 * row)]
        sheet.ink(2.6 - 0.42 * row, *seats)
    stage = curve([(-20, 870), (w * 0.25, 800), (x, 786), (w * 0.75, 800), (w + 20, 870)])
    sheet.ink(0.2, [*stage, (w + 20, 1020), (-20, 1020)])
    sheet.ink(4.6, [*stage, (w + 20, 1020), (-20, 1020)], fade=radial(x, 930, 480, 130, power=0.6))
    beam = [(x - 30, -20), (x + 30, -20), (x + 210, 940), (x - 210, 940)]
    sheet.ink(4.4, beam, fade=linear((0, 1000), (0, -100), 1.2), opacity=0.7)
    person = standing().placed(x, 936, 270)
    sheet.ink(0, *person.shadow(0.3, 0.32), opacity=0.85)
    painted(sheet, person, ACCENT, 0, 0)


def _balcony(sheet: Sheet, x: float, y: float, sag: float, tier: int) -> None:
    """One tier: dark boxes above, a pale parapet below, a lamp between every two boxes."""
    w = sheet.w
    half = w * (0.5 + 0.07 * tier)

    def rim(px: float) -> float:
        return y + 150 - sag * ((px - x) / half) ** 2 * 0.9

    line = [(px, rim(px)) for px in range(-40, int(w) + 60, 20)]
    sheet.ink(1.1, ribbon([(px, py - 52) for px, py in line], 90))
    arches = [rounded(px - 24, rim(px) - 88, px + 24, rim(px) + 10, 24) for px in range(int(x % 64) - 64, int(w) + 64, 64)]
    sheet.ink(0.2, *arches)
    heads = [disc(px + k * 11, rim(px) - 22, 8, 10) for px in range(int(x % 64) - 64, int(w) + 64, 64) for k in (-1, 1) if sheet.rng.random() < 0.62]
    sheet.ink(1.9, *heads)
    sheet.ink(3.1, ribbon([(px, py + 8) for px, py in line], 40))
    sheet.ink(1.5, ribbon([(px, py + 28) for px, py in line], 10))
    sheet.ink(4.6, ribbon([(px, py - 11) for px, py in line], 5))
    for px in range(int(x % 64) - 32, int(w) + 64, 64):
        sheet.ink(5, disc(px, rim(px) + 4, 7))


def stage(sheet: Sheet, variant: int) -> None:
    """A singer in a single beam, a pianist, or a dancer before a disc of light."""
    kind = (variant - 1) % 3
    sheet.flood(0.3)
    (_singer, _pianist, _dancer)[kind](sheet)
    if variant % 2 == 0:
        sheet.mirror()


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
    floor = sheet.cut(rect(-20, horizon, w + 20, 1020))
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
    sheet.ink(3, *mapped(heads, lambda a, b: (a, b - 3)))
    sheet.ink(0, *heads)


def _singer(sheet: Sheet) -> None:
    w = sheet.w
    x = w * 0.56
    sheet.glow(1.5, x, 520, 700, 620)
    _boards(sheet, 740)
    _curtains(sheet, 2.6, w * 0.27)
    _beam(sheet, (w * 0.3, -40), (x, 830), 250)
    shapes = mapped(_singing(), lambda a, b: (x + a * 430, 834 + b * 430))
    sheet.ink(0, *mapped(shapes, lambda a, b: (a + (834 - b) * 0.5, 834 + (834 - b) * 0.16)), opacity=0.8)
    sheet.ink(0, *shapes[2:])
    sheet.ink(ACCENT, *shapes[:2])
    sheet.ink(0, shapes[0], fade=linear((x - 40, 0), (x + 110, 0)), opacity=0.85)
    _microphone(sheet, x - 56, 846, 372)
    _audience(sheet, 905, 52)


def _singing() -> list[Shape]:
    """A singer in a long dress, three-quarter, one arm up, the head back; height one, feet on the origin."""
    dress = curve(
        [
            (-0.055, -0.8), (-0.085, -0.68), (-0.058, -0.56), (-0.1, -0.42), (-0.13, -0.2), (-0.19, -0.01),
            (0, 0.01), (0.21, -0.01), (0.12, -0.22), (0.1, -0.42), (0.062, -0.56), (0.09, -0.69), (0.06, -0.8),
        ],
        closed=True,
        steps=8,
    )  # fmt: skip
    raised = [limb((0.078, -0.775), (0.185, -0.85), 0.026, 0.02), limb((0.185, -0.85), (0.22, -1.03), 0.02, 0.014)]
    holding = [limb((-0.078, -0.775), (-0.165, -0.665), 0.026, 0.02), limb((-0.165, -0.665), (-0.125, -0.83), 0.02, 0.015)]
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
    sheet.ink(3.6, rect(-20, 760, w + 20, 1020), fade=radial(w * 0.52, 850, 700, 130, power=0.7))
    _curtains(sheet, 1.9, w * 0.16)
    moon = w * 0.6, 380.0, 250.0
    sheet.ink(5, disc(*moon))
    sheet.ink(4, disc(*moon), fade=linear((0, 250), (0, 640)))
    x, y, size = w * 0.5, 850.0, 760.0

    def at(shape: Shape) -> Shape:
        return [(x + a * size, y + b * size) for a, b in shape]

    shade = [(x - 380, y + 26), (x + 430, y + 26), (x + 520, y + 60), (x - 300, y + 60)]
    sheet.ink(0, shade, opacity=0.7)
    bend = curve([(0.02, -0.9), (0.16, -0.87), (0.27, -0.72), (0.38, -0.62), (0.49, -0.56), (0.52, -0.43)], steps=8)
    lid = [(-0.17, -0.43), *bend]
    sheet.ink(0.3, at(lid))
    sheet.ink(2, at(lid), fade=linear((x + 300, y - 420), (x - 60, y - 420)))
    body = [(-0.26, -0.43), (0.5, -0.43), *arc(0.49, -0.37, 0.045, 0.06, -90, 90), (0.44, -0.31), (-0.2, -0.31), (-0.26, -0.34)]
    legs = [limb((px, -0.32), (px, -0.015), 0.024, 0.013) for px in (-0.16, 0.1, 0.42)]
    prop = [(0.2, -0.43), (0.21, -0.43), (0.185, -0.83), (0.175, -0.83)]
    sheet.ink(0, at(body), *(at(leg) for leg in legs), at(prop), at(rect(-0.275, -0.385, -0.2, -0.355)))
    sheet.ink(ACCENT, at(rect(-0.24, -0.4, 0.49, -0.392)))
    stool = [rect(-0.49, -0.235, -0.34, -0.205), rect(-0.47, -0.21, -0.455, 0), rect(-0.375, -0.21, -0.36, 0)]
    sheet.ink(0, *(at(part) for part in stool))
    _player(sheet, at)
    _audience(sheet, 930, 46)


def _player(sheet: Sheet, at: Callable[[Shape], Shape]) -> None:
    """The pianist, leaning into the keys."""
    back = curve(
        [(-0.37, -0.55), (-0.44, -0.5), (-0.475, -0.36), (-0.48, -0.23), (-0.35, -0.22), (-0.345, -0.36), (-0.325, -0.5)],
        closed=True,
    )  # fmt: skip
    arm = ribbon(curve([(-0.37, -0.5), (-0.36, -0.385), (-0.3, -0.385), (-0.225, -0.405)], steps=6), 0.042)
    legs = [limb((-0.42, -0.235), (-0.27, -0.24), 0.045, 0.036), limb((-0.27, -0.235), (-0.26, -0.02), 0.034, 0.02), limb((-0.26, -0.014), (-0.2, -0.014), 0.015, 0.01)]
    head = [disc(-0.325, -0.62, 0.044, 0.055), limb((-0.34, -0.57), (-0.36, -0.53), 0.022, 0.028)]
    sheet.ink(0, *(at(part) for part in (*legs, *head)))
    sheet.ink(ACCENT, at(back))
    sheet.ink(0, at(back), fade=linear(at([(-0.34, -0.4)])[0], at([(-0.5, -0.4)])[0]), opacity=0.9)
    sheet.ink(0, at(arm))


def _dancer(sheet: Sheet) -> None:
    """A leap, caught in front of a great disc."""
    w = sheet.w
    x, y = w * 0.5, 450.0
    sheet.glow(1.2, x, y, 820, 700)
    sheet.glow(3, x, y, 560, power=1.2)
    sheet.ink(5, disc(x, y, 330))
    sheet.ink(4, disc(x, y, 330), fade=linear((x + 100, y + 60), (x - 330, y - 260)))
    _boards(sheet, 850)
    sheet.ink(4.2, rect(-20, 850, w + 20, 1020), fade=radial(x, 900, 520, 90, power=0.7))
    sheet.ink(0, disc(x - 10, 914, 250, 24), fade=radial(x - 10, 914, 270, 27, power=0.4))
    scale = 560.0

    def at(shape: Shape) -> Shape:
        return [(x + a * scale, y + 120 + b * scale) for a, b in shape]

    front = [
        limb((0.04, -0.04), (0.36, -0.03), 0.062, 0.04),
        limb((0.36, -0.03), (0.68, -0.1), 0.04, 0.018),
        limb((0.68, -0.1), (0.77, -0.135), 0.018, 0.006),
    ]
    back = [
        limb((-0.04, -0.03), (-0.34, 0.05), 0.062, 0.04),
        limb((-0.34, 0.05), (-0.62, -0.03), 0.04, 0.018),
        limb((-0.62, -0.03), (-0.7, -0.075), 0.018, 0.006),
    ]
    torso = curve([(-0.055, -0.02), (-0.05, -0.14), (-0.07, -0.3), (0.0, -0.33), (0.07, -0.3), (0.055, -0.14), (0.06, -0.02)], closed=True)
    arms = [
        ribbon(curve([(0.05, -0.295), (0.2, -0.36), (0.34, -0.46), (0.42, -0.55)], steps=8), [0.05 - 0.0014 * i for i in range(25)]),
        ribbon(curve([(-0.05, -0.295), (-0.2, -0.31), (-0.36, -0.25), (-0.45, -0.25)], steps=8), [0.05 - 0.0014 * i for i in range(25)]),
    ]
    head = [limb((0.005, -0.4), (0, -0.31), 0.024, 0.034), disc(0.012, -0.455, 0.047, 0.06), disc(-0.04, -0.505, 0.03)]
    skirt = curve(
        [
            (-0.06, -0.1), (-0.17, -0.1), (-0.3, 0.0), (-0.22, 0.05), (-0.1, 0.09), (0.04, 0.1), (0.18, 0.06),
            (0.27, -0.02), (0.15, -0.09), (0.06, -0.1),
        ],
        closed=True,
    )  # fmt: skip
    sheet.ink(0, *(at(part) for part in (*front, *back, *arms, *head)))
    sheet.ink(ACCENT, at(skirt), at(torso))
    sheet.ink(0, at(skirt), fade=linear((0, y + 70), (0, y + 210)), opacity=0.8)
