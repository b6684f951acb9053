"""Running text: pieces with marks, made into lines and written as well-formed HTML.

The marks of a piece (bold, link, …) are a sorted tuple: what is written nests well, whatever the source did.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

ORDER = ("a", "strong", "em", "s", "sub", "sup", "code")  # outermost first
IN_CAPTIONS = frozenset({"a", "strong", "em"})
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
# What a line must have more of to count as text.
_NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]*")
_TRIM = " \t\n\r\f\v\u00a0\u200b\ufeff"


class Mark(NamedTuple):
    name: str
    tag: str  # the start tag as it will be written


class Piece(NamedTuple):
    kind: str  # "text", "break", "note" (a footnote) or "media"
    text: str = ""
    marks: tuple[Mark, ...] = ()
    media: Any = None  # a picture or embed of `output`


BREAK = Piece("break")


def escape(text: str) -> str:
    """For text and for attributes alike, as the sanitiser writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def attribute(text: str) -> str:
    return escape(text).replace('"', "&quot;")


def is_blank(pieces: Iterable[Piece]) -> bool:
    return all(
        (piece.kind == "text" and _NOTHING.fullmatch(piece.text)) or piece.kind == "break"
        for piece in pieces  # of most lines, the first piece already says no
    )


def plain(pieces: Iterable[Piece]) -> str:
    """The text alone, on one line."""
    return " ".join("".join(" " if piece.kind == "break" else piece.text for piece in pieces).split())


def lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Cut at the breaks. n breaks make n+1 lines, some of them perhaps empty."""
    line: list[Piece] = []
    for piece in pieces:
        if piece.kind == "break":
            yield line
            line = []
        else:
            line.append(piece)
    yield line


def render(pieces: Iterable[Piece], allowed: Iterable[str] = ORDER) -> str:
    """HTML of pieces on one or more lines: no blanks at the ends of lines, no empty lines, no empty marks."""
    whole: list[Piece] = []
    for line in lines(list(pieces)):
        if tidied := _tidy(line):
            if whole:
                whole.append(BREAK._replace(marks=_common(whole[-1].marks, tidied[0].marks)))
            whole += tidied
    permitted = frozenset(allowed)
    out: list[str] = []
    opened: list[Mark] = []
    for piece in whole:
        wanted = [mark for mark in piece.marks if mark.name in permitted]
        same = 0
        while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
            same += 1
        out += [f"</{mark.name}>" for mark in reversed(opened[same:])]
        out += [mark.tag for mark in wanted[same:]]
        opened = wanted
        out.append(_written(piece))
    out += [f"</{mark.name}>" for mark in reversed(opened)]
    return "".join(out)


def _common(before: tuple[Mark, ...], after: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(mark for mark in before if mark in after)


def _written(piece: Piece) -> str:
    if piece.kind == "break":
        return "<br>"
    if piece.kind == "note":
        return f'<span data-footnote="">{escape(piece.text)}</span>'
    return escape(piece.text)


def _tidy(line: list[Piece]) -> list[Piece]:
    """Blanks collapsed, neighbours with the same marks joined, both ends trimmed."""
    joined: list[Piece] = []
    spaced = True  # at the start, or after a blank: another blank says nothing
    for (kind, marks), group in groupby(_unmarked_blanks(line), key=lambda piece: (piece.kind, piece.marks)):
        if kind != "text":
            joined += group
            spaced = False
            continue
        text = _SPACE.sub(" ", "".join(piece.text for piece in group))
        text = text.lstrip(" ") if spaced else text
        if text:
            spaced = text.endswith(" ")
            joined.append(Piece("text", text, marks))
    return _trimmed(joined)


def _unmarked_blanks(line: list[Piece]) -> Iterator[Piece]:
    """A blank keeps only the marks of both its neighbours: a bold space alone is nothing."""
    for index, piece in enumerate(line):
        if piece.kind == "text" and piece.marks and not piece.text.strip():
            before = line[index - 1].marks if index else ()
            after = line[index + 1].marks if index + 1 < len(line) else ()
            yield piece._replace(marks=_common(_common(piece.marks, before), after))
        else:
            yield piece


def _trimmed(line: list[Piece]) -> list[Piece]:
    while line and line[0].kind == "text":
        text = line[0].text.lstrip(_TRIM)
        if text:
            line[0] = line[0]._replace(text=text)
            break
        del line[0]
    while line and line[-1].kind == "text":
        text = line[-1].text.rstrip(_TRIM)
        if text:
            line[-1] = line[-1]._replace(text=text)
            break
        del line[-1]
    return line
