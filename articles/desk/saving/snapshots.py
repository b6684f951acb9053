"""What a browser sends as an autosave: read with care, and compared with what is saved."""

import json
import re
from typing import Any, TypedDict

from django.http import QueryDict

from articles.models import Article
from articles.models.related import Choices
from articles.models.tags.order.resolving import once, targets

from ..related.fields import difference
from ..tag_field.asked import numbers_in, raw, today, understood
from . import readable
from .form_merge import Base
from .merging import Row, fingerprint
from .posted import Inline, content_posted, content_stored, plain

MOST_BYTES = 2 * 1024 * 1024  # ten times the longest article that anybody has seen
FORM_NAME = re.compile(r"[A-Za-z0-9-]{1,36}(-old)?", re.ASCII)

# Neither can stand in PostgreSQL's JSON. A lone surrogate is half an emoji that was cut.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

Values = dict[str, list[str]]


class Snapshot(TypedDict):
    """A form as FormData has it, and the names of what its choosers chose: value, name, value, name …"""

    fields: Values
    labels: Values


class Unreadable(ValueError):
    """Its text says why, to a person."""


def read(body: bytes) -> tuple[Snapshot, dict[str, Any]]:
    """The snapshot, and what else was sent with it. Raises Unreadable."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("This is no JSON.") from None
    if not isinstance(sent, dict):
        raise Unreadable("An autosave is an object with “fields”.")
    return {"fields": _values(sent.pop("fields", None)), "labels": _values(sent.pop("labels", {}))}, sent


def _values(found: Any) -> Values:
    is_good = isinstance(found, dict) and all(
        isinstance(values, list) and all(isinstance(one, str) for one in values) for values in found.values()
    )
    if not is_good:
        raise Unreadable("Fields are an object of lists of texts.")
    return {_storable(name): [_storable(one) for one in values] for name, values in found.items()}


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("", text)


def first(snapshot: Snapshot, name: str) -> str:
    return next(iter(snapshot["fields"].get(name, [])), "")


class Differences:
    """What restoring a snapshot would change: rows of label, saved, unsaved. Empty when it would change nothing.

    What only a colleague changed since is no difference: a save merges it. Eight queries for an article.
    """

    def __init__(self, form_class: Any, inlines: list[Inline], snapshot: Snapshot, article: Article | None) -> None:
        self.form_class, self.article = form_class, article
        self.data = QueryDict(mutable=True)
        for name, values in snapshot["fields"].items():
            self.data.setlist(name, values)
        self.base = Base(self.data.get("base", ""))
        self.rows: list[dict[str, str]] = []
        self._content()
        self._tags()
        self._related()
        self._schedule()
        for inline in inlines:
            self._inline(inline)

    def _add(self, label: Any, saved: str, unsaved: str) -> None:
        self.rows.append({"label": str(label), "saved": saved, "unsaved": unsaved})

    def _content(self) -> None:
        stored = content_stored(self.form_class, self.article or Article())
        for name, mine in content_posted(self.form_class, self.data).items():
            if mine == stored[name] or (self.article and self.base.fields.get(name) == fingerprint(mine)):
                continue
            if name == "slug" and not mine:
                continue  # empty means: made from the headline
            field = self.form_class.base_fields[Article._meta.get_field(name).name]
            show = _words if name == "body" else lambda value, field=field: readable.as_text(field, value)
            self._add(field.label, show(stored[name]), show(mine))

    def _tags(self) -> None:
        stored = list(self.article.tagged_items.values_list("tag_id", flat=True)) if self.article else []
        mine, known = understood(raw(self.data)), self.base.tags if self.base.is_known else stored
        meaning = targets(numbers_in([*mine, *known]))
        mine, known = today(mine, meaning), once(known, meaning)
        if mine in (stored, known):
            return
        field = self.form_class.base_fields["tags"]
        numbers = {one for one in [*mine, *stored] if isinstance(one, int)}
        names: dict[Any, str] = {tag.pk: str(tag) for tag in field.queryset.filter(pk__in=numbers)}
        names |= {one: one for one in mine if isinstance(one, str)}
        texts = [", ".join(names[one] for one in which if one in names) for which in (stored, mine)]
        self._add("Tags", *texts)

    def _related(self) -> None:
        stored = Choices.beside(self.article.pk if self.article else None)
        if texts := difference(self.data, stored):
            self._add("Related articles", *texts)

    def _schedule(self) -> None:
        form = self.form_class(instance=self.article)
        for name in ("publish_at", "publish_until"):
            if (field := form.base_fields.get(name)) is None:
                continue
            mine = field.widget.value_from_datadict(self.data, {}, name)
            if any(mine) and plain(field, mine) != plain(field, form.initial.get(name)):
                self._add(field.label, "", " ".join(one or "" for one in mine))

    def _inline(self, inline: Inline) -> None:
        stored = {row.pk: row for row in inline.stored(self.article)} if self.article else {}
        known = self.base.rows.get(inline.prefix, {})
        for row in inline.posted(self.data):
            theirs = stored.get(row.pk)
            if row.pk is None and any(row.values == one.values for one in stored.values()):
                continue  # saved as new meanwhile
            if (theirs.values if theirs else None) == row.values:
                continue
            if row.pk is not None and known.get(row.pk) == fingerprint(row.values):
                continue
            self._add(inline.label[:1].upper() + inline.label[1:], _row_text(inline, theirs), _row_text(inline, row))


def _row_text(inline: Inline, row: Row | None) -> str:
    return readable.row(inline.fields, row.values) if row is not None and row.values is not None else ""


def _words(html: str) -> str:
    return readable.paragraphs(html)
