"""What a second pair of eyes would say of a text: pure, no database. checks.js says the same while one writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html

# Words that say nothing of where a link leads, in lower case.
VAGUE = ("here", "click here", "this", "this link", "link", "read more", "more", "this article", "this page")
LONG_PARAGRAPH = 150
# Hosts that lead on to shops and pay for it. Any shop's address may do so too, so this finds some, not all.
AFFILIATE_HOSTS = (
    "amzn.to", "anrdoezrs.net", "awin1.com", "dpbolvw.net", "go.redirectingat.com", "go.skimresources.com", "howl.me",
    "jdoqocy.com", "kqzyfj.com", "linksynergy.com", "pntra.com", "prf.hn", "rstyle.me", "shareasale.com",
    "shop-links.co", "tkqlhce.com", "tradedoubler.com",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """`block` counts the blocks of the text from 0; `words` is what the sentence about it names."""

    id: str
    block: int
    words: str = ""


@dataclass(frozen=True)
class PictureInText:
    """`alt` is None where the library's text is used."""

    image: int
    alt: str | None
    block: int


def inspect(html: str) -> list[Finding]:
    """Headings, links and paragraphs of a sanitised body. Linear."""
    found: list[Finding] = []
    has_heading = False
    for number, block in enumerate(_blocks(html)):
        if block.tag == "h3" and not has_heading:
            found.append(Finding("heading-order", number))
        has_heading = has_heading or block.tag in {"h2", "h3"}
        found += [Finding(rule, number, words) for rule, words in _links(block)]
        length = len(_text(block).split())
        if block.tag == "p" and length > LONG_PARAGRAPH:
            found.append(Finding("paragraph-long", number, str(length)))
    return found


def pictures(html: str) -> list[PictureInText]:
    """In their order, those of galleries included."""
    return [
        PictureInText(int(figure.get("data-image")), figure.get("data-alt"), number)
        for number, block in enumerate(_blocks(html))
        for figure in block.iter("figure")
        if figure.get("data-image")
    ]


def has_affiliate_link(html: str) -> bool:
    """Does a link of a sanitised body say that it is paid for, or lead to where such links lead? Linear."""
    return "<a " in html and any(map(_is_affiliate, _blocks(html)))


def _is_affiliate(block: Any) -> bool:
    for link in block.iter("a"):
        if "sponsored" in (link.get("rel") or "").split():
            return True
        try:
            parts = urlsplit(link.get("href") or "")
            host = (parts.hostname or "").lower()
        except ValueError:
            continue
        if any(host == one or host.endswith(f".{one}") for one in AFFILIATE_HOSTS):
            return True
        if (".amazon." in f".{host}") and "tag" in parse_qs(parts.query):
            return True
    return False


def _links(block: Any) -> Iterator[tuple[str, str]]:
    for link in block.iter("a"):
        words = _text(link)
        if not words:
            yield "link-empty", ""
        elif words.strip(" .!…→").lower() in VAGUE:
            yield "link-vague", words


def _blocks(html: str) -> list[Any]:
    return list(lxml.html.fragment_fromstring(html or "", create_parent="div"))


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())
