"""The form's field for a date and a time in the site's zone: the one door for every time that is given at the desk.

`formfield_overrides = ZONED` gives it to an admin class or an inline; `DeskAdmin` has it already.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTimeWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from newsroom.zoned_times import YEARS, moments_of, offset_name, one_moment, zone_label


def _parts(value: Any) -> list[Any]:
    """Date, time, and the offset where the time alone would not tell."""
    if not isinstance(value, datetime):
        return [None, None, ""]
    local = timezone.localtime(value)
    is_twice = local.year in YEARS and len(moments_of(local.replace(tzinfo=None, fold=0))) == 2
    return [local.date(), local.time(), local.isoformat()[-6:] if is_twice else ""]


class ZonedDateTimeWidget(forms.MultiWidget):
    """Django's own date and time with their shortcuts, the zone with its offset beside them and, for a time that comes
    twice, the choice. What was typed is kept; nothing here needs a script.
    """

    template_name = "admin/zoned_time.html"
    supports_microseconds = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([AdminDateWidget, AdminTimeWidget, forms.TextInput], attrs)

    class Media:
        css = {"all": ["newsroom/zoned-times.css"]}
        js = [forms.widgets.Script("newsroom/zoned-times.js", type="module")]

    def decompress(self, value: Any) -> list[Any]:
        return _parts(value)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        parts = value if isinstance(value, list | tuple) else self.decompress(value)
        found = _moments_typed(parts)
        chosen = str(parts[2] or "") if len(parts) > 2 else ""
        label_id = f"{context['widget']['attrs'].get('id', name)}_zone"
        for part in context["widget"]["subwidgets"][:2]:
            told = part["attrs"].get("aria-describedby")
            part["attrs"]["aria-describedby"] = f"{told} {label_id}" if told else label_id
        context["zone"] = {
            "id": label_id,
            "name": timezone.get_current_timezone_name(),
            "label": (
                timezone.get_current_timezone_name()
                if len(found) == 2
                else zone_label(found[0] if found else timezone.now())
            ),
            "of_two": [
                {"value": one.isoformat()[-6:], "label": f"{one:%H:%M} {one:%Z}", "offset": offset_name(one)}
                for one in (found if len(found) == 2 else [])
            ],
            "chosen": chosen,
            "which": f"{name}_2",
        }
        return context

    def _render(self, template_name: str, context: Any, renderer: Any = None) -> SafeString:
        # Django's renderer of forms finds Django's own templates, and the site's engine finds ours.
        fields = [
            super(ZonedDateTimeWidget, self)._render(one["template_name"], {"widget": one}, renderer)  # type: ignore[misc]
            for one in context["widget"]["subwidgets"][:2]
        ]
        return mark_safe(render_to_string(template_name, {**context, "date": fields[0], "time": fields[1]}))


class HiddenZonedDateTimeWidget(forms.MultiWidget):
    supports_microseconds = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.HiddenInput] * 3, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return _parts(value)


class ZonedDateTimeField(forms.MultiValueField):
    """A moment, given as date and time in the site's zone. Raises ValidationError as `one_moment` does."""

    widget = ZonedDateTimeWidget
    hidden_widget = HiddenZonedDateTimeWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.DateField(
                required=False,
                error_messages={"invalid": "Enter a valid date: from the calendar, or like 2026-11-25."},
            ),
            forms.TimeField(required=False, error_messages={"invalid": "Enter a valid time of day, like 18:00."}),
            forms.CharField(required=False),
        )
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        day, at, which = [*data_list, None, None, ""][:3]
        if day is None and at is None:
            return None
        if day is None or at is None:
            raise ValidationError("Give the day, too." if day is None else "Give the time of day, too.", code="half")
        return one_moment(day, at, which or "")


def _moments_typed(parts: Any) -> list[datetime]:
    """Those that stand in the fields; none while they hold no date and time."""
    try:
        day, at = forms.DateField().clean(parts[0]), forms.TimeField().clean(parts[1])
    except (ValidationError, IndexError):
        return []
    return moments_of(datetime.combine(day, at)) if day.year in YEARS else []


# For `formfield_overrides` of admin classes and inlines.
ZONED: dict[Any, dict[str, Any]] = {
    models.DateTimeField: {"form_class": ZonedDateTimeField, "widget": ZonedDateTimeWidget}
}
