"""Hair, scarves and caps: what falls behind the shoulders, and what lies over the face."""

from collections.abc import Callable
from dataclasses import dataclass

from .palettes import Tone, mix
from .shapes import Shape, arc, curve, disc, placed, points, rect, ribbon
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


def _lock(x: float, y: float, outline: str, side: float = 1) -> Shape:
    """A closed, smooth shape from an outline around the middle of the face."""
    return curve(placed(points(outline), x, y, side=side), closed=True)


def _discs(x: float, y: float, spots: tuple[tuple[int, int, int], ...]) -> list[Shape]:
    """Curls: discs at places around the middle of the face."""
    return [disc(x + a, y + b, radius) for a, b, radius in spots]


def _afro(x: float, y: float) -> list[Shape]:
    left = ((-170, -40, 95), (-150, -160, 110), (-150, 50, 70))
    right = ((172, -40, 95), (150, -160, 110), (152, 50, 70))
    return [disc(x, y - 90, 220, 205), *_discs(x, y, (*left, (0, -215, 130), *right))]


def _hairline(x: float, y: float) -> list[Shape]:
    """Hair close to the skull, with a round forehead."""
    outer = "-134,8 -150,-120 -70,-215 70,-215 150,-120 134,8 "
    inner = "118,-40 96,-104 40,-128 -40,-128 -96,-104 -118,-40"
    return [_lock(x, y, outer + inner)]


def _bob_back(x: float, y: float) -> list[Shape]:
    left = "0,-218 -120,-190 -172,-70 -186,90 -168,186 -60,160 "
    right = "60,160 168,186 186,90 172,-70 120,-190"
    return [_lock(x, y, left + right)]


def _bob_front(x: float, y: float) -> list[Shape]:
    left = "40,-205 -80,-206 -156,-120 -172,20 -176,150 -150,180 -118,120 -112,0 -60,-80 44,-150"
    right = "30,-204 110,-178 164,-80 176,60 172,166 146,178 124,90 118,-20 90,-100 40,-160"
    return [_lock(x, y, left), _lock(x, y, right)]


def _quiff(x: float, y: float) -> list[Shape]:
    outer = "-132,24 -146,-70 -150,-160 -96,-236 20,-262 116,-226 150,-150 142,-60 132,24 "
    inner = "120,-36 112,-100 60,-120 -30,-136 -92,-110 -116,-40"
    return [_lock(x, y, outer + inner)]


def _silver(x: float, y: float) -> list[Shape]:
    outer = "-136,40 -156,-40 -146,-150 -70,-214 40,-216 130,-164 156,-50 138,40 "
    inner = "122,-30 92,-110 20,-96 -60,-132 -112,-60"
    return [_lock(x, y, outer + inner)]


def _scarf_back(x: float, y: float) -> list[Shape]:
    left = "0,-236 -120,-200 -182,-80 -190,90 -220,260 -300,360 0,460 "
    right = "300,360 220,260 190,90 182,-80 120,-200"
    return [_lock(x, y, left + right)]


def _scarf_front(x: float, y: float) -> list[Shape]:
    """The scarf leaves an oval of face free and is wound once round the neck."""
    cloth = arc(x, y - 20, 176, 214, 90, 450)
    opening = arc(x, y + 6, 116, 168, 450, 90)
    throat = "-150,120 -176,220 -120,320 0,352 130,318 178,216 150,120 70,176 0,186 -70,176"
    return [cloth + opening, _lock(x, y, throat)]


def _fringe_front(x: float, y: float) -> list[Shape]:
    side = "110,-120 158,-90 182,60 196,260 150,300 128,180 124,20"
    bangs = "-134,-40 -148,-140 -80,-214 80,-214 148,-140 134,-40 90,-54 0,-62 -90,-54"
    return [_lock(x, y, side, -1), _lock(x, y, side), _lock(x, y, bangs)]


def _long_back(x: float, y: float) -> list[Shape]:
    left = "0,-222 -118,-192 -176,-70 -190,100 -216,260 -236,430 -120,500 "
    right = "120,500 236,430 216,260 190,100 176,-70 118,-192"
    return [_lock(x, y, left + right)]


def _long_front(x: float, y: float) -> list[Shape]:
    """Two curtains from a parting, their ends in points."""
    outer = "92,-198 158,-110 182,60 214,220 236,400 206,530 178,470 164,510 142,430 136,260 "
    inner = "124,100 112,-30 60,-120 4,-168"
    return [_lock(x, y, f"{-6 * side},-212 {outer}{inner}", side) for side in (-1, 1)]


def _curls(x: float, y: float) -> list[Shape]:
    crown = ((-128, -60, 46), (-140, -120, 54), (-100, -176, 62), (-36, -204, 62), (34, -208, 60))
    sides = ((98, -180, 60), (138, -124, 52), (130, -62, 44), (-132, -10, 28), (132, -10, 28))
    brow = ((-70, -136, 40), (0, -146, 42), (66, -138, 40))
    return _discs(x, y, crown + sides + brow)


def _locs(x: float, y: float) -> list[Shape]:
    """Strands side by side, falling in order past the shoulders."""
    strands = []
    for index in range(5):
        for side in (-1, 1):
            root = x + side * (84 + 14 * index), y - 150 + 16 * index
            ear = x + side * (132 + 18 * index), y - 30.0
            jaw = x + side * (138 + 22 * index), y + 120.0
            tip = x + side * (142 + 25 * index), y + 330 - 26 * (index % 2) - 18 * index
            strands += [ribbon(curve([root, ear, jaw, tip]), 22), disc(*tip, 11)]
    return [*_hairline(x, y), *strands]


def _bun_back(x: float, y: float) -> list[Shape]:
    return [disc(x + 16, y - 262, 86, 78)]


def _bun_front(x: float, y: float) -> list[Shape]:
    outer = "-133,20 -150,-90 -96,-192 0,-218 96,-192 150,-90 133,20 "
    inner = "122,-50 76,-116 10,-160 -60,-124 -118,-50"
    return [_lock(x, y, outer + inner)]


def _cap(x: float, y: float) -> list[Shape]:
    crown = "-150,-86 -158,-160 -90,-236 30,-252 130,-214 166,-140 150,-86 0,-112"
    peak = "-148,-92 -60,-122 60,-122 150,-92 156,-66 60,-90 -60,-90 -154,-66"
    return [_lock(x, y, crown), _lock(x, y, peak), rect(x + 6, y - 268, x + 30, y - 246)]


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
