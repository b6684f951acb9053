"""What the people in the portraits wear."""

from collections.abc import Callable

from .palettes import ACCENT, Tone
from .shapes import Shape, curve, disc, rect, ribbon, rounded
from .sheet import Mask, Sheet, linear


def _torso(x: float, y: float, wide: float = 1.0) -> Shape:
    """Shoulders, from one edge of the neck to the other, and down out of the picture."""
    half = [(82, 258), (150, 296), (292, 346), (388, 430), (430, 640)]
    right = curve([(x + a * wide, y + b) for a, b in half])
    left = [(2 * x - a, b) for a, b in reversed(right)]
    return [*left, *right]


def _cloth(sheet: Sheet, x: float, y: float, tone: Tone, shape: Shape) -> Mask:
    """Print cloth with its shaded side and the crease between arm and chest."""
    mask = sheet.cut(shape)
    sheet.fill(tone, mask)
    deep = _deeper(tone)
    sheet.fill(deep, mask, fade=linear((x - 40, y + 330), (x + 440, y + 560)), opacity=0.85)
    for side in (-1, 1):
        crease = curve([(x + side * 262, y + 452), (x + side * 276, y + 520), (x + side * 270, y + 600)], steps=6)
        sheet.ink(deep, ribbon(crease, [1 + 7 * k / len(crease) for k in range(len(crease))]), inside=mask)
    return mask


def _deeper(tone: Tone) -> Tone:
    """The shade of a cloth."""
    if tone == ACCENT or isinstance(tone, tuple):
        return 0
    return max(0.0, tone - 1.3)


def _contrast(tone: Tone) -> float:
    """A tone that can be read on the cloth."""
    return 0.4 if tone != ACCENT and not isinstance(tone, tuple) and tone > 2.6 else 5.0


def crew(sheet: Sheet, x: float, y: float, tone: Tone) -> None:
    """A plain jersey with a round neck."""
    neck = curve([(x - 128, y + 286), (x - 92, y + 340), (x, y + 372), (x + 92, y + 340), (x + 128, y + 286)])
    body = _torso(x, y)
    half = len(body) // 2
    _cloth(sheet, x, y, tone, body[: half - 8] + neck + body[half + 8 :])
    sheet.ink(_deeper(tone), ribbon(neck, 17))


def stripes(sheet: Sheet, x: float, y: float, tone: Tone) -> None:
    """A sailor's jersey."""
    neck = curve([(x - 162, y + 300), (x - 84, y + 330), (x, y + 338), (x + 84, y + 330), (x + 162, y + 300)])
    body = _torso(x, y)
    half = len(body) // 2
    mask = _cloth(sheet, x, y, tone, body[: half - 16] + neck + body[half + 16 :])
    bands = [ribbon(curve([(x - 460, y + 400 + 52 * k), (x, y + 424 + 52 * k), (x + 460, y + 400 + 52 * k)]), 20) for k in range(5)]
    sheet.ink(1, *bands, inside=mask)


def turtleneck(sheet: Sheet, x: float, y: float, tone: Tone) -> None:
    """A jumper with a rolled collar."""
    _cloth(sheet, x, y, tone, _torso(x, y))
    roll = curve([(x - 84, y + 196), (x - 94, y + 240), (x - 102, y + 300), (x, y + 336), (x + 102, y + 300), (x + 94, y + 240), (x + 84, y + 196), (x, y + 226)], closed=True)
    collar = sheet.cut(roll)
    sheet.fill(tone, collar)
    sheet.fill(_deeper(tone), collar, fade=linear((x - 30, 0), (x + 130, 0)), opacity=0.8)
    sheet.ink(_deeper(tone), ribbon(curve([(x - 102, y + 300), (x, y + 336), (x + 102, y + 300)]), 7))


def shirt(sheet: Sheet, x: float, y: float, tone: Tone) -> None:
    """A shirt with an open collar."""
    body = _torso(x, y)
    half = len(body) // 2
    opening = [(x - 96, y + 262), (x - 6, y + 440), (x + 6, y + 440), (x + 96, y + 262)]
    _cloth(sheet, x, y, tone, body[:half] + opening + body[half:])
    deep = _deeper(tone)
    for side in (-1, 1):
        wing = [(x + side * 82, y + 236), (x + side * 150, y + 300), (x + side * 92, y + 404), (x + side * 4, y + 436), (x + side * 66, y + 320)]
        sheet.ink(deep, [(a + 5, b + 12) for a, b in wing], opacity=0.6)
        sheet.ink(tone, wing)
    sheet.ink(deep, rect(x - 2, y + 440, x + 2, y + 640), *(disc(x + 15, y + 474 + 66 * k, 7) for k in range(2)))


def blazer(sheet: Sheet, x: float, y: float, tone: Tone) -> None:
    """A jacket over a light shirt without a tie."""
    inner = 5.0 if tone == ACCENT or (not isinstance(tone, tuple) and tone < 4) else 1.0
    crew(sheet, x, y, inner)
    for side in (-1, 1):
        half = [(82, 258), (150, 292), (300, 340), (398, 424), (442, 640)]
        edge = curve([(x + side * a, y + b) for a, b in half])
        panel = sheet.cut([*edge, (x + side * 30, y + 640), (x + side * 16, y + 570), (x + side * 70, y + 420)])
        sheet.fill(tone, panel)
        sheet.fill(_deeper(tone), panel, fade=linear((x - 60, y + 320), (x + 440, y + 580)), opacity=0.85)
        lapel = [(x + side * 92, y + 260), (x + side * 172, y + 300), (x + side * 196, y + 372), (x + side * 158, y + 384), (x + side * 176, y + 414), (x + side * 30, y + 610), (x + side * 60, y + 420)]
        sheet.ink(_deeper(tone), [(a + 7, b + 8) for a, b in lapel], opacity=0.75)
        sheet.ink(tone, lapel)
        sheet.ink(_deeper(tone), lapel, fade=linear((x - 200, y + 240), (x + 300, y + 600)), opacity=0.5)


def hoodie(sheet: Sheet, x: float, y: float, tone: Tone) -> None:
    """A hooded jersey with its cords."""
    _cloth(sheet, x, y, tone, _torso(x, y, 1.03))
    hood = curve([(x - 120, y + 200), (x - 186, y + 286), (x - 120, y + 380), (x, y + 420), (x + 120, y + 380), (x + 186, y + 286), (x + 120, y + 200), (x + 90, y + 290), (x, y + 330), (x - 90, y + 290)], closed=True)
    mask = sheet.cut(hood)
    sheet.fill(tone, mask)
    sheet.ink(_deeper(tone), ribbon(curve([(x - 176, y + 320), (x - 110, y + 386), (x, y + 420), (x + 110, y + 386), (x + 176, y + 320)]), 9))
    sheet.fill(_deeper(tone), mask, fade=linear((x - 20, y + 250), (x + 220, y + 380)), opacity=0.8)
    cords = [ribbon(curve([(x + s * 52, y + 384), (x + s * 58, y + 440), (x + s * 50, y + 510)]), 7) for s in (-1, 1)]
    sheet.ink(_contrast(tone), *cords, *(rounded(x + s * 50 - 6, y + 506, x + s * 50 + 6, y + 532, 4) for s in (-1, 1)))


def coat(sheet: Sheet, x: float, y: float, tone: Tone) -> None:
    """A coat with its collar up and a jersey under it."""
    crew(sheet, x, y, 4.4 if not isinstance(tone, tuple) and tone < 3 else 1)
    for side in (-1, 1):
        half = [(150, 286), (306, 344), (404, 430), (448, 640)]
        edge = curve([(x + side * a, y + b) for a, b in half])
        panel = sheet.cut([*edge, (x + side * 40, y + 640), (x + side * 90, y + 420)])
        sheet.fill(tone, panel)
        sheet.fill(_deeper(tone), panel, fade=linear((x - 40, y + 320), (x + 440, y + 580)), opacity=0.85)
        wing = [(x + side * 112, y + 226), (x + side * 196, y + 300), (x + side * 236, y + 400), (x + side * 110, y + 470), (x + side * 84, y + 350)]
        sheet.ink(_deeper(tone), [(a + 6, b + 9) for a, b in wing], opacity=0.8)
        sheet.ink(tone, wing)


GARMENTS: dict[str, Callable[[Sheet, float, float, Tone], None]] = {
    "crew": crew,
    "stripes": stripes,
    "turtleneck": turtleneck,
    "shirt": shirt,
    "blazer": blazer,
    "hoodie": hoodie,
    "coat": coat,
}
