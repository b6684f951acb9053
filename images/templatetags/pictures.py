"""{% picture %}: the one place where a picture becomes HTML."""

from functools import lru_cache
from typing import Any

from django import template

from images.models import Image
from images.renditions import SHAPES, Ladder, Rendition

register = template.Library()

# How wide each use is on the page, so that a browser fetches no more than it shows.
SIZES = {
    "lead": "(min-width: 150rem) 57vw, (min-width: 72rem) 68rem, 100vw",
    "center": "(min-width: 48rem) 41rem, 100vw",
    "wide": "(min-width: 150rem) 52vw, (min-width: 66rem) 62rem, 100vw",
    "full": "100vw",
    "left": "(min-width: 48rem) 22rem, 100vw",
    "right": "(min-width: 48rem) 22rem, 100vw",
    "gallery": "(min-width: 66rem) 20rem, (min-width: 48rem) 31vw, 47vw",
    "hero": "(min-width: 64rem) 65vw, 100vw",
    "first": "(min-width: 80rem) 29vw, (min-width: 64rem) 36vw, (min-width: 40rem) 46vw, 100vw",
    "second": "(min-width: 40rem) 9.5rem, 7.1rem",
    "feature": "(min-width: 100rem) 30vw, (min-width: 64rem) 36vw, (min-width: 40rem) 56vw, 100vw",
    "row": "(min-width: 64rem) 30vw, (min-width: 40rem) 46vw, 7rem",
    "small": "(min-width: 40rem) 9.5rem, 7.1rem",
    "portrait": "(min-width: 64rem) 15rem, (min-width: 40rem) 12rem, 7.5rem",
    "small-portrait": "5rem",
}

NARROW = "(max-width: 40rem)"


@register.inclusion_tag("images/picture.html")
def picture(
    image: Image | None, use: str, shape: str = "full", alt: str | None = None, priority: bool = False
) -> dict[str, Any]:
    """`use` says how wide it is shown (a key of SIZES), `shape` how it is cut. `alt` overrides the library's.

    Nothing is printed for a picture that has no file yet. `priority` is for the one at the top of the page.
    """
    ladder = image.ladder if image else None
    if image is None or ladder is None:
        return {"sources": []}
    return {
        **files_of(ladder, shape),
        "sizes": SIZES[use],
        "alt": image.alt if alt is None else alt,
        "priority": priority,
    }


@lru_cache(maxsize=4096)
def files_of(ladder: Ladder, shape: str) -> dict[str, Any]:
    """The addresses of a shape's files. They follow from the ladder alone, and the same pictures come again and again."""
    plain = ladder.of(shape, "jpg")
    sources = [
        _source(ladder.of(shape, ending), mime, plain[-1].width) for ending, mime in ladder.formats(SHAPES[shape])
    ]
    return {
        "sources": sources[:-1],
        "srcset": sources[-1]["srcset"],
        "src": plain[len(plain) // 2].url,
        "width": plain[-1].width,
        "height": plain[-1].height,
    }


def _source(files: list[Rendition], mime: str, widest: int) -> dict[str, str]:
    """A format that is made for telephones alone is offered to them alone: elsewhere it would be too coarse."""
    srcset = ", ".join(f"{one.url} {one.width}w" for one in files)
    return {"type": mime, "srcset": srcset, "media": "" if files[-1].width == widest else NARROW}
