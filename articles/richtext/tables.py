"""Tables for readers: the editor writes rows alone; which cells are headings of what, a screen reader must be told."""

from typing import Any

import lxml.html

Element = Any


def finish(root: Element) -> None:
    """Each table gets its head, the scopes of its headings, and a frame to scroll in."""
    for number, table in enumerate(list(root.iter("table")), 1):
        _head(table)
        _scopes(table)
        _frame(table, "Table" if number == 1 else f"Table {number}")


def _head(table: Element) -> None:
    """A first row of headings alone is the table's head. Not when one of them reaches into the rows below."""
    body = table.find("tbody")
    rows = [] if body is None else body.findall("tr")
    if len(rows) < 2 or table.find("thead") is not None or rows[0].find("td") is not None:
        return
    if any(cell.get("rowspan", "1") != "1" for cell in rows[0]):
        return
    head = lxml.html.Element("thead")
    table.insert(table.index(body), head)
    head.append(rows[0])


def _scopes(table: Element) -> None:
    for cell in table.iterfind("thead/tr/th"):
        _scope(cell, "col")
    for row in table.iterfind("tbody/tr"):
        first = row.find("*")
        if first is not None and first.tag == "th" and row.find("td") is not None:
            _scope(first, "row")


def _scope(cell: Element, scope: str) -> None:
    """An empty corner is no heading."""
    if len(cell) == 0 and not (cell.text or "").strip():
        cell.tag = "td"
        cell.attrib.pop("scope", None)
    elif cell.get("scope") is None:
        cell.set("scope", scope)


def _frame(table: Element, name: str) -> None:
    """A wide table scrolls by itself, by keyboard too, instead of widening the page."""
    frame = lxml.html.Element("section", {"class": "table-frame", "tabindex": "0", "aria-label": name})
    frame.tail, table.tail = table.tail, None
    table.getparent().replace(table, frame)
    frame.append(table)
