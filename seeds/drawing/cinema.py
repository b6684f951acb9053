"""Screens: the beam over our heads, the set in the dark, the drive-in."""

import math

from .crowd import profile
from .figures import bust, hat
from .palettes import ACCENT
from .shapes import (
    Point,
    Shape,
    arc,
    between,
    curve,
    disc,
    ground,
    limb,
    moved,
    placed,
    points,
    rect,
    ribbon,
    rounded,
)
from .sheet import Mask, Sheet, linear, radial
from .weather import NIGHT, hill, sky


def _projection(sheet: Sheet) -> None:
    """From the projection window to the screen, over the heads of the audience."""
    w = sheet.w
    lamp = w * 0.97, 120.0
    sheet.flood(0.5)
    wall = [(-20, -20), (w * 0.5, 110), (w * 0.5, 760), (-20, 1020)]
    sheet.ink(0.9, wall)
    corners: list[Point] = [(w * 0.055, 128), (w * 0.43, 200), (w * 0.43, 620), (w * 0.055, 742)]
    sheet.glow(3, w * 0.24, 420, 620, 560, power=1.3)
    canvas = sheet.cut(corners)
    beam = [lamp, corners[0], corners[3], corners[2]]
    sheet.ink(3.4, beam, fade=radial(*lamp, w * 1.25, power=0.8), opacity=0.9)
    for share in (0.16, 0.4, 0.7):
        start, end = between(corners[0], corners[3], share), between(corners[0], corners[3], share + 0.1)
        sheet.ink(4.8, [lamp, start, end], fade=radial(*lamp, w * 0.95, power=1.2), opacity=0.8)
    sheet.fill(5, canvas)
    _film(sheet, canvas)
    sheet.ink(0, rounded(lamp[0] - 26, 86, w + 30, 154, 4))
    sheet.ink(5, disc(lamp[0] - 6, 120, 17))
    sheet.glow(5, lamp[0] - 6, 120, 120, power=1.2)
    for row, (y, size) in enumerate(((690, 50), (790, 70), (915, 96))):
        _audience(sheet, y, size, row)


def _film(sheet: Sheet, canvas: Mask) -> None:
    """What is showing: two people about to say something."""
    w = sheet.w
    sheet.fill(4, canvas, fade=linear((0, 700), (0, 250)))
    sheet.ink(ACCENT, disc(w * 0.245, 400, 130, 140), inside=canvas)
    left = profile(w * 0.115, 285, 420)
    right = profile(w * 0.375, 300, 380, side=-1)
    sheet.ink(1, left, inside=canvas)
    sheet.ink(2, right, inside=canvas)


def _audience(sheet: Sheet, y: float, size: float, row: int) -> None:
    """One row of viewers on their seats, the edge of each that is turned to the screen in light."""
    heads: list[list[Shape]] = []
    x = sheet.w * (0.07, 0.0, -0.03)[row]
    while x < sheet.w + size:
        heads.append(bust(x, y + sheet.rng.uniform(-0.25, 0.25) * size, size * sheet.rng.uniform(0.94, 1.04)))
        x += size * sheet.rng.uniform(2.7, 3.0)
    every = [shape for head in heads for shape in head]
    lift = size * 0.045
    sheet.ink(0.9 - 0.3 * row, sheet.below(y + size * 1.9))
    edge = linear((sheet.w * 1.1, 0), (sheet.w * 0.1, 0))
    sheet.ink(4, *moved(every, -lift, -lift), fade=edge)
    sheet.ink((1.1, 0.6, 0)[row], *every)
    if row == 1:
        wearer = heads[len(heads) // 2]
        top = min(wearer[0], key=lambda point: point[1])
        sheet.ink(ACCENT, *hat(top[0], top[1] - 26, size * 0.95))


def _television(sheet: Sheet) -> None:
    """The blue hour of the living room."""
    w, floor = sheet.w, 770.0
    x, y = w * 0.5, 430.0
    sheet.flood(1)
    sheet.flood(0.3, fade=linear((0, 420), (0, 0)))
    sheet.ink(0.5, sheet.below(floor))
    sheet.glow(3.2, x, y, 760, 560, power=0.9)
    sheet.ink(3.2, sheet.below(floor), fade=radial(x, floor, 560, 170))
    _picture_window(sheet, w * 0.14, 150)
    _floor_lamp(sheet, w * 0.87, floor)
    _set(sheet, x)
    _sofa(sheet, x)


def _set(sheet: Sheet, x: float) -> None:
    """The television on its cabinet: aerial, case, tube, knobs and grille."""
    feet = (limb((x + k * 260, 690), (x + k * 300, 800), 12, 7) for k in (-1, 1))
    sheet.ink(0, rounded(x - 330, 640, x + 330, 700, 8), *feet)
    for foot, tip in (((x - 20, 190), (x - 130, 40)), ((x + 20, 190), (x + 110, 60))):
        sheet.ink(0, limb(foot, tip, 4, 3), disc(*tip, 8))
    sheet.ink(0, rounded(x - 280, 170, x + 280, 645, 48))
    sheet.ink(1.6, rounded(x - 262, 186, x + 262, 628, 38))
    glass = sheet.cut(rounded(x - 236, 212, x + 150, 604, 56))
    sheet.fill(5, glass)
    _show(sheet, glass, x - 43, 408)
    grille = (rect(x + 172, 420 + 22 * k, x + 240, 430 + 22 * k) for k in range(7))
    sheet.ink(0, disc(x + 206, 270, 25), disc(x + 206, 346, 25), *grille)
    sheet.ink(4, limb((x + 206, 270), (x + 218, 254), 4, 3), limb((x + 206, 346), (x + 190, 352), 4, 3))


def _show(sheet: Sheet, glass: Mask, x: float, y: float) -> None:
    """What is on: a great eye that looks back."""
    sheet.fill(4, glass, fade=radial(x, y, 330, power=0.7))
    lens = arc(x, y + 150, 232, 232, 220, 320) + arc(x, y - 150, 232, 232, 40, 140)
    eye = sheet.cut(lens, inside=glass)
    sheet.fill(5, eye)
    sheet.ink(ACCENT, disc(x, y, 76), inside=eye)
    sheet.ink(0, disc(x, y, 36), inside=eye)
    sheet.ink(5, disc(x + 24, y - 24, 14), inside=eye)
    sheet.ink(1, ribbon(arc(x, y + 150, 232, 232, 216, 324), 11), inside=glass)
    for angle in range(-44, 45, 22):
        sin, cos = math.sin(math.radians(angle)), math.cos(math.radians(angle))
        lash = [(x + 240 * sin, y + 150 - 240 * cos), (x + 278 * sin, y + 150 - 282 * cos)]
        sheet.ink(1, ribbon(lash, 8), inside=glass)


def _picture_window(sheet: Sheet, x: float, y: float) -> None:
    """Night outside, so that the room is inside."""
    sheet.ink(0.1, rect(x - 96, y - 12, x + 96, y + 292))
    pane = sheet.cut(rect(x - 82, y, x + 82, y + 280))
    sheet.fill(1.6, pane)
    sheet.ink(4.6, disc(x + 24, y + 80, 38), inside=pane)
    sheet.ink(0.1, rect(x - 4, y, x + 4, y + 280), rect(x - 82, y + 136, x + 82, y + 144))


def _floor_lamp(sheet: Sheet, x: float, floor: float) -> None:
    """A lamp that is off; the set gives light enough."""
    sheet.ink(0, rect(x - 4, 330, x + 4, floor + 40), disc(x, floor + 42, 60, 10))
    shade = [(x - 52, 220), (x + 52, 220), (x + 92, 350), (x - 92, 350)]
    sheet.ink(0.2, shade)
    sheet.ink(2.6, shade, fade=linear((x + 60, 0), (x - 110, 0), 1.2))


def _sofa(sheet: Sheet, x: float) -> None:
    """The back of the sofa, the head above it, and the rim of light on both."""
    w = sheet.w
    head = bust(x + 96, 664, 92)
    seat = [
        rounded(x - w * 0.32, 800, x + w * 0.32, 1100, 60),
        rounded(x - w * 0.37, 850, x - w * 0.27, 1100, 46),
        rounded(x + w * 0.27, 850, x + w * 0.37, 1100, 46),
    ]
    sheet.ink(4.6, *moved(head, -2, -6))
    sheet.ink(ACCENT, head[1])
    sheet.ink(0, head[1], fade=linear((0, 780), (0, 880)))
    sheet.ink(0, head[0])
    sheet.ink(3.2, *moved(seat, 0, -6))
    sheet.ink(0.4, *seat)
    sheet.ink(0, rect(x - 3, 812, x + 3, 1020))


def _drive_in(sheet: Sheet) -> None:
    """Cars in the dust before a kiss forty feet high."""
    w, horizon = sheet.w, 660.0
    sky(sheet, NIGHT, horizon)
    sheet.ink(1.1, ground(hill(sheet, horizon - 30, 44, 0.9, 1.3), horizon + 10))
    x, top, low, half = w * 0.5, 120.0, 540.0, w * 0.27
    sheet.glow(3.4, x, 340, 780, 560, power=1.3)
    sheet.ink(0.6, sheet.below(horizon))
    sheet.ink(3, sheet.below(horizon), fade=radial(x, horizon, 720, 280))
    posts = [rect(x + k * half - 9, top, x + k * half + 9, horizon + 10) for k in (-0.9, -0.3, 0.3, 0.9)]
    braces = [ribbon([(x + k * half * 0.9, low), (x + k * half * 0.3, horizon)], 8) for k in (-1, 1)]
    sheet.ink(0, *posts, *braces, rect(x - half - 16, top - 16, x + half + 16, low + 16))
    canvas = sheet.cut(rect(x - half, top, x + half, low))
    sheet.fill(5, canvas)
    sheet.fill(4, canvas, fade=linear((0, top), (0, low + 100)))
    sheet.ink(ACCENT, disc(x, 330, 150), inside=canvas)
    sheet.ink(1, profile(x - 176, 176, 470), inside=canvas)
    sheet.ink(2, profile(x + 186, 150, 500, side=-1), inside=canvas)
    _cars(sheet, x)


def _cars(sheet: Sheet, x: float) -> None:
    """Two rows of old saloons from behind, staggered."""
    for row, (y, size, count) in enumerate(((770, 118, 7), (960, 200, 5))):
        for index in range(count):
            px = x + (index - (count - 1) / 2) * size * 1.85
            _car(sheet, px, y, size, accent=(row, index) == (1, 1))


def _car(sheet: Sheet, x: float, y: float, size: float, accent: bool) -> None:
    """A car: the pale rim of its roof, two heads in the rear window, two tail lights."""

    def at(*shapes: Shape) -> list[Shape]:
        return [placed(shape, x, y, size) for shape in shapes]

    shell = [
        curve(points("-0.52,-0.3 -0.4,-0.62 0,-0.68 0.4,-0.62 0.52,-0.3")),
        rounded(-0.72, -0.36, 0.72, 0.06, 0.13),
    ]
    sheet.ink(4, *moved(at(*shell), 0, -0.028 * size))
    sheet.ink(0, *at(rounded(-0.63, -0.05, -0.41, 0.17, 0.05), rounded(0.41, -0.05, 0.63, 0.17, 0.05)))
    sheet.ink(ACCENT if accent else 1.2, *at(*shell))
    sheet.ink(0, *at(*shell), fade=linear((0, y - 0.5 * size), (0, y + 0.2 * size)), opacity=0.9)
    glass = sheet.cut(*at(curve(points("-0.42,-0.36 -0.34,-0.55 0,-0.6 0.34,-0.55 0.42,-0.36"))))
    sheet.fill(2.2, glass)
    sheet.fill(3.8, glass, fade=linear((0, y - 0.3 * size), (0, y - 0.66 * size)))
    sheet.ink(0, *at(*bust(-0.1, -0.5, 0.085), *bust(0.07, -0.5, 0.085)), inside=glass)
    lights = [rounded(-0.67, -0.24, -0.53, -0.15, 0.03), rounded(0.53, -0.24, 0.67, -0.15, 0.03)]
    sheet.ink(5 if accent else ACCENT, *at(*lights))
    sheet.ink(3, *at(rounded(-0.66, -0.03, 0.66, 0.01, 0.02)))
    sheet.ink(4, *at(rect(-0.14, -0.2, 0.14, -0.12)))


SCREEN = (_projection, _television, _drive_in)
