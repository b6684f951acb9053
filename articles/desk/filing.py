"""Sections and tags at the desk."""

from typing import Any

from django.http import HttpRequest

from articles.models import Tag
from newsroom.deleting import DeletingInCounts


class SectionAdmin(DeletingInCounts):
    counted = {
        "article": ("article", "articles"),
        "publishedarticle": ("article that readers know", "articles that readers know"),
        "sectionlimit": ("limit of somebody’s work", "limits of people’s work"),
    }
    list_display = ["name", "slug", "position", "in_navigation"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "description", "position", "in_navigation"]


class TagAdmin(DeletingInCounts):
    counted = {
        "articletag": ("article", "articles that lose it"),
        "publishedtag": ("article that readers know", "articles that readers know"),
    }
    list_display = ["name", "slug", "uses"]
    search_fields = ["name"]
    fields = ["name", "slug", "description"]
    ordering = ["name"]  # said here: a grouped query forgets the model's own

    def get_form(self, request: HttpRequest, obj: Tag | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if (slug := form.base_fields.get("slug")) is not None:  # who may only look is asked nothing
            slug.required = False
            slug.help_text = (
                "The last part of the tag page's address. Empty: made from the name. Old addresses keep working."
            )
        return form
