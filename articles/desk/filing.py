"""Sections and tags at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from articles.models import Tag
from newsroom.deleting import DeletingInCounts


class SectionAdmin(DeletingInCounts):
    list_display = ["name", "slug", "position", "in_navigation"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "description", "position", "in_navigation"]


class TagAdmin(DeletingInCounts):
    list_display = ["name", "slug", "uses"]
    search_fields = ["name"]
    fields = ["name", "slug", "description"]
    ordering = ["name"]  # said here: a grouped query forgets the model's own

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(uses=Count("article_items"))

    @admin.display(description="articles", ordering="uses")
    def uses(self, tag: Any) -> int:
        return tag.uses

    def get_form(self, request: HttpRequest, obj: Tag | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if (slug := form.base_fields.get("slug")) is not None:  # who may only look is asked nothing
            slug.required = False
            slug.help_text = (
                "The last part of the tag page's address. Empty: made from the name. Old addresses keep working."
            )
        return form
