"""Filters of the articles' list: whose they are, what they still lack. The dashboard's panels lead here."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, ArticleTag, Byline, PublishedArticle


def _without_tags() -> Any:
    return ~Exists(ArticleTag.objects.filter(content_object=OuterRef("pk")))


def _without_byline() -> Any:
    return ~Exists(Byline.objects.filter(article=OuterRef("pk")))


def _lead_without_alt() -> Any:
    """The library's text counts, and so does its word that a picture is decoration."""
    return Q(lead_image__isnull=False, lead_image_alt="", lead_image__alt="", lead_image__decorative=False)


LACKS: dict[str, tuple[str, Callable[[], Any]]] = {
    "tags": ("tags", _without_tags),
    "byline": ("a byline", _without_byline),
    "standfirst": ("a standfirst", lambda: Q(standfirst="")),
    "picture": ("a lead picture", lambda: Q(lead_image=None)),
    "alt": ("the lead picture's alternative text", _lead_without_alt),
    "section": ("a section", lambda: Q(section=None)),
}


def lacking(what: str) -> Any:
    """The condition for `filter`: articles that lack this, a key of LACKS."""
    return LACKS[what][1]()


class LacksFilter(admin.SimpleListFilter):
    """What somebody should still do."""

    title = "what it lacks"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _condition) in LACKS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(lacking(self.value() or "")) if self.value() in LACKS else queryset


class MineFilter(admin.SimpleListFilter):
    title = "who began it"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "I did")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(created_by=request.user.pk) if self.value() == "yes" else queryset


class PlannedFilter(admin.SimpleListFilter):
    """Whatever goes out later: a new article, or a new version of one that readers see already."""

    title = "what is planned"
    parameter_name = "planned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "goes out later"), ("held", "an update is held")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "held":
            return queryset.filter(held__isnull=False)
        later = PublishedArticle.objects.filter(article=OuterRef("pk"), live_from__gt=timezone.now())
        return queryset.filter(Exists(later)) if self.value() == "yes" else queryset
