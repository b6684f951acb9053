"""Related articles: what to read next. First version: shared tags, rare ones weigh more, recent ones come first.

Same answer on both databases, the same every time: rarity, then date, then id. Tags that nearly every article has
say little, so a tag weighs less the more it is used. While too few share a tag, the newest of the section fill up,
then the newest of all.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from .published import PublishedArticle

# Read off an index for each tag, so that a tag on half of all articles costs no more than a rare one.
NEWEST_PER_TAG = 60
HALF_LIFE_SECONDS = 180 * 86400


def related_ids(article_id: int | None, tag_ids: Sequence[int], section_id: int | None, limit: int) -> list[int]:
    """Ids of published versions to show beside an article, best first. One query, a second one when tags find too few."""
    found = _by_tags(article_id, tag_ids, limit) if tag_ids else []
    if len(found) < limit:
        found += [pk for pk in _newest(article_id, section_id, limit + len(found)) if pk not in found]
    return found[:limit]


def cards_for(ids: Iterable[int]) -> list[PublishedArticle]:
    """These, in this order, with all that a card shows; what has meanwhile ceased to be live is left out."""
    ids = list(ids)
    rows = {row.pk: row for row in PublishedArticle.objects.live().cards().filter(pk__in=ids)}
    return [rows[pk] for pk in ids if pk in rows]


def _by_tags(article_id: int | None, tag_ids: Sequence[int], limit: int) -> list[int]:
    """The best of the newest that share a tag.

    Raw SQL, the same text on both databases: through the ORM the same statement took eight times as long, most of it
    to be built, on every article page.
    """
    now = timezone.now()
    moment = connection.ops.adapt_datetimefield_value(now)
    parts = " UNION ALL ".join(_NEWEST_OF_A_TAG.format(place=place) for place in range(len(tag_ids)))
    values = [value for tag in tag_ids for value in (tag, tag, moment, NEWEST_PER_TAG)]
    with connection.cursor() as cursor:
        cursor.execute(_LIVE_AMONG.format(parts=parts), [*values, moment, moment, article_id or 0])
        rows = cursor.fetchall()
    scores: dict[int, float] = {}
    about: dict[int, tuple[float, int]] = {}
    for published, article, published_at, uses in rows:
        # A version that is in the list of two tags has two rows.
        scores[published] = scores.get(published, 0.0) + 1.0 / math.log(2.0 + uses) ** 2
        if published not in about:
            about[published] = max((now - _aware(published_at)).total_seconds(), 0.0), -article

    def rank(published: int) -> tuple[float, float, int]:
        age, article = about[published]
        # Rounded: floats are added in the order of the rows, which databases may choose; the last digits must not decide.
        return -round(scores[published] * 0.5 ** (age / HALF_LIFE_SECONDS), 9), age, article

    return sorted(scores, key=rank)[:limit]


_NEWEST_OF_A_TAG = """SELECT * FROM (
    SELECT content_object_id AS published_id,
        (SELECT COUNT(*) FROM articles_publishedtag WHERE tag_id = %s) AS uses
    FROM articles_publishedtag WHERE tag_id = %s AND published_at <= %s
    ORDER BY published_at DESC, content_object_id DESC LIMIT %s) AS newest_{place}"""

_LIVE_AMONG = """SELECT published.id, published.article_id, published.published_at, found.uses
    FROM ({parts}) AS found JOIN articles_publishedarticle AS published ON published.id = found.published_id
    WHERE published.live_from <= %s AND (published.live_until IS NULL OR published.live_until > %s)
        AND published.article_id <> %s"""


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
