"""Reads the HTML of a post, element by element, and tells the writer what each means.

`Reader` is the target of lxml's HTML parser (start, end, data, comment, close). What elements mean is said in
`text_elements`, `list_elements` and `media_elements`; those nobody mentions are unwrapped: their text stays.
"""

import re
from collections.abc import Callable, Mapping

from lxml import etree

from articles.wordpress.content.frames import Fragment, Frame
from articles.wordpress.content.inline import Piece
from articles.wordpress.content.markers import Markers
from articles.wordpress.content.scanning import Scanned
from articles.wordpress.content.writer import Writer

Attributes = Mapping[str, str]
Undo = Callable[[], None]  # what is to be done at the end of an element
Handler = Callable[["Reader", str, Attributes], Undo | None]
Watch = Callable[[str, Attributes], None]

# What the parser does not read as markup: `scan` has closed them, or browsers hide the rest as well.
_RAW = ("script", "style", "iframe", "textarea", "title", "noembed", "noframes")


class Reader:
    def __init__(self, writer: Writer, scanned: Scanned, handlers: Mapping[str, Handler]):
        self.writer = writer
        self.markers = Markers(writer, scanned.markers, self.fragment)
        self.open_paragraphs = 0
        self._html = scanned.html
        self._closed = dict.fromkeys(_RAW, True)
        self._handlers = handlers
        self._undos: list[Undo | None] = []
        self._hidden = 0  # how deep we are in something that is dropped
        self._watch: Watch | None = None  # sees the elements in it nevertheless

    # what the parser calls

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._hidden:
            self._hidden += 1
            if self._watch:
                self._watch(tag, attributes)
        elif self.markers.muted or not (handler := self._handlers.get(tag)):
            self._undos.append(None)
        else:
            self._undos.append(handler(self, tag, attributes))

    def end(self, tag: str) -> None:
        if self._hidden > 1:
            self._hidden -= 1
            return
        self._hidden, self._watch = 0, None
        if self._undos and (undo := self._undos.pop()):
            undo()

    def data(self, text: str) -> None:
        if not self._hidden and not self.markers.muted:
            self.writer.text(text)

    def comment(self, text: str) -> None:
        if not self._hidden:
            self.markers.reach(text)

    def close(self) -> None:
        self.writer.close_all()

    # what the elements call

    def open(self, frame: Frame) -> Undo:
        """Begin a frame. In a place that can hold no blocks, it is only a boundary in the text."""
        if self.writer.top.inline:
            return self.boundary()
        self.writer.open(frame)
        return lambda: self.writer.close(frame)

    def boundary(self) -> Undo:
        """A paragraph ends here, and where the element ends."""
        self.writer.end_paragraph()
        return self.writer.end_paragraph

    def drop(
        self,
        tag: str,
        note: str = "",
        watch: Watch | None = None,
        then: Undo | None = None,
    ) -> Undo | None:
        """Leave out the element with all it holds; if nobody closed it, leave out its tag only."""
        if self._is_closed(tag):
            self._hidden, self._watch = 1, watch
        if note:
            self.writer.notes.append(note)
        return then

    def _is_closed(self, tag: str) -> bool:
        """Whether all elements of this name have an end: else, dropping one drops the rest of the text."""
        if tag not in self._closed:
            starts = [found.start() for found in re.finditer(rf"(?i)<{tag}(?=[\s/>])", self._html)]
            ends = [found.start() for found in re.finditer(rf"(?i)</{tag}(?=[\s>])", self._html)]
            self._closed[tag] = len(starts) <= len(ends) and (not starts or starts[-1] < ends[-1])
        return self._closed[tag]

    def fragment(self, html: str) -> list[Piece]:
        """The running text of a piece of HTML from elsewhere, with its marks."""
        writer = Writer(self.writer.context, classic=False)
        frame = writer.open(Fragment())
        parse(html, Reader(writer, Scanned(html, [], False, []), self._handlers))
        self.writer.notes += writer.notes
        return [piece for piece in frame.pieces if piece.media is None]


def parse(html: str, reader: Reader) -> None:
    """Have `reader` read the HTML. Never raises on any text without lone surrogates."""
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True, no_network=True)
    parser.feed(b"<body>" + html.encode("utf-8"))
    parser.close()
