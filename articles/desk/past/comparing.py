"""Two states of an article beside each other: which fields differ, and what happened to the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.models import ArticleContent, Correction
from articles.models.snapshots import Snapshot
from articles.richtext import compare_texts
from articles.richtext.compare import DELETED, INSERTED, SAME
from newsroom.links import LinksField

from ..listing import desk_time
from .library import GONE, Library
from .marking import deleted, inserted, marked
from .summaries import role_name
from .text_changes import TextChanges

EMPTY = mark_safe('<span class="empty">empty</span>')


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: SafeString
    after: SafeString
    changed: bool
    note: str = ""


class Comparison:
    """What is different, ready for a template; `reader` is who will read it. Six queries at most for the names and
    pictures, however many there are.
    """

    def __init__(self, before: Snapshot, after: Snapshot, *, reader: Any = None) -> None:
        self.library = Library.of([before, after], reader=reader)
        self.before, self.after = before, after
        self.text = TextChanges(before.body, after.body, self.library)
        fields = [*self._content_fields(), self._tags(), self._bylines(), self._corrections()]
        self.changed = [field for field in fields if field.changed]
        self.unchanged = [field for field in fields if not field.changed]

    @property
    def is_empty(self) -> bool:
        return not self.changed and self.text.is_empty

    def _content_fields(self) -> Iterable[FieldChange]:
        for field in ArticleContent.content_fields():
            if field.name != "body":
                values = [one.content.get(field.attname) for one in (self.before, self.after)]
                label = str(field.verbose_name).capitalize()
                yield FieldChange(label, *self._shown(field, *values), changed=values[0] != values[1])

    def _shown(self, field: "models.Field[Any, Any]", old: Any, new: Any) -> tuple[SafeString, SafeString]:
        if field.name == "lead_image":
            return _whole(old != new, self._picture(old), self._picture(new))
        if field.name == "section":
            old, new = self.library.section_name(old), self.library.section_name(new)
        elif isinstance(field, LinksField):
            return _lists([_link(one) for one in old or ()], [_link(one) for one in new or ()])
        elif isinstance(field, models.BooleanField):
            return _whole(old != new, _yes(old), _yes(new))
        elif field.choices:
            names = {value: str(name) for value, name in field.flatchoices}
            return _whole(old != new, *(escape(names.get(one, one)) if one else EMPTY for one in (old, new)))
        return _texts(str(old or ""), str(new or ""))

    def _picture(self, pk: int | None) -> SafeString:
        if pk is None:
            return EMPTY
        context = {"image": self.library.images.get(pk), "number": pk, "gone": GONE}
        return mark_safe(render_to_string("admin/articles/article/thumbnail.html", context))

    def _tags(self) -> FieldChange:
        rows = self.library.tag_names(self.before.tags, self.after.tags, tells_gone=True)
        return _list_field("Tags", *rows, changed=rows[0] != rows[1])

    def _bylines(self) -> FieldChange:
        rows = [
            [f"{self.library.author_name(by.author_id)}: {role_name(by.role)}" for by in _in_order(one)]
            for one in (self.before, self.after)
        ]
        return _list_field("Bylines", *rows, changed=_in_order(self.before) != _in_order(self.after))

    def _corrections(self) -> FieldChange:
        kinds = dict(Correction.Kind.choices)
        rows = [
            [f"{kinds.get(by.kind, by.kind)}, {desk_time(by.noted_at)}: {by.text}" for by in one.corrections]
            for one in (self.before, self.after)
        ]
        return _list_field("Corrections", *rows, changed=self.before.corrections != self.after.corrections)


def _in_order(one: Snapshot) -> list[Any]:
    return sorted(one.bylines, key=lambda byline: byline.position)


def _list_field(label: str, old: list[str], new: list[str], *, changed: bool) -> FieldChange:
    note = "The same in another order." if changed and sorted(old) == sorted(new) and old != new else ""
    return FieldChange(label, *_lists(old, new), changed=changed, note=note)


def _lists(old: Sequence[str], new: Sequence[str]) -> tuple[SafeString, SafeString]:
    """Each entry a line; those that only one side has are marked."""
    sides = []
    for own, other, mark in ((old, new, deleted), (new, old, inserted)):
        lines = [mark(escape(entry)) if entry not in other else escape(entry) for entry in own]
        sides.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines))))
    return (sides[0] if old else EMPTY, sides[1] if new else EMPTY)


def _texts(old: str, new: str) -> tuple[SafeString, SafeString]:
    if old == new:
        return (escape(old) or EMPTY,) * 2
    runs = compare_texts(old, new)
    if all(run.fate == SAME for run in runs):  # only the spaces differ
        return _whole(True, escape(old) or EMPTY, escape(new) or EMPTY)
    return marked(runs, without=INSERTED) or EMPTY, marked(runs, without=DELETED) or EMPTY


def _whole(differs: bool, old: SafeString, new: SafeString) -> tuple[SafeString, SafeString]:
    if not differs:
        return old, new
    return old if old is EMPTY else deleted(old), new if new is EMPTY else inserted(new)


def _yes(value: Any) -> SafeString:
    return mark_safe("Yes" if value else "No")


def _link(link: dict[str, str]) -> str:
    return f"{link['title']} – {link['url']}"
