"""Games of the arcade."""

from .figures import painted, standing
from .palettes import ACCENT
from .shapes import Shape, disc, limb, rect, ribbon, ring, rounded
from .sheet import Mask, Sheet, linear, radial
from .weather import stars

INVADER = (
    "..#.....#..",
    "...#...#...",
    "..#######..",
    ".##.###.##.",
    "###########",
    "#.#######.#",
    "#.#.....#.#",
    "...##.##...",
)
STAR = ("....#....", "...###...", "#########", ".#######.", "..#####..", ".###.###.", "##.....##")
DART = ("#.......#", "##.....##", "###...###", "####.####", ".#######.", "..#####..", "....#....")
GHOST = (
    "...####...",
    ".########.",
    "##..##..##",
    "##..##..##",
    "##########",
    "##########",
    "##########",
    "#.##..##.#",
)


def pixels(art: tuple[str, ...], x: float, y: float, size: float) -> list[Shape]:
    """A sprite as squares around a middle."""
    left, top = x - len(art[0]) * size / 2, y - len(art) * size / 2
    return [
        rect(left + column * size, top + row * size, left + (column + 1.02) * size, top + (row + 1.02) * size)
        for row, line in enumerate(art)
        for column, cell in enumerate(line)
        if cell == "#"
    ]


def _hall(sheet: Sheet) -> None:
    """Late, the hall almost empty; every screen lights its own piece of floor."""
    w, floor = sheet.w, 800.0
    sheet.flood(0.6)
    sheet.glow(2, w * 0.5, 480, 900, 560)
    sheet.ink(0.2, sheet.below(floor - 40))
    for index, tone in enumerate((3.4, 2.6, 4.4, 2.6, 3.4)):
        x, aside = w * (0.5 + (index - 2) * 0.215), (index - 2) * 60
        pool = [(x - 110, floor), (x + 110, floor), (x + 190 + aside, 1020), (x - 190 + aside, 1020)]
        sheet.ink(tone, pool, fade=linear((0, 1040), (0, floor - 60)))
    tube = [(-20.0, 62.0), (w + 20, 62.0)]
    sheet.ink(ACCENT, ribbon(tube, 84), fade=lambda _, y: max(0.0, 1 - abs(y - 62) / 44) ** 1.3, opacity=0.8)
    sheet.ink(5, ribbon(tube, 7))
    for index in range(5):
        _cabinet(sheet, w * (0.5 + (index - 2) * 0.215), floor, index)
    person = standing().placed(w * 0.5, 925, 520)
    sheet.ink(0, *person.shadow(0.02, 0.35), opacity=0.9)
    rim = standing().placed(w * 0.5, 928, 534)
    sheet.ink(5, *rim.all, fade=linear((0, 960), (0, 420)))
    painted(sheet, person, 0.4, 0, 0)


def _cabinet(sheet: Sheet, x: float, floor: float, index: int) -> None:
    """A cabinet from the front: marquee, screen, panel with stick and buttons, coin door."""
    body = [(x - 136, 140), (x + 136, 140), (x + 136, floor + 30), (x - 136, floor + 30)]
    sheet.ink(1.4, body)
    sheet.ink(0, body, fade=linear((0, 560), (0, floor + 60)), opacity=0.9)
    bright = (3.0, 4.0, 5.0, 4.0, 3.0)[index]
    sheet.ink(ACCENT if index % 2 == 0 else bright, rounded(x - 124, 154, x + 124, 222, 8))
    name = [rect(x + k * 76 - 24, 182, x + k * 76 + 24, 194) for k in (-1, 1)]
    sheet.ink(0.4, *pixels(STAR if index % 2 else DART, x, 188, 7), *name)
    sheet.ink(0, rounded(x - 124, 244, x + 124, 520, 10))
    glass = sheet.cut(rounded(x - 104, 262, x + 104, 502, 16))
    sheet.fill(1, glass)
    sheet.fill(bright, glass, fade=radial(x, 380, 190, power=0.6))
    _play(sheet, glass, x, index)
    sheet.ink(2.6, [(x - 136, 540), (x + 136, 540), (x + 156, 600), (x - 156, 600)])
    sheet.ink(
        bright,
        [(x - 136, 540), (x + 136, 540), (x + 156, 600), (x - 156, 600)],
        fade=linear((0, 600), (0, 520)),
    )
    sheet.ink(0, rect(x - 156, 600, x + 156, 626), limb((x - 66, 574), (x - 70, 536), 4, 4))
    sheet.ink(ACCENT, disc(x - 70, 530, 14), disc(x + 30, 570, 12, 8), disc(x + 72, 566, 12, 8))
    sheet.ink(0.2, rounded(x - 56, 672, x + 56, 780, 6))
    sheet.ink(3, rect(x - 30, 700, x - 24, 730), rect(x + 24, 700, x + 30, 730))


def _play(sheet: Sheet, glass: Mask, x: float, index: int) -> None:
    """What each machine shows."""
    dark = 0.3
    if index in (0, 4):
        sheet.ink(dark, *pixels(INVADER, x, 364, 15), inside=glass)
        sheet.ink(ACCENT, rect(x - 30, 464, x + 30, 482), rect(x - 8, 446, x + 8, 466), inside=glass)
    elif index in (1, 3):
        wedge = [(x - 92, 400), (x + 92, 400), (x + 160, 520), (x - 160, 520)]
        sheet.ink(ACCENT, disc(x, 392, 62), inside=glass)
        sheet.ink(dark, wedge, inside=glass)
        sheet.ink(
            4,
            *(ribbon([(x + k * 18, 400), (x + k * 80, 505)], 3.4) for k in range(-3, 4)),
            *(rect(x - 110, y, x + 110, y + 3.4) for y in (412, 434, 470)),
            inside=glass,
        )
    else:
        sheet.ink(ACCENT, *pixels(GHOST, x, 376, 16), inside=glass)
        sheet.ink(0, *(rect(x + k - 8, 344, x + k + 8, 376) for k in (-26, 38)), inside=glass)


def _stick(sheet: Sheet) -> None:
    """Nothing but the panel, seen from above in low light: one red ball, eight buttons, long shadows."""
    w = sheet.w
    sheet.flood(4)
    sheet.flood(5, fade=linear((w, 1000), (0, 0)))
    stripe = [
        [(-40, 470 + k * 92), (w * 0.62 + k * 40, -60), (w * 0.62 + k * 40 + 66, -60), (-40, 560 + k * 92)]
        for k in range(3)
    ]
    for shape, tone in zip(stripe, (3.4, 2.6, 1.8), strict=True):
        sheet.ink(tone, shape)
    buttons = [
        (w * (0.53 + 0.135 * k), 470 + 190 * row - 46 * (k > 0) - 24 * (k > 1)) for row in (0, 1) for k in (0, 1, 2)
    ]
    x, y = w * 0.26, 560.0
    shadow = [limb((x, y + 30), (x + 380, y + 250), 40, 40), disc(x + 420, y + 274, 140, 128)]
    sheet.ink(1.6, *shadow, *(limb((px, py), (px + 84, py + 50), 82, 82) for px, py in buttons), opacity=0.9)
    for index, (px, py) in enumerate(buttons):
        _button(sheet, px, py, ACCENT if index == 4 else (1, 2, 0.4, 3, 1, 1.6)[index])
    sheet.ink(0, disc(x, y + 20, 128, 112))
    sheet.ink(1.6, disc(x, y + 12, 116, 100))
    sheet.ink(0, disc(x, y + 16, 64, 52))
    sheet.ink(3.6, limb((x, y + 10), (x - 40, y - 190), 24, 20))
    sheet.ink(0.6, limb((x + 9, y + 10), (x - 29, y - 190), 13, 10))
    _ball(sheet, x - 46, y - 250, 142)


def _button(sheet: Sheet, x: float, y: float, tone: float) -> None:
    """A button in its ring, pressed by the light from one side."""
    sheet.ink(0.2, disc(x, y, 84))
    sheet.ink(4.8, disc(x, y - 3, 77))
    sheet.ink(0.4, disc(x, y - 2, 66))
    cap = sheet.cut(disc(x - 2, y - 8, 60))
    sheet.fill(tone, cap)
    sheet.fill(0, cap, fade=linear((x, y - 10), (x + 66, y + 56)), opacity=0.75)
    sheet.ink(5, ring(x - 2, y - 8, 48, 42, 190, 262))


def _ball(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """The ball on the stick."""
    ball = sheet.cut(disc(x, y, radius))
    sheet.fill(ACCENT, ball)
    sheet.fill(0, ball, fade=linear((x, y), (x + radius * 0.95, y + radius * 0.95), 1.2))
    sheet.fill(5, ball, fade=radial(x - radius * 0.42, y - radius * 0.46, radius * 0.62, power=0.8))


def _world(sheet: Sheet) -> None:
    """A grid that runs to the horizon, and what rises there."""
    w, horizon = sheet.w, 640.0
    x = w * 0.5
    sheet.flood(0.2)
    sheet.flood(2, fade=linear((0, 60), (0, horizon)))
    stars(sheet, 400)
    sheet.glow(4, x, 430, 640, 520, power=1.2)
    sun = sheet.cut(disc(x, 400, 270))
    sheet.fill(5, sun)
    sheet.fill(ACCENT, sun, fade=linear((0, 200), (0, 640)))
    sheet.ink(0.4, *pixels(INVADER, x, 400, 34))
    for odd, tone, tall in ((0, 1.6, 150), (1, 0.8, 90)):
        sheet.ink(tone, _peaks(sheet, horizon, odd, tall))
    _grid(sheet, x, horizon)


def _peaks(sheet: Sheet, horizon: float, odd: int, tall: float) -> Shape:
    """Sharp hills that are highest at the edges, so that the middle stays free."""
    line = [(-60.0, horizon + 4)]
    for step in range(14):
        rise = tall * sheet.rng.uniform(0.5, 1.1) if (step + odd) % 2 else tall * 0.16
        line.append((-40 + step * sheet.w / 12, horizon - rise * min(1.0, abs(step - 6) / 3.2)))
    return [*line, (sheet.w + 200, horizon + 4)]


def _grid(sheet: Sheet, x: float, horizon: float) -> None:
    """The floor of the game: rails to one point, sleepers that crowd towards the horizon."""
    sheet.ink(0.2, sheet.below(horizon))
    sheet.ink(ACCENT, sheet.below(horizon), fade=radial(x, horizon - 10, 640, 200))
    lines = [ribbon([(x + k * 34, horizon), (x + k * 210, 1020)], [1.4, 5]) for k in range(-24, 25)]
    y, gap = horizon + 1, 9.0
    while y < 1010:
        lines.append(rect(-20, y, sheet.w + 20, y + 1 + gap / 18))
        y, gap = y + gap, gap * 1.38
    sheet.ink(4, *lines)
    sheet.ink(5, rect(-20, horizon - 1, sheet.w + 20, horizon + 3))


ARCADE = (_hall, _stick, _world)
