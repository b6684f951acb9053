"""TagHealth: the tag desk, one page that shows which tags want attention, and the way to put each right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from articles.models import Tag
from articles.models.tags.health import MONTHS, MOST, Month, alone, asleep, months_of, over_common, unused
from articles.models.tags.near_names import near_pairs
from newsroom.desk import DeskAdmin, row_numbers

TALL, WIDE = 24, 5  # of a month's bar, in units of its picture


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Usage:
    """The months of one tag as bars, and in words."""

    bars: Sequence[Bar]
    told: str

    @classmethod
    def of(cls, months: Sequence[Month]) -> "Usage":
        most = max((month.articles for month in months), default=0)
        heights = [round(TALL * month.articles / most) if most else 0 for month in months]
        heights = [max(height, 2) if month.articles else 0 for height, month in zip(heights, months, strict=True)]
        bars = [Bar(place * WIDE, TALL - height, height) for place, height in enumerate(heights)]
        year, before = (sum(month.articles for month in part) for part in (months[12:], months[:12]))
        return cls(bars, f"{year} in the last twelve months, {before} in the twelve before")


@dataclass(frozen=True)
class Group:
    """Tags with one trouble. `advice` says what to do; `more`: there are others, too."""

    title: str
    advice: str
    nothing: str
    tags: Sequence[Tag]
    more: bool = False
    link: str = ""


class TagHealth(DeskAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.health_view)
        return [path("desk/", view, name="articles_tag_desk"), *super().get_urls()]

    @method_decorator(require_safe)
    def health_view(self, request: HttpRequest) -> HttpResponse:
        """A dozen queries, whatever the number of tags and of articles."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        now = timezone.now()
        one = Tag.objects.in_use().filter(pk__in=row_numbers(request.GET.getlist("tag"))[:1]).first()
        most_used = list(Tag.objects.in_use().filter(uses__gt=0).order_by("-uses", "pk")[:MOST])
        groups = [
            _group("Very common", "Sharing one of these says little. Split it, or let its weight be 0.",
                   "No tag is on so many articles that sharing it says nothing.", over_common()),
            _group("Asleep", "On nothing that appeared in two years. Merge it into what it is called today, or retire it.",
                   "Every tag was used in the last two years.", asleep(now)),
            _group("On a single article", "For half a year and longer: it brings nothing together. Merge it into a wider one.",
                   "No tag has been on one article alone for half a year.", alone(now)),
            _group("On no article", "Nobody misses them: delete or retire them.", "Every tag is on some article.",
                   unused().order_by("name"), link="?standing=unused"),
        ]  # fmt: skip
        shown = {
            tag.pk: tag for tag in [*most_used, *(tag for group in groups for tag in group.tags), *filter(None, [one])]
        }
        usage = {pk: Usage.of(months) for pk, months in months_of(shown.values(), now).items()}
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "Tag desk",
            "opts": self.opts,
            "groups": groups,
            "most_used": most_used,
            "one": one,
            "usage": usage,
            "pairs": near_pairs(MOST),
            "may_merge": self.has_delete_permission(request),
            "width": MONTHS * WIDE,
            "height": TALL,
        }
        return render(request, "admin/articles/tag/desk.html", context)


def _group(title: str, advice: str, nothing: str, rows: Any, link: str = "") -> Group:
    found = list(rows[: MOST + 1])
    return Group(title, advice, nothing, found[:MOST], len(found) > MOST, link)
