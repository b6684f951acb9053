"""The blocks that a body is made of, as they will be stored."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.wordpress.content import embeds
from articles.wordpress.content.inline import Mark, Piece, attribute, is_blank, lines, render
from articles.wordpress.content.pictures import ImageRef
from articles.wordpress.export.records import Attachment

_BARE_ADDRESS = re.compile(r"""https?://[^\s<>"']+""", re.IGNORECASE)
_ENDING = "p|h2|h3|ul|ol|li|blockquote|figure|table|thead|tbody|tr|pre|section"
_BLOCK_END = re.compile(rf"(</(?:{_ENDING})>|<hr>)(?=.)")


class Html(NamedTuple):
    """A block of text: everything but pictures and embeds."""

    tag: str
    inner: str
    attributes: str = ""

    def __str__(self) -> str:
        return f"<{self.tag}{self.attributes}>{self.inner}</{self.tag}>" if self.tag != "hr" else "<hr>"


@dataclass(slots=True)
class Image:
    """A picture whose place in our library is not known yet. `caption` is HTML."""

    attachment_id: int | None
    url: str
    alt: str = ""
    align: str = ""
    caption: str = ""

    def reference(self, attachments: Mapping[int, Attachment]) -> ImageRef:
        known = attachments.get(self.attachment_id or 0)
        return ImageRef(
            attachment_id=self.attachment_id,
            url=self.url or (known.url if known else ""),
            alt=self.alt or (known.alt if known else ""),
            caption=html.unescape(re.sub(r"<[^<>]*>", "", self.caption)),
        )

    def figure(self, image_id: int, alt: str) -> str:
        align = self.align or "center"
        return (
            f'<figure data-image="{image_id}" data-alt="{attribute(alt)}" data-align="{align}">'
            f"<figcaption>{self.caption}</figcaption></figure>"
        )


@dataclass(slots=True)
class Embed:
    provider: str
    url: str
    caption: str = ""

    def __str__(self) -> str:
        return (
            f'<figure data-embed="{self.provider}" data-url="{attribute(self.url)}">'
            f"<figcaption>{self.caption}</figcaption></figure>"
        )


@dataclass(slots=True)
class Gallery:
    images: list[Image] = field(default_factory=list)
    caption: str = ""


Media = Image | Embed | Gallery
Block = Html | Media


def paragraphs(pieces: list[Piece], link: Callable[[str], Mark | None]) -> Iterator[Block]:
    """Lines of running text as paragraphs: an empty line ends one.

    A picture never splits a sentence: it goes before the line it leads, else after the line it stands in. An
    address alone on a line becomes an embed, or a link if nobody we embed lives there.
    """
    paragraph: list[Piece] = []
    for line in lines(pieces):
        leading, text, trailing = _media_apart(line)
        embed = None
        if address := _bare_address(text):
            if found := embeds.match(address):
                embed = Embed(*found)
            elif mark := link(address):
                text = [Piece("text", address, (mark,))]
        if leading or embed or is_blank(text):
            yield from _paragraph(paragraph)
            paragraph = []
        yield from leading
        if embed:
            yield embed
        elif not is_blank(text):
            paragraph += [Piece("break"), *text]
        if trailing:
            yield from _paragraph(paragraph)
            paragraph = []
        yield from trailing
    yield from _paragraph(paragraph)


def _paragraph(pieces: list[Piece]) -> Iterator[Html]:
    if not is_blank(pieces):
        yield Html("p", render(pieces))


def _media_apart(line: list[Piece]) -> tuple[list[Media], list[Piece], list[Media]]:
    text = [piece for piece in line if piece.kind != "media"]
    if len(text) == len(line):
        return [], line, []
    first_text = next(
        (at for at, piece in enumerate(line) if piece.kind != "media" and not is_blank([piece])), len(line)
    )
    media = [(at, piece.media) for at, piece in enumerate(line) if piece.kind == "media"]
    return [one for at, one in media if at < first_text], text, [one for at, one in media if at > first_text]


def _bare_address(line: list[Piece]) -> str:
    if any(piece.kind != "text" or piece.marks for piece in line):
        return ""
    text = "".join(piece.text for piece in line).strip()
    return text if _BARE_ADDRESS.fullmatch(text) else ""


def one_block_per_line(blocks: Iterable[str]) -> str:
    """Revisions are compared line by line, so each block, list item and row has its own."""
    return _BLOCK_END.sub(r"\1\n", "\n".join(blocks))
