"""The sheet and the press: inks go on one after another through stencils, never quite in register."""

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from .palettes import ACCENT, Palette, Tone
from .shapes import Outline, Point, Shape, disc, rect

Mask = Image.Image
Fade = Callable[[float, float], float]
Box = tuple[int, int, int, int]

BLEED = 12

# How much of a fade is grain. All of it, as on a riso print, makes a picture that no format can keep small: 80 KB at 640
# pixels, where this takes 20.
GRAIN = 0.15

# How a composition is framed each time it comes round again: how close, and towards which part of it.
FRAMES = ((1.0, 0.5, 0.5), (1.12, 0.4, 0.6), (1.2, 0.6, 0.5))


class Sheet:
    """A picture being printed. Scenes see it as 1000 units high and `w` wide, whatever its size in pixels."""

    def __init__(self, size: tuple[int, int], palette: Palette, rng: Random, turn: int = 0) -> None:
        self.rng = rng
        self.turn = turn
        self.w = 1000.0 * size[0] / size[1]
        self.palette = palette
        self._size = size
        self._grain = size[1] / 1000
        closer, across, down = FRAMES[turn % len(FRAMES)]
        self._scale = self._grain * closer
        self._left = self.w * across * (1 - 1 / closer)
        self._top = 1000 * down * (1 - 1 / closer)
        self._full = size[0] + 2 * BLEED, size[1] + 2 * BLEED
        self._paper = Image.new("RGB", self._full, palette.colour(5))
        self._slips = {layer: self._slip() for layer in range(-1, 6)}

    def _slip(self) -> tuple[int, int]:
        """How far one ink lands from where it should: about a millimetre on a poster."""
        reach = 2.2 * self._grain
        return round(self.rng.uniform(-reach, reach)), round(self.rng.uniform(-reach, reach))

    def cut(self, *shapes: Outline, inside: Mask | None = None) -> Mask:
        """A stencil with the shapes cut out of it, anti-aliased; `inside` trims it with another."""
        mask = Image.new("L", self._full, 0)
        outlines = [[self._pixel(x, y) for x, y in shape] for shape in shapes]
        box = self._bounds(point for outline in outlines for point in outline)
        if box is None:
            return mask
        left, top, right, bottom = box
        large = Image.new("L", ((right - left) * 2, (bottom - top) * 2), 0)
        pen = ImageDraw.Draw(large)
        for outline in outlines:
            pen.polygon([((x - left) * 2, (y - top) * 2) for x, y in outline], fill=255)
        mask.paste(large.resize((right - left, bottom - top), Image.Resampling.BILINEAR), box)
        return mask if inside is None else ImageChops.multiply(mask, inside)

    def below(self, y: float) -> Shape:
        """Everything from a height down to beyond the lower edge: floors, water, ground."""
        return rect(-20, y, self.w + 20, 1020)

    def _pixel(self, x: float, y: float) -> Point:
        """Where a point of the scene lies on the paper."""
        return (x - self._left) * self._scale + BLEED, (y - self._top) * self._scale + BLEED

    def _bounds(self, points: Iterable[Point]) -> Box | None:
        """The part of the sheet the points cover, in whole pixels; None when it is beside the sheet."""
        corners = list(points)
        if not corners:
            return None
        xs, ys = zip(*corners, strict=True)
        left, top = max(0, math.floor(min(xs)) - 1), max(0, math.floor(min(ys)) - 1)
        right = min(self._full[0], math.ceil(max(xs)) + 1)
        bottom = min(self._full[1], math.ceil(max(ys)) + 1)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def flood(self, tone: Tone, fade: Fade | None = None, opacity: float = 1.0) -> None:
        """Print one tone over everything."""
        self.fill(tone, Image.new("L", self._full, 255), fade=fade, opacity=opacity)

    def glow(
        self,
        tone: Tone,
        x: float,
        y: float,
        radius: float,
        ry: float | None = None,
        power: float = 1.0,
        opacity: float = 1.0,
    ) -> None:
        """Print light (or its opposite) that spreads from a point and is gone at the radius."""
        self.ink(tone, disc(x, y, radius, ry), fade=radial(x, y, radius, ry, power), opacity=opacity)

    def ink(
        self,
        tone: Tone,
        *shapes: Outline,
        inside: Mask | None = None,
        fade: Fade | None = None,
        opacity: float = 1.0,
        overprint: bool = False,
    ) -> None:
        """Print one tone through the shapes."""
        self.fill(tone, self.cut(*shapes, inside=inside), fade, opacity, overprint)

    def fill(
        self,
        tone: Tone,
        mask: Mask,
        fade: Fade | None = None,
        opacity: float = 1.0,
        overprint: bool = False,
    ) -> None:
        """Print one tone through a stencil.

        A fade thins the ink out in grains, as a riso does; an overprint multiplies with what is already
        there, which is how shadows stay coloured.
        """
        box = mask.getbbox()
        if box is None:
            return
        mask = mask.crop(box)
        if fade is not None:
            mask = ImageChops.multiply(mask, self._grained(box, fade))
        if opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        self._press(tone, mask, box, overprint)

    def _press(self, tone: Tone, mask: Mask, box: Box, overprint: bool) -> None:
        """Put the ink on the paper, a little beside its place."""
        slip = (0, 0) if isinstance(tone, tuple) else self._slips[-1 if tone == ACCENT else round(tone)]
        place = box[0] + slip[0], box[1] + slip[1]
        colour = Image.new("RGB", mask.size, self.palette.colour(tone))
        if overprint:
            below = self._paper.crop((*place, place[0] + mask.width, place[1] + mask.height))
            colour = ImageChops.multiply(colour, below)
        self._paper.paste(colour, place, mask)

    def _grained(self, box: Box, fade: Fade) -> Mask:
        """The fade as a mask for the box: worked out on a coarse grid, enlarged, and slightly broken into grains."""
        width, height = box[2] - box[0], box[3] - box[1]
        cell = max(2.0, min(16.0, width / 20, height / 20))
        columns, rows = max(2, round(width / cell)), max(2, round(height / cell))
        step_x, step_y = width / columns / self._scale, height / rows / self._scale
        left = (box[0] - BLEED) / self._scale + self._left
        top = (box[1] - BLEED) / self._scale + self._top
        values = bytes(
            max(0, min(255, int(255 * fade(left + (column + 0.5) * step_x, top + (row + 0.5) * step_y))))
            for row in range(rows)
            for column in range(columns)
        )
        plate = Image.frombytes("L", (columns, rows), values).resize((width, height), Image.Resampling.BICUBIC)
        grains = ImageChops.subtract(plate, _noise(self._full, self._grain).crop(box))
        return Image.blend(plate, grains.point([min(255, value * 7) for value in range(256)]), GRAIN)

    def reflected(self, line: float, depth: float) -> None:
        """Repeat what stands above a line upside down below it, for still water."""
        edge, rows = round(self._pixel(0, line)[1]), round(depth * self._scale)
        above = self._paper.crop((0, max(0, edge - rows), self._full[0], edge))
        self._paper.paste(above.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (0, edge))

    def mirror(self) -> None:
        """Turn the whole sheet left to right: the cheapest second composition there is."""
        self._paper = self._paper.transpose(Image.Transpose.FLIP_LEFT_RIGHT)

    def finished(self) -> Image.Image:
        """The trimmed print."""
        return self._paper.crop((BLEED, BLEED, BLEED + self._size[0], BLEED + self._size[1]))


def linear(start: Point, end: Point, power: float = 1.0) -> Fade:
    """Nothing at the start, everything at the end, evenly in between."""
    along = end[0] - start[0], end[1] - start[1]
    length = along[0] ** 2 + along[1] ** 2

    def fade(x: float, y: float) -> float:
        share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length
        return math.pow(max(0.0, min(1.0, share)), power)

    return fade


def radial(x: float, y: float, radius: float, ry: float | None = None, power: float = 1.0) -> Fade:
    """Everything in the middle, nothing at the rim: lamps, suns and pools of light."""
    down = ry or radius

    def fade(px: float, py: float) -> float:
        return math.pow(max(0.0, 1 - math.hypot((px - x) / radius, (py - y) / down)), power)

    return fade


@lru_cache(maxsize=4)
def _noise(size: tuple[int, int], scale: float) -> Image.Image:
    """The grain of the paper: seeded, so that it never changes, and tiled, so that it is quick."""
    return _tiled(size, _tile(Random("grain"), 0.62 * scale))


def _tile(rng: Random, softness: float) -> Image.Image:
    """A square of noise with every grey in equal share, its grains as soft as wanted, without a seam."""
    side, margin = 512, 16
    raw = Image.frombytes("L", (side, side), rng.randbytes(side * side))
    wrapped = _tiled((side + 2 * margin, side + 2 * margin), ImageChops.offset(raw, margin, margin))
    soft = wrapped.filter(ImageFilter.GaussianBlur(softness))
    return ImageOps.equalize(soft.crop((margin, margin, margin + side, margin + side)))


def _tiled(size: tuple[int, int], tile: Image.Image) -> Image.Image:
    whole = Image.new("L", size)
    for top in range(0, size[1], tile.height):
        for left in range(0, size[0], tile.width):
            whole.paste(tile, (left, top))
    return whole
