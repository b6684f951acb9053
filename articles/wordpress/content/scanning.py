"""The first step: find what is no HTML in a post's content, block delimiters and shortcodes, in linear time.

`scan` replaces each by a comment with a number, `<!--wp#12-->`, which the HTML parser hands on in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.wordpress.content import blocks, shortcodes

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TOKEN = re.compile(
    r"""(?P<comment><!--)"""
    r"""|<(?P<slash>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*+)(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>"""
    r"""|(?P<escaped>\[\[/?[A-Za-z][\w-]{0,60}+[^\[\]]*+\]\])"""
    r"""|\[(?P<escaped_pair>\[(?P<outer>[A-Za-z][\w-]{0,60}+)[^\[\]]*+\][^\[\]]*+\[/(?P=outer)\])\]"""
    r"""|\[(?P<end>/?)(?P<name>[A-Za-z][\w-]{0,60}+)(?P<attributes>(?:[\s=/][^\[\]]*+)?)\]"""
)
# Unclosed, these would hide the rest of the article from the parser.
_HIDING = frozenset({"textarea", "title", "iframe", "xmp", "noembed", "noframes", "plaintext"})
# Their content is no markup to the HTML parser, or shows code: brackets in it are brackets.
_RAW = _HIDING | {"pre", "code", "script", "style", "kbd", "samp"}
_END_TAGS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}


@dataclass(slots=True)
class Marker:
    """A block delimiter or a shortcode. `paired`: it has its other half; `inner`: what it swallowed."""

    block: blocks.Delimiter | None = None
    tag: shortcodes.Tag | None = None
    paired: bool = False
    inner: str = ""


@dataclass(slots=True)
class Scanned:
    html: str
    markers: list[Marker]
    has_blocks: bool
    notes: list[str]


def scan(content: str) -> Scanned:
    content = _ILLEGAL.sub("", content.replace("\r\n", "\n").replace("\r", "\n"))
    notes: list[str] = []
    pieces = list(_pieces(content, notes))
    halves = _halves(pieces)
    out: list[str] = []
    markers: list[Marker] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        text, marker, step = piece, None, 1
        if isinstance(piece, blocks.Delimiter):
            marker = Marker(block=piece, paired=position in halves)
        elif isinstance(piece, shortcodes.Tag):
            text, marker, step = _shortcode(pieces, position, halves.get(position))
        if marker:
            text = f"<!--wp#{len(markers)}-->"
            markers.append(marker)
        out.append(str(text))
        position += step
    has_blocks = any(isinstance(piece, blocks.Delimiter) for piece in pieces)
    return Scanned("".join(out), markers, has_blocks, notes)


_Piece = str | blocks.Delimiter | shortcodes.Tag


def _pieces(content: str, notes: list[str]) -> Iterator[_Piece]:
    position = 0
    endless: set[str] = set()  # ends that were looked for and do not come any more
    while found := _TOKEN.search(content, position):
        yield content[position : found.start()]
        position = found.end()
        if found["comment"]:
            end = -1 if "-->" in endless else content.find("-->", position)
            if end >= 0:
                yield from _comment(content[position:end].strip(), notes)
                position = end + 3
            else:
                endless.add("-->")  # the rest of an article is not hidden because nobody closed a comment
        elif found["tag"]:
            yield found[0]
            name = found["tag"].lower()
            if name in _RAW and not found["slash"]:
                end_tag = None if name in endless else _END_TAGS[name].search(content, position)
                if end_tag:
                    yield content[position : end_tag.start()]
                    position = end_tag.start()
                else:
                    endless.add(name)
                    yield f"</{name}>" if name in _HIDING else ""
        else:
            yield _bracket(found)
    yield content[position:]


def _comment(text: str, notes: list[str]) -> Iterator[_Piece]:
    if found := blocks.delimiter(text):
        yield found
    elif text == "nextpage":
        notes.append("page break")
        yield "\n\n"
    elif text.partition(" ")[0] == "more":
        yield "\n\n"


def _bracket(found: re.Match[str]) -> _Piece:
    if found["escaped_pair"]:
        return found["escaped_pair"]
    if found["escaped"]:
        return _unescaped(found["escaped"])
    kind, attributes = "close" if found["end"] else "open", found["attributes"]
    # `[name key="v" /]` is whole in itself; `[embed http://host/]` merely ends like it.
    if kind == "open" and attributes.endswith("/") and attributes[-2:-1] in ("", " ", "\t", "\n", '"', "'"):
        kind, attributes = "void", attributes[:-1]
    return shortcodes.Tag(found["name"].lower(), kind, attributes, found[0])


def _unescaped(raw: str) -> str:
    """`[[name]]` shows `[name]`. But `[[two words]]` escape nothing."""
    inner = raw[1:-1]
    name, blank, rest = inner.strip("[]/").partition(" ")
    if rest and not shortcodes.Tag(name.lower(), "open", blank + rest, inner).is_shortcode(paired=False):
        return raw
    return inner


def _halves(pieces: list[_Piece]) -> dict[int, int]:
    """Where the other half of each block delimiter and shortcode is; those without one are missing."""
    opened: dict[tuple[type, str], list[int]] = {}
    halves: dict[int, int] = {}
    for position, piece in enumerate(pieces):
        if isinstance(piece, str) or piece.kind == "void":
            continue
        waiting = opened.setdefault((type(piece), piece.name), [])
        if piece.kind == "open":
            waiting.append(position)
        elif waiting:
            start = waiting.pop()
            halves[start], halves[position] = position, start
    return halves


def _shortcode(pieces: list[_Piece], position: int, other: int | None) -> tuple[str, Marker | None, int]:
    """(text instead of it, or a marker, and how many pieces that used up)"""
    tag = pieces[position]
    assert isinstance(tag, shortcodes.Tag)
    if not tag.is_shortcode(paired=other is not None):
        return tag.raw, None, 1
    if tag.kind == "open" and tag.name in shortcodes.SWALLOWING and other is not None:
        inner = "".join(map(_as_written, pieces[position + 1 : other]))
        return "", Marker(tag=tag, paired=True, inner=inner), other - position + 1
    return "", Marker(tag=tag, paired=other is not None), 1


def _as_written(piece: _Piece) -> str:
    if isinstance(piece, str):
        return piece
    return piece.raw if isinstance(piece, shortcodes.Tag) else ""
