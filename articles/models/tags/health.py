"""How tags are doing: which are on nothing, on nearly everything, asleep, or alike; and how often each was used when.

For a page that a person opens. Each question is answered by indexes of tags or by what publishing counts, whatever the
number of articles, and shows no more than MOST.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ..check_facts import COMMON_FROM, COMMON_SHARE
from ..lists import everything
from ..months import ListMonth, month_of, off_by, with_a_moment_ahead
from ..published import PublishedArticle
from .tagging import ArticleTag, PublishedTag, Tag

MOST = 25
MONTHS = 24
ASLEEP = timedelta(days=2 * 365)
YOUNG = timedelta(days=180)


def unused(rows: "QuerySet[Tag] | None" = None) -> "QuerySet[Tag]":
    """On no article at all: neither at the desk nor at the readers'."""
    rows = Tag.objects.all() if rows is None else rows
    at_desk = ArticleTag.objects.filter(tag=OuterRef("pk"))
    at_readers = PublishedTag.objects.filter(tag=OuterRef("pk"))
    return rows.filter(merged_into=None, retired_at=None, uses=0).filter(~Exists(at_desk), ~Exists(at_readers))


def over_common() -> "QuerySet[Tag]":
    """On so many of the live articles that sharing it says nothing. Two queries beforehand for how many there are: by the
    counts of their months, because to count all of a million takes a second.
    """
    articles = sum(everything().months(timezone.now()).values())
    limit = max(COMMON_FROM, articles // COMMON_SHARE)
    return Tag.objects.in_use().filter(uses__gt=limit, weight__gt=0).order_by("-uses", "pk")


def asleep(now: datetime) -> "QuerySet[Tag]":
    """Used before, but on nothing that appeared in two years."""
    newest = PublishedTag.objects.filter(tag=OuterRef("pk"), published_at__gte=now - ASLEEP)
    return Tag.objects.in_use().filter(uses__gt=1).filter(~Exists(newest)).order_by("-uses", "pk")


def alone(now: datetime) -> "QuerySet[Tag]":
    """On one article, for half a year: it brings nothing together."""
    young = PublishedTag.objects.filter(tag=OuterRef("pk"), published_at__gte=now - YOUNG)
    return Tag.objects.in_use().filter(uses=1).filter(~Exists(young)).order_by("name", "pk")


@dataclass(frozen=True)
class Month:
    begin: date
    articles: int


def months_of(tags: Collection[Tag], now: datetime | None = None) -> dict[int, Sequence[Month]]:
    """How many of the articles that readers have now bear each of these tags and appeared in each of the last MONTHS, the
    oldest first.

    Read from what publishing counts (months.py), so that it costs the same whatever there is in the archive; hence the
    months are those of UTC. To move what appeared in a site's own first or last hours of a month would mean to look at
    these articles, for a difference that no bar shows. Two queries: MONTHS rows at most for each tag, and the versions
    by which the counts are not yet right, which are few.
    """
    now = now or timezone.now()
    begins = _begins(now)
    of_list = {tag.list_key: tag.pk for tag in tags}
    rows = ListMonth.objects.filter(list__in=of_list, month__gte=begins[0], month__lte=begins[-1])
    counted: Counter[tuple[int, date]] = Counter()
    for key, month, articles in rows.values_list("list", "month", "articles"):
        counted[of_list[key], month] = articles
    for tag_pk, at, live_from, live_until in _not_as_counted(now):
        counted[tag_pk, month_of(at)] += off_by(live_from, live_until, now)
    return {tag.pk: [Month(begin, counted[tag.pk, begin]) for begin in begins] for tag in tags}


def _not_as_counted(now: datetime) -> Any:
    """Of all tags: with theirs alone, a database may begin with them, and walk over all that bear them."""
    some = PublishedArticle.objects.filter(with_a_moment_ahead(now)).order_by()
    return some.values_list("tagged_items__tag", "published_at", "live_from", "live_until")


def _begins(now: datetime) -> list[date]:
    """The first days of the last months."""
    this = month_of(now)
    first = this.year * 12 + this.month - 1 - (MONTHS - 1)
    return [date((first + n) // 12, (first + n) % 12 + 1, 1) for n in range(MONTHS)]
