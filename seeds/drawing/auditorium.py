"""The auditorium."""

from functools import partial

from .figures import bust, painted, standing
from .palettes import ACCENT
from .shapes import curve, disc, moved, rect, ribbon, rounded
from .sheet import Sheet, linear, radial

# How far one seat is from the next, in widths of a seat.
PITCH = 1.06


def _rows(sheet: Sheet, alone: bool) -> None:
    """Seats in rows that grow towards us, all turned to a bright opening."""
    w = sheet.w
    x = w * (0.5 if alone else 0.42)
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
        size = 44 + 150 * share**1.4
        if row == (4 if sheet.turn % 2 else 3):
            _listeners(sheet, x - PITCH * size * (0.5 if row % 2 else 0), y, size, alone)
        _seats(sheet, x, y, size, row)
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
        hem = [
            (x + side * half, top),
            (x + side * half * 0.6, top),
            (x + side * half * 0.68, top + 190),
            (x + side * half * 0.84, low),
            (x + side * half, low),
        ]
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
    pitch = size * PITCH
    count = int(sheet.w / pitch) + 3
    shift = pitch / 2 if row % 2 else 0.0
    centres = [
        x + shift + pitch * (index - count // 2 - (1 if x > sheet.w / 2 else 0)) for index in range(-2, count + 2)
    ]
    bow = [y + abs(px - x) ** 2 / sheet.w * 0.05 for px in centres]
    backs = [
        rounded(px - size / 2, py, px + size / 2, py + size * 1.8, size * 0.3)
        for px, py in zip(centres, bow, strict=True)
    ]
    dark = 2.4 - 0.34 * row
    sheet.ink(min(5.0, dark + 1.9), *backs)
    thick = 3 + size * 0.035
    sheet.ink(dark, *moved(backs, 0, thick))


def _listeners(sheet: Sheet, x: float, y: float, size: float, alone: bool) -> None:
    """Whoever is there: heads and shoulders above the backs of their seats, edged with light."""
    people = [(x, ACCENT)] if alone else [(x - PITCH * size, ACCENT), (x, 0.6)]
    for px, tone in people:
        head, shoulders = bust(px, y - size * 0.86, size * 0.35)
        sheet.ink(5, *moved([head, shoulders], 0, -3))
        sheet.ink(0.4, head)
        sheet.ink(tone, shoulders)


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
        sheet.ink(1.9 - 0.36 * row, [*line, (w + 20, 1020), (-20, 1020)])
        seats = [
            disc(px, y + (px - x) ** 2 / w * 0.12 - 2, 13 + 2.4 * row, 15 + 3 * row)
            for px in range(int(-w * 0.04) + row % 2 * 17, int(w * 1.05), 34 + 6 * row)
        ]
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
    arches = [
        rounded(px - 24, rim(px) - 88, px + 24, rim(px) + 10, 24) for px in range(int(x % 64) - 64, int(w) + 64, 64)
    ]
    sheet.ink(0.2, *arches)
    heads = [
        disc(px + k * 11, rim(px) - 22, 8, 10)
        for px in range(int(x % 64) - 64, int(w) + 64, 64)
        for k in (-1, 1)
        if sheet.rng.random() < 0.62
    ]
    sheet.ink(1.9, *heads)
    sheet.ink(3.1, ribbon([(px, py + 8) for px, py in line], 40))
    sheet.ink(1.5, ribbon([(px, py + 28) for px, py in line], 10))
    sheet.ink(4.6, ribbon([(px, py - 11) for px, py in line], 5))
    for px in range(int(x % 64) - 32, int(w) + 64, 64):
        sheet.ink(5, disc(px, rim(px) + 4, 7))


AUDITORIUM = (partial(_rows, alone=True), _house, partial(_rows, alone=False))
