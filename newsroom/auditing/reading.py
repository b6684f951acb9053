"""Reading the log: what is asked for, and one page of it. As fast with a million entries as with ten.

Nothing is counted, and a page begins where the last one ended. One condition is answered by an index; the
others, and words, are looked for among the newest WINDOW entries that this leaves. Then a page may hold fewer than
fit, and says how far back it has looked.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from newsroom.models.audit import AuditEntry

from . import words

PAGE, WINDOW, MOST_PEOPLE = 50, 20_000, 500
THE_SITE = "site"
_YEARS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 1, 1))]


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, validators=_YEARS, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class LogFilter(forms.Form):
    q = forms.CharField(label="Name or reason", required=False, max_length=100, widget=forms.SearchInput)
    who = forms.ChoiceField(label="Who", required=False)
    act = forms.ChoiceField(label="Did what", required=False)
    kind = forms.ChoiceField(label="To what kind of thing", required=False)
    number = forms.CharField(label="Its number", required=False, max_length=40, widget=forms.TextInput({"size": 6}))
    since = _day("From")
    until = _day("To")

    def __init__(self, asked: Any) -> None:
        """Two queries at most: for the people, and for a name that is none of theirs."""
        super().__init__(asked, label_suffix="")
        people = get_user_model()._default_manager.filter(is_staff=True).order_by("username")[:MOST_PEOPLE]
        who = [("", "Anybody"), (THE_SITE, "The site itself"), *((str(one.pk), one.get_username()) for one in people)]
        kinds = sorted((words.of_kind(one), one) for one in {"command", *_kinds_at_the_desk()})
        self._choose("who", who, _who_was)
        self._choose("act", [("", "Anything"), *sorted(words.ACTS.items(), key=lambda one: one[1])], words.of_act)
        self._choose("kind", [("", "Anything"), *((kind, label) for label, kind in kinds)], words.of_kind)

    def _choose(self, name: str, choices: list[tuple[str, str]], say: Any) -> None:
        """What is asked for can be chosen even when it is not among the usual: of somebody, or a kind, that is gone."""
        asked = str(self.data.get(name, ""))[:60]
        if asked and asked not in dict(choices) and (label := say(asked)):
            choices = [*choices, (asked, label)]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("since") and values.get("until") and values["until"] < values["since"]:
            self.add_error("until", "This is before the first day. Choose a later one, or none.")
        return values

    def entries(self) -> "tuple[QuerySet[AuditEntry], Q]":
        """Those that an index finds, newest first; and what must be looked for among them. Of a valid filter."""
        values = self.cleaned_data
        indexed, others = _conditions(values)
        rows = AuditEntry.objects.order_by("-at", "-pk").filter(*indexed[:1])
        if values["since"]:
            rows = rows.filter(at__gte=_midnight(values["since"]))
        if values["until"]:
            rows = rows.filter(at__lt=_midnight(values["until"] + timedelta(days=1)))
        rest = Q()
        for condition in [*indexed[1:], *others]:
            rest &= condition
        return rows, rest

    def everything(self) -> "QuerySet[AuditEntry]":
        rows, rest = self.entries()
        return rows.filter(rest)

    def in_words(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def _conditions(values: dict[str, Any]) -> tuple[list[Q], list[Q]]:
    """Those that an index answers, what leaves the fewest first; and the others."""
    indexed, others = [], []
    if values["number"]:
        by_number = Q(thing_id=values["number"])
        if values["kind"]:
            indexed.append(by_number & Q(thing=values["kind"]))
        else:
            others.append(by_number)
    if values["who"]:
        indexed.append(Q(by_id=None) if values["who"] == THE_SITE else Q(by_id=int(values["who"])))
    if values["act"]:
        indexed.append(Q(act=values["act"]))
    if values["kind"] and not values["number"]:
        indexed.append(Q(thing=values["kind"]))
    if values["q"]:
        others.append(Q(thing_name__icontains=values["q"]) | Q(reason__icontains=values["q"]))
    return indexed, others


@dataclass(frozen=True)
class Page:
    """`older`: from where the next page begins, '' for none. `looked_back_to`: when not all older ones were looked at."""

    entries: list[AuditEntry]
    older: str = ""
    looked_back_to: datetime | None = None


def page(asked: LogFilter, before: str = "") -> Page:
    """Two queries at most, each over WINDOW rows at most."""
    rows, rest = asked.entries()
    rows = _from(rows, before)
    end = None
    if rest:
        end = rows.values_list("at", "pk")[WINDOW - 1 : WINDOW].first()
        rows = rows.filter(rest)
        if end:
            rows = rows.filter(at__gte=end[0])
    found = list(rows[: PAGE + 1])
    if len(found) > PAGE:
        return Page(found[:PAGE], _place(found[PAGE - 1].at, found[PAGE - 1].pk))
    return Page(found, _place(*end), end[0]) if end else Page(found)


def _place(at: datetime, pk: int) -> str:
    return f"{at.isoformat()}~{pk}"


def _from(rows: "QuerySet[AuditEntry]", before: str) -> "QuerySet[AuditEntry]":
    """Those after this place; all of them when it is none."""
    moment, _, number = before.partition("~")
    try:
        at = parse_datetime(moment.replace(" ", "+"))
        pk = int(number[:18])
    except ValueError:
        return rows
    if at is None or not timezone.is_aware(at):
        return rows
    return rows.filter(Q(at__lt=at) | Q(pk__lt=pk), at__lte=at)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _who_was(number: str) -> str:
    """The name of somebody who is no longer at the desk, as the log knows it; '' for nobody."""
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return ""
    name = AuditEntry.objects.filter(by_id=int(number)).values_list("by_name", flat=True).first()
    return f"{name} (no longer at the desk)" if name else ""


def _kinds_at_the_desk() -> set[str]:
    return {model._meta.label_lower for model in admin.site._registry}
