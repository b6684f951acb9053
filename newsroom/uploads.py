"""Opening a picture that a stranger may have made. One door: nothing else in the project decodes an upload."""

import hashlib
import io
import threading
import warnings
from dataclasses import dataclass, field
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps, IptcImagePlugin, UnidentifiedImageError

# What editors really bring. SVG is not a picture but a program; Pillow could not read it anyway.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF")

_SRGB = ImageCms.createProfile("sRGB")

# Held while a picture is decoded and used: 50 megapixels are 200 MB, and a process has several threads. Nobody may
# wait for the database while holding it, as whoever waits for it may hold the database's lock.
one_at_a_time = threading.BoundedSemaphore(1)


def is_new(file: Any) -> bool:
    """Was this model's file assigned, and not stored yet?"""
    return bool(file) and not file._committed


def check(file: IO[bytes]) -> None:
    """Raise ValidationError, in words for an editor, unless this is a picture within the site's limits."""
    with one_at_a_time:
        open_upright(file, at_most=(64, 64))


def open_upright(file: IO[bytes], at_most: tuple[int, int] | None = None) -> Pillow.Image:
    """The decoded picture, turned the right way up, in sRGB as RGB or RGBA, and nothing else of what the file held.
    Raises ValidationError.

    The number of pixels is read from the header before anything is decoded: Pillow itself only warns at sizes
    where 400 kB of file become 600 MB of memory. `at_most` lets a JPEG be decoded at a fraction of its size, which
    is many times faster.
    """
    _refuse_too_many_bytes(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture: Pillow.Image = Pillow.open(file, formats=FORMATS)
            _refuse_too_many_pixels(picture)
            if at_most:
                picture.draft("RGB", at_most)
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)
            return _plain_colours(picture)
    except ValidationError:
        raise
    except UnidentifiedImageError:
        raise ValidationError(
            "This is not a picture that we can read. Use JPEG, PNG, WebP, AVIF, GIF or TIFF."
        ) from None
    except Exception as error:  # Pillow's readers raise whatever they stumble on; for an editor it is all one thing
        raise ValidationError(f"This picture is broken and can't be read ({type(error).__name__}).") from None
    finally:
        file.seek(0)


@dataclass(frozen=True)
class Embedded:
    """What a file says of itself, raw: nobody has judged it. IPTC by data set of record 2, EXIF by tag."""

    xmp: bytes = b""
    iptc: dict[int, list[bytes]] = field(default_factory=dict)
    exif: dict[int, Any] = field(default_factory=dict)


def embedded(file: IO[bytes]) -> Embedded:
    """The words in a picture's file, without decoding the picture. What is broken is left out; never raises for it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture: Any = Pillow.open(file, formats=FORMATS)
            xmp = picture.info.get("xmp", b"")
            return Embedded(xmp if isinstance(xmp, bytes) else b"", _iptc(picture), _exif(picture))
    except Exception:  # as above: whatever Pillow's readers stumble on, it only means that there are no words
        return Embedded()
    finally:
        file.seek(0)


def _iptc(picture: Any) -> dict[int, list[bytes]]:
    try:
        found = IptcImagePlugin.getiptcinfo(picture) or {}
    except Exception:  # a broken block must not cost what XMP and EXIF say
        return {}
    values = ((number, value) for (record, number), value in found.items() if record == 2)
    return {number: [value] if isinstance(value, bytes) else value for number, value in values}


def _exif(picture: Any) -> dict[int, Any]:
    try:
        return dict(picture.getexif())
    except Exception:  # likewise
        return {}


def _refuse_too_many_bytes(file: IO[bytes]) -> None:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > settings.IMAGE_MAX_MEGABYTES * 1024 * 1024:
        raise ValidationError(f"This file is larger than {settings.IMAGE_MAX_MEGABYTES} MB. Make it smaller first.")


def _refuse_too_many_pixels(picture: Pillow.Image) -> None:
    most = settings.IMAGE_MAX_MEGAPIXELS
    if picture.width * picture.height > most * 1_000_000:
        raise ValidationError(
            f"{picture.width} × {picture.height} pixels are too many: {most} megapixels at most. Make it smaller first."
        )


def _plain_colours(picture: Pillow.Image) -> Pillow.Image:
    """RGB, or RGBA where something is transparent; 16 bits a channel and CMYK included."""
    profile = picture.info.get("icc_profile")
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode not in {wanted, "CMYK"}:
        picture = picture.convert(wanted)
    if profile:
        picture = _in_srgb(picture, profile)
    if picture.mode != wanted:
        picture = picture.convert(wanted)
    picture.info = {}  # Pillow's writers take comments and profiles from here unasked
    return picture


def _in_srgb(picture: Pillow.Image, profile: bytes) -> Pillow.Image:
    """The same colours without the profile. As it is when the profile is broken or for another kind of picture."""
    kind = "CMYK" if picture.mode == "CMYK" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != kind:
            return picture
        target = "RGB" if kind == "CMYK" else picture.mode
        return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=target) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def digest(file: IO[bytes]) -> str:
    """Names the content: 64 bits, hex. The same file has the same digest."""
    file.seek(0)
    found = hashlib.blake2b(digest_size=8)
    while block := file.read(1 << 20):
        found.update(block)
    file.seek(0)
    return found.hexdigest()
