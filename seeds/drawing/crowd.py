"""Many people."""

import math

from .figures import bust, walking
from .palettes import ACCENT
from .shapes import Point, Shape, curve, disc, limb, mapped, moved, placed, points, rounded, turned
from .sheet import Sheet, linear, radial


def _concert(sheet: Sheet) -> None:
    """Three depths of heads and arms against the light of a stage."""
    w = sheet.w
    source = w * 0.52, 470.0
    sheet.flood(1)
    sheet.glow(3, *source, 900, 760)
    for angle in range(-70, 71, 20):
        _ray(sheet, source, angle)
    sheet.glow(5, *source, 420, 330, power=0.8)
    sheet.ink(ACCENT, disc(*source, 120))
    sheet.ink(5, disc(*source, 120), fade=linear((0, source[1] - 60), (0, source[1] + 130)))
    for row, (y, size, tone) in enumerate(((560, 26, 2.4), (640, 44, 1.3), (780, 80, 0.0))):
        _row(sheet, y, size, tone, row)
        sheet.glow((3.4, 2.4, 1)[row], source[0], y - 20, 620, 150, opacity=0.55 - 0.2 * row)


def _ray(sheet: Sheet, source: Point, angle: float) -> None:
    """One beam that fans out from behind the stage."""
    x, y = source
    ends = [
        (x + 1300 * math.sin(math.radians(a)), y - 1300 * math.cos(math.radians(a))) for a in (angle - 4, angle + 4)
    ]
    sheet.ink(4.4, [source, *ends], fade=radial(x, y, 860, power=0.9))


def _row(sheet: Sheet, y: float, size: float, tone: float, row: int) -> None:
    """One depth of the crowd: shoulders close together, here and there raised arms, in front one phone."""
    rng = sheet.rng
    people: list[Shape] = []
    x, index, phone = -size, 0, None
    while x < sheet.w + size:
        top = y + rng.uniform(-0.5, 0.5) * size
        people += bust(x, top, size * rng.uniform(0.88, 1.08))
        if index % 4 == 1:
            people += _arms(sheet, x, top, size)
        if row == 2 and phone is None and x > sheet.w * 0.2:
            phone = x + size * 0.7, top - size * 2.1
            people += _arm((x + size * 1.05, top + size * 2.4), (x + size * 1.5, top + size * 0.2), phone, size)
        x += size * rng.uniform(1.9, 2.5)
        index += 1
    sheet.ink(tone + 1.9, *moved(people, 0, -2 - size * 0.03))
    sheet.ink(tone, *people, sheet.below(y + size * 2.4))
    if phone:
        px, py = phone[0], phone[1] - size * 0.55
        sheet.ink(0, rounded(px - size * 0.46, py - size * 0.8, px + size * 0.46, py + size * 0.8, 7))
        sheet.ink(5, rounded(px - size * 0.38, py - size * 0.7, px + size * 0.38, py + size * 0.66, 4))
        sheet.ink(ACCENT, disc(px, py, size * 0.24))


def _arm(shoulder: Point, elbow: Point, hand: Point, size: float) -> list[Shape]:
    """A raised arm with an open hand."""
    lean = (hand[0] - elbow[0]) / max(1.0, elbow[1] - hand[1])
    palm = hand[0], hand[1] - size * 0.1
    fingers = [
        limb(
            palm,
            (palm[0] + size * (lean * 0.4 + spread * 0.24), palm[1] - size * reach),
            size * 0.075,
            size * 0.055,
        )
        for spread, reach in ((-1.1, 0.34), (-0.45, 0.5), (0.15, 0.52), (0.75, 0.44), (1.6, 0.12))
    ]
    return [
        limb(shoulder, elbow, size * 0.36, size * 0.25),
        limb(elbow, hand, size * 0.25, size * 0.14),
        disc(*palm, size * 0.18, size * 0.2),
        *fingers,
    ]


def _arms(sheet: Sheet, x: float, top: float, size: float) -> list[Shape]:
    """Both arms thrown up, never quite alike."""
    arms: list[Shape] = []
    for side in (-1, 1):
        elbow = x + side * size * sheet.rng.uniform(1.5, 1.8), top + size * sheet.rng.uniform(0.2, 0.6)
        reach = sheet.rng.uniform(1.5, 2.1)
        hand = x + side * size * sheet.rng.uniform(1.0, 1.9), top - size * reach
        arms += _arm((x + side * size * 1.02, top + size * 2.3), elbow, hand, size)
    return arms


def _square(sheet: Sheet) -> None:
    """Seen from above, late in the day: all walk one way in step with their shadows, and one does not."""
    w, rng = sheet.w, sheet.rng
    sheet.flood(4)
    sheet.flood(5, fade=linear((0, 1000), (w, 0)))
    one = w * 0.6, 520.0
    sheet.glow(5, *one, 330, 260, power=0.7)
    spots = []
    for row in range(5):
        for column in range(8):
            x = w * (column + 0.5 * (row % 2) + 0.1) / 7.4 + rng.uniform(-22, 22)
            spots.append((x, 70 + row * 222 + rng.uniform(-26, 26)))
    for spot in spots:
        if math.hypot((spot[0] - one[0]) * 0.8, spot[1] - one[1]) > 160:
            _from_above(sheet, spot, other=False)
    _from_above(sheet, one, other=True)


def _from_above(sheet: Sheet, spot: Point, other: bool) -> None:
    """A person as a plan: shoulders, head, one step, and the long shadow of their whole figure."""
    x, y = spot
    size = 50.0
    turn = 180.0 if other else sheet.rng.uniform(-16, 16)
    person = walking().placed(x, y, 300, -1 if other else 1)
    fallen = mapped(person.all, lambda a, b: (x + (y - b) * 0.86 + (a - x) * 0.4, y + (y - b) * 0.46 - (a - x) * 0.7))
    sheet.ink(1.6 if other else 2.4, *fallen)
    legs = [
        limb((x + size * 0.1, y - size * 0.3), (x + size * 0.85, y - size * 0.34), size * 0.2, size * 0.16),
        limb((x - size * 0.1, y + size * 0.3), (x - size * 0.8, y + size * 0.3), size * 0.2, size * 0.16),
    ]
    coat = [
        disc(x, y, size * 0.42, size * 0.78),
        limb((x, y - size * 0.66), (x - size * 0.4, y - size * 0.7), size * 0.17, size * 0.13),
        limb((x, y + size * 0.66), (x + size * 0.45, y + size * 0.66), size * 0.17, size * 0.13),
    ]
    sheet.ink(0, *turned(legs, x, y, turn))
    sheet.ink(ACCENT if other else sheet.rng.choice((0.6, 1, 1.4)), *turned(coat, x, y, turn))
    sheet.ink(0, *turned([disc(x + size * 0.06, y, size * 0.33, size * 0.3)], x, y, turn))


def _profiles(sheet: Sheet) -> None:
    """Heads in a row, one behind the other, fading back; one of them sees it differently."""
    w = sheet.w
    sheet.flood(5)
    sheet.flood(4, fade=linear((0, 200), (w, 900)))
    count = 6
    for index in range(count):
        share = index / (count - 1)
        x = w * (0.86 - 0.62 * share)
        tone = ACCENT if index == 3 else 4.1 - 4.0 * share
        head = sheet.cut(profile(x, 170 + 26 * math.sin(index * 2.1), 660 + 40 * share))
        sheet.fill(tone, head)
        if index != 3:
            shade = linear((x + 150, 300), (x - 430, 760))
            sheet.fill(max(0.0, tone - 0.9), head, fade=shade)
        else:
            sheet.fill(0, head, fade=linear((x + 60, 420), (x - 420, 1000)), opacity=0.8)


def profile(x: float, top: float, size: float, side: int = 1) -> Shape:
    """A head and shoulders looking right (or left), drawn along forehead, nose, lips and chin."""
    face = curve(
        points(
            "-0.02,0 0.14,0.03 0.235,0.12 0.262,0.24 0.258,0.315 0.272,0.36 0.335,0.455 "
            "0.318,0.482 0.277,0.49 0.272,0.52 0.298,0.545 0.29,0.572 0.272,0.582 0.288,0.605 "
            "0.274,0.64 0.262,0.66 0.268,0.71 0.22,0.752 0.12,0.748 0.075,0.77 0.07,0.86 "
            "0.16,0.95 0.36,1.03 0.44,1.14 0.46,1.4"
        ),
        steps=8,
    )
    back = curve(
        points(
            "-0.6,1.4 -0.56,1.12 -0.42,0.98 -0.24,0.88 -0.2,0.74 -0.255,0.6 -0.31,0.42 -0.3,0.22 -0.19,0.06 -0.02,0"
        ),
        steps=8,
    )
    return placed(face + back, x, top, size, side)


CROWD = (_concert, _square, _profiles)
