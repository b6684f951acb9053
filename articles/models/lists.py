"""Lists of live articles, the newest first, of which any page costs about what the first costs.

A page's number says how many articles come before it. Counts by month (months.py) say in which month it begins, and what is
left is walked within that month. So the walk is as long as a month is full, not as the list is long.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import Exact
from django.utils import timezone

from .bylines import PublishedByline
from .months import HOME, ListMonth, month_of, off_by, with_a_moment_ahead
from .published import PublishedArticle
from .tags.tagging import PublishedTag

if TYPE_CHECKING:
    from authors.models import Author

    from .section import Section
    from .tags.tagging import Tag

SHALLOW = 200  # articles that are walked over without asking the counts


@dataclass(frozen=True)
class ArticleList:
    """`key` as in months.py. `walk` gives the numbers of the versions that are live at a moment, the newest first; only
    those from before another moment, if one is given. `belongs` is a condition on a version: is it of this list?
    Asked of each, so that no database walks the whole list for it.
    """

    key: str
    walk: Callable[[datetime, datetime | None], Any]
    belongs: Q

    def numbers(self, start: int, most: int) -> list[int]:
        """Of the versions from this place on. One query; three for a place that is far down."""
        now = timezone.now()
        return self._numbers(start, most, now, self.months(now) if start > SHALLOW else None)

    def cards(self, start: int, most: int) -> list[PublishedArticle]:
        """With all that a card shows. Three queries, two more for a place that is far down."""
        return _cards(self.numbers(start, most))

    def oldest(self, start: int, most: int) -> tuple[list[PublishedArticle], int]:
        """The same from the other end, as parts of a series are read; and how many there are in all. Five queries."""
        now = timezone.now()
        months = self.months(now)
        total = sum(months.values())
        first, end = max(total - start - most, 0), max(total - start, 0)
        return _cards(self._numbers(first, end - first, now, months))[::-1] if end else [], total

    def _numbers(self, start: int, most: int, now: datetime, months: dict[date, int] | None) -> list[int]:
        before = None
        if months is not None:
            before, start = _place(start, months)
            if start < 0:
                return []
        return list(self.walk(now, before)[start : start + most])

    def months(self, now: datetime) -> dict[date, int]:
        """How many are live in each month (of UTC), the newest first. Two queries."""
        counts = Counter(dict(ListMonth.objects.filter(list=self.key).values_list("month", "articles")))
        for at, begins, ends in self._not_as_counted(now):
            counts[month_of(at)] += off_by(begins, ends, now)
        return {month: counts[month] for month in sorted(counts, reverse=True) if counts[month] > 0}

    def _not_as_counted(self, now: datetime) -> Any:
        some = PublishedArticle.objects.filter(with_a_moment_ahead(now), self.belongs)
        return some.order_by().values_list("published_at", "live_from", "live_until")


def _cards(numbers: list[int]) -> list[PublishedArticle]:
    rows = PublishedArticle.objects.live().cards().in_bulk(numbers)
    return [rows[number] for number in numbers if number in rows]


def _place(start: int, months: dict[date, int]) -> tuple[datetime | None, int]:
    """The moment before which to walk, and how far; less than nothing when the list is not that long."""
    for month, articles in months.items():
        if start < articles:
            return _end_of(month), start
        start -= articles
    return None, -1


def _end_of(month: date) -> datetime:
    return datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)


def everything() -> ArticleList:
    def walk(now: datetime, before: datetime | None) -> Any:
        rows: Any = PublishedArticle.objects.live(now).newest_first().before(before)
        return rows.values_list("pk", flat=True)

    return ArticleList(HOME, walk, Q())


def in_section(section: "Section") -> ArticleList:
    def walk(now: datetime, before: datetime | None) -> Any:
        rows: Any = PublishedArticle.objects.live(now).in_section(section).before(before)
        return rows.values_list("pk", flat=True)

    return ArticleList(f"list-section:{section.pk}", walk, Q(Exact(F("section_id"), section.pk)))


def about(tag: "Tag") -> ArticleList:
    def walk(now: datetime, before: datetime | None) -> Any:
        rows: Any = PublishedArticle.objects.live(now).about(tag, before=before)
        return rows.values_list("pk", flat=True)

    borne: Any = PublishedTag.objects.filter(tag=tag, content_object=OuterRef("pk"))
    return ArticleList(f"list-tag:{tag.pk}", walk, Q(Exists(borne.order_by())))


def by(author: "Author") -> ArticleList:
    """Each article once, also when someone has two roles on it. The index of bylines is walked, and each asked for its
    version.
    """

    def walk(now: datetime, before: datetime | None) -> Any:
        live: Any = PublishedArticle.objects.live(now).filter(pk=OuterRef("published"))
        rows = PublishedByline.objects.filter(Exists(live.order_by()), author=author)
        if before is not None:
            rows = rows.filter(published_at__lt=before)
        return rows.order_by("-published_at", "-published_id").values_list("published_id", flat=True).distinct()

    mine: Any = PublishedByline.objects.filter(author=author, published=OuterRef("pk"))
    return ArticleList(f"list-author:{author.pk}", walk, Q(Exists(mine.order_by())))
