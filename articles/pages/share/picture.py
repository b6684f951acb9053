"""SharePicture: what a page says of its picture to those that show links to it."""

from dataclasses import dataclass

from images.models import Image

from ..metadata import absolute
from .cards import Card
from .drawing import HEIGHT, WIDTH


@dataclass(frozen=True)
class SharePicture:
    """`url` is whole: it is fetched by others. Width and height let them show it before they have it."""

    url: str
    width: int
    height: int
    alt: str = ""


def share_picture(image: Image | None, alt: str = "") -> SharePicture | None:
    """Of a picture in the library; None while it has no file."""
    ladder = image.ladder if image else None
    if ladder is None:
        return None
    widest = ladder.of("16x9", "jpg")[-1]
    return SharePicture(absolute(widest.url), widest.width, widest.height, alt)


def drawn(card: Card) -> SharePicture:
    """It is made when somebody fetches it first (views.py)."""
    return SharePicture(absolute(card.address), WIDTH, HEIGHT, card.title)
