"""Books."""

from .figures import painted, sitting, standing
from .palettes import ACCENT
from .shapes import Shape, arc, between, curve, disc, limb, placed, points, rect, ribbon, rounded, turned
from .sheet import Sheet, linear, radial
from .weather import NIGHT, crescent, sky


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
    sheet.ink(0, rect(-20, base, w + 20, base + 62), opacity=0.9)
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
        sheet.ink(
            mark,
            rect(x, top + 22, x + wide, top + 27),
            rect(x, top + 34, x + wide, top + 37),
            rect(x, base - 30, x + wide, base - 25),
        )
    elif kind == 1:
        sheet.ink(mark, rounded(x + wide * 0.24, top + 34, x + wide * 0.76, top + 34 + tall * 0.42, 2))
    elif kind == 2:
        sheet.ink(mark, disc(x + wide / 2, top + 42, wide * 0.24), disc(x + wide / 2, base - 40, wide * 0.24))
    else:
        sheet.ink(
            max(0.0, tone - 1),
            *(rect(x, top + tall * k, x + wide, top + tall * k + 7) for k in (0.16, 0.34, 0.66, 0.84)),
        )


def _leaning(sheet: Sheet, x: float, base: float) -> None:
    """The accent: the last book of its row, fallen against the others, and its shadow on the back."""
    sheet.ink(0, [(x, base), (x, base - 210), (x + 140, base - 196), (x + 250, base)], opacity=0.55)
    corner = x + 118, base
    (book,) = turned([rect(corner[0] - 58, base - 262, corner[0], base)], *corner, -22)
    low = max(point[1] for point in book)
    book = placed(book, 0, base - low)
    cover = sheet.cut(book)
    sheet.fill(ACCENT, cover)
    sheet.fill(0, cover, fade=linear((corner[0] - 70, 0), (corner[0] + 60, 0)), opacity=0.6)
    for share in (0.14, 0.2, 0.84):
        left, right = between(book[0], book[3], share), between(book[1], book[2], share)
        sheet.ink(5, ribbon([left, right], 5))


def _globe(sheet: Sheet, x: float, base: float) -> None:
    """A globe on its stand: a ball of light and shade."""
    y = base - 128
    ball = sheet.cut(disc(x, y, 84))
    sheet.fill(3.6, ball)
    land = curve(placed(points("-70,-40 -24,-66 6,-34 -20,10 -8,52 -40,20"), x, y), closed=True)
    sheet.ink(2, land, disc(x + 52, y + 10, 30, 44), inside=ball)
    sheet.fill(0, ball, fade=linear((x - 30, y - 30), (x + 80, y + 80), 1.2))
    stand = rect(x - 5, y + 90, x + 5, base - 6), rounded(x - 48, base - 12, x + 48, base, 5)
    sheet.ink(4.4, ribbon(arc(x, y, 96, 96, -60, 90), 7), *stand)


def _lying(sheet: Sheet, left: float, right: float, base: float) -> None:
    """A few books laid flat with a cup on them."""
    y = base
    for tone, inset, tall in ((2.2, 0, 38), (3.6, 14, 30), (1.4, 6, 44)):
        y -= tall
        sheet.ink(tone, rounded(left + inset, y, right - inset * 1.4, y + tall - 2, 3))
        sheet.ink(
            4.8,
            rect(left + inset + 22, y, left + inset + 27, y + tall - 2),
            rect(left + inset + 34, y, left + inset + 37, y + tall - 2),
        )
    x = (left + right) / 2
    sheet.ink(5, rounded(x - 34, y - 62, x + 34, y, 12), disc(x + 38, y - 34, 20, 18))
    sheet.ink(2, disc(x + 40, y - 34, 9, 9))
    sheet.ink(3, rounded(x - 34, y - 62, x + 34, y, 12), fade=linear((x - 10, 0), (x + 44, 0)))


def _tower(sheet: Sheet) -> None:
    """Up above the clouds, on everything read so far."""
    w = sheet.w
    sky(sheet, NIGHT, 960)
    x = w * 0.54
    sheet.glow(3, x + 60, 300, 620, power=1.3)
    sheet.ink(5, *turned([crescent(w * 0.24, 240, 92)], w * 0.24, 240, -30))
    _reader(sheet, x - 120, _pile(sheet, x) + 2)
    clouds = ((0.02, 860, 620), (0.5, 900, 760), (0.3, 800, 300), (0.66, 760, 420), (-0.1, 960, 900))
    for share, level, length in clouds:
        _cloud(sheet, w * share, level, length)


def _pile(sheet: Sheet, x: float) -> float:
    """Books on books, none quite above the other; returns where the top one ends."""
    rng, y = sheet.rng, 1040.0
    while y > 410:
        tall = rng.choice((40, 48, 58, 66))
        y -= tall
        wide, shift = rng.uniform(150, 215), rng.uniform(-34, 34)
        box = x + shift - wide, y, x + shift + wide, y + tall - 2
        _volume(sheet, box, rng.choice((1, 1.6, 2.2, 3, 3.8)), 560 < y < 640)
    return y


def _reader(sheet: Sheet, x: float, y: float) -> None:
    """Somebody on the edge of the pile with an open book."""
    person = sitting().placed(x, y, 330, -1)
    painted(sheet, person, ACCENT, 0.2, 0)
    sheet.ink(0, *person.coat, fade=linear((x - 10, 0), (x + 70, 0)), opacity=0.7)
    hands = x - 44, y - 78
    sheet.ink(0, limb((x - 2, y - 114), hands, 11, 8))
    sheet.ink(5, placed(points("-58,-44 -12,-6 34,-40 36,-34 -12,4 -62,-38"), *hands))


def _volume(sheet: Sheet, box: tuple[float, float, float, float], tone: float, shout: bool) -> None:
    """A book lying on the pile: its cover, or its pages between the boards."""
    left, top, right, base = box
    if sheet.rng.random() < 0.4:
        sheet.ink(tone, rounded(left, top, right, base, 4))
        sheet.ink(4.9, rect(left + 8, top + 7, right - 4, base - 7))
        leaves = range(6, int(base - top) - 14, 7)
        sheet.ink(3.6, *(rect(left + 8, top + 7 + k, right - 4, top + 8.4 + k) for k in leaves))
    else:
        sheet.ink(ACCENT if shout else tone, rounded(left, top, right, base, 7))
        mark = 4.8 if tone < 3 or shout else 1
        bands = ((left + 30, 6), (left + 46, 3), (right - 40, 6))
        sheet.ink(mark, *(rect(x, top, x + wide, base) for x, wide in bands))
        third = (base - top) * 0.38
        sheet.ink(mark, rounded(left + 110, top + third, right - 120, base - third, 3))
    shade = linear((right - 180, 0), (right + 30, 0))
    sheet.ink(0, rounded(left, top, right, base, 5), fade=shade, opacity=0.8)


def _cloud(sheet: Sheet, x: float, y: float, length: float) -> None:
    """A flat-bottomed bank of cloud."""
    puffs = [
        disc(x + length * share, y, length * size, length * size * 0.62)
        for share, size in ((0.2, 0.1), (0.38, 0.16), (0.6, 0.13), (0.78, 0.09))
    ]
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
    sheet.ink(0.7, sheet.below(floor - 60))
    sheet.glow(3.6, x, 470, 780, 620, power=1.1)
    for side in (-1, 1):
        _page(sheet, x, side)
    sheet.ink(3, *_lines(x))
    bow = curve(points("-74,470 -108,400 -162,360 -216,388 -250,452"), steps=6)
    door = sheet.cut(placed([(-74, 794), *bow, (-250, 832)], x, 0))
    sheet.fill(ACCENT, door)
    sheet.fill(5, door, fade=radial(x - 160, 800, 260, 420))
    spill = [(x - 74, 802), (x - 250, 834), (x - 560, 1020), (x - 60, 1020)]
    sheet.ink(4.6, spill)
    sheet.ink(1.4, spill, fade=linear((0, 800), (0, 1060)))
    person = standing().placed(x - 214, 920, 250)
    sheet.ink(0, *person.shadow(-0.55, 0.8), opacity=0.9)
    painted(sheet, person, 0.2, 0, 0)


def _page(sheet: Sheet, x: float, side: int) -> None:
    """One half of the book: its board, the edges of its leaves, and the open page."""
    page = points("0,130 330,84 330,850 0,800")
    sheet.ink(0, placed(points("0,110 353,64 353,872 0,822"), x, 0, side=side))
    for step, tone in ((18, 3.2), (12, 4.4), (6, 3.6), (0, 4.7 if side < 0 else 5)):
        leaves = [(a + (step if a else 0), b + step / 2) for a, b in page]
        sheet.ink(tone, placed(leaves, x, 0, side=side))
    if side < 0:
        sheet.ink(3.4, placed(page, x, 0, side=side), fade=linear((x - 330, 0), (x + 10, 0), 1.3))


def _lines(x: float) -> list[Shape]:
    """Text on the right-hand page, in paragraphs, in its perspective."""
    lines = []
    for index in range(15):
        share, end = 0.13 + 0.05 * index, 0.58 if index % 5 == 4 else 0.87
        inner, outer = between((x, 130), (x, 800), share), between((x + 330, 84), (x + 330, 850), share)
        lines.append(ribbon([between(inner, outer, 0.13), between(inner, outer, end)], 6))
    return lines


BOOKSHELF = (_shelves, _tower, _open_door)
