"""What happened to the text, as readable HTML: changed places in full, long unchanged stretches folded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.richtext import compare
from articles.richtext.compare import DELETED, INSERTED, SAME, Change, Run
from articles.richtext.embeds import PROVIDERS
from articles.richtext.leaves import Leaf

from .library import GONE, Library
from .marking import cells, deleted, inserted, marked, words

# No text of a newsroom; comparing it would keep a worker busy for seconds.
LONGEST = 2_000_000
AROUND = 1  # unchanged leaves shown beside a change
LEAST_FOLDED = 3

KINDS = {
    "p": "paragraph", "h2": "heading", "h3": "smaller heading", "pre": "code block", "li": "list item",
    "row": "table row", "hr": "line", "picture": "picture", "embed": "embed", "card": "related card",
    "module": "module", "update": "update",
}  # fmt: skip
HOLDERS = {
    "quote": "a quote", "pull-quote": "a pull quote", "ul": "a list", "ol": "a numbered list", "gallery": "a gallery",
    "update": "an update",
}  # fmt: skip


@dataclass(frozen=True)
class Stretch:
    """Some leaves in a row. `folded`: none of them changed; how many they are."""

    html: SafeString
    folded: int = 0


class TextChanges:
    def __init__(self, before: str, after: str, library: Library) -> None:
        self.library = library
        self.is_empty = before == after
        self.too_long = max(len(before), len(after)) > LONGEST
        self.changes: list[Change] = [] if self.too_long else compare(before, after)
        counts = [change.count for change in self.changes if change.fate != SAME and not change.moved]
        self.inserted = sum(count[INSERTED] for count in counts)
        self.deleted = sum(count[DELETED] for count in counts)
        self.stretches = list(self._stretches())

    def _stretches(self) -> Iterator[Stretch]:
        """Unchanged ones beside a change are shown with it, the others folded."""
        fates = [change.fate != SAME for change in self.changes]
        near = [any(fates[max(place - AROUND, 0) : place + AROUND + 1]) for place in range(len(fates))]
        at = 0
        for shown, group in groupby(near):
            count = len(list(group))
            part = self.changes[at : at + count]
            folded = 0 if shown or count < LEAST_FOLDED else count
            yield Stretch(mark_safe("".join(self._groups(part))), folded)
            at += count

    def _groups(self, changes: Sequence[Change]) -> Iterator[str]:
        """List items under one list, rows in one table, a quote's paragraphs in one quote."""
        for (within, in_table), group in groupby(changes, key=lambda one: (one.leaf.within, one.leaf.kind == "row")):
            lists = [holder for holder in within if holder in {"ul", "ol"}]
            opening = [_opening(holder) for holder in within if holder not in {"ul", "ol"}]
            if lists:
                opening.append((f'<{lists[-1]} class="depth-{min(len(lists), 4)}">', f"</{lists[-1]}>"))
            if in_table:
                if lists:
                    opening.append(("<li>", "</li>"))
                opening.append(('<div class="table-frame"><table><tbody>', "</tbody></table></div>"))
            item = "tr" if in_table else "li" if lists else "div"
            yield "".join(begin for begin, _ in opening)
            yield from (self._item(item, change) for change in group)
            yield "".join(end for _, end in reversed(opening))

    def _item(self, tag: str, change: Change) -> str:
        fate = "moved" if change.moved else change.fate
        said = said_of(change)
        label = format_html('<span class="fate">{}</span> ', said) if said else ""
        if change.leaf.kind == "row":
            row = [
                f"<{cell}>{label if not place else ''}{html}</{cell}>"
                for place, (cell, html) in enumerate(_cells(change))
            ]
            return f'<tr class="leaf leaf-{fate}">{"".join(row)}</tr>'
        return f'<{tag} class="leaf leaf-{fate}">{label}{self._inside(change)}</{tag}>'

    def _inside(self, change: Change) -> str:
        leaf = change.leaf
        if leaf.kind in {"h2", "h3"}:
            return f'<p class="{leaf.kind}"><span class="visually-hidden">Heading: </span>{_text(change)}</p>'
        if leaf.kind == "pre":
            return f"<pre>{_text(change)}</pre>"
        if leaf.is_text:
            return f"<p>{_text(change)}</p>"
        if leaf.kind == "hr":
            return "<hr>"
        context = {"leaf": leaf, "caption": _text(change), "gone": GONE, **self._named(leaf)}
        return render_to_string("admin/articles/article/thing.html", context)

    def _named(self, leaf: Leaf) -> dict[str, Any]:
        what = leaf.named.get("what", "")
        if leaf.kind == "picture":
            image = self.library.images.get(int(what))
            return {"image": image, "alt": leaf.named.get("alt", image.alt if image else ""), "number": what}
        if leaf.kind == "embed":
            return {"label": PROVIDERS[what].label, "url": leaf.named.get("url", "")}
        if leaf.kind == "card":
            return {"headline": self.library.headlines.get(int(what), ""), "what": what}
        return {"what": what.replace("-", " "), "moment": leaf.named.get("moment", "")}


def _opening(holder: str) -> tuple[str, str]:
    if holder in {"quote", "pull-quote"}:
        return f'<blockquote class="{holder}">', "</blockquote>"
    return f'<div class="{holder}">', "</div>"


def _text(change: Change) -> SafeString:
    text = change.runs if change.runs else mark_safe(words(change.leaf.words))
    if not isinstance(text, SafeString):
        return marked(text)
    if change.moved or change.fate not in {INSERTED, DELETED} or not text:
        return text
    return inserted(text) if change.fate == INSERTED else deleted(text)


def _cells(change: Change) -> list[tuple[str, SafeString]]:
    fate = SAME if change.moved or change.fate == "changed" else change.fate
    return cells(change.runs or [Run(fate, change.leaf.words)]) or [("td", mark_safe(""))]


def said_of(change: Change) -> str:
    """What happened to it besides its words, in a few of ours."""
    before, after = change.before, change.after
    if before is None or after is None:
        verbs = ("Moved here", "Added") if before is None else ("Moved away", "Removed")
        if change.leaf.is_text:
            return verbs[0] if change.moved else ""  # its words are marked, every one
        return f"{verbs[0] if change.moved else verbs[1]}: {KINDS[change.leaf.kind]}"
    if before == after:
        return ""
    said = []
    if before.kind != after.kind:
        said.append(f"{KINDS[before.kind]} → {KINDS[after.kind]}")
    if before.within != after.within:
        said.append(f"was in {_place(before)}, now in {_place(after)}")
    for name in dict.fromkeys([*before.named, *after.named]):
        old, new = before.named.get(name), after.named.get(name)
        if old != new:
            said.append(f"{ABOUT[name]}: {_about(name, old)} → {_about(name, new)}")
    return f"Changed: {'; '.join(said)}" if said else ""


ABOUT = {
    "alt": "alternative text", "align": "place", "url": "address", "what": "what", "moment": "time",
    "spans": "joined cells",
}  # fmt: skip


def _about(name: str, value: str | None) -> str:
    if value is None:
        return {"alt": "the library’s", "align": "center"}.get(name, "none")
    return f"“{value}”" if name == "alt" else value


def _place(leaf: Leaf) -> str:
    return HOLDERS[leaf.within[-1]] if leaf.within else "the text itself"
