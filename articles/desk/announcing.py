"""Announcing at the desk: the line on the first page, and the list of what was told, waits or failed."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from articles.announcing.pulse import Pulse
from articles.models import Announcement, Article, Telling
from articles.models.permits import visible_to
from newsroom.desk import DeskAdmin

from .listing import desk_time

LATE = timedelta(minutes=2)


def parts(request: HttpRequest) -> dict[str, Any]:
    """For templates/admin/pulse.html. Three queries; none for who sees no articles."""
    if not admin.site.get_model_admin(Article).has_view_permission(request):
        return {}
    may_look = admin.site.get_model_admin(Announcement).has_view_permission(request)
    url = reverse("admin:articles_announcement_changelist") if may_look else ""
    return {"pulse": Pulse.take(), "announcements_url": url}


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", "Waiting"),
            ("failing", "Failed, to be tried again"),
            ("given_up", "Given up"),
            ("told", "Told"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        states = {
            "waiting": queryset.waiting,
            "failing": lambda: queryset.waiting().filter(tries__gt=0),
            "given_up": queryset.given_up,
            "told": lambda: queryset.exclude(done_at=None),
        }
        state = states.get(self.value() or "")
        return state() if state else queryset


class AnnouncementAdmin(DeskAdmin):
    """To look at; what was given up can be tried once more. Nobody writes here but the verbs and `announce`."""

    list_display = ["headline", "what", "moment", "state", "channels"]
    list_filter = [StateFilter, "what"]
    search_fields = ["article__headline"]
    actions = ["try_again"]
    readonly_fields = [
        "article_link", "what", "moment", "by", "told_at", "channels", "tries", "last_error", "pages"
    ]  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(
            request, {"title": "What others are told of publications", **(extra_context or {})}
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Announcement]:
        rows = super().get_queryset(request).select_related("article", "by")
        rows = rows.prefetch_related(Prefetch("tellings", Telling.objects.order_by("pk")))
        if request.user.is_superuser:
            return rows
        return rows.filter(article__in=visible_to(request.user, Article.objects.all()).values("pk"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For the action; there is nothing to write into one of them."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Try again now", permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: Any) -> None:
        """Also what waits for its next try. What is told already stays told: only the channels that failed hear it."""
        rows = queryset.filter(done_at=None, tries__gt=0)
        count = rows.update(gave_up_at=None, next_try_at=None, tries=0)
        if count:
            self.message_user(request, f"{count} will be told with the next turn, within seconds.", messages.SUCCESS)
        else:
            self.message_user(request, "None of these has failed: there is nothing to try again.", messages.WARNING)

    @admin.display(description="article", ordering="article__headline")
    def headline(self, one: Announcement) -> str:
        return one.article.headline or "(no headline)"

    @admin.display(description="article")
    def article_link(self, one: Announcement) -> str:
        url = reverse("admin:articles_article_change", args=[one.article_id])
        return format_html('<a href="{}">{}</a>', url, self.headline(one))

    @admin.display(description="when", ordering="due_at")
    def moment(self, one: Announcement) -> str:
        return desk_time(one.due_at)

    @admin.display(description="state")
    def state(self, one: Announcement) -> str:
        return state_of(one, timezone.now())

    @admin.display(description="state")
    def told_at(self, one: Announcement) -> str:
        return f"Told {desk_time(one.done_at)}" if one.done_at else state_of(one, timezone.now())

    @admin.display(description="channels")
    def channels(self, one: Announcement) -> str:
        lines = (
            (telling.channel, "" if telling.told_at else "failed, ", telling.note) for telling in one.tellings.all()
        )
        return format_html_join("", '<span class="times">{}: {}{}</span>', lines) or "—"

    @admin.display(description="keys of pages")
    def pages(self, one: Announcement) -> str:
        return ", ".join(one.keys)


def state_of(one: Announcement, now: datetime) -> str:
    if one.done_at:
        return "Told" if one.done_at - one.due_at < LATE else f"Told late, {desk_time(one.done_at)}"
    if one.gave_up_at:
        return f"Given up after {one.tries} tries: {one.last_error}"
    if one.tries and one.next_try_at:
        return f"Failed {one.tries} times, next try {desk_time(one.next_try_at)}: {one.last_error}"
    return "Waiting" if one.due_at > now else "Due now"
