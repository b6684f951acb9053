"""The list of articles at the desk: status, section, authors, times, thumbnails, at a constant number of queries."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from articles.models import Article, Byline, Priority, Stage
from articles.models.permits import visible_to
from articles.models.status import Status
from newsroom import zoned_times
from newsroom.desk import DeskAdmin

from . import finding
from .filters import BegunFilter, LacksFilter, MineFilter, PlannedFilter, StageFilter, WorkFilter
from .list_page import ListPage
from .saving.people import name_of


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Status.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() in Status.values:
            return queryset.having_status(self.value())  # type: ignore[attr-defined]
        return queryset


class ArticleList(DeskAdmin):
    is_logged_by_verbs = True
    list_display = ["thumbnail", "headline_and_address", "standing", "work", "section", "authors", "times"]
    list_display_links = ["headline_and_address"]
    list_filter = [
        StatusFilter,
        StageFilter,
        WorkFilter,
        MineFilter,
        PlannedFilter,
        "section",
        LacksFilter,
        BegunFilter,
        "has_affiliate_links",
    ]
    search_fields = ["headline"]  # shows the box; what is searched says finding.py
    # Articles that readers have seen can't be deleted at all; the others are deleted one by one, after a look. What can
    # be done to many at once says bulk/acts.py.
    actions = None
    show_facets = admin.ShowFacets.NEVER  # they count every article, once for each choice of each filter

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        rows = visible_to(request.user, super().get_queryset(request).with_status())  # type: ignore[attr-defined]
        names = Byline.objects.select_related("author").defer("author__biography", "author__links")
        return rows.select_related("section", "lead_image", "assignee").prefetch_related(Prefetch("bylines", names))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ListPage]:
        return ListPage

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Also what autocomplete fields ask."""
        return queryset.filter(finding.having(search_term)), False

    @admin.display(description="")
    def thumbnail(self, article: Article) -> str:
        url = article.lead_image.thumbnail_url if article.lead_image else ""
        return format_html('<img class="thumbnail" src="{}" alt="" width="72" height="48">', url) if url else ""

    @admin.display(description="article", ordering="headline")
    def headline_and_address(self, article: Article) -> str:
        return article.headline or "(no headline)"

    @admin.display(description="status")
    def standing(self, article: Article) -> str:
        status = article.status
        shown = format_html('<span class="status status-{}">{}</span>', status, standing_of(article))
        if status != article.stage_now.value and article.stage_now != Stage.DRAFT:
            shown += format_html(
                ' <span class="status status-{}">{}</span>', article.stage_now, article.stage_now.label
            )
        return shown

    @admin.display(description="work", ordering=F("due_at").asc(nulls_last=True))
    def work(self, article: Article) -> str:
        """Who works on it, how urgent it is, when it is due; nothing of the time once it was sent out."""
        parts: list[str] = []
        if article.assignee:
            parts.append(name_of(article.assignee))
        if article.priority != Priority.NORMAL:
            label = Priority(article.priority).label
            parts.append(format_html('<span class="priority priority-{}">{}</span>', article.priority, label))
        if article.due_at and not article._annotated("was_sent"):
            due = desk_time(article.due_at)
            late = format_html('<strong class="overdue">overdue: {}</strong>', due)
            parts.append(late if article.is_overdue else f"due {due}")
        return format_html_join("", '<span class="times">{}</span>', ((part,) for part in parts)) or ""

    @admin.display(description="authors")
    def authors(self, article: Article) -> str:
        return ", ".join(dict.fromkeys(byline.author.name for byline in article.bylines.all()))

    @admin.display(description="times", ordering="updated_at")
    def times(self, article: Any) -> str:
        parts = []
        if article.first_published_at:
            parts.append(f"out {list_time(article.first_published_at)}")
        if article.planned_from:
            parts.append(f"goes live {desk_time(article.planned_from)}")
        if article.live_until and article.live_until != article.planned_from:
            parts.append(f"until {desk_time(article.live_until)}")
        parts.append(f"changed {list_time(article.updated_at)}")
        return format_html_join("", '<span class="times">{}</span>', ((part,) for part in parts)) or ""


def standing_of(article: Article) -> str:
    """The status, and what is planned, fixed or held beside it."""
    status = article.status
    planned = article._annotated("planned_from") if status != Status.SCHEDULED else None
    # Changes that are in the plan are no more "unpublished" than a scheduled article is.
    is_in_plan = planned and article._annotated("planned_version") == article.version
    is_meant = is_in_plan or article.fixing_since is not None
    label = Status.PUBLISHED.label if status == Status.CHANGED and is_meant else status.label
    more = [
        "update scheduled" if planned else "",
        "being fixed" if article.fixing_since else "",
        "update held" if article.held_id else "",
    ]
    return " · ".join(str(part) for part in [label, *more] if part)


def list_time(moment: datetime) -> str:
    """Short, for what has happened; in the site's zone."""
    return date_format(timezone.localtime(moment), "j M Y, H:i")


def desk_time(moment: datetime) -> str:
    """In the site's zone, with its name and offset: who schedules must not guess."""
    return zoned_times.written(moment)
