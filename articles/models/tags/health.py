"""How tags are doing: which are on nothing, on nearly everything, asleep, or alike; and how often each was used when.

For a page that a person opens. Each question is answered by indexes of tags, and shows no more than MOST.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from ..check_facts import COMMON_FROM, COMMON_SHARE
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
    """On so many articles that sharing it says nothing. One query beforehand, which counts the live articles."""
    limit = max(COMMON_FROM, PublishedArticle.objects.live().count() // COMMON_SHARE)
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
    begin: datetime
    articles: int


def months_of(tags: Iterable[Tag], now: datetime | None = None) -> dict[int, Sequence[Month]]:
    """How many articles with each of these tags appeared in each of the last MONTHS, the oldest first. One query, over
    the rows of these tags in that time.
    """
    begins = _begins(timezone.localtime(now))
    rows = (
        PublishedTag.objects.filter(
            tag__in=list(tags), published_at__gte=begins[0], published_at__lte=now or timezone.now()
        )
        .order_by()
        .annotate(month=TruncMonth("published_at"))
        .values_list("tag", "month", "content_object__article")
        .distinct()
    )
    counted: Counter[tuple[int, tuple[int, int]]] = Counter()
    for tag, month, _article in rows.iterator():
        counted[tag, (month.year, month.month)] += 1
    return {tag.pk: [Month(begin, counted[tag.pk, (begin.year, begin.month)]) for begin in begins] for tag in tags}


def _begins(now: datetime) -> list[datetime]:
    """The first instants of the last months, in the newsroom's zone."""
    first = now.year * 12 + now.month - 1 - (MONTHS - 1)
    return [
        timezone.make_aware(datetime((first + n) // 12, (first + n) % 12 + 1, 1), now.tzinfo) for n in range(MONTHS)
    ]
