"""The XML that plugins and old WordPress versions write wrongly, put right while it streams by.

Only what has one possible meaning is repaired: characters that XML forbids are left out, an `&` that begins
nothing is an `&`, `&nbsp;` is what HTML says it is, and `atom:` is the Atom namespace. Comments and
instructions (the XML declaration too) are left out, their line breaks kept, so that line numbers stay true. A
DOCTYPE is refused here, before any XML parser has seen it: no entity can be declared, and so none expanded.
"""

import html.entities
import re

from articles.wordpress.export.errors import ExportError

_FORBIDDEN = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
_FIRST_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NONCHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")  # U+FFFE, U+FFFF
_SECTIONS = rb"<!\[CDATA\[|<!--|<\?|<![A-Za-z]"
_REFERENCES = rb"&(?:(?:amp|lt|gt|quot|apos);|#(\d{1,9});|#[xX]([\da-fA-F]{1,8});|(\w{2,40});)?"
_MARK = re.compile(_SECTIONS + rb"|" + _REFERENCES)
_MARK_BEFORE_ROOT = re.compile(_MARK.pattern + rb"|<[A-Za-z_]")
_LONGEST_MARK = 48
_ENDS = {"cdata": b"]]>", "comment": b"-->", "instruction": b"?>"}
_LONGEST_ROOT_TAG = 65_536
_ATOM = b' xmlns:atom="http://www.w3.org/2005/Atom"'


class Mender:
    """Feed it UTF-8 in pieces; it returns UTF-8 ready for the parser. Linear time, one piece in memory."""

    def __init__(self) -> None:
        self._held = b""
        self._inside = ""  # "cdata", "comment" or "instruction"
        self._marks = _MARK_BEFORE_ROOT
        self._root_at: int | None = None  # where in the pieces given out the root tag begins
        self._root_tag: bytes | None = None  # a root tag whose end has not come yet
        self._line = 1  # of the first byte held
        self._arrived = 1  # the line of the next byte to arrive
        self._repairs: dict[str, list[int]] = {}
        self.atom_declared = False

    def feed(self, data: bytes, *, final: bool = False) -> bytes:
        data = self._held + self._without_forbidden(data)
        out: list[bytes] = []
        position, limit = 0, len(data) if final else max(0, len(data) - _LONGEST_MARK)
        while True:
            if self._inside:
                position = self._skip(data, position, final, out)
                if self._inside:
                    break
            mark = self._marks.search(data, position)
            if mark is None or mark.start() >= limit:
                out.append(data[position:limit])
                position = max(position, limit)
                break
            out.append(data[position : mark.start()])
            self._take(mark, data, out)
            position = mark.end()
        self._held = data[position:]
        self._line += data.count(b"\n", 0, position)
        return self._with_root_tag(out, final)

    def repairs(self) -> tuple[str, ...]:
        """What was mended, one phrase each."""
        told = self._repairs.items()
        return tuple(f"{what} ({times} times, first in line {line})" for what, (times, line) in told)

    def _note(self, what: str, line: int, before: bytes = b"", times: int = 1) -> None:
        if what not in self._repairs:  # the line is counted once: a file may have a million of them
            self._repairs[what] = [0, line + before.count(b"\n")]
        self._repairs[what][0] += times

    def _without_forbidden(self, data: bytes) -> bytes:
        clean = data.translate(None, _FORBIDDEN)
        if b"\xef\xbf" in clean:
            clean = _NONCHARACTERS.sub(b"", clean)
        if len(clean) != len(data) and (first := _FIRST_FORBIDDEN.search(data)):
            self._note("control bytes left out", self._arrived, data[: first.start()], len(data) - len(clean))
        self._arrived += data.count(b"\n")
        return clean

    def _skip(self, data: bytes, position: int, final: bool, out: list[bytes]) -> int:
        """Go on inside a CDATA section (which is kept), a comment or an instruction (which are not)."""
        is_kept, end = self._inside == "cdata", _ENDS[self._inside]
        found = data.find(end, position)
        stop = found + len(end)
        if found >= 0:
            self._inside = ""
        else:  # its end may be half here
            stop = len(data) if final else max(position, len(data) - len(end) + 1)
        section = data[position:stop]
        out.append(section if is_kept else b"\n" * section.count(b"\n"))
        return stop

    def _take(self, mark: re.Match[bytes], data: bytes, out: list[bytes]) -> None:
        match mark[0]:
            case b"<![CDATA[":
                self._inside = "cdata"
                out.append(mark[0])
            case b"<!--":
                self._inside = "comment"
            case b"<?":
                self._inside = "instruction"
            case found if found.startswith(b"<!"):
                self._refuse_declaration(data, mark.start())
            case found if found.startswith(b"&"):
                out.append(self._reference(mark, data))
            case found:
                self._marks, self._root_at, self._root_tag = _MARK, len(out), b""
                out.append(found)

    def _refuse_declaration(self, data: bytes, at: int) -> None:
        line = self._line + data.count(b"\n", 0, at)
        if data[at : at + 9].upper() == b"<!DOCTYPE":
            raise ExportError("The file has a DOCTYPE, which WordPress never writes; refused", line)
        raise ExportError("The file has a declaration that belongs into a DOCTYPE; refused", line)

    def _reference(self, mark: re.Match[bytes], data: bytes) -> bytes:
        found, decimal, hexadecimal, name = mark[0], *mark.groups()
        if decimal or hexadecimal:
            if _is_xml_character(int(decimal) if decimal else int(hexadecimal, 16)):
                return found.lower()
            self._note("references to control characters left out", self._line, data[: mark.start()])
            return b""
        if name and (meant := html.entities.html5.get(name.decode("ascii") + ";")):
            self._note("names of characters replaced", self._line, data[: mark.start()])
            return "".join(f"&#{ord(character)};" for character in meant).encode("ascii")
        if name or found == b"&":
            self._note("bare & read as an ampersand", self._line, data[: mark.start()])
            return b"&amp;" + found[1:]
        return found

    def _with_root_tag(self, out: list[bytes], final: bool) -> bytes:
        """Declare `atom:` in the root tag if it is not: WordPress.com used the prefix without saying so."""
        if self._root_tag is None:
            return b"".join(out)
        before = b"".join(out[: self._root_at or 0])
        self._root_tag += b"".join(out[self._root_at or 0 :])
        self._root_at = None
        if b">" not in self._root_tag and not final and len(self._root_tag) < _LONGEST_ROOT_TAG:
            return before
        tag, self._root_tag = self._root_tag, None
        name = re.match(rb"<[^\s/>]*", tag)
        if name and b"xmlns:atom" not in tag.partition(b">")[0]:
            self.atom_declared = True
            tag = name[0] + _ATOM + tag[name.end() :]
        return before + tag


def _is_xml_character(code: int) -> bool:
    if code < 0x20:
        return code in (0x9, 0xA, 0xD)
    return code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
