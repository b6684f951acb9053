"""The archive: what readers can read, by the year, the month and the day on which it first appeared, in the site's zone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q
from django.utils import timezone

from .lists import everything
from .months import month_of
from .published import PublishedArticle, PublishedArticleQuerySet

FIRST_YEAR, LAST_YEAR = 1000, 9998  # further out databases and zones disagree about what a date is


@dataclass(frozen=True)
class Period:
    """A year; a month with `month`; a day with `day` too. Raises ValueError for what no calendar has."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError("There is no archive of this year.")
        self.first  # noqa: B018 - asks the calendar

    @classmethod
    def around(cls, moment: datetime, like: "Period") -> "Period":
        """The one of a moment that is as long as another."""
        local = timezone.localtime(moment, timezone.get_default_timezone())
        return cls(local.year, local.month if like.month else None, local.day if like.day else None)

    @property
    def first(self) -> date:
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def after(self) -> date:
        """The first day that is not in it."""
        if self.day:
            return self.first + timedelta(days=1)
        if self.month:
            return date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date(self.year + 1, 1, 1)

    def articles(self) -> PublishedArticleQuerySet:
        """Live ones, the newest first. No query by itself."""
        return _newest().filter(published_at__gte=begin_of(self.first), published_at__lt=begin_of(self.after))

    def older(self) -> "Period | None":
        """The next before it in which something appeared. One query."""
        found = _newest().before(begin_of(self.first)).values_list("published_at", flat=True).first()
        return Period.around(found, self) if found else None

    def newer(self) -> "Period | None":
        rows = _newest().filter(published_at__gte=begin_of(self.after)).reverse()
        found = rows.values_list("published_at", flat=True).first()
        return Period.around(found, self) if found else None

    def days(self) -> Counter[int]:
        """How many articles appeared on each day of a month. One query, as long as the month is full."""
        zone = timezone.get_default_timezone()
        moments = self.articles().order_by().values_list("published_at", flat=True)
        return Counter(moment.astimezone(zone).day for moment in moments.iterator(chunk_size=2000))


def begin_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def years() -> dict[int, int]:
    """How many articles appeared in each, the newest year first; those without any left out. Three queries at most."""
    now = timezone.now()
    months = everything().months(now)
    if not months:
        return {}
    span = range(min(months).year - 1, max(months).year + 2)  # a zone's year begins in another one's
    counts = _between([date(year, 1, 1) for year in (*span, span[-1] + 1)], months, now)
    return {year: times for year, times in sorted(zip(span, counts, strict=True), reverse=True) if times}


def months(year: int) -> list[int]:
    """How many articles appeared in each of its twelve. Three queries at most."""
    now = timezone.now()
    edges = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    return _between(edges, everything().months(now), now)


def _between(days: Sequence[date], months: dict[date, int], now: datetime) -> list[int]:
    """How many live articles appeared from each of these days to the next: whole months (of UTC) are counted already, and
    what the zone moves into the next or the last is counted here. One query, none in UTC.
    """
    edges = [begin_of(day).astimezone(UTC) for day in days]
    moved = {edge: _beside(edge) for edge in edges}
    spans = [(min(pair), max(pair)) for pair in moved.items() if pair[0] != pair[1]]
    near: list[datetime] = []
    if spans:
        wanted = Q()
        for begin, end in spans:
            wanted |= Q(published_at__gte=begin, published_at__lt=end)
        rows: Any = PublishedArticle.objects.live(now).filter(wanted).order_by()
        near = list(rows.values_list("published_at", flat=True))

    def up_to(edge: datetime) -> int:
        whole = sum(times for month, times in months.items() if month < month_of(moved[edge]))
        more = sum(moved[edge] <= at < edge for at in near)
        return whole + more - sum(edge <= at < moved[edge] for at in near)

    return [up_to(end) - up_to(begin) for begin, end in pairwise(edges)]


def _beside(edge: datetime) -> datetime:
    """The nearest beginning of a month in UTC."""
    return datetime.combine(month_of(edge + timedelta(days=2)), datetime.min.time(), UTC)


def _newest() -> PublishedArticleQuerySet:
    live: PublishedArticleQuerySet = PublishedArticle.objects.live()
    return live.newest_first()
