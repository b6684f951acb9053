"""A body as a flat list of leaves: paragraphs, headings, list items, table rows, pictures … in the order of reading.

What holds them (a quote, a list, a gallery) is part of each leaf, so that two bodies compare leaf by leaf.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import lxml.html

from .sanitise import sanitise

Mark = tuple[str, str]  # ("strong", ""), ("a", where it leads), ("footnote", "")
Piece = tuple[str, tuple[Mark, ...]]

CELL = "\x1f"  # begins a cell of a table's row, followed by "th" or "td"
BREAK = "\n"
_CELL = re.compile(f"{CELL}t[hd]")

_MARKS = {"strong", "em", "s", "sub", "sup", "code"}
_TEXT = {"p", "h2", "h3", "pre"}
_SPACE = re.compile(r"\s+")
# Scripts that put no spaces between words are told apart letter by letter.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = r"!-&(-,./:-@\[-^`{-~“”„«»…–—¿¡\n\x1f"
_WORD = re.compile(rf"\x1ft[hd]|[^\s{_UNSPACED}{_SIGNS}]+(?:[./][^\s{_UNSPACED}{_SIGNS}]+)*|\s+|.", re.DOTALL)


class Word(NamedTuple):
    """A word or a sign. `spaced`: a space follows."""

    text: str
    spaced: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Leaf:
    """`kind`: p h2 h3 pre li row hr picture embed card module update. `within`: what holds it, from the outside:
    quote, pull-quote, ul, ol, gallery, update. `about`: what it names besides its words (a picture: number, alt, align).
    """

    kind: str
    within: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    pieces: tuple[Piece, ...] = ()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(words_of(self.pieces, keep_space=self.kind == "pre"))

    @cached_property
    def named(self) -> dict[str, str]:
        return dict(self.about)

    @cached_property
    def length(self) -> int:
        """How many words, as a person counts them. Cheaper than `words`."""
        return sum(has_letters(word) for text, _ in self.pieces for word in _CELL.sub(" ", text).split())

    @property
    def is_text(self) -> bool:
        return self.kind in {"p", "h2", "h3", "pre", "li", "row"}


def has_letters(word: str) -> bool:
    return word[0] != CELL and any(character.isalnum() for character in word)


def words_of(pieces: tuple[Piece, ...], *, keep_space: bool = False) -> Iterator[Word]:
    """Linear in the length. Spaces belong to the word before them, except where they are the text (<pre>)."""
    found = [(text, marks) for piece, marks in pieces for text in _WORD.findall(piece)]
    for (text, marks), (after, _) in pairwise([*found, ("", ())]):
        if keep_space or not text.isspace() or text == BREAK:
            yield Word(text, not keep_space and after.isspace() and after != BREAK, marks)


def plain_words(text: str) -> list[Word]:
    """Of a field that holds no HTML."""
    return list(words_of(((text, ()),)))


def leaves(html: str) -> list[Leaf]:
    """Of any HTML: it is sanitised once more, so nothing but our vocabulary comes out. No query."""
    reader = _Reader()
    reader.read(lxml.html.fragment_fromstring(sanitise(html), create_parent="div"))
    return reader.done


class _Reader:
    """Walks the body; `pieces` is the text of the leaf that is open."""

    def __init__(self) -> None:
        self.done: list[Leaf] = []
        self.kind, self.within, self.about = "p", (), ()  # type: tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
        self.pieces: list[Piece] = []
        self.in_row = 0

    def read(self, root: Any) -> None:
        self._inside(root, ())
        self._close()

    def _inside(self, element: Any, marks: tuple[Mark, ...]) -> None:
        self._text(element.text, marks)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, marks)
            self._text(child.tail, marks)

    def _text(self, text: str | None, marks: tuple[Mark, ...]) -> None:
        if text:
            self.pieces.append((text if self.kind == "pre" else _SPACE.sub(" ", text), marks))

    def _element(self, element: Any, marks: tuple[Mark, ...]) -> None:
        tag = element.tag
        if tag in _MARKS:
            self._inside(element, (*marks, (tag, "")))
        elif tag == "a":
            self._inside(element, (*marks, ("a", _target(element))))
        elif tag == "span" and "data-footnote" in element.attrib:
            self._inside(element, (*marks, ("footnote", "")))
        elif tag == "br":
            self.pieces.append((BREAK, marks))
        elif tag in {"th", "td"} and self.in_row:
            self.pieces.append((CELL + tag, ()))
            self._inside(element, ())
        elif self.in_row:  # a block within a cell: its words
            self.pieces.append((" ", ()))
            self._inside(element, marks)
        else:
            self._block(element)

    def _block(self, element: Any) -> None:
        tag, outside, kind = element.tag, self.within, self.kind
        if tag == "p" and kind == "li" and not self._has_words():
            self._inside(element, ())  # a list's item is written with and without a paragraph
            return
        holder = _holder(element)
        if holder:
            self._close()
            if holder == "update":
                self._leaf("update", (("moment", element.get("data-update")),), element=None)
            self.within = (*outside, holder)
            self._inside(element, ())
            self._close()
        elif tag == "tr":
            self.in_row += 1
            spans = " ".join(f"{cell.get('colspan', 1)}×{cell.get('rowspan', 1)}" for cell in element)
            self._leaf("row", (("spans", spans),) if spans.strip("×1 ") else (), element)
            self.in_row -= 1
        elif tag in _TEXT or tag == "li":
            self._leaf(tag, (), element)
        elif leaf := _thing(element):
            caption = element.find("figcaption")
            self._leaf(*leaf, caption)
        else:
            self._inside(element, ())
        self.within, self.kind = outside, kind if kind != "pre" else "p"

    def _leaf(self, kind: str, about: tuple[tuple[str, str], ...], element: Any) -> None:
        self._close()
        self.kind, self.about = kind, about
        if element is not None:
            self._inside(element, ())
        self._close(always=kind not in {"p", "h2", "h3", "pre", "li", "row"})

    def _has_words(self) -> bool:
        return any(text.strip() for text, _ in self.pieces)

    def _close(self, always: bool = False) -> None:
        pieces = _joined(self.pieces, keep_space=self.kind == "pre")
        if pieces or always:
            self.done.append(Leaf(self.kind, self.within, self.about, pieces))
        self.pieces, self.about = [], ()
        if self.kind not in {"p", "li"}:
            self.kind = "p"


def _joined(pieces: list[Piece], *, keep_space: bool) -> tuple[Piece, ...]:
    """Neighbours of the same marks as one, no space around the whole: the same text is always the same pieces."""
    joined: list[Piece] = []
    for text, marks in pieces:
        if joined and joined[-1][1] == marks:
            text = joined.pop()[0] + text
        joined.append((text if keep_space else _ONE_SPACE.sub(" ", text), marks))
    if joined and not keep_space:
        joined[0] = joined[0][0].lstrip(" "), joined[0][1]
        joined[-1] = joined[-1][0].rstrip(" "), joined[-1][1]
    return tuple(piece for piece in joined if piece[0])


_ONE_SPACE = re.compile(" {2,}")


def _holder(element: Any) -> str:
    if element.tag == "blockquote":
        return "pull-quote" if element.get("class") else "quote"
    if element.tag in {"ul", "ol"}:
        return str(element.tag)
    if element.tag == "section":
        return "update" if element.get("data-update") else "gallery" if element.get("data-gallery") else ""
    return ""


def _thing(element: Any) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """What is no text: its kind and what it names."""
    if element.tag == "hr":
        return "hr", ()
    for kind, attribute, more in (
        ("picture", "data-image", (("alt", "data-alt"), ("align", "data-align"))),
        ("embed", "data-embed", (("url", "data-url"),)),
        ("card", "data-article-card", ()),
        ("module", "data-module", ()),
    ):
        if (value := element.get(attribute)) is not None:
            named = [(name, element.get(key)) for name, key in more]
            return kind, (("what", value), *((name, said) for name, said in named if said is not None))
    return None


def _target(link: Any) -> str:
    """Where it leads, and as what."""
    number, rel = link.get("data-article"), link.get("rel")
    where = f"article {number}" if number else link.get("href") or ""
    return f"{where} ({rel})" if rel else where
