"""What block delimiters and shortcodes mean, at their place in the text."""

import html
import re
from collections.abc import Callable

from articles.wordpress.content import blocks, embeds, links, shortcodes
from articles.wordpress.content.figures import Figure, Pictures
from articles.wordpress.content.frames import Frame, Note, Quote
from articles.wordpress.content.inline import IN_CAPTIONS, Mark, Piece, escape, is_blank, render
from articles.wordpress.content.output import Embed, Html, Image
from articles.wordpress.content.scanning import Marker
from articles.wordpress.content.writer import MOST_PICTURES, Writer

_NUMBER = re.compile(r"wp#([0-9]{1,9})")
_ADDRESS = re.compile(r"""https?://[^\s<>"'\[\]]+""")
_TAGS = re.compile(r"<[^<>]*>")
_LAYOUT = re.compile(
    r"row|col|section|half|third|quarter|fourth|fifth|tab|box|accordion|toggle|panel|container|wrap|grid|block|item"
)
_FILES = ("src", "mp4", "m4v", "webm", "ogv", "wmv", "flv", "mp3", "m4a", "ogg", "wav", "wma")


class Markers:
    def __init__(self, writer: Writer, markers: list[Marker], fragment: Callable[[str], list[Piece]]):
        self.muted = 0  # how many dynamic blocks we are in, whose skeletons are left out
        self._writer = writer
        self._markers: dict[int, Marker] = dict(enumerate(markers))
        self._fragment = fragment
        self._frames: dict[str, list[Frame | None]] = {}  # of surrounding shortcodes
        self._footnotes = blocks.footnotes(writer.context.footnotes) if writer.context.footnotes else {}
        self._image_id: int | None = None

    def reach(self, comment: str) -> None:
        """A comment of the HTML: perhaps one that `scan` left."""
        number = _NUMBER.fullmatch(comment)
        marker = self._markers.pop(int(number[1]), None) if number else None
        if marker and marker.block:
            self._block(marker.block, marker.paired)
        elif marker and marker.tag and not self.muted:
            self._shortcode(marker.tag, marker)

    # blocks

    def image_id(self) -> int | None:
        """The attachment that the image block around here names; once."""
        number, self._image_id = self._image_id, None
        return number

    def footnote(self, key: str) -> bool:
        """Write the note with this key, if there is one."""
        note = self._footnotes.get(key)
        text = " ".join(html.unescape(_TAGS.sub(" ", note)).split()) if note else ""
        if text:
            self._writer.piece(Piece("note", text))
        return bool(text)

    def _block(self, block: blocks.Delimiter, paired: bool) -> None:
        self._writer.end_paragraph()
        if block.kind == "close":
            self.muted -= block.is_dynamic and paired and self.muted > 0
            self._image_id = None
            return
        if block.note and not self.muted:
            self._writer.notes.append(block.note)
        if block.kind == "open" and block.is_dynamic and paired:
            self.muted += 1
        if block.name in ("image", "cover", "cover-image"):
            number = block.attributes().get("id")
            self._image_id = number if isinstance(number, int) and 0 < number < 10**18 else None
        elif block.name == "embed" and block.kind == "void":
            url = block.attributes().get("url")
            self._embed(url if isinstance(url, str) else "", "embed")

    # shortcodes

    def _shortcode(self, tag: shortcodes.Tag, marker: Marker) -> None:
        name = tag.name
        if tag.kind == "close":
            self._close(tag)
        elif name in shortcodes.GALLERIES:
            self._gallery(tag)
        elif name in shortcodes.EMBEDS:
            self._embed(self._address(tag, marker.inner), name)
        elif name in shortcodes.PLAYERS:
            self.file_link(self._address(tag, marker.inner), name)
        elif name in shortcodes.CODE and marker.paired:
            self._code(marker.inner)
        elif name in shortcodes.SURROUNDING and marker.paired:
            self._open(tag)
        else:
            self._unknown(tag)

    def _open(self, tag: shortcodes.Tag) -> None:
        frame: Frame | None = None
        if tag.name in shortcodes.FOOTNOTES and not self._writer.within("pre", "note"):
            frame = Note()
        elif tag.name in shortcodes.PULL_QUOTES and not self._writer.within("quote"):
            frame = Quote(pull=True)
        elif tag.name in shortcodes.CAPTIONS and not self._writer.within("figure"):
            frame = self._caption(tag)
        if frame and (frame.kind == "note" or not self._writer.top.inline):
            self._writer.open(frame)
            self._frames.setdefault(tag.name, []).append(frame)
        else:
            self._frames.setdefault(tag.name, []).append(None)

    def _close(self, tag: shortcodes.Tag) -> None:
        if (frames := self._frames.get(tag.name)) and (frame := frames.pop()):
            self._writer.close(frame)
        elif _LAYOUT.search(tag.name):
            self._writer.end_paragraph()

    def _caption(self, tag: shortcodes.Tag) -> Figure:
        named, _ = tag.arguments()
        align = named.get("align", "").removeprefix("align")
        figure = Figure(
            align=align if align in ("left", "right", "center", "wide", "full") else "", text_is_caption=True
        )
        if numbers := shortcodes.ids(named.get("id", ""), 1):
            figure.attachment_id = numbers[0]
        figure.caption = self._caption_of(named.get("caption", ""))
        return figure

    def _caption_of(self, text: str) -> str:
        pieces = self._fragment(text) if text else []
        return "" if is_blank(pieces) else render(pieces, IN_CAPTIONS)

    def _gallery(self, tag: shortcodes.Tag) -> None:
        named, _ = tag.arguments()
        chosen = named.get("ids") or named.get("include")
        numbers = shortcodes.ids(chosen, MOST_PICTURES) if chosen else list(self._writer.context.attached)
        excluded = set(shortcodes.ids(named.get("exclude", ""), MOST_PICTURES))
        if self._writer.top.inline:
            return
        gallery = self._writer.open(Pictures())
        for number in numbers:
            if number not in excluded:
                known = self._writer.context.attachments.get(number)
                caption = self._caption_of(known.caption) if known else ""
                self._writer.media(Image(number, "", caption=caption))
        self._writer.close(gallery)
        if not numbers:
            self._writer.notes.append("gallery without pictures")

    def _address(self, tag: shortcodes.Tag, inner: str) -> str:
        if found := _ADDRESS.search(html.unescape(inner)):
            return found[0]
        named, bare = tag.arguments()
        values = [named[key] for key in ("url", "href", "id", *_FILES) if named.get(key)] + bare
        address = next((value for value in values if _ADDRESS.match(value)), "")
        return address or next(filter(None, (embeds.from_number(tag.name, value) for value in values)), "")

    def _embed(self, url: str, name: str) -> None:
        if found := embeds.match(url):
            self._writer.media(Embed(*found))
        elif url and (mark := self._writer.link(url)):
            self._line(url, mark)
        else:
            self._writer.notes.append(f"embed without address: {name}")

    def file_link(self, url: str, kind: str) -> None:
        """A paragraph with a link to a film or sound: we play none ourselves."""
        if url and embeds.match(url):
            self._embed(url, kind)
        elif url and (mark := self._writer.link(url)):
            self._line(links.file_name(url), mark)
        else:
            self._writer.notes.append(f"{kind} without address")

    def _line(self, text: str, mark: Mark) -> None:
        self._writer.end_paragraph()
        self._writer.piece(Piece("text", text, (mark,)))
        self._writer.end_paragraph()

    def _code(self, inner: str) -> None:
        text = html.unescape(re.sub(r"<br\s*/?>\n?", "\n", inner)).strip("\n").rstrip()
        if "\n" in inner and text and not self._writer.top.inline:
            self._writer.put(Html("pre", f"<code>{escape(text)}</code>"))
        else:
            self._writer.piece(Piece("text", text, (Mark("code", "<code>"),)))

    def _unknown(self, tag: shortcodes.Tag) -> None:
        self._writer.notes.append(f"unknown shortcode: {tag.name}")
        if _LAYOUT.search(tag.name):
            self._writer.end_paragraph()
