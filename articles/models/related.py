"""Related articles: what to read next. First version: shared tags, rare ones weigh more, recent ones come first.

Same answer on both databases, the same every time: rarity, then date, then id. Tags that nearly every article has
say little, so a tag weighs the logarithm of how rare it is. While too few share a tag, the newest of the section
fill up, then the newest of all.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from .published import PublishedArticle
from .tagging import PublishedTag, Tag

# How many of the best by tags are looked at when age is weighed in.
CANDIDATES = 60
HALF_LIFE_DAYS = 180.0


def counted(tags: QuerySet[Tag]) -> list[Tag]:
    """The tags, each with `uses`: how many published articles bear it. The one query that fetches them."""
    uses = PublishedTag.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(n=Count("pk")).values("n")
    return list(tags.annotate(uses=Coalesce(Subquery(uses), 0)))


def related_ids(article_id: int | None, tags: Sequence[Any], section_id: int | None, limit: int) -> list[int]:
    """Ids of published versions to show beside an article, best first. `tags` come from `counted`.

    One query, a second one when tags find too few.
    """
    found = _by_tags(article_id, tags, limit) if tags else []
    if len(found) < limit:
        found += [pk for pk in _newest(article_id, section_id, limit + len(found)) if pk not in found]
    return found[:limit]


def cards_for(ids: Iterable[int]) -> list[PublishedArticle]:
    """These, in this order, with all that a card shows; what has meanwhile ceased to be live is left out."""
    ids = list(ids)
    rows = {row.pk: row for row in PublishedArticle.objects.live().cards().filter(pk__in=ids)}
    return [rows[pk] for pk in ids if pk in rows]


def _by_tags(article_id: int | None, tags: Sequence[Tag], limit: int) -> list[int]:
    now = timezone.now()
    weights = {tag.pk: 1.0 / math.log(2.0 + tag.uses) ** 2 for tag in tags}
    score = Sum(Case(*(When(tag=pk, then=Value(weight)) for pk, weight in weights.items()), output_field=FloatField()))
    live = Q(content_object__live_until=None) | Q(content_object__live_until__gt=now)
    best = (
        PublishedTag.objects.filter(live, tag__in=weights, content_object__live_from__lte=now)
        .exclude(content_object__article_id=article_id)
        .values("content_object_id", "published_at", article=F("content_object__article_id"))
        .annotate(score=score)
        .order_by("-score", "-published_at", "-article")[:CANDIDATES]
    )

    def rank(row: dict[str, Any]) -> tuple[float, float, int]:
        age = max((now - row["published_at"]).total_seconds() / 86400, 0.0)
        # Rounded: two databases add floats in different orders, and the last digits must not decide.
        return (
            -round(row["score"] * 0.5 ** (age / HALF_LIFE_DAYS), 9),
            -row["published_at"].timestamp(),
            -row["article"],
        )

    return [row["content_object_id"] for row in sorted(best, key=rank)[:limit]]


def _newest(article_id: int | None, section_id: int | None, limit: int) -> list[int]:
    """The newest of the section, then the newest of all. One query."""
    live = PublishedArticle.objects.live().exclude(article_id=article_id).newest_first()
    in_section = live.filter(section_id=section_id).values("pk")[:limit]
    anywhere = live.values("pk")[:limit]
    rows = PublishedArticle.objects.filter(Q(pk__in=in_section) | Q(pk__in=anywhere)).newest_first()
    by_section = sorted(rows.values_list("pk", "section_id"), key=lambda row: row[1] != section_id)
    return [pk for pk, _ in by_section[:limit]]
