"""CSV that spreadsheets read as it is meant: text stays text, whatever somebody called an article.

A cell that begins with = + - @ is a formula to a spreadsheet, and one that begins with a tab or a carriage return may
become one: such a cell begins with an apostrophe here, which spreadsheets don't show.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for something else


def cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def streamed(name: str, heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """A file to download, sent while it is made: of any length, in the memory of a few rows."""
    response = StreamingHttpResponse(_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([cell(head) for head in heads])
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, line: str) -> str:
        return line
