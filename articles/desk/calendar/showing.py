"""The calendar's page: a month, a week, a day or a list, with the ideas that have no date yet beside it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from articles.models import Article, Stage
from articles.models.permits import may, visible_to
from articles.models.reaching import decidable_by
from articles.roles import Act
from newsroom.zoned_times import start_of

from . import picture
from .entries import MOST, entries
from .feeds import CalendarFeeds
from .moving import Moving
from .periods import View, chosen_day, first_weekday, period
from .planning import PlanForm, Planning
from .wanted import Wanted, all_sections

IDEAS = 50  # beside the calendar, the most urgent and the newest


class Calendar(Moving, Planning, CalendarFeeds):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.calendar_view))
        return [path("calendar/", view, name="articles_article_calendar"), *super().get_urls()]

    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        """Thirteen queries at most, however much stands in it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = period(_view(request), chosen_day(request.GET.get("date")))
        wanted = Wanted.of(request.GET)
        sections = all_sections()
        found = entries(request.user, start_of(shown.start), start_of(shown.end), wanted)
        may_plan = may(request.user, Act.ADD)
        days = picture.days_of(shown, found, wanted, may_plan)
        context = {
            **self.admin_site.each_context(request),
            **picture.ways(shown, wanted),
            **picture.filters(wanted, sections, request.user),
            "title": f"Calendar: {shown.title}",
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,  # the weeks need the room
            "period": shown,
            "wanted": wanted,
            "days": days,
            "weeks": [days[n : n + 7] for n in range(0, len(days), 7)],
            "first_weekday": first_weekday(),
            "looks": picture.section_looks(sections),
            "zone": picture.zone_name(shown),
            "is_empty": not found.entries,
            "cut_at": MOST if found.is_cut else 0,
            "ideas": _ideas(request.user, wanted),
            "may_plan": may_plan,
            "plan_form": PlanForm(by=request.user, sections=sections) if may_plan else None,
            "back": request.get_full_path(),
            "feeds_url": f"{reverse('admin:articles_article_calendar_feeds')}?{wanted.query}",
        }
        return render(request, "admin/articles/article/calendar/calendar.html", context)


def _view(request: HttpRequest) -> View:
    """A month has no room on a phone: there the list is the first thing to see."""
    asked = request.GET.get("view", "")
    if asked in set(View):
        return View(asked)
    is_phone = request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.headers.get("User-Agent", "")
    return View.LIST if is_phone else View.MONTH


def _ideas(user: Any, wanted: Wanted) -> list[Any]:
    """Ideas without a date. One query."""
    rows: Any = visible_to(user, Article.objects.filter(stage=Stage.IDEA, due_at=None))
    if wanted.sections:
        rows = rows.filter(section__in=wanted.sections)
    if (of_person := wanted.of_person(user)) is not None:
        rows = rows.filter(of_person)
    this: Any = Article.objects.filter(pk=OuterRef("pk"))
    rows = rows.annotate(may_move=Exists(decidable_by(user, Act.ASSIGN, this))).select_related("assignee")
    shown = (
        "headline",
        "brief",
        "section_id",
        "priority",
        "assignee__first_name",
        "assignee__last_name",
        "assignee__username",
    )
    return list(rows.only(*shown).order_by("priority", "-pk")[:IDEAS])
