"""Writes a body: text, marks and blocks in, in the order they are read; blocks of the stored vocabulary out.

Whatever comes, what is written is well-formed and only of that vocabulary: the reader of the HTML need not
care about broken nesting. No recursion, linear time.
"""

from collections import Counter

from articles.wordpress.content import links
from articles.wordpress.content.frames import Frame, Pre, Verse
from articles.wordpress.content.inline import BREAK, ORDER, Mark, Piece, attribute
from articles.wordpress.content.lists import Cell, List
from articles.wordpress.content.output import Block, Media
from articles.wordpress.content.resolving import Context

MOST_PICTURES = 1000
LONGEST_LINK = 50  # lines
_HOLDERS = frozenset({"root", "figure", "gallery", "quote", "verse"})  # frames that may hold pictures


class Writer:
    def __init__(self, context: Context, *, classic: bool):
        self.context = context
        self.classic = classic
        self.notes: list[str] = []
        self.root = Frame()
        self._stack: list[Frame] = [self.root]
        self._kinds: Counter[str] = Counter({"root": 1})
        self._marks: dict[str, list[Mark]] = {name: [] for name in ORDER}
        self._active: tuple[Mark, ...] = ()
        self._after_break = False
        self._lines_of_link = 0
        self._pictures = 0

    # where we are

    @property
    def top(self) -> Frame:
        return self._stack[-1]

    def within(self, *kinds: str) -> bool:
        return any(self._kinds[kind] for kind in kinds)

    def depth(self, kind: str) -> int:
        return self._kinds[kind]

    def nearest(self, *kinds: str) -> Frame | None:
        return next((frame for frame in reversed(self._stack) if frame.kind in kinds), None)

    # frames

    def open(self, frame: Frame) -> Frame:
        if frame.kind != "note":
            self.end_paragraph()
        self._stack.append(frame)
        self._kinds[frame.kind] += 1
        self._after_break = False
        return frame

    def close(self, frame: Frame) -> None:
        """End a frame, and with it those opened inside that were not closed. Ending it again does nothing."""
        while frame.is_open and len(self._stack) > 1:
            last = self._stack.pop()
            self._kinds[last.kind] -= 1
            last.is_open = False
            last.finish(self)
            self._after_break = False

    def close_all(self) -> None:
        if len(self._stack) > 1:
            self.close(self._stack[1])
        self.root.finish(self)

    # blocks

    def put(self, block: Block) -> None:
        self.end_paragraph()
        self.top.put(block)

    def hoist(self, medium: Media) -> None:
        """Send a picture to the nearest place that may hold it, after the block being written there."""
        holder = next(frame for frame in reversed(self._stack) if frame.kind in _HOLDERS)
        if holder is self.top:
            self.put(medium)
        else:
            holder.waiting.append(medium)

    def end_paragraph(self) -> None:
        self.top.end_paragraph(self)
        self._after_break = False
        self._end_long_link()

    # running text

    def text(self, text: str) -> None:
        top = self.top
        if isinstance(top, Pre):
            self.piece(Piece("text", text))
        elif isinstance(top, Verse) or (self.classic and top.breaks_lines):
            self._text_in_lines(text)
        else:
            self.piece(Piece("text", text, self._active))

    def _text_in_lines(self, text: str) -> None:
        first, *others = text.split("\n")
        if self._after_break and others and not first.strip():
            first, *others = others  # "<br>" and the line break behind it are one
        self._after_break = False
        self._piece_of(first)
        for line in others:
            self.piece(BREAK)
            self._end_long_link()
            self._piece_of(line)

    def _piece_of(self, text: str) -> None:
        if text:
            self.piece(Piece("text", text, self._active))

    def line_break(self) -> None:
        if isinstance(self.top, Pre):
            self.piece(Piece("text", "\n"))
        elif self.top.inline or not self._takes_breaks():
            self.piece(Piece("text", " "))
        else:
            self.piece(BREAK)
            self._end_long_link()
            self._after_break = True

    def _takes_breaks(self) -> bool:
        return self.top.breaks_lines or isinstance(self.top, Cell)

    def piece(self, piece: Piece) -> None:
        if isinstance(self.top, List):
            if piece.kind == "break" or (piece.kind == "text" and not piece.text.strip()):
                return
            self.open(Cell("li"))
        if piece.kind in ("text", "note"):
            self._after_break = False
        self.top.pieces.append(piece)

    def media(self, medium: Media) -> None:
        """A picture or embed at this place in the text."""
        self._pictures += 1
        if self._pictures > MOST_PICTURES:
            self.notes.append("picture beyond the limit")
        else:
            self.piece(Piece("media", media=medium))

    # marks

    def mark(self, mark: Mark) -> None:
        self._marks[mark.name].append(mark)
        if mark.name == "a":
            self._lines_of_link = 0
        self._refresh()

    def unmark(self, mark: Mark) -> None:
        if self._marks[mark.name]:
            self._marks[mark.name].pop()
            self._refresh()

    def _refresh(self) -> None:
        self._active = tuple(marks[-1] for marks in self._marks.values() if marks)

    def _end_long_link(self) -> None:
        """A link around ten thousand paragraphs would be repeated in each: nobody closed it."""
        if self._marks["a"]:
            self._lines_of_link += 1
            if self._lines_of_link > LONGEST_LINK:
                self._marks["a"].clear()
                self._refresh()

    def link(self, url: str) -> Mark | None:
        """The mark for a link to an address in the post, or None if it may not or need not be one."""
        before = links.safe(url)
        after = links.safe(self.context.link(before)) if before else None
        if after:
            return Mark("a", f'<a href="{attribute(after)}">')
        if before or not url.strip().startswith("#"):
            self.notes.append("unsafe link" if url.strip() else "link without address")
        else:
            self.notes.append("link within the page")
        return None
