"""Filters of the articles' list: whose they are, what they still lack. The dashboard's panels lead here."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, ArticleTag, Byline, Notification, PublishedArticle, Revision, Stage


def _without_tags() -> Any:
    return ~Exists(ArticleTag.objects.filter(content_object=OuterRef("pk"), tag__retired_at=None))


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


def sent_back_to(user: Any) -> Any:
    """The condition for `filter`: drafts that were sent back to this person, and that nobody has submitted since.

    Begins at what the person was told, which an index finds and which is little; the rest is asked of these.
    """
    told = Notification.objects.filter(to=user.pk, kind=Notification.Kind.SENT_BACK)
    moves = Revision.objects.filter(article=OuterRef("pk"), event__in=_MOVES).order_by("-number")
    return Q(
        Exact(Subquery(moves.values("event")[:1]), Value("sent_back")), stage=Stage.DRAFT, pk__in=told.values("article")
    )


# After each of these something else waits than what was sent back.
_MOVES = ("sent_back", "submitted", "approved", "scheduled", "published")


def never_out() -> Any:
    """The condition for `filter`: readers never saw it, and it is not planned."""
    return ~Exists(PublishedArticle.objects.filter(article=OuterRef("pk")))


class LacksFilter(admin.SimpleListFilter):
    """What somebody should still do."""

    title = "what it lacks"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _condition) in LACKS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(lacking(self.value() or "")) if self.value() in LACKS else queryset


class BegunFilter(admin.SimpleListFilter):
    """Lately, or in a year. One query, for the first year; an index answers it."""

    title = "when it was begun"
    parameter_name = "begun"
    LATELY = {
        "day": ("in the last 24 hours", 1),
        "week": ("in the last 7 days", 7),
        "month": ("in the last 30 days", 30),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        first = Article.objects.order_by("created_at").values_list("created_at", flat=True).first()
        this_year = timezone.localdate().year
        years = range(this_year, (timezone.localdate(first).year if first else this_year) - 1, -1)
        return [(key, label) for key, (label, _) in self.LATELY.items()] + [(str(year), str(year)) for year in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        chosen = self.value()
        if chosen in self.LATELY:
            return queryset.filter(created_at__gte=timezone.now() - timedelta(days=self.LATELY[chosen][1]))
        if chosen in {str(year) for year, _ in self.lookup_choices}:
            return queryset.filter(created_at__year=int(str(chosen)))
        return queryset


class MineFilter(admin.SimpleListFilter):
    title = "who began it"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "I did"), ("unsent", "I did, and it is not sent out")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() not in {"yes", "unsent"}:
            return queryset
        mine = queryset.filter(created_by=request.user.pk)
        return mine.filter(never_out()) if self.value() == "unsent" else mine


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


class StageFilter(admin.SimpleListFilter):
    """How far the newest words have come over the desk, also of what readers know."""

    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Stage.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.at_stage(self.value()) if self.value() in Stage.values else queryset  # type: ignore[attr-defined]


class WorkFilter(admin.SimpleListFilter):
    """Whose work it is, and when it is due."""

    title = "work"
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("mine", "Mine to do"),
            ("nobody", "Assigned to nobody"),
            ("overdue", "Overdue"),
            ("due", "Due later"),
            ("sent_back", "Sent back to me"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Article]:
        chosen = self.value()
        if chosen == "mine":
            return queryset.unsent().filter(assignee=request.user.pk)
        if chosen == "nobody":
            return queryset.filter(assignee=None)
        if chosen == "overdue":
            return queryset.overdue()
        if chosen == "sent_back":
            return queryset.filter(sent_back_to(request.user))
        return queryset.filter(due_at__gte=timezone.now()) if chosen == "due" else queryset
