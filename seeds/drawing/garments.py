"""What the people in the portraits wear."""

from collections.abc import Callable

from .shapes import Shape, curve, disc, placed, points, rect, ribbon, rounded
from .sheet import Mask, Sheet, linear


def _torso(x: float, y: float, wide: float = 1.0) -> Shape:
    """Shoulders, from one edge of the neck to the other, and down out of the picture."""
    half = curve(points("82,258 150,296 292,346 388,430 430,640"))
    right = [(a * wide, b) for a, b in half]
    return placed(placed(right, 0, 0, side=-1)[::-1] + right, x, y)


def _cloth(sheet: Sheet, x: float, y: float, tone: float, shape: Shape) -> Mask:
    """Print cloth with its shaded side and the crease between arm and chest."""
    mask = sheet.cut(shape)
    sheet.fill(tone, mask)
    deep = _deeper(tone)
    sheet.fill(deep, mask, fade=linear((x - 40, y + 330), (x + 440, y + 560)), opacity=0.85)
    for side in (-1, 1):
        crease = curve(placed(points("262,452 276,520 270,600"), x, y, side=side), steps=6)
        sheet.ink(deep, ribbon(crease, [1 + 7 * k / len(crease) for k in range(len(crease))]), inside=mask)
    return mask


def _deeper(tone: float) -> float:
    """The shade of a cloth; the accent goes to the darkest ink, like every other."""
    return max(0.0, tone - 1.3)


def crew(sheet: Sheet, x: float, y: float, tone: float) -> None:
    """A plain jersey with a round neck."""
    neck = curve(placed(points("-128,286 -92,340 0,372 92,340 128,286"), x, y))
    body = _torso(x, y)
    half = len(body) // 2
    _cloth(sheet, x, y, tone, body[: half - 8] + neck + body[half + 8 :])
    sheet.ink(_deeper(tone), ribbon(neck, 17))


def stripes(sheet: Sheet, x: float, y: float, tone: float) -> None:
    """A sailor's jersey."""
    neck = curve(placed(points("-162,300 -84,330 0,338 84,330 162,300"), x, y))
    body = _torso(x, y)
    half = len(body) // 2
    mask = _cloth(sheet, x, y, tone, body[: half - 16] + neck + body[half + 16 :])
    band = curve(placed(points("-460,400 0,424 460,400"), x, y))
    sheet.ink(1, *(ribbon(placed(band, 0, 52 * step), 20) for step in range(5)), inside=mask)


def turtleneck(sheet: Sheet, x: float, y: float, tone: float) -> None:
    """A jumper with a rolled collar."""
    _cloth(sheet, x, y, tone, _torso(x, y))
    roll = points("-84,196 -94,240 -130,292 0,340 130,292 94,240 84,196 0,226")
    collar = sheet.cut(curve(placed(roll, x, y), closed=True))
    sheet.fill(tone, collar)
    sheet.fill(_deeper(tone), collar, fade=linear((x - 30, 0), (x + 130, 0)), opacity=0.8)
    sheet.ink(_deeper(tone), ribbon(curve(placed(points("-130,292 0,340 130,292"), x, y)), 7))


def shirt(sheet: Sheet, x: float, y: float, tone: float) -> None:
    """A shirt with an open collar."""
    body = _torso(x, y)
    half = len(body) // 2
    opening = [(x - 96, y + 262), (x - 6, y + 440), (x + 6, y + 440), (x + 96, y + 262)]
    _cloth(sheet, x, y, tone, body[:half] + opening + body[half:])
    deep = _deeper(tone)
    for side in (-1, 1):
        wing = placed(points("82,236 150,300 92,404 4,436 66,320"), x, y, side=side)
        sheet.ink(deep, placed(wing, 5, 12), opacity=0.6)
        sheet.ink(tone, wing)
    sheet.ink(deep, rect(x - 2, y + 440, x + 2, y + 640), disc(x + 15, y + 474, 7), disc(x + 15, y + 540, 7))


def blazer(sheet: Sheet, x: float, y: float, tone: float) -> None:
    """A jacket over a light shirt without a tie."""
    crew(sheet, x, y, 5 if tone < 4 else 1)
    for side in (-1, 1):
        edge = curve(points("82,258 150,292 300,340 398,424 442,640"))
        panel = sheet.cut(placed([*edge, (30, 640), (16, 570), (70, 420)], x, y, side=side))
        sheet.fill(tone, panel)
        sheet.fill(_deeper(tone), panel, fade=linear((x - 60, y + 320), (x + 440, y + 580)), opacity=0.85)
        lapel = placed(points("92,260 172,300 196,372 158,384 176,414 30,610 60,420"), x, y, side=side)
        sheet.ink(_deeper(tone), placed(lapel, 7, 8), opacity=0.75)
        sheet.ink(tone, lapel)
        sheet.ink(_deeper(tone), lapel, fade=linear((x - 200, y + 240), (x + 300, y + 600)), opacity=0.5)


def hoodie(sheet: Sheet, x: float, y: float, tone: float) -> None:
    """A hooded jersey with its cords."""
    _cloth(sheet, x, y, tone, _torso(x, y, 1.03))
    hood = points("-120,200 -186,286 -120,380 0,420 120,380 186,286 120,200 90,290 0,330 -90,290")
    mask = sheet.cut(curve(placed(hood, x, y), closed=True))
    sheet.fill(tone, mask)
    seam = curve(placed(points("-176,320 -110,386 0,420 110,386 176,320"), x, y))
    sheet.ink(_deeper(tone), ribbon(seam, 9))
    sheet.fill(_deeper(tone), mask, fade=linear((x - 20, y + 250), (x + 220, y + 380)), opacity=0.8)
    for side in (-1, 1):
        cord = curve(placed(points("52,384 58,440 50,510"), x, y, side=side))
        tag = x + side * 50
        sheet.ink(0.4 if tone > 2.6 else 5, ribbon(cord, 7), rounded(tag - 6, y + 506, tag + 6, y + 532, 4))


def coat(sheet: Sheet, x: float, y: float, tone: float) -> None:
    """A coat with its collar up and a jersey under it."""
    crew(sheet, x, y, 4.4 if tone < 3 else 1)
    for side in (-1, 1):
        edge = curve(points("150,286 306,344 404,430 448,640"))
        panel = sheet.cut(placed([*edge, (40, 640), (90, 420)], x, y, side=side))
        sheet.fill(tone, panel)
        sheet.fill(_deeper(tone), panel, fade=linear((x - 40, y + 320), (x + 440, y + 580)), opacity=0.85)
        wing = placed(points("112,226 196,300 236,400 110,470 84,350"), x, y, side=side)
        sheet.ink(_deeper(tone), placed(wing, 6, 9), opacity=0.8)
        sheet.ink(tone, wing)


GARMENTS: dict[str, Callable[[Sheet, float, float, float], None]] = {
    "crew": crew,
    "stripes": stripes,
    "turtleneck": turtleneck,
    "shirt": shirt,
    "blazer": blazer,
    "hoodie": hoodie,
    "coat": coat,
}
