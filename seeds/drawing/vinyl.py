"""Records."""

from .palettes import ACCENT
from .shapes import Shape, disc, limb, rect, ring, rounded, turned, wedge
from .sheet import Mask, Sheet, linear, radial
from .weather import SUNSET, glitter, sky


def _record(sheet: Sheet, x: float, y: float, radius: float, label: tuple[float, float], dark: float = 0) -> Mask:
    """The disc: grooves, the bands between songs, two wedges of light, and a label in two inks."""
    whole = sheet.cut(disc(x, y, radius))
    sheet.fill(dark, whole)
    grooves = [ring(x, y, radius * share, radius * share - 1.6) for share in _bands()]
    sheet.ink(dark + 1, *grooves, opacity=0.8)
    for start, tone in ((200, 3.4), (20, 2.6)):
        for spread, strength in ((34, 0.5), (20, 0.6), (8, 0.8)):
            shine = sheet.cut(wedge(x, y, radius, start + 20 - spread / 2, start + 20 + spread / 2), inside=whole)
            sheet.fill(tone, shine, fade=radial(x, y, radius * 1.6, power=0.6), opacity=strength * 0.55)
    gaps = [ring(x, y, radius * share, radius * share - 4) for share in (0.96, 0.81, 0.66, 0.53)]
    sheet.ink(dark, *gaps)
    sheet.ink(label[0], disc(x, y, radius * 0.36))
    core = sheet.cut(disc(x, y, radius * 0.36))
    sheet.ink(label[1], rect(x - radius, y, x + radius, y + radius), inside=core)
    sheet.ink(label[1], ring(x, y, radius * 0.3, radius * 0.285), ring(x, y, radius * 0.2, radius * 0.19))
    sheet.ink(
        label[0],
        ring(x, y, radius * 0.3, radius * 0.285, 0, 180),
        ring(x, y, radius * 0.2, radius * 0.19, 0, 180),
    )
    sheet.ink(5, disc(x, y, radius * 0.026))
    return whole


def _bands() -> list[float]:
    """Where the grooves run, as shares of the radius: close together, with rests between the songs."""
    edges = ((0.42, 0.515), (0.545, 0.645), (0.675, 0.795), (0.825, 0.945))
    return [low + (high - low) * step / 11 for low, high in edges for step in range(12)]


def _sleeve(sheet: Sheet) -> None:
    """Half out of a sleeve whose cover continues the circle, with one long shadow."""
    w = sheet.w
    sheet.flood(4)
    sheet.flood(3.2, fade=linear((w * 0.2, 0), (w, 1000), 1.2))
    x, y = w * 0.34, 520.0
    sheet.ink(2, disc(x + 390 + 58, y + 58, 338), rect(x - 290, y - 290, x + 408, y + 408))
    _record(sheet, x + 390, y, 338, (ACCENT, 5))
    cover = sheet.cut(rect(x - 350, y - 350, x + 350, y + 350))
    sheet.fill(1, cover)
    sheet.fill(2, cover, fade=linear((x + 350, y - 350), (x - 350, y + 350)))
    for index, (radius, tone) in enumerate(((470, 2.0), (360, 3.0), (250, ACCENT), (140, 5.0))):
        arch = sheet.cut(disc(x - 70, y + 350, radius), inside=cover)
        sheet.fill(tone, arch)
        if index < 3:
            sheet.fill(1, arch, fade=linear((x - 70, y), (x - 560, y + 350)), opacity=0.75)
    sheet.ink(5, disc(x + 190, y - 200, 58), inside=cover)
    sheet.ink(0, rect(x + 340, y - 350, x + 350, y + 350), opacity=0.35)
    sheet.ink(4.4, rect(x - 350, y - 350, x - 343, y + 350), opacity=0.6)


def _turntable(sheet: Sheet) -> None:
    """The arm comes down on a record too large for the frame."""
    w = sheet.w
    sheet.flood(3)
    sheet.flood(4, fade=linear((w * 0.9, 1000), (w * 0.5, 0)))
    x, y = w * 0.4, 560.0
    sheet.ink(1.4, disc(x + 34, y + 46, 560))
    sheet.ink(4.6, disc(x, y, 566))
    sheet.ink(2.4, disc(x, y, 558))
    _record(sheet, x, y, 540, (5, ACCENT))
    _arm(sheet, w * 0.87, 210)
    for index, tone in enumerate((5, ACCENT)):
        px, py = w * 0.9, 760 + 120 * index
        sheet.ink(1.6, disc(px + 12, py + 14, 44))
        sheet.ink(1, disc(px, py, 44))
        sheet.ink(tone, disc(px, py, 36))
        sheet.ink(0, limb((px, py), (px + 18, py - 20), 4, 4))


def _arm(sheet: Sheet, x: float, y: float) -> None:
    """Tone arm, pivot, counterweight and cartridge, over their own shadow."""
    elbow, head = (x - 40.0, y + 420.0), (x - 330.0, y + 560.0)
    parts = [limb((x + 14, y - 150), elbow, 13, 12), limb(elbow, head, 12, 10)]
    shell = turned([rounded(head[0] - 74, head[1] - 26, head[0] + 20, head[1] + 26, 8)], *head, -27)
    weight = rounded(x - 24, y - 176, x + 60, y - 96, 14)
    shadow = [[(a + 32, b + 44) for a, b in shape] for shape in (*parts, *shell, weight, disc(x, y, 92))]
    sheet.ink(0, *shadow, opacity=0.45)
    sheet.ink(1, disc(x, y, 96))
    sheet.ink(4.8, disc(x, y, 82))
    sheet.ink(3, disc(x, y, 82), fade=linear((x - 80, y - 80), (x + 80, y + 80)))
    sheet.ink(0, disc(x, y, 46))
    sheet.ink(5, *parts)
    edge = [limb((x + 20, y - 150), (elbow[0] + 6, elbow[1] + 6), 4, 4)]
    sheet.ink(3, *edge, limb((elbow[0] + 4, elbow[1] + 6), (head[0] + 4, head[1] + 6), 4, 3))
    sheet.ink(0, weight, *shell)
    sheet.ink(ACCENT, *turned([rect(head[0] - 52, head[1] - 26, head[0] - 40, head[1] + 26)], *head, -27))
    sheet.ink(ACCENT, disc(x, y, 18))


def _sunset(sheet: Sheet) -> None:
    """Half a record on the horizon; its grooves go on in the water."""
    w, horizon = sheet.w, 640.0
    x = w * 0.5
    sky(sheet, SUNSET, horizon)
    sheet.glow(5, x, horizon, 760, 700, power=1.2)
    _record(sheet, x, horizon, 440, (ACCENT, 5))
    sheet.ink(2, sheet.below(horizon))
    sheet.ink(3.6, sheet.below(horizon), fade=radial(x, horizon, 900, 260))
    sheet.ink(0.4, sheet.below(horizon), fade=linear((0, horizon + 120), (0, 1050)))
    swell: list[Shape] = []
    for step in range(13):
        radius = 470 + step * (34 + 5 * step)
        swell.append(
            [(a, horizon + (b - horizon) * 0.34) for a, b in ring(x, horizon, radius, radius - 5 - step, 4, 176)]
        )
    sheet.ink(1, *swell, opacity=0.75)
    glitter(sheet, x, horizon, 1000, 360, 0)
    glitter(sheet, x, horizon + 10, 1000, 130, ACCENT)


VINYL = (_sleeve, _turntable, _sunset)
