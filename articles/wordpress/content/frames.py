"""The places that text is written into while a post is read: one frame per open list, quote, figure, …

Each knows what it becomes when it ends (`finish`) and hands that to the frame around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.wordpress.content import embeds
from articles.wordpress.content.inline import IN_CAPTIONS, ORDER, Piece, escape, is_blank, plain, render
from articles.wordpress.content.output import Block, Embed, Html, Media, paragraphs

if TYPE_CHECKING:
    from articles.wordpress.content.writer import Writer

_IN_HEADINGS = frozenset(ORDER) - {"strong"}  # headings are bold by themselves


class Frame:
    """Running text (`pieces`) and finished blocks. `inline`: a place that can hold no blocks."""

    kind = "root"
    inline = False
    breaks_lines = True  # a line break in classic content is one for the reader

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.blocks: list[Block] = []
        self.waiting: list[Media] = []  # pictures from within the block that is being written
        self.caption = ""  # HTML
        self.is_open = True

    def put(self, block: Block) -> None:
        self.blocks.append(block)
        self.blocks += self.waiting
        self.waiting = []

    def end_paragraph(self, writer: Writer) -> None:
        pieces, self.pieces = self.pieces, []
        if not is_blank(pieces):
            for block in paragraphs(pieces, writer.link):
                self.put(block)

    def finish(self, writer: Writer) -> None:
        self.end_paragraph(writer)
        self.blocks += self.waiting
        self.waiting = []

    def texts(self) -> list[Html]:
        return [block for block in self.blocks if isinstance(block, Html)]

    def media(self) -> list[Media]:
        return [block for block in self.blocks if not isinstance(block, Html)]


class Inline(Frame):
    """A heading or the like: one paragraph, whose pictures come after it."""

    inline = True
    breaks_lines = False

    def end_paragraph(self, writer: Writer) -> None:
        if self.pieces:
            self.pieces.append(Piece("text", " "))

    def finish(self, writer: Writer) -> None:
        text, media = apart(self.pieces)
        if not is_blank(text):
            self.finish_text(text, writer)
        for medium in media:
            writer.hoist(medium)

    def finish_text(self, text: list[Piece], writer: Writer) -> None:
        raise NotImplementedError


class Fragment(Inline):
    """A piece of HTML from elsewhere, such as an attribute: somebody takes the pieces."""

    kind = "fragment"

    def finish_text(self, text: list[Piece], writer: Writer) -> None:
        pass


class Heading(Inline):
    kind = "heading"

    def __init__(self, level: int):
        super().__init__()
        self.tag = "h2" if level < 3 else "h3"

    def finish_text(self, text: list[Piece], writer: Writer) -> None:
        if writer.within("cell"):
            writer.put(Html("p", f"<strong>{render(text, ('em',))}</strong>"))
        else:
            writer.put(Html(self.tag, render(text, _IN_HEADINGS)))


class Attribution(Inline):
    """Who is quoted."""

    kind = "attribution"

    def finish_text(self, text: list[Piece], writer: Writer) -> None:
        writer.put(Html("p", "— " + render(text).lstrip("\u2014\u2013- ")))


class Note(Inline):
    """A footnote: plain text, at its place in the sentence."""

    kind = "note"

    def finish(self, writer: Writer) -> None:
        text, media = apart(self.pieces)
        if not is_blank(text):
            writer.piece(Piece("note", plain(text)))
        for medium in media:
            writer.piece(Piece("media", media=medium))


class Caption(Inline):
    """The caption of the picture, embed or table of the frame around it."""

    kind = "caption"

    def finish_text(self, text: list[Piece], writer: Writer) -> None:
        around = writer.nearest("figure", "gallery", "table")
        if around and not around.caption:
            around.caption = render(text, IN_CAPTIONS)
        else:
            writer.put(Html("p", render(text)))


class Quote(Frame):
    """A quotation, a pull quote, or what social networks give to copy: a quotation with its address."""

    kind = "quote"

    def __init__(self, *, pull: bool = False, provider: str = "", address: str = ""):
        super().__init__()
        self.pull = pull
        self.provider = provider
        self.addresses = [address] if address else []

    def finish(self, writer: Writer) -> None:
        super().finish(writer)
        for address in reversed(self.addresses):
            found = embeds.match(address)
            if self.provider and found and found[0] == self.provider:
                writer.put(Embed(*found))
                return
        if texts := self.texts():
            pull = ' class="pull-quote"' if self.pull else ""
            writer.put(Html("blockquote", "".join(map(str, texts)), pull))
        for medium in self.media():
            writer.hoist(medium)


class Pre(Inline):
    """Text whose line breaks and blanks count."""

    kind = "pre"

    def __init__(self) -> None:
        super().__init__()
        self.is_code = False

    def end_paragraph(self, writer: Writer) -> None:
        pass

    def finish_text(self, text: list[Piece], writer: Writer) -> None:
        html = escape("".join(piece.text for piece in text).strip("\n").rstrip())
        writer.put(Html("pre", f"<code>{html}</code>" if self.is_code else html))


class Verse(Frame):
    """A poem: paragraphs whose line breaks are kept."""

    kind = "verse"

    def finish(self, writer: Writer) -> None:
        super().finish(writer)
        for block in self.blocks:
            writer.put(block)


def apart(pieces: list[Piece]) -> tuple[list[Piece], list[Media]]:
    """The text, and the pictures in it."""
    return (
        [piece for piece in pieces if piece.media is None],
        [piece.media for piece in pieces if piece.media is not None],
    )
