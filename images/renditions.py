"""Renditions: the sizes, shapes and formats in which readers get a picture.

Which renditions a picture has follows from its width, height, focal point, credit and content alone (`Ladder`), and
so do their names: a page needs no query to know them, a name is never used for other bytes, and nobody can guess one
without the picture. They are made when the picture is saved, never while a reader waits; large ones in AVIF, which costs
several times as much, afterwards by `manage.py make_renditions --avif`, and are offered once they are there.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from PIL import Image as Pillow
from PIL import ImageOps

from images import metadata

# Raise it when the ladder or an encoder's setting changes: names change with it, and `make_renditions` makes them.
LADDER_VERSION = 4
# A WebP can't be taller than 16,383 pixels; a very tall picture is made narrower as a whole.
TALLEST = 16_000


@dataclass(frozen=True)
class Shape:
    """A way to cut: the ratio of width to height (None: as it is) and the ladder of widths. `is_for_machines`: pages show
    it nowhere; services fetch it that show links to a page, and they read JPEG.
    """

    name: str
    ratio: float | None
    widths: tuple[int, ...]
    is_for_machines: bool = False


# 750 is what a telephone asks for whose screen is 412 wide and shows 1.75 dots for each of them; 240 and 360 are what it
# asks for beside a headline, at two dots and at three.
# Search engines choose among the last three, and want them 1,200 wide.
SHAPES = {
    shape.name: shape
    for shape in (
        Shape("full", None, (320, 750, 960, 1280, 1600, 2000)),
        Shape("card", 3 / 2, (240, 360, 750, 960)),
        Shape("square", 1.0, (96, 192, 384)),
        Shape("16x9", 16 / 9, (1200,), is_for_machines=True),
        Shape("4x3", 4 / 3, (1200,), is_for_machines=True),
        Shape("1x1", 1.0, (1200,), is_for_machines=True),
    )
}
# Best first, as <picture> asks for them; the last is for everyone.
FORMATS = (("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg"))
FOR_MACHINES = FORMATS[-1:]
# Up to this width a file goes mostly to telephones, whose dots are too small to see coarse coding by; and there it
# decides how soon the page stands. So these are made in AVIF at once, too: they are small, and cost a second.
SMALL = 750
# Speed 4 takes four times as long as 6, for a fifth fewer bytes that look better: worth it where files are small.
AVIF = {"small": {"quality": 36, "speed": 4}, "large": {"quality": 55, "speed": 6}}


@dataclass(frozen=True)
class Rendition:
    """One file: its shape, its size in pixels, its format ending and its name in the storage."""

    shape: Shape
    width: int
    height: int
    ending: str
    name: str

    @property
    def url(self) -> str:
        return default_storage.url(self.name)


@dataclass(frozen=True)
class Ladder:
    """All renditions of a picture of this size, focal point, credit and content. `avif`: large ones in AVIF, too."""

    width: int
    height: int
    focal: tuple[float, float]
    digest: str
    credit: str = ""
    avif: bool = False

    @cached_property
    def folder(self) -> str:
        # The focal point is part of the name: a crop that moved has another address. So is the credit, which stands
        # in the files: caches keep a name's bytes for ever, and a wrong credit should not live as long.
        spec = f"{self.digest}:{self.focal[0]:.3f}:{self.focal[1]:.3f}:{LADDER_VERSION}"
        if self.credit:
            spec += f":{self.credit}"
        return f"renditions/{hashlib.blake2b(spec.encode(), digest_size=10).hexdigest()}"

    def formats(self, shape: Shape) -> tuple[tuple[str, str], ...]:
        """(ending, type) of what the public can have of this shape, best first."""
        return FOR_MACHINES if shape.is_for_machines else FORMATS

    def size_of(self, shape: Shape) -> tuple[int, int]:
        """The largest cut of this shape."""
        if shape.ratio is None:
            height = min(self.height, TALLEST)
            return max(round(self.width * height / self.height), 1), height
        width = min(self.width, round(self.height * shape.ratio))
        return max(width, 1), max(min(self.height, round(width / shape.ratio)), 1)

    def of(self, shape_name: str, ending: str) -> list[Rendition]:
        """The renditions of one shape and format, narrowest first. Never wider than the picture; never none. As long as
        AVIF is made for telephones alone, it has no wider ones.
        """
        shape = SHAPES[shape_name]
        widest, tallest = self.size_of(shape)
        widths = [width for width in shape.widths if width < widest]
        if len(widths) < len(shape.widths):
            widths.append(widest)
        if ending == "avif" and not self.avif:
            widths = [width for width in widths if width <= SMALL]
        return [
            Rendition(
                shape,
                width,
                max(round(tallest * width / widest), 1),
                ending,
                f"{self.folder}/{shape.name}-{width}.{ending}",
            )
            for width in widths
        ]

    def __iter__(self) -> Iterator[Rendition]:
        for shape in SHAPES.values():
            for ending, _ in self.formats(shape):
                yield from self.of(shape.name, ending)


def make(ladder: Ladder, picture: Pillow.Image, storage: Storage = default_storage) -> int:
    """Write the ladder's missing files; the number written. Two to three seconds of one core for a new photograph, one of
    them for the small files in AVIF; and some five more for all of AVIF.

    The picture is encoded anew from its pixels alone, so that nothing else of the file that came in, neither
    its position on earth nor a program hidden behind the pixels, gets out. The credit as the desk has it goes in.
    """
    words = metadata.credit_as_xmp(ladder.credit)
    written = 0
    for shape in SHAPES.values():
        missing = [
            rendition
            for ending, _ in ladder.formats(shape)
            for rendition in ladder.of(shape.name, ending)
            if not storage.exists(rendition.name)
        ]
        if not missing:
            continue
        step = _cut(picture, ladder, shape)
        # From wide to narrow, each made from the last: the quality is the same and most of the work is saved.
        for rendition in sorted(missing, key=lambda one: -one.width):
            step = step.resize((rendition.width, rendition.height), Pillow.Resampling.LANCZOS)
            storage.save(rendition.name, ContentFile(_encode(step, rendition.ending, words)))
            written += 1
    return written


def _cut(picture: Pillow.Image, ladder: Ladder, shape: Shape) -> Pillow.Image:
    if shape.ratio is None:
        return picture
    return ImageOps.fit(picture, ladder.size_of(shape), Pillow.Resampling.LANCZOS, centering=ladder.focal)


def delete(ladder: Ladder, storage: Storage = default_storage) -> None:
    """Every file of it that there may be, AVIF included whatever the picture says of it."""
    for rendition in replace(ladder, avif=True):
        storage.delete(rendition.name)


def _encode(picture: Pillow.Image, ending: str, xmp: bytes) -> bytes:
    out, is_small = io.BytesIO(), picture.width <= SMALL
    if ending == "jpg":
        _on_white(picture).save(out, "JPEG", quality=80, progressive=True, optimize=True, xmp=xmp)
    elif ending == "avif":
        picture.save(out, "AVIF", **AVIF["small" if is_small else "large"], xmp=xmp)
    else:
        picture.save(out, "WEBP", quality=50 if is_small else 72, method=6 if is_small else 4, xmp=xmp)
    return out.getvalue()


def _on_white(picture: Pillow.Image) -> Pillow.Image:
    """JPEG knows no transparency: what shows through is white paper."""
    if picture.mode != "RGBA":
        return picture
    paper = Pillow.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
