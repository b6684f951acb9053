"""An entry of the log as the page shows it: in words, with a small table of what changed, and a link while it leads somewhere."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from newsroom.models.audit import AuditEntry

from . import sessions, words


@dataclass(frozen=True)
class Change:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    entry: AuditEntry
    who: str
    act: str
    kind: str
    url: str
    changes: list[Change]


def lines(entries: list[AuditEntry], request: HttpRequest) -> list[Line]:
    """One query for each kind of thing among them, to know which are still there."""
    urls = _urls(entries, request)
    return [
        Line(
            entry,
            who_of(entry),
            words.of_act(entry.act),
            words.of_kind(entry.thing),
            urls.get((entry.thing, entry.thing_id), ""),
            changes_of(entry),
        )
        for entry in entries
    ]


def who_of(entry: AuditEntry) -> str:
    return entry.by_name or ("Somebody" if entry.act == sessions.REFUSED else "The site")


def changes_of(entry: AuditEntry) -> list[Change]:
    """By name: one of the databases keeps no order of its own."""
    before, after = _named(entry.before), _named(entry.after)
    return [
        Change(name.replace("_", " "), in_words(before.get(name)), in_words(after.get(name)))
        for name in sorted({*before, *after})
    ]


def in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    return str(value)


def _named(values: Any) -> dict[str, Any]:
    if isinstance(values, dict):
        return values
    return {"value": values} if values is not None else {}


def _urls(entries: Iterable[AuditEntry], request: HttpRequest) -> dict[tuple[str, str], str]:
    """Of the things that are there and that this person may look at."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.thing_id:
            wanted[entry.thing].add(entry.thing_id)
    return {
        (kind, number): url
        for kind, numbers in wanted.items()
        for number, url in _urls_of_kind(kind, numbers, request).items()
    }


def _urls_of_kind(kind: str, numbers: set[str], request: HttpRequest) -> dict[str, str]:
    try:
        model: Any = apps.get_model(kind)
    except (LookupError, ValueError):
        return {}
    desk = admin.site._registry.get(model)
    if desk is None or not desk.has_view_permission(request):
        return {}
    there = model._base_manager.filter(pk__in=list(_real(model, numbers))).values_list("pk", flat=True)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    try:
        return {str(pk): reverse(name, args=[pk]) for pk in there}
    except NoReverseMatch:
        return {}


def _real(model: Any, numbers: set[str]) -> Iterable[Any]:
    for number in numbers:
        try:
            yield model._meta.pk.clean(number, None)
        except ValidationError:
            continue
