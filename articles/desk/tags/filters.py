"""The list of tags: those in use, or what became of the others."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Tag
from articles.models.tags.health import unused

STANDINGS: dict[str, tuple[str, Any]] = {
    "": ("In use", lambda rows: rows.in_use()),
    "unused": ("On no article", unused),
    "hidden": ("Hidden from readers", lambda rows: rows.in_use().filter(is_hidden=True)),
    "merged": ("Merged", lambda rows: rows.exclude(merged_into=None)),
    "retired": ("Retired", lambda rows: rows.filter(merged_into=None).exclude(retired_at=None)),
    "all": ("All", lambda rows: rows),
}


class StandingFilter(admin.SimpleListFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _rows) in STANDINGS.items()]

    def choices(self, changelist: Any) -> Any:
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() or "") == value,
                "query_string": changelist.get_query_string({self.parameter_name: value} if value else {}, [] if value else [self.parameter_name]),
                "display": label,
            }  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return STANDINGS.get(self.value() or "", STANDINGS[""])[1](queryset)


def standing_of(tag: Tag) -> str:
    if tag.merged_into is not None:
        return f"merged into {tag.merged_into}"
    if tag.retired_at is not None:
        return "retired"
    return "hidden" if tag.is_hidden else ""
