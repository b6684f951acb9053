"""Opening a picture that a stranger may have made. One door: nothing else in the project decodes an upload."""

import hashlib
import warnings
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

# What editors really bring. SVG is not a picture but a program; Pillow could not read it anyway.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "MPO")


def check(file: IO[bytes]) -> None:
    """Raise ValidationError, in words for an editor, unless this is a picture within the site's limits.

    The number of pixels is read from the header before anything is decoded: Pillow itself only warns at sizes
    where 400 kB of file become 600 MB of memory.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > settings.IMAGE_MAX_MEGABYTES * 1024 * 1024:
        raise ValidationError(f"This file is larger than {settings.IMAGE_MAX_MEGABYTES} MB. Make it smaller first.")
    open_upright(file, at_most=(64, 64))
    file.seek(0)


def open_upright(file: IO[bytes], at_most: tuple[int, int] | None = None) -> Pillow.Image:
    """The decoded picture, turned the right way up, as RGB or RGBA. Raises ValidationError.

    `at_most` lets a JPEG be decoded at a fraction of its size, which is many times faster.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Pillow.open(file, formats=FORMATS)
            _refuse_too_many_pixels(picture)
            if at_most:
                picture.draft("RGB", at_most)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except ValidationError:
        raise
    except UnidentifiedImageError:
        raise ValidationError(
            "This is not a picture that we can read. Use JPEG, PNG, WebP, AVIF, GIF or TIFF."
        ) from None
    # Pillow's readers raise whatever their format's parser stumbles on; for an editor it is all one thing.
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Pillow.DecompressionBombError) as error:
        raise ValidationError(f"This picture is broken and can't be read ({type(error).__name__}).") from None
    return _plain_colours(upright)


def _refuse_too_many_pixels(picture: Pillow.Image) -> None:
    pixels = picture.width * picture.height
    if pixels > settings.IMAGE_MAX_MEGAPIXELS * 1_000_000:
        raise ValidationError(
            f"{picture.width} × {picture.height} pixels are too many: {settings.IMAGE_MAX_MEGAPIXELS} megapixels at most."
        )


def _plain_colours(picture: Pillow.Image) -> Pillow.Image:
    """RGB, or RGBA where something is transparent; 16 bits a channel and CMYK included."""
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        picture = picture.point(lambda value: value / 256).convert("L")
    transparent = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    return picture.convert("RGBA" if transparent else "RGB")


def digest(file: IO[bytes]) -> str:
    """Names the content: 64 bits, hex. The same file has the same digest."""
    file.seek(0)
    found = hashlib.blake2b(digest_size=8)
    while block := file.read(1 << 20):
        found.update(block)
    file.seek(0)
    return found.hexdigest()
