"""Hair, scarves and caps: what falls behind the shoulders, and what lies over the face."""

from collections.abc import Callable
from dataclasses import dataclass

from .palettes import Tone, mix
from .shapes import Point, Shape, arc, curve, disc, rect, ribbon
from .sheet import Sheet, linear

Layer = Callable[[float, float], list[Shape]]


@dataclass(frozen=True)
class Hair:
    """Two layers of one head of hair, each a function of the middle of the face."""

    back: Layer | None = None
    front: Layer | None = None

    def behind(self, sheet: Sheet, x: float, y: float, tone: Tone) -> None:
        """Print what the head hides."""
        if self.back:
            _print(sheet, self.back(x, y), x, y, tone, deep=True)

    def before(self, sheet: Sheet, x: float, y: float, tone: Tone) -> None:
        """Print what hides the head."""
        if self.front:
            _print(sheet, self.front(x, y), x, y, tone, deep=False)


def _print(sheet: Sheet, shapes: list[Shape], x: float, y: float, tone: Tone, deep: bool) -> None:
    """Hair and cloth take light from the upper left, like everything else; what hangs behind takes none."""
    mask = sheet.cut(*shapes)
    colour = sheet.palette.colour(tone)
    sheet.fill(tone, mask)
    dark = mix(colour, sheet.palette.colour(0), 0.7)
    sheet.fill(dark, mask, fade=linear((x - 60, y - 120), (x + 260, y + 320)), opacity=0.8)
    if not deep:
        shine = mix(colour, sheet.palette.colour(4.5), 0.4)
        sheet.fill(shine, mask, fade=linear((x - 10, y - 90), (x - 170, y - 270)), opacity=0.75)


def _shape(x: float, y: float, *points: Point) -> Shape:
    return curve([(x + a, y + b) for a, b in points], closed=True)


def _afro(x: float, y: float) -> list[Shape]:
    bumps = [disc(x + a, y + b, r) for a, b, r in ((-170, -40, 95), (-150, -160, 110), (0, -215, 130), (150, -160, 110), (172, -40, 95), (-150, 50, 70), (152, 50, 70))]
    return [disc(x, y - 90, 220, 205), *bumps]


def _hairline(x: float, y: float) -> list[Shape]:
    return [
        _shape(x, y, (-134, 8), (-150, -120), (-70, -215), (70, -215), (150, -120), (134, 8), (118, -40), (96, -104), (40, -128), (-40, -128), (-96, -104), (-118, -40))
    ]  # fmt: skip


def _bob_back(x: float, y: float) -> list[Shape]:
    return [_shape(x, y, (0, -218), (-120, -190), (-172, -70), (-186, 90), (-168, 186), (-60, 160), (60, 160), (168, 186), (186, 90), (172, -70), (120, -190))]


def _bob_front(x: float, y: float) -> list[Shape]:
    return [
        _shape(x, y, (40, -205), (-80, -206), (-156, -120), (-172, 20), (-176, 150), (-150, 180), (-118, 120), (-112, 0), (-60, -80), (44, -150)),
        _shape(x, y, (30, -204), (110, -178), (164, -80), (176, 60), (172, 166), (146, 178), (124, 90), (118, -20), (90, -100), (40, -160)),
    ]  # fmt: skip


def _quiff(x: float, y: float) -> list[Shape]:
    return [
        _shape(x, y, (-132, 24), (-146, -70), (-150, -160), (-96, -236), (20, -262), (116, -226), (150, -150), (142, -60), (132, 24), (120, -36), (112, -100), (60, -120), (-30, -136), (-92, -110), (-116, -40))
    ]  # fmt: skip


def _silver(x: float, y: float) -> list[Shape]:
    return [
        _shape(x, y, (-136, 40), (-156, -40), (-146, -150), (-70, -214), (40, -216), (130, -164), (156, -50), (138, 40), (122, -30), (92, -110), (20, -96), (-60, -132), (-112, -60))
    ]  # fmt: skip


def _scarf_back(x: float, y: float) -> list[Shape]:
    return [_shape(x, y, (0, -236), (-120, -200), (-182, -80), (-190, 90), (-220, 260), (-300, 360), (0, 460), (300, 360), (220, 260), (190, 90), (182, -80), (120, -200))]


def _scarf_front(x: float, y: float) -> list[Shape]:
    """The scarf leaves an oval of face free and is wound once round the neck."""
    cloth = arc(x, y - 20, 176, 214, 90, 450)
    opening = arc(x, y + 6, 116, 168, 450, 90)
    throat = _shape(x, y, (-150, 120), (-176, 220), (-120, 320), (0, 352), (130, 318), (178, 216), (150, 120), (70, 176), (0, 186), (-70, 176))
    return [cloth + opening, throat]


def _fringe_front(x: float, y: float) -> list[Shape]:
    sides = [
        _shape(x, y, (s * 110, -120), (s * 158, -90), (s * 182, 60), (s * 196, 260), (s * 150, 300), (s * 128, 180), (s * 124, 20)) for s in (-1, 1)
    ]
    bangs = _shape(x, y, (-134, -40), (-148, -140), (-80, -214), (80, -214), (148, -140), (134, -40), (90, -54), (0, -62), (-90, -54))
    return [*sides, bangs]


def _long_back(x: float, y: float) -> list[Shape]:
    return [_shape(x, y, (0, -222), (-118, -192), (-176, -70), (-190, 100), (-216, 260), (-236, 430), (-120, 500), (120, 500), (236, 430), (216, 260), (190, 100), (176, -70), (118, -192))]


def _long_front(x: float, y: float) -> list[Shape]:
    return [
        _shape(
            x, y, (-6, -212), (s * 92, -198), (s * 158, -110), (s * 182, 60), (s * 214, 220), (s * 236, 400),
            (s * 206, 530), (s * 178, 470), (s * 164, 510), (s * 142, 430), (s * 136, 260), (s * 124, 100),
            (s * 112, -30), (s * 60, -120), (s * 4, -168),
        )
        for s in (-1, 1)
    ]  # fmt: skip


def _curls(x: float, y: float) -> list[Shape]:
    spots = ((-128, -60, 46), (-140, -120, 54), (-100, -176, 62), (-36, -204, 62), (34, -208, 60), (98, -180, 60), (138, -124, 52), (130, -62, 44), (-70, -136, 40), (0, -146, 42), (66, -138, 40), (-132, -10, 28), (132, -10, 28))
    return [disc(x + a, y + b, r) for a, b, r in spots]


def _locs(x: float, y: float) -> list[Shape]:
    """Strands side by side, falling in order past the shoulders."""
    strands = []
    for index in range(5):
        for side in (-1, 1):
            root = x + side * (84 + 14 * index), y - 150 + 16 * index
            tip = x + side * (142 + 25 * index), y + 330 - 26 * (index % 2) - 18 * index
            line = curve([root, (x + side * (132 + 18 * index), y - 30.0), (x + side * (138 + 22 * index), y + 120.0), tip])
            strands += [ribbon(line, 22), disc(*tip, 11)]
    return [*_hairline(x, y), *strands]


def _bun_back(x: float, y: float) -> list[Shape]:
    return [disc(x + 16, y - 262, 86, 78)]


def _bun_front(x: float, y: float) -> list[Shape]:
    return [
        _shape(x, y, (-133, 20), (-150, -90), (-96, -192), (0, -218), (96, -192), (150, -90), (133, 20), (122, -50), (76, -116), (10, -160), (-60, -124), (-118, -50))
    ]  # fmt: skip


def _cap(x: float, y: float) -> list[Shape]:
    crown = _shape(x, y, (-150, -86), (-158, -160), (-90, -236), (30, -252), (130, -214), (166, -140), (150, -86), (0, -112))
    peak = _shape(x, y, (-148, -92), (-60, -122), (60, -122), (150, -92), (156, -66), (60, -90), (-60, -90), (-154, -66))
    return [crown, peak, rect(x + 6, y - 268, x + 30, y - 246)]


HAIR: dict[str, Hair] = {
    "afro": Hair(_afro, _hairline),
    "bob": Hair(_bob_back, _bob_front),
    "quiff": Hair(None, _quiff),
    "silver": Hair(None, _silver),
    "scarf": Hair(_scarf_back, _scarf_front),
    "bald": Hair(),
    "fringe": Hair(_long_back, _fringe_front),
    "curls": Hair(None, _curls),
    "locs": Hair(None, _locs),
    "bun": Hair(_bun_back, _bun_front),
    "long": Hair(_long_back, _long_front),
    "cap": Hair(None, _cap),
}
