"""One person and much space."""

from .figures import painted, standing, walking
from .palettes import ACCENT
from .shapes import Shape, disc, ground, limb, placed, points, rect, ribbon, ring, rounded
from .sheet import Sheet, linear, radial
from .weather import hill


def _square(sheet: Sheet) -> None:
    """A walker in the sun between the shadows of buildings we do not see."""
    w = sheet.w
    sheet.flood(4)
    sheet.flood(5, fade=linear((w, 1000), (w * 0.2, 100), 0.8))
    tiles = [ribbon([(w * 0.12 + k * 210, -30), (w * 0.12 + k * 210 - 760, 1030)], 2.5) for k in range(12)]
    tiles += [rect(-20, y, w + 20, y + 2.5) for y in (70, 160, 270, 400, 555, 735, 940)]
    sheet.ink(3.7, *tiles)
    shade = [(-20, -20), (w * 0.56, -20), (w * 0.3, 330), (w * 0.37, 330), (w * 0.16, 640), (-20, 640)]
    sheet.ink(2, shade)
    sheet.ink(1.2, shade, fade=linear((w * 0.45, 200), (0, 0)))
    corner = [
        (w * 0.62, 1020),
        (w * 0.76, 850),
        (w * 0.83, 850),
        (w * 0.96, 680),
        (w + 20, 680),
        (w + 20, 1020),
    ]
    sheet.ink(2, corner)
    sheet.ink(1.2, corner, fade=linear((w * 0.75, 880), (w, 1000)))
    person = walking().placed(w * 0.56, 560, 250)
    sheet.ink(1, *person.shadow(-1.55, 0.98))
    painted(sheet, person, ACCENT, 0, 0.4)
    sheet.ink(0, *person.coat, fade=linear((w * 0.57, 0), (w * 0.54, 0)), opacity=0.5)


def _doorway(sheet: Sheet) -> None:
    """A slab of light from a very tall door."""
    w = sheet.w
    x, floor = w * 0.6, 660.0
    sheet.flood(1)
    sheet.flood(0, fade=linear((w * 0.55, 500), (0, 0)))
    sheet.ink(1.9, rect(-20, -20, w + 20, floor), fade=radial(x, 420, 640, 620))
    sheet.ink(0.7, sheet.below(floor))
    spill = [(x - 120, floor), (x + 120, floor), (x + 60, 1020), (x - 620, 1020)]
    sheet.ink(4.2, spill)
    sheet.ink(2.4, spill, fade=linear((0, floor), (0, 1060)))
    sheet.ink(0, rect(x - 134, 84, x + 134, floor))
    sheet.ink(5, rect(x - 120, 98, x + 120, floor))
    sheet.ink(ACCENT, disc(x + 20, 320, 84))
    sheet.ink(5, disc(x + 20, 320, 84), fade=linear((0, 320), (0, 430)))
    person = standing().placed(x - 14, 716, 300)
    sheet.ink(0, *person.shadow(0.62, 1.1), opacity=0.95)
    painted(sheet, person, 0, 0, 0)
    sheet.ink(ACCENT, limb((x + 18, 560), (x + 20, 640), 9, 7))


def _rain(sheet: Sheet) -> None:
    """An umbrella, slanting rain, and the lamp that shows it."""
    w = sheet.w
    x, lamp = w * 0.4, (w * 0.66, 250.0)
    sheet.flood(1.2)
    sheet.flood(0.2, fade=linear((0, 500), (0, 0)))
    sheet.ink(1.8, sheet.below(760))
    sheet.glow(4, *lamp, 760, power=1.2)
    cone = [(lamp[0] - 40, lamp[1]), (lamp[0] + 40, lamp[1]), (lamp[0] + 430, 900), (lamp[0] - 560, 900)]
    sheet.ink(4.7, cone, disc(lamp[0] - 65, 900, 495, 56), fade=linear((0, 1100), (0, 150)))
    drops = _drops(sheet)
    sheet.ink(2.8, *drops)
    sheet.ink(5, *drops, inside=sheet.cut(cone))
    post, bracket = rect(250, -130, 264, 655), rounded(-20, -138, 264, -124, 6)
    shade = points("-20,-130 20,-130 62,0 -62,0")
    sheet.ink(0, *(placed(part, *lamp) for part in (post, bracket, shade)))
    sheet.ink(5, disc(*lamp, 56, 15))
    person = walking().placed(x, 905, 420)
    sheet.ink(0, *person.shadow(-1.0, 0.14), opacity=0.8)
    painted(sheet, person, 0.3, 0, 0)
    _umbrella(sheet, x + 60, 470, 215)
    rings = [ring(px, py, 34, 31) for px, py in ((w * 0.56, 940), (w * 0.72, 925), (w * 0.3, 960))]
    flat = [[(a, 940 + (b - 940) * 0.25) for a, b in shape] for shape in rings]
    sheet.ink(5, *flat)


def _drops(sheet: Sheet) -> list[Shape]:
    """Rain in even slanting strokes."""
    rng = sheet.rng
    drops = []
    for row in range(12):
        for column in range(18):
            x, y = column * 92 + rng.uniform(0, 70), row * 88 + rng.uniform(0, 70)
            length = rng.uniform(34, 78)
            drops.append(ribbon([(x, y), (x - length * 0.4, y + length)], [0.6, 3.4]))
    return drops


def _umbrella(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """An umbrella tilted into the rain."""
    tilt = 14.0
    dome = ring(x, y, radius, 0.1, 180 + tilt, 360 + tilt)
    canopy = sheet.cut(dome)
    sheet.ink(0, limb((x - 4, y - radius * 0.2), (x - 54, y + radius * 0.92), 4, 4))
    sheet.fill(ACCENT, canopy)
    shade = linear((x + radius * 0.2, y - radius * 0.3), (x - radius * 1.05, y))
    sheet.fill(0, canopy, fade=shade, opacity=0.8)
    for angle in (61, 122):
        panel = ring(x, y, radius, 0.1, 180 + tilt, 180 + tilt + angle)
        sheet.ink(0, panel, inside=canopy, opacity=0.16)


def _threshold(sheet: Sheet) -> None:
    """Two fields, day and night; one foot in each."""
    w = sheet.w
    edge = [(w * 0.47, -20), (w * 0.57, 1020)]
    dark = sheet.cut([(-20, -20), *edge, (-20, 1020)])
    sheet.flood(5)
    sheet.flood(4, fade=linear((w * 0.6, 300), (w, 1000)))
    sheet.ink(ACCENT, disc(w * 0.78, 300, 130))
    sheet.ink(3.4, ground(hill(sheet, 740, 34, 0.8), 1020))
    sheet.ink(2.8, ground(hill(sheet, 860, 30, 2.6), 1020))
    sheet.fill(0.4, dark)
    sheet.fill(1.6, dark, fade=linear((0, 100), (0, 780)))
    sheet.ink(5, disc(w * 0.24, 250, 96), inside=dark)
    sheet.ink(0.6, disc(w * 0.24 + 44, 226, 84), inside=dark)
    stars = ((0.06, 120), (0.14, 420), (0.35, 90), (0.4, 330), (0.31, 520), (0.08, 590), (0.43, 180))
    sheet.ink(5, *(disc(w * a, b, 3) for a, b in stars))
    sheet.ink(0.9, ground(hill(sheet, 740, 34, 0.8), 1020), inside=dark)
    sheet.ink(0, ground(hill(sheet, 860, 30, 2.6), 1020), inside=dark)
    person = walking().placed(w * 0.548, 890, 420)
    sheet.ink(2, *person.shadow(-0.9, 0.22))
    painted(sheet, person, 1, 0, 0)
    painted(sheet, person, ACCENT, 3, 5, inside=dark)


FIGURE = (_square, _doorway, _rain, _threshold)
