"""Books."""

from .figures import painted, sitting, standing
from .palettes import ACCENT
from .shapes import Point, Shape, curve, disc, limb, rect, ribbon, rounded, turned
from .sheet import Sheet, linear, radial
from .weather import NIGHT, crescent, sky


def bookshelf(sheet: Sheet, variant: int) -> None:
    """Shelves with one book that stands out, a reader on a tower of books, or a book as a house with a door."""
    kind = (variant - 1) % 3
    (_shelves, _tower, _open_door)[kind](sheet)
    if variant % 2 == 0:
        sheet.mirror()


def _shelves(sheet: Sheet) -> None:
    """Three boards of spines in evening light; a gap, a leaning book, a lamp."""
    w = sheet.w
    sheet.flood(0.6)
    sheet.glow(2.4, w * 0.58, 500, 820, 620)
    for row, base in enumerate((330, 660, 990)):
        _board(sheet, base, row)
    sheet.flood(0, fade=linear((w * 0.5, 560), (-60, 60)), opacity=0.85)
    sheet.flood(0, fade=linear((w * 0.8, 700), (w * 1.04, 1010)), opacity=0.7)


def _board(sheet: Sheet, base: float, row: int) -> None:
    """One board: books in runs, with rests; the middle one holds the book this picture is about."""
    w, rng = sheet.w, sheet.rng
    gaps = {0: (w * 0.7, w * 0.9), 1: (w * 0.47, w * 0.66), 2: (w * 0.12, w * 0.27)}[row]
    x = -rng.uniform(0, 30)
    while x < w + 20:
        wide = rng.choice((24, 30, 36, 44, 56, 68))
        if x + wide > gaps[0] and x < gaps[1]:
            x = gaps[1]
            continue
        _spine(sheet, x, base, wide, rng.uniform(190, 268))
        x += wide + 2
    sheet.ink(0, rect(-20, base, w + 20, base + 26), rect(-20, base + 26, w + 20, base + 62), opacity=0.9)
    sheet.ink(2.6, rect(-20, base, w + 20, base + 20))
    sheet.ink(3.8, rect(-20, base, w + 20, base + 5))
    if row == 0:
        _globe(sheet, w * 0.8, base)
    if row == 1:
        _leaning(sheet, gaps[0], base)
    if row == 2:
        _lying(sheet, gaps[0] + 8, gaps[1] - 8, base)


def _spine(sheet: Sheet, x: float, base: float, wide: float, tall: float) -> None:
    """A standing book: bands, a label, a shaded edge."""
    rng = sheet.rng
    tone = rng.choice((1, 1.5, 2, 2, 2.6, 3, 3.4, 4.2))
    top = base - tall
    book = sheet.cut(rounded(x, top, x + wide, base, 3))
    sheet.fill(tone, book)
    sheet.fill(max(0.0, tone - 1.3), book, fade=linear((x + wide * 0.35, 0), (x + wide * 1.1, 0)))
    mark = 4.6 if tone < 3 else 1.0
    kind = rng.choice((0, 0, 1, 1, 2, 3, 3))
    if kind == 0:
        sheet.ink(mark, rect(x, top + 22, x + wide, top + 27), rect(x, top + 34, x + wide, top + 37), rect(x, base - 30, x + wide, base - 25))
    elif kind == 1:
        sheet.ink(mark, rounded(x + wide * 0.24, top + 34, x + wide * 0.76, top + 34 + tall * 0.42, 2))
    elif kind == 2:
        sheet.ink(mark, disc(x + wide / 2, top + 42, wide * 0.24), disc(x + wide / 2, base - 40, wide * 0.24))
    else:
        sheet.ink(max(0.0, tone - 1), *(rect(x, top + tall * k, x + wide, top + tall * k + 7) for k in (0.16, 0.34, 0.66, 0.84)))


def _leaning(sheet: Sheet, x: float, base: float) -> None:
    """The accent: the last book of its row, fallen against the others, and its shadow on the back."""
    sheet.ink(0, [(x, base), (x, base - 210), (x + 140, base - 196), (x + 250, base)], opacity=0.55)
    corner = x + 118, base
    (book,) = turned([rect(corner[0] - 58, base - 262, corner[0], base)], *corner, -22)
    low = max(point[1] for point in book)
    book = [(a, b - (low - base)) for a, b in book]
    cover = sheet.cut(book)
    sheet.fill(ACCENT, cover)
    sheet.fill(0, cover, fade=linear((corner[0] - 70, 0), (corner[0] + 60, 0)), opacity=0.6)
    for share in (0.14, 0.2, 0.84):
        left, right = _on(book[0], book[3], share), _on(book[1], book[2], share)
        sheet.ink(5, ribbon([left, right], 5))


def _on(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def _globe(sheet: Sheet, x: float, base: float) -> None:
    """A globe on its stand: a ball of light and shade."""
    y = base - 128
    ball = sheet.cut(disc(x, y, 84))
    sheet.fill(3.6, ball)
    sheet.ink(2, *(curve([(x - 70, y - 40), (x - 24, y - 66), (x + 6, y - 34), (x - 20, y + 10), (x - 8, y + 52), (x - 40, y + 20)], closed=True), disc(x + 52, y + 10, 30, 44)), inside=ball)
    sheet.fill(0, ball, fade=linear((x - 30, y - 30), (x + 80, y + 80), 1.2))
    rim = [(x + 96 * a, y + 96 * b) for a, b in ((0.5, -0.87), (0.87, -0.5), (1, 0), (0.87, 0.5), (0.5, 0.87), (0, 1))]
    sheet.ink(4.4, ribbon(curve(rim), 7), rect(x - 5, y + 90, x + 5, base - 6), rounded(x - 48, base - 12, x + 48, base, 5))


def _lying(sheet: Sheet, left: float, right: float, base: float) -> None:
    """A few books laid flat with a cup on them."""
    y = base
    for tone, inset, tall in ((2.2, 0, 38), (3.6, 14, 30), (1.4, 6, 44)):
        y -= tall
        sheet.ink(tone, rounded(left + inset, y, right - inset * 1.4, y + tall - 2, 3))
        sheet.ink(4.8, rect(left + inset + 22, y, left + inset + 27, y + tall - 2), rect(left + inset + 34, y, left + inset + 37, y + tall - 2))
    x = (left + right) / 2
    sheet.ink(5, rounded(x - 34, y - 62, x + 34, y, 12), [*disc(x + 38, y - 34, 20, 18)])
    sheet.ink(2, disc(x + 40, y - 34, 9, 9))
    sheet.ink(3, rounded(x - 34, y - 62, x + 34, y, 12), fade=linear((x - 10, 0), (x + 44, 0)))


def _tower(sheet: Sheet) -> None:
    """Up above the clouds, on everything read so far."""
    w, rng = sheet.w, sheet.rng
    sky(sheet, NIGHT, 960)
    x = w * 0.54
    sheet.glow(3, x + 60, 300, 620, power=1.3)
    sheet.ink(5, *turned([crescent(w * 0.24, 240, 92)], w * 0.24, 240, -30))
    y, top = 1040.0, 410.0
    while y > top:
        tall = rng.choice((40, 48, 58, 66))
        y -= tall
        wide = rng.uniform(150, 215)
        shift = rng.uniform(-34, 34)
        _volume(sheet, (x + shift - wide, y, x + shift + wide, y + tall - 2), rng.choice((1, 1.6, 2.2, 3, 3.8)), y < 640 and y > 560)
    person = sitting().placed(x - 120, y + 2, 330, -1)
    painted(sheet, person, ACCENT, 0.2, 0)
    sheet.ink(0, *person.coat, fade=linear((x - 130, 0), (x - 50, 0)), opacity=0.7)
    hands = x - 120 - 44, y - 76
    sheet.ink(0, limb((x - 122, y - 112), hands, 11, 8))
    sheet.ink(5, [(hands[0] - 58, hands[1] - 44), (hands[0] - 12, hands[1] - 6), (hands[0] + 34, hands[1] - 40), (hands[0] + 36, hands[1] - 34), (hands[0] - 12, hands[1] + 4), (hands[0] - 62, hands[1] - 38)])
    for share, level, length in ((0.02, 860, 620), (0.5, 900, 760), (0.3, 800, 300), (0.66, 760, 420), (-0.1, 960, 900)):
        _cloud(sheet, w * share, level, length)


def _volume(sheet: Sheet, box: tuple[float, float, float, float], tone: float, shout: bool) -> None:
    """A book lying on the tower: its cover, or its pages between the boards."""
    left, top, right, base = box
    if sheet.rng.random() < 0.4:
        sheet.ink(tone, rounded(left, top, right, base, 4))
        sheet.ink(4.9, rect(left + 8, top + 7, right - 4, base - 7))
        sheet.ink(3.6, *(rect(left + 8, top + 7 + k, right - 4, top + 8.4 + k) for k in range(6, int(base - top) - 14, 7)))
    else:
        sheet.ink(ACCENT if shout else tone, rounded(left, top, right, base, 7))
        mark = 4.8 if tone < 3 or shout else 1
        sheet.ink(mark, rect(left + 30, top, left + 36, base), rect(left + 46, top, left + 49, base), rect(right - 40, top, right - 34, base))
        sheet.ink(mark, rounded(left + 110, top + (base - top) * 0.38, right - 120, top + (base - top) * 0.6, 3))
    sheet.ink(0, rounded(left, top, right, base, 5), fade=linear((right - 180, 0), (right + 30, 0)), opacity=0.8)


def _cloud(sheet: Sheet, x: float, y: float, length: float) -> None:
    """A flat-bottomed bank of cloud."""
    puffs = [disc(x + length * share, y, length * size, length * size * 0.62) for share, size in ((0.2, 0.1), (0.38, 0.16), (0.6, 0.13), (0.78, 0.09))]
    upper = sheet.cut(rect(x - 50, y - 300, x + length + 50, y + 34))
    bank = sheet.cut(*puffs, rounded(x, y - 12, x + length, y + 34, 23), inside=upper)
    sheet.fill(2.4, bank)
    sheet.fill(4.2, bank, fade=linear((0, y + 40), (0, y - length * 0.12)))


def _open_door(sheet: Sheet) -> None:
    """A book standing open; out of its pages comes a path of light, and somebody goes in."""
    w = sheet.w
    x, floor = w * 0.52, 800.0
    sheet.flood(1.2)
    sheet.flood(0.3, fade=linear((0, 560), (0, -60)))
    sheet.ink(0.7, rect(-20, floor - 60, w + 20, 1020))
    sheet.glow(3.6, x, 470, 780, 620, power=1.1)
    left = [(x, 130), (x - 330, 84), (x - 330, 850), (x, floor)]
    right = [(x, 130), (x + 330, 84), (x + 330, 850), (x, floor)]
    sheet.ink(0, *([(a + (a - x) * 0.07, b + (22 if b > 500 else -20)) for a, b in page] for page in (left, right)))
    for inset, tone in ((18, 3.2), (12, 4.4), (6, 3.6)):
        sheet.ink(tone, *([(a + (inset if a > x else -inset if a < x else 0), b + inset * 0.5) for a, b in page] for page in (left, right)))
    sheet.ink(4.7, left)
    sheet.ink(3.4, left, fade=linear((x - 330, 0), (x + 10, 0), 1.3))
    sheet.ink(5, right)
    lines = []
    for k in range(15):
        share, end = 0.13 + 0.05 * k, 190 if k % 5 == 4 else 288
        slope = [(px, _on((px, 130 - 46 * (px - x) / 330), (px, floor + 50 * (px - x) / 330), share)[1]) for px in (x + 44, x + end)]
        lines.append(ribbon(slope, 6))
    sheet.ink(3, *lines)
    door = [(x - 74, 800 - 6), (x - 74, 470), *curve([(x - 74, 470), (x - 108, 400), (x - 162, 360), (x - 216, 388), (x - 250, 452)], steps=6), (x - 250, 832)]
    sheet.ink(0, door)
    entry = sheet.cut(door)
    sheet.fill(ACCENT, entry)
    sheet.fill(5, entry, fade=radial(x - 160, 800, 260, 420))
    spill = [(x - 74, 802), (x - 250, 834), (x - 560, 1020), (x - 60, 1020)]
    sheet.ink(4.6, spill)
    sheet.ink(1.4, spill, fade=linear((0, 800), (0, 1060)))
    person = standing().placed(x - 214, 920, 250)
    sheet.ink(0, *person.shadow(-0.55, 0.8), opacity=0.9)
    painted(sheet, person, 0.2, 0, 0)
