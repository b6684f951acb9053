"""A form that the house rules sent back: what it wanted, and what stands against it, said where it can be put right.

The article is saved and the form is loaded anew, so its address carries what was asked for; the findings are those of
the article as it stands now, for the window that was asked for. One run of the checks for all that a form shows of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.models import Article, gate
from articles.models.checks import Check, checks
from articles.models.permits import may
from articles.roles import Act
from newsroom.zoned_times import YEARS

from .view import ArticleDesk

SENDS_OUT = ("publish", "schedule")


def refused_in(form: Any) -> str:
    """For the address: which button it was, and the window that was typed."""
    values = form.cleaned_data
    window = {"from": values.get("publish_at"), "until": values.get("publish_until")}
    return urlencode({"refused": form.act.lstrip("_")} | {name: at.isoformat() for name, at in window.items() if at})


@dataclass(frozen=True)
class Refused:
    act: str
    start: datetime | None
    until: datetime | None

    @classmethod
    def read(cls, request: HttpRequest) -> "Refused":
        """Of a form that was just opened nothing was refused. What is no moment counts for nothing."""
        told = request.GET if request.method == "GET" else {}
        return cls(told.get("refused", ""), _moment(told.get("from", "")), _moment(told.get("until", "")))

    @property
    def window(self) -> dict[str, datetime | None]:
        is_ahead = self.act == "schedule" and self.start is not None and self.start > timezone.now()
        return {"start": self.start if is_ahead else None, "until": self.until}


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None and moment.year in YEARS else None


def found_in(request: HttpRequest, article: Article) -> list[Check]:
    """What the checks find, as this form shows it everywhere; they run once a request."""
    found: list[Check] | None = getattr(request, "checks_found", None)
    if found is None:
        found = checks(article, by=request.user, **Refused.read(request).window)
        request.checks_found = found  # type: ignore[attr-defined]
    return found


class SayingWhereItFails(ArticleDesk):
    """After a refusal each finding that blocks stands at its field, besides in a list that leads there."""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        refused = Refused.read(request)
        # As the address says it; or the form is here again, because something in it is wrong.
        context["refused"] = refused.act or (context["adminform"].form.act or "").lstrip("_")
        if article is not None and may(request.user, Act.PUBLISH, article):
            blocked_by = gate.stops(found_in(request, article))
            if blocked_by and refused.act in SENDS_OUT:
                context["stopped_by"] = blocked_by
                form = context["adminform"].form
                keep_window(form, refused)
                say_at_fields(form, context["inline_admin_formsets"], blocked_by)
            if may(request.user, Act.OVERRIDE, article):
                context["blocked_by"] = blocked_by
        return super().render_change_form(request, context, *args, **kwargs)


def keep_window(form: Any, refused: Refused) -> None:
    """What was typed of the time, which is stored nowhere before it goes out."""
    form.initial |= {
        name: at for name, at in (("publish_at", refused.start), ("publish_until", refused.until)) if at is not None
    }


def say_at_fields(form: Any, formsets: Iterable[InlineAdminFormSet], found: Iterable[Check]) -> None:
    """As if it were an error of the form: Django's own lines, which the field is described by."""
    by_field: dict[str, list[str]] = {}
    for one in found:
        by_field.setdefault(one.field, []).append(one.text)
    form._errors = ErrorDict()
    for name, sentences in by_field.items():
        if name in form.fields:
            once = list(dict.fromkeys(sentences))
            form._errors[name] = ErrorList(once, renderer=form.renderer, field_id=form[name].auto_id)
    for shown in formsets:
        if told := by_field.get(shown.formset.prefix):
            shown.formset._errors = [{} for _ in shown.formset.forms]
            shown.formset._non_form_errors = ErrorList(
                told, error_class="nonform", renderer=shown.formset.renderer, field_id=f"id_{shown.formset.prefix}"
            )
