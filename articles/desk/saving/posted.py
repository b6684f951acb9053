"""The article's form as it was posted, in the article's own terms; and back again.

Values are compared tidied (`Article.tidy`), so that what the editor or a browser reformats is no change.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from articles.models import Article

from .merging import Row, fingerprint

Posted = dict[str, list[str]]


def plain(form_field: forms.Field, value: Any) -> Any:
    """A posted or stored value in the form in which two are compared. What doesn't pass its field stays as typed."""
    if isinstance(form_field, forms.ModelChoiceField):
        return number(str(value or "")) or value or None
    if value is None and isinstance(form_field, forms.TypedChoiceField):
        value = ""  # nothing chosen, which such a field has its own value for
    if isinstance(value, str | list) and not isinstance(form_field, forms.CharField | forms.BooleanField):
        try:
            value = form_field.clean(value)
        except ValidationError:
            return value
    elif isinstance(value, str) or value is None:
        try:
            value = form_field.to_python(value if value is not None else "")
        except ValidationError:
            return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0).isoformat()  # a form shows no smaller part
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def as_posted(form_field: forms.Field, name: str, value: Any) -> Posted:
    """A stored value as a browser would post it."""
    widget: Any = getattr(form_field.widget, "widget", form_field.widget)  # within the admin's + and pencil
    value = form_field.prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        several: Any = widget  # the stubs know neither its names nor what it takes apart
        parts = zip(several.widgets_names, several.widgets, several.decompress(value), strict=True)
        return {name + suffix: [str(part.format_value(one) or "")] for suffix, part, one in parts}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"]} if value else {}
    return {name: ["" if value is None else str(value)]}


class Inline:
    """One set of rows (bylines, corrections) of the form: its formset class, as the admin makes it for this person."""

    def __init__(self, formset: Any, inline: Any, request: Any, article: Article | None = None) -> None:
        self.formset, self.inline, self.request = formset, inline, request
        self.may_change: bool = inline.has_change_permission(request, article)
        self.prefix: str = formset.get_default_prefix()
        self.label: str = inline.opts.verbose_name
        self.labels: str = inline.opts.verbose_name_plural
        left_out = {"id", "DELETE", formset.fk.name}
        self.fields = {name: one for name, one in formset.form.base_fields.items() if name not in left_out}

    def stored(self, article: Article) -> list[Row]:
        """The rows that this person is shown. One query."""
        return self.as_rows(self.inline.get_queryset(self.request).filter(**{self.formset.fk.name: article.pk}))

    def as_rows(self, instances: Iterable[Any]) -> list[Row]:
        return [Row(one.pk, self._values_of(one), one) for one in instances]

    def _values_of(self, instance: Any) -> dict[str, Any]:
        fields = self.formset.model._meta
        return {
            name: plain(form_field, getattr(instance, fields.get_field(name).attname))
            for name, form_field in self.fields.items()
        }

    def posted(self, data: QueryDict) -> list[Row]:
        """The rows in a posted form; new ones that were left empty are none. Those that this person may only look
        at come without their values, so they are left out like all that the form does not mention.
        """
        rows = []
        for place in range(min(number(data.get(f"{self.prefix}-TOTAL_FORMS")), self.formset.absolute_max)):
            prefix = f"{self.prefix}-{place}"
            pk = number(data.get(f"{prefix}-id")) or None
            values = {
                name: plain(form_field, form_field.widget.value_from_datadict(data, {}, f"{prefix}-{name}"))
                for name, form_field in self.fields.items()
            }
            deleted = data.get(f"{prefix}-DELETE") in {"on", "true", "True", "1"}
            if pk is None and (deleted or not self._filled_in(data, prefix)):
                continue
            if pk is not None and not deleted and not self.may_change:
                continue
            rows.append(Row(pk, None if deleted else values, place))
        return rows

    def _filled_in(self, data: QueryDict, prefix: str) -> bool:
        return self.formset.form(data, prefix=prefix, empty_permitted=True, use_required_attribute=False).has_changed()

    def key(self, values: Mapping[str, Any]) -> Any:
        """What makes two new rows the same: an author can have a role once; of other rows, everything."""
        return (values["author"], values["role"]) if {"author", "role"} <= set(values) else fingerprint(dict(values))

    def write(self, data: QueryDict, rows: list[tuple[Row, bool]]) -> None:
        """Put these rows into the form in place of its own: first the stored ones, then the new. True: delete it."""
        old = data.copy()
        for name in [one for one in data if one.removeprefix("initial-").startswith(f"{self.prefix}-")]:
            del data[name]
        rows = sorted(rows, key=lambda one: one[0].pk is None)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(sum(row.pk is not None for row, _ in rows))
        data[f"{self.prefix}-MIN_NUM_FORMS"], data[f"{self.prefix}-MAX_NUM_FORMS"] = "0", "1000"
        for place, (row, delete) in enumerate(rows):
            prefix = f"{self.prefix}-{place}"
            for name, values in self._as_posted(old, row, prefix).items():
                data.setlist(name, values)
            data[f"{prefix}-id"] = str(row.pk or "")
            if delete:
                data[f"{prefix}-DELETE"] = "on"

    def _as_posted(self, old: QueryDict, row: Row, prefix: str) -> Posted:
        if isinstance(row.source, int):  # a row of the posted form: as it stands there, under its new number
            mine = f"{self.prefix}-{row.source}-"
            moved = {}
            for name in old:
                lead = "initial-" if name.startswith("initial-") else ""
                if name.removeprefix(lead).startswith(mine) and not name.endswith("-DELETE"):
                    moved[f"{lead}{prefix}-{name.removeprefix(lead + mine)}"] = old.getlist(name)
            return moved
        posted: Posted = {}
        for name, form_field in self.fields.items():
            value = getattr(row.source, self.formset.model._meta.get_field(name).attname)
            posted |= as_posted(form_field, f"{prefix}-{name}", value)
            if form_field.show_hidden_initial:
                posted |= as_posted(form_field, f"initial-{prefix}-{name}", value)
        return posted


def content_posted(form_class: Any, data: Any) -> dict[str, Any]:
    """The article's fields by column name as this form would store them, tidied."""
    article, asked = Article(), []
    for model_field in Article.content_fields():
        if (form_field := form_class.base_fields.get(model_field.name)) is None:
            continue
        raw = form_field.widget.value_from_datadict(data, {}, model_field.name)
        setattr(article, model_field.attname, plain(form_field, raw))
        asked.append(model_field.attname)
    article.tidy()
    return {name: getattr(article, name) for name in asked}


def content_stored(form_class: Any, article: Article) -> dict[str, Any]:
    """The same of an article. Fields that the form does not ask are left out."""
    return {
        one.attname: getattr(article, one.attname)
        for one in Article.content_fields()
        if one.name in form_class.base_fields
    }


def tags_posted(data: QueryDict) -> list[int]:
    return [pk for value in data.getlist("tags") if (pk := number(value))]


def number(text: str | None) -> int:
    """A whole number that a database can hold; 0 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
