"""Lists and tables while they are written: frames whose parts are frames too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.wordpress.content.frames import Frame, apart
from articles.wordpress.content.inline import is_blank, render
from articles.wordpress.content.output import Block, Html

if TYPE_CHECKING:
    from articles.wordpress.content.writer import Writer


class Cell(Frame):
    """A list item or a cell of a table: text, or paragraphs and lists."""

    kind = "cell"
    breaks_lines = False

    def __init__(self, tag: str, attributes: str = ""):
        super().__init__()
        self.tag, self.attributes = tag, attributes

    def end_paragraph(self, writer: Writer) -> None:
        text, media = apart(self.pieces)
        self.pieces = []
        self.waiting += media
        if not is_blank(text):
            self.put(Html("p", render(text)))

    def content(self, writer: Writer) -> str:
        super().finish(writer)
        for medium in self.media():
            writer.hoist(medium)
        texts = self.texts()
        if texts and texts[0].tag == "p" and all(block.tag != "p" for block in texts[1:]):
            return texts[0].inner + "".join(map(str, texts[1:]))
        return "".join(map(str, texts))

    def finish(self, writer: Writer) -> None:
        html = self.content(writer)
        parent = writer.top
        if isinstance(parent, List) and html:
            parent.items.append(html)
        elif isinstance(parent, Row):
            parent.cells.append(f"<{self.tag}{self.attributes}>{html}</{self.tag}>")
            parent.is_empty = parent.is_empty and not html


class List(Frame):
    kind = "list"

    def __init__(self, tag: str, attributes: str = ""):
        super().__init__()
        self.tag, self.attributes = tag, attributes
        self.items: list[str] = []

    def put(self, block: Block) -> None:
        """A list in a list, outside its items: it belongs to the item before."""
        if isinstance(block, Html) and self.items:
            self.items[-1] += str(block)
        elif isinstance(block, Html):
            self.items.append(str(block))
        else:
            self.waiting.append(block)

    def finish(self, writer: Writer) -> None:
        for medium in self.waiting:
            writer.hoist(medium)
        if self.items:
            items = "".join(f"<li>{item}</li>" for item in self.items)
            writer.put(Html(self.tag, items, self.attributes))


class Table(Frame):
    kind = "table"

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {"thead": [], "tbody": [], "tfoot": []}
        self.section = "tbody"

    def finish(self, writer: Writer) -> None:
        super().finish(writer)
        for block in self.blocks:  # what stood between the cells, where nothing may
            writer.put(block)
        head, body = "".join(self.rows["thead"]), "".join(self.rows["tbody"] + self.rows["tfoot"])
        if head or body:
            html = (f"<thead>{head}</thead>" if head else "") + (f"<tbody>{body}</tbody>" if body else "")
            writer.put(Html("table", html))
        if self.caption:
            writer.put(Html("p", self.caption))


class Row(Frame):
    kind = "row"

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.is_empty = True

    def finish(self, writer: Writer) -> None:
        super().finish(writer)
        for block in self.blocks:
            writer.put(block)
        table = writer.nearest("table")
        if isinstance(table, Table) and self.cells and not self.is_empty:
            table.rows[table.section].append(f"<tr>{''.join(self.cells)}</tr>")
