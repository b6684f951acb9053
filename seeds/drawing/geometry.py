"""Abstract compositions."""

from .palettes import ACCENT
from .shapes import Shape, arc, disc, rect, ribbon, ring, wedge
from .sheet import Sheet, linear, radial


def _balance(sheet: Sheet) -> None:
    """Large overprinted forms hung from one line; the smallest carries the colour."""
    w = sheet.w
    sheet.flood(5)
    sheet.flood(4, fade=linear((w * 0.3, 0), (w * 1.1, 1000), 1.4))
    sheet.ink(3, disc(w * 0.36, 470, 380), overprint=True)
    sheet.ink(2.4, disc(w * 0.36, 470, 380), fade=linear((w * 0.2, 300), (w * 0.5, 880)), overprint=True)
    sheet.ink(4, rect(w * 0.5, 120, w * 0.74, 1020), overprint=True)
    sheet.ink(3, rect(w * 0.5, 120, w * 0.74, 1020), fade=linear((0, 300), (0, 1100)), overprint=True)
    sheet.ink(2, wedge(w * 0.74, 560, 430, 90, 180), overprint=True)
    sheet.ink(1, wedge(w * 0.74, 560, 430, 90, 180), fade=linear((w * 0.7, 560), (w * 0.5, 960)))
    bows = [ring(w * 0.74, 560, 120 + 62 * k, 92 + 62 * k, -90, 0) for k in range(4)]
    sheet.ink(1, *bows)
    sheet.ink(ACCENT, disc(w * 0.57, 270, 118))
    sheet.ink(5, disc(w * 0.57, 270, 118), fade=linear((w * 0.57, 300), (w * 0.52, 120)), opacity=0.6)
    sheet.ink(0, disc(w * 0.2, 760, 132))
    sheet.ink(2, disc(w * 0.2, 760, 132), fade=linear((w * 0.22, 800), (w * 0.14, 640)))
    sheet.ink(
        0,
        ribbon([(-20, 900), (w + 20, 300)], 5),
        rect(w * 0.06, 120, w * 0.06 + 5, 880),
        disc(w * 0.06 + 2.5, 118, 15),
    )
    sheet.ink(0, *(rect(w * 0.86, 700 + 36 * k, w * 0.955 - 14 * k, 712 + 36 * k) for k in range(6)))


def _tiles(sheet: Sheet) -> None:
    """A grid of turned quarter circles that reads as a path; one tile keeps the accent."""
    w, rng = sheet.w, sheet.rng
    columns, rows = max(1, round(w / 250)), 4
    wide, high = w / columns, 250.0
    sheet.flood(5)
    order = [(column, row) for row in range(rows) for column in range(columns)]
    accent = (columns * 2 // 3, 1)
    for column, row in order:
        left, top = column * wide, row * high
        ground, form = rng.choice(((1, 4), (5, 2), (4, 1), (2, 5), (3, 0), (0, 3), (5, 3)))
        tile = sheet.cut(rect(left, top, left + wide + 1, top + high + 1))
        sheet.fill(ground, tile)
        shapes = _motif(rng.randrange(5), left, top, wide, high, rng.randrange(4))
        mask = sheet.cut(*shapes, inside=tile)
        sheet.fill(ACCENT if (column, row) == accent else form, mask)
        sheet.fill(
            max(0.0, form - 1.0),
            mask,
            fade=linear((left, top), (left + wide * 1.2, top + high * 1.2), 1.3),
            opacity=0.9,
        )


def _motif(kind: int, left: float, top: float, wide: float, high: float, turn: int) -> list[Shape]:
    """What stands in a tile: quarter disc, bows, half discs, a disc, or a leaf."""
    corners = (
        (left, top, 0),
        (left + wide, top, 90),
        (left + wide, top + high, 180),
        (left, top + high, 270),
    )
    x, y, start = corners[turn]
    if kind == 0:
        return [wedge(x, y, wide, start, start + 90, high)]
    if kind == 1:
        return [_bow(x, y, wide * k, high * k, wide * (k - 0.2), high * (k - 0.2), start) for k in (1.0, 0.6, 0.2)]
    if kind == 2:
        centre = left + wide / 2
        return [
            wedge(centre, top + high / 2, wide / 2, 0, 180, high / 2),
            wedge(centre, top, wide / 2, 0, 180, high / 2),
        ]
    if kind == 3:
        return [disc(left + wide / 2, top + high / 2, wide * 0.38, high * 0.38)]
    opposite = corners[(turn + 2) % 4]
    first, second = (
        arc(x, y, wide, high, start, start + 90),
        arc(opposite[0], opposite[1], wide, high, start + 180, start + 270),
    )
    return [first + second]


def _bow(x: float, y: float, rx: float, ry: float, inner_x: float, inner_y: float, start: float) -> Shape:
    return arc(x, y, rx, ry, start, start + 90) + arc(x, y, max(inner_x, 0.1), max(inner_y, 0.1), start + 90, start)


def _solids(sheet: Sheet) -> None:
    """Sphere, arch, stair, cone: a still life with the sun low at one side."""
    w, floor = sheet.w, 620.0
    sheet.flood(3.4)
    sheet.flood(4.6, fade=linear((w, 0), (0, 500)))
    sheet.ink(4, sheet.below(floor))
    sheet.ink(5, sheet.below(floor), fade=linear((w, 1000), (0, floor)))
    sheet.ink(5, disc(w * 0.2, 230, 96))
    _arch(sheet, w * 0.52, 760)
    _stairs(sheet, w * 0.74, 830)
    _cone(sheet, w * 0.3, 800)
    _sphere(sheet, w * 0.47, 800, 118)


def _arch(sheet: Sheet, x: float, base: float) -> None:
    """A doorway in a slab; through it the colour of another day."""
    sheet.ink(2.2, [(x - 190, base), (x + 240, base), (x + 700, base + 130), (x + 270, base + 150)])
    sheet.ink(1.4, [(x + 170, 170), (x + 240, 200), (x + 240, base - 22), (x + 170, base)])
    slab = sheet.cut(rect(x - 190, 170, x + 170, base))
    sheet.fill(3, slab)
    sheet.fill(2, slab, fade=linear((x - 190, 170), (x + 200, base)))
    opening = sheet.cut([*arc(x - 10, 420, 105, 105, 180, 360), (x + 95, base), (x - 115, base)])
    sheet.fill(1, opening)
    inner = sheet.cut([*arc(x + 24, 420, 105, 105, 180, 360), (x + 129, base), (x - 81, base - 16)], inside=opening)
    sheet.fill(ACCENT, inner)
    sheet.fill(5, inner, fade=linear((0, 330), (0, base + 40)))


def _stairs(sheet: Sheet, x: float, base: float) -> None:
    """Five steps seen from their lit side."""
    sheet.ink(2.2, [(x - 40, base), (x + 330, base), (x + 620, base + 90), (x + 200, base + 90)])
    for step in range(5):
        left, top = x - 60 + step * 66, base - 62 * (step + 1)
        sheet.ink(4.6, rect(left, top, x + 270, base))
        sheet.ink(2, rect(left, top, left + 10, base))
        sheet.ink(3, rect(left, top + 10, x + 270, base), fade=linear((left, 0), (x + 400, 0)))
        sheet.ink(5, rect(left, top, x + 270, top + 9))
    sheet.ink(1.2, [(x + 270, base - 310), (x + 330, base - 280), (x + 330, base - 14), (x + 270, base)])


def _cone(sheet: Sheet, x: float, base: float) -> None:
    """A cone, half light, half shade."""
    sheet.ink(2.4, [(x - 60, base + 24), (x + 100, base - 6), (x + 420, base + 128)])
    whole = sheet.cut([(x, base - 330), (x + 112, base), *arc(x, base, 112, 30, 0, 180)])
    sheet.fill(3.6, whole)
    sheet.ink(1, [(x, base - 330), (x + 200, base), (x + 200, base + 60), (x + 34, base + 60)], inside=whole)
    sheet.fill(2, whole, fade=linear((x - 120, 0), (x + 60, 0)))


def _sphere(sheet: Sheet, x: float, base: float, radius: float) -> None:
    """The one round thing that could roll away."""
    y = base - radius * 0.4
    sheet.ink(
        1.8,
        ribbon(
            [(x, y + radius * 0.9), (x + 240, y + radius * 1.25), (x + 430, y + radius * 1.5)],
            [radius * 0.9, radius * 1.1, 0],
        ),
    )
    ball = sheet.cut(disc(x, y, radius))
    sheet.fill(ACCENT, ball)
    sheet.fill(0, ball, fade=linear((x - 10, y - 10), (x + radius, y + radius), 1.1))
    sheet.fill(5, ball, fade=radial(x - radius * 0.4, y - radius * 0.45, radius * 0.8, power=0.9))


GEOMETRY = (_balance, _tiles, _solids)
