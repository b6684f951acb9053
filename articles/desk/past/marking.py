"""A comparison as HTML: inserted and deleted words, and what else became of each part of the text.

Every text is escaped here, tags are ours; links lead only where the sanitiser lets them.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.richtext.compare import DELETED, INSERTED, RESTYLED, SAME, Run
from articles.richtext.leaves import BREAK, CELL, Mark, Word

# Screen readers rarely announce <ins> and <del>, so it is said in words, too.
SPOKEN = {INSERTED: ("ins", "inserted"), DELETED: ("del", "deleted")}
SAID = {
    "strong": "bold", "em": "italic", "s": "struck through", "sub": "lowered", "sup": "raised", "code": "code",
    "footnote": "a note",
}  # fmt: skip


def marked(runs: Iterable[Run], *, without: str = "") -> SafeString:
    """These runs in a row; `without` INSERTED is how it was before, without DELETED how it is after."""
    return mark_safe("".join(_run(run) for run in runs if run.fate != without))


def inserted(html: str) -> SafeString:
    return _spoken(INSERTED, html)


def deleted(html: str) -> SafeString:
    return _spoken(DELETED, html)


def _spoken(fate: str, html: str) -> SafeString:
    tag, said = SPOKEN[fate]
    begin, end = (f'<span class="visually-hidden">{text}</span>' for text in (f" [{said}: ", "] "))
    return mark_safe(f"<{tag}>{begin}{html}{end}</{tag}>")


def _run(run: Run) -> str:
    if run.fate == SAME:
        return words(run.words)
    if run.fate == RESTYLED:
        return _restyled(run)
    text = words(run.words)
    space = " " * text.endswith(" ")
    return _spoken(run.fate, text.rstrip(" ")) + space


def _restyled(run: Run) -> str:
    """The same words, marked up otherwise: as they are now, and a note on what is different."""
    parts = []
    pairs = zip(run.before, run.words, strict=True)
    for (before, after), group in groupby(pairs, key=lambda pair: (pair[0].marks, pair[1].marks)):
        now = [word for _, word in group]
        parts.append(f'<span class="restyled">{words(now).rstrip(" ")}</span>{_note(before, after)} ')
    return "".join(parts)


def _note(before: tuple[Mark, ...], after: tuple[Mark, ...]) -> str:
    said = [f"now {SAID[tag]}" for tag, _ in after if tag in SAID and (tag, "") not in before]
    said += [f"no longer {SAID[tag]}" for tag, _ in before if tag in SAID and (tag, "") not in after]
    was, now = (next((target for tag, target in marks if tag == "a"), "") for marks in (before, after))
    html = str(escape(", ".join(said)))
    if was != now:
        leads = (deleted(escape(was)) + " " if was else "") + (inserted(escape(now)) if now else "")
        html += f"{', ' if html else ''}link: {leads}"
    return f'<span class="restyled-note"> ({html or "marked up otherwise"})</span>'


def words(row: Sequence[Word]) -> str:
    html = []
    for marks, group in groupby(row, key=lambda word: word.marks):
        inner = str(escape("".join(word.text + " " * word.spaced for word in group))).replace(BREAK, "<br>")
        for mark in reversed(marks):
            inner = _mark(mark, inner)
        html.append(inner)
    return "".join(html)


def _mark(mark: Mark, inner: str) -> str:
    tag, target = mark
    if tag == "a":
        address = target.partition(" ")[0]
        if address.startswith(("http://", "https://", "mailto:", "tel:")):
            return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', address, mark_safe(inner))
        return f'<span class="inner-link">{inner}</span>'
    if tag == "footnote":
        return f'<span class="note">[note: {inner}]</span>'
    return f"<{tag}>{inner}</{tag}>"


def cells(runs: Iterable[Run]) -> list[tuple[str, SafeString]]:
    """A table's row: (th or td, what stands in it) for each cell."""
    found: list[tuple[str, list[str]]] = []
    for run in runs:
        start = 0
        for place, word in enumerate([*run.words, Word(CELL, False, ())]):
            if not word.text.startswith(CELL):
                continue
            if place > start:
                part = Run(run.fate, run.words[start:place], run.before[start:place])
                if not found:
                    found.append(("td", []))
                found[-1][1].append(_run(part))
            if place < len(run.words):
                found.append((word.text.removeprefix(CELL), []))
            start = place + 1
    return [(tag, mark_safe("".join(parts))) for tag, parts in found]
