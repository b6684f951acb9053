"""Pictures with their captions, and galleries, while they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.wordpress.content.frames import Frame, apart
from articles.wordpress.content.inline import IN_CAPTIONS, Piece, is_blank, render
from articles.wordpress.content.output import Gallery, Html, Image

if TYPE_CHECKING:
    from articles.wordpress.content.writer import Writer


class Figure(Frame):
    """A picture, embed or table with its caption. In `text_is_caption` ones, all text is."""

    kind = "figure"

    def __init__(self, *, align: str = "", text_is_caption: bool = False):
        super().__init__()
        self.align = align
        self.attachment_id: int | None = None
        self.is_pull_quote = False
        self.text_is_caption = text_is_caption
        self.breaks_lines = not text_is_caption

    def end_paragraph(self, writer: Writer) -> None:
        if not self.text_is_caption:
            super().end_paragraph(writer)
        elif self.pieces:
            self.pieces.append(Piece("text", " "))

    def finish(self, writer: Writer) -> None:
        if self.text_is_caption:
            text, media = apart(self.pieces)
            self.blocks += media
            self.pieces = []
            if not is_blank(text):
                self.caption = self.caption or render(text, IN_CAPTIONS)
        super().finish(writer)
        media = self.media()
        if self.caption and len(media) == 1 and not media[0].caption:
            media[0].caption, self.caption = self.caption, ""
        for block in self.blocks:
            if isinstance(block, Image):
                block.align = self.align or block.align
                block.attachment_id = block.attachment_id or self.attachment_id
            writer.put(block)
        if self.caption:
            writer.put(Html("p", self.caption))


class Pictures(Frame):
    """A gallery."""

    kind = "gallery"

    def finish(self, writer: Writer) -> None:
        super().finish(writer)
        images = [block for block in self.blocks if isinstance(block, Image)]
        if images:
            writer.put(Gallery(images))
        for block in self.blocks:
            if not isinstance(block, Image):
                writer.put(block)
        if self.caption:
            writer.put(Html("p", self.caption))
