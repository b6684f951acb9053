"""Related articles: what to read next. First version: shared tags, rare ones weigh more, recent ones come first.

Same answer on both databases, the same every time: rarity, then date, then id. Tags that nearly every article has
say little, so a tag weighs less the more it is used. While too few share a tag, the newest of the section
fill up, then the newest of all.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from .published import PublishedArticle
from .tagging import PublishedTag, Tag

# How many of the best by tags are looked at when age is weighed in.
CANDIDATES = 60
NEWEST_PER_TAG = 60
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


def _by_tags(article_id: int | None, tags: Sequence[Any], limit: int) -> list[int]:
    """The best of the newest that share a tag. Bounded: at most NEWEST_PER_TAG rows a tag, read off an index, so that
    a tag on half of all articles costs no more than a rare one.

    Raw SQL, the same text on both databases: through the ORM the same statement took eight times as long,
    most of it to be built, on every article page.
    """
    now = timezone.now()
    moment = connection.ops.adapt_datetimefield_value(now)
    newest, values = [], []
    for place, tag in enumerate(tags):
        newest.append(_NEWEST_OF_A_TAG.format(place=place))
        values += [1.0 / math.log(2.0 + tag.uses) ** 2, tag.pk, moment, NEWEST_PER_TAG]
    with connection.cursor() as cursor:
        cursor.execute(
            _BEST.format(newest=" UNION ALL ".join(newest)), [*values, moment, moment, article_id or 0, CANDIDATES]
        )
        found = cursor.fetchall()
    half_life = HALF_LIFE_DAYS * 86400

    def rank(row: tuple[int, int, float, float]) -> tuple[float, float, int]:
        _, article, age, score = row
        # Rounded: two databases add floats in different orders, and the last digits must not decide.
        return -round(score * 0.5 ** (age / half_life), 9), age, -article

    rows = [(pk, article, max((now - _aware(at)).total_seconds(), 0.0), score) for pk, article, at, score in found]
    return [row[0] for row in sorted(rows, key=rank)[:limit]]


_NEWEST_OF_A_TAG = """SELECT * FROM (
    SELECT content_object_id AS published_id, CAST(%s AS double precision) AS weight
    FROM articles_publishedtag WHERE tag_id = %s AND published_at <= %s
    ORDER BY published_at DESC, content_object_id DESC LIMIT %s) AS newest_{place}"""

_BEST = """SELECT published.id, published.article_id, published.published_at, SUM(found.weight) AS score
    FROM ({newest}) AS found JOIN articles_publishedarticle AS published ON published.id = found.published_id
    WHERE published.live_from <= %s AND (published.live_until IS NULL OR published.live_until > %s)
        AND published.article_id <> %s
    GROUP BY published.id, published.article_id, published.published_at
    ORDER BY score DESC, published.published_at DESC, published.article_id DESC LIMIT %s"""


def _aware(moment: datetime | str) -> datetime:
    """SQLite's driver hands out text, in UTC."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _newest(article_id: int | None, section_id: int | None, limit: int) -> list[int]:
    """The newest of the section, then the newest of all. One query."""
    live = PublishedArticle.objects.live().exclude(article_id=article_id or 0).newest_first()
    in_section = live.filter(section_id=section_id or 0).values("pk")[:limit]
    anywhere = live.values("pk")[:limit]
    rows = PublishedArticle.objects.filter(Q(pk__in=in_section) | Q(pk__in=anywhere)).newest_first()
    by_section = sorted(rows.values_list("pk", "section_id"), key=lambda row: row[1] != section_id)
    return [pk for pk, _ in by_section[:limit]]
