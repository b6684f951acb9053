"""Which of a picture's files a feed shows."""

from images.models import Image
from images.renditions import Rendition

from ..metadata import absolute
from .telling import Picture

WIDEST = 1280  # pixels: sharp in any program's column, and no larger than that


def rendition_of(image: Image | None) -> Rendition | None:
    """The whole picture as a JPEG, which every program reads; None while it has no file."""
    ladder = image.ladder if image else None
    if ladder is None:
        return None
    files = ladder.of("full", "jpg")
    return next((one for one in reversed(files) if one.width <= WIDEST), files[0])


def picture_of(image: Image | None, alt: str, caption: str) -> Picture | None:
    file = rendition_of(image)
    if image is None or file is None:
        return None
    return Picture(absolute(file.url), file.width, file.height, alt, caption, image.credit)
