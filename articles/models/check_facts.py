"""CheckFacts: what the checks have to ask the database, asked for many articles at once. As many queries for a hundred
as for one.

What is checked is a working copy or what readers get of it: both have the same fields, and tags and bylines of their own.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Q
from django.utils import timezone

from articles.richtext import article_ids, image_ids
from images.models import Image

from .published import PublishedArticle
from .tags.tagging import ArticleTag, Tag

if TYPE_CHECKING:
    from .article import Article

    Checkable: TypeAlias = "Article | PublishedArticle"

# A tag says little when more than one article in ten bears it; on a young site none does. Told by the articles that
# were changed last: to count all of 100,000 costs a quarter of a second.
COMMON_SHARE, COMMON_FROM, LOOKED_AT = 10, 20, 500

Span = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class CheckFacts:
    """`tags` and `signed` are by the number of the row that is checked; `held` and `spans` by that of the article."""

    images: dict[int, Image]
    tags: dict[int, list[int]]
    signed: set[int]
    common: set[int]
    held: dict[str, set[int]]
    spans: dict[int, list[Span]]

    @classmethod
    def about(cls, rows: "Sequence[Checkable]") -> "CheckFacts":
        """Of rows of one kind: all working copies, or all versions for readers. At most seven queries."""
        tags, signed = _around(rows)
        return cls(
            images=_images(rows),
            tags=tags,
            signed=signed,
            common={
                pk for pk, one in tag_uses({pk for few in tags.values() for pk in few}).items() if one["is_common"]
            },
            held=_held({row.slug for row in rows if row.slug}),
            spans=_spans({pk for row in rows for pk in article_ids(row.body)}),
        )

    def address_is_taken(self, row: "Checkable") -> bool:
        return bool(self.held.get(row.slug, set()) - {article_number(row)})

    def is_out(self, article: int, at: datetime) -> bool:
        """Will readers have this article of ours at that moment, as far as is known now?"""
        return any(start <= at and (until is None or at < until) for start, until in self.spans.get(article, ()))


def article_number(row: "Checkable") -> int | None:
    """None for one that is not saved yet."""
    return row.article_id if isinstance(row, PublishedArticle) else row.pk


def _around(rows: "Sequence[Checkable]") -> tuple[dict[int, list[int]], set[int]]:
    """The tags of each, without retired ones, which do nothing for it; and those that have a byline. Two queries, none
    for what is not saved.
    """
    saved = [row for row in rows if row.pk]
    if not saved:
        return {}, set()
    kind: Any = type(saved[0])
    numbers = [row.pk for row in saved]
    tags: dict[int, list[int]] = {}
    pairs = kind.tags.through.objects.filter(content_object__in=numbers, tag__retired_at=None).order_by("pk")
    for row, tag in pairs.values_list("content_object_id", "tag_id"):
        tags.setdefault(row, []).append(tag)
    to_row = kind.bylines.field.attname
    lines = kind.bylines.rel.related_model.objects.filter(**{f"{to_row}__in": numbers}).order_by()
    return tags, set(lines.values_list(to_row, flat=True))


def _images(rows: "Sequence[Checkable]") -> dict[int, Image]:
    """Those that lead and those in the texts. One query when there are any."""
    wanted = {pk for row in rows for pk in image_ids(row.body)} | {
        row.lead_image_id for row in rows if row.lead_image_id
    }
    return Image.objects.in_bulk(wanted) if wanted else {}


def _held(slugs: Collection[str]) -> dict[str, set[int]]:
    """Which articles are, or will be, live under these slugs. One query when there are any."""
    found: dict[str, set[int]] = {}
    if slugs:
        rows = not_ended().filter(slug__in=slugs).order_by()
        for slug, article in rows.values_list("slug", "article_id"):
            found.setdefault(slug, set()).add(article)
    return found


def _spans(linked: Collection[int]) -> dict[int, list[Span]]:
    """When readers have these articles, from now on. One query when there are any."""
    found: dict[int, list[Span]] = {}
    if linked:
        rows = not_ended().filter(article_id__in=linked).order_by()
        for article, start, until in rows.values_list("article_id", "live_from", "live_until"):
            found.setdefault(article, []).append((start, until))
    return found


def not_ended() -> Any:
    """What readers have, and what is planned for them."""
    return PublishedArticle.objects.filter(Q(live_until=None) | Q(live_until__gt=timezone.now()))


def retired_among(ids: Collection[int]) -> set[int]:
    """The tags of these that readers are not shown any more. One query, none for no tags."""
    return set(Tag.objects.filter(pk__in=ids, retired_at__isnull=False).values_list("pk", flat=True)) if ids else set()


def tag_uses(ids: Collection[int]) -> dict[int, dict[str, int | bool]]:
    """How many of the articles changed last bear each of these tags, and whether that is very many. Two queries, none
    for no tags.
    """
    from .article import Article

    if not ids:
        return {}
    latest = list(Article.objects.order_by("-updated_at", "-pk").values_list("pk", flat=True)[:LOOKED_AT])
    common = max(COMMON_FROM, len(latest) // COMMON_SHARE)
    # All their tags, counted here: asked for these tags alone, a database walks every article that bears them.
    uses = Counter(ArticleTag.objects.filter(content_object__in=latest).order_by().values_list("tag_id", flat=True))
    return {pk: {"uses": uses[pk], "is_common": uses[pk] > common} for pk in ids}
