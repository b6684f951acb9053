"""What the elements of lists and tables mean."""

import re

from articles.wordpress.content import pictures
from articles.wordpress.content.figures import Pictures
from articles.wordpress.content.lists import Cell, List, Row, Table
from articles.wordpress.content.reader import Attributes, Handler, Reader, Undo

_DEEPEST_LIST = 6


def _list(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    writer = reader.writer
    if writer.within("gallery"):
        return reader.boundary()
    if pictures.is_gallery(attributes.get("class") or ""):
        return reader.open(Pictures())
    if writer.depth("list") >= _DEEPEST_LIST:
        return reader.boundary()
    start = (attributes.get("start") or "").strip()
    numbered = tag == "ol" and re.fullmatch(r"[0-9]{1,3}", start) and int(start) != 1
    return reader.open(List("ol" if tag == "ol" else "ul", f' start="{int(start)}"' if numbered else ""))


def _item(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    writer = reader.writer
    around = writer.nearest("list", "cell", "gallery", "table")
    if isinstance(around, Cell) and around.tag == "li" and not writer.top.inline:
        writer.close(around)  # an item in an item: from lists nested too deeply, which go on side by side
        around = writer.nearest("list", "cell", "gallery", "table")
    return reader.open(Cell("li")) if isinstance(around, List) else reader.boundary()


def _table(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    if reader.writer.within("table"):
        reader.writer.notes.append("table in a table")
        return reader.boundary()
    return reader.open(Table())


def _section(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    table = reader.writer.top
    if not isinstance(table, Table):
        return reader.boundary()
    table.section = tag

    def end() -> None:
        table.section = "tbody"

    return end


def _row(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    return reader.open(Row()) if isinstance(reader.writer.top, Table) else reader.boundary()


def _cell(reader: Reader, tag: str, attributes: Attributes) -> Undo:
    if isinstance(reader.writer.top, Table):
        reader.writer.open(Row())
    if not isinstance(reader.writer.top, Row):
        return reader.boundary()
    spans = ""
    for name in ("colspan", "rowspan"):
        value = (attributes.get(name) or "").strip()
        if re.fullmatch(r"[0-9]{1,3}", value) and int(value) > 1:
            spans += f' {name}="{int(value)}"'
    return reader.open(Cell(tag, spans))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _section),
    **dict.fromkeys(("td", "th"), _cell),
    "li": _item,
    "table": _table,
    "tr": _row,
}
