"""The pictures of a text, as the export names them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_SIZE = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{2,5}$)")
_ID_CLASS = re.compile(r"(?:^|\s)wp-image-(\d{1,18})(?=\s|$)")
_ALIGN = re.compile(r"(?:^|[\s-])align(left|right|center|wide|full)(?=\s|$)")
_LAZY = ("data-orig-file", "data-large-file", "data-src", "data-lazy-src", "data-original", "data-full-url")

_GALLERIES = frozenset(
    {
        "wp-block-gallery",
        "blocks-gallery-grid",
        "gallery",
        "tiled-gallery",
        "wp-block-jetpack-tiled-gallery",
        "wp-block-jetpack-slideshow",
    }
)


@dataclass(frozen=True, slots=True)
class ImageRef:
    """A picture in a text: by attachment id, by address, or both. `alt` and `caption` are plain text.

    `url` is often that of a smaller rendition: see `original`. It is whatever an author typed: check it
    before fetching.
    """

    attachment_id: int | None
    url: str
    alt: str = ""
    caption: str = ""


def original(url: str) -> str:
    """The address of the whole picture behind `…/photo-300x200.jpg?w=150`; a guess, so try the given one too.

    Photon's `https://i0.wp.com/host/path` becomes `https://host/path`.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host, path = parts.netloc, _SIZE.sub("", parts.path)
    if re.fullmatch(r"i[0-3]\.wp\.com", host.lower()):
        host, _, rest = path.lstrip("/").partition("/")
        path = "/" + rest
    return f"{parts.scheme}://{host}{path}" if parts.scheme and host else path


def address(attrs: Mapping[str, str]) -> str:
    """Where an `<img>` points. Lazy loaders hide the real address and put a stand-in into `src`."""
    src = (attrs.get("src") or "").strip()
    if not src or src.startswith("data:") or attrs.get("data-orig-file"):
        for name in _LAZY:
            if found := (attrs.get(name) or "").strip():
                return found
    return src


def attachment_id(attrs: Mapping[str, str]) -> int | None:
    if found := _ID_CLASS.search(attrs.get("class") or ""):
        return int(found[1])
    for name in ("data-id", "data-attachment-id"):
        if (value := attrs.get(name) or "").isdecimal() and len(value) <= 18:
            return int(value)
    return None


def alignment(classes: str) -> str:
    """left, right, center, wide or full, from the class of a picture or of what is around it, or ""."""
    found = _ALIGN.search(classes)
    return found[1] if found else ""


def is_pixel(attrs: Mapping[str, str]) -> bool:
    """A picture of one pixel is there to count readers."""
    return (attrs.get("width") or "").strip() in ("0", "1") or (attrs.get("height") or "").strip() in (
        "0",
        "1",
    )


def is_emoji(attrs: Mapping[str, str], url: str) -> bool:
    """A picture that stands for a character: WordPress's emoji and smilies."""
    classes = (attrs.get("class") or "").split()
    return "emoji" in classes or "wp-smiley" in classes or "/images/core/emoji/" in url


def is_gallery(classes: str) -> bool:
    """Whether a class is that of a gallery: of either kind of block, of Jetpack, of a rendered shortcode."""
    return not _GALLERIES.isdisjoint(classes.split())
