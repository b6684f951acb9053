"""Company: which articles bear several tags at once, and which tags stand together. For readers: of live articles only.

The work is bounded whatever the size of the site: one tag's own index is walked from its newest, and not without end.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from ..published import PublishedArticle, PublishedArticleQuerySet
from .tagging import PublishedTag, Tag, TagQuerySet

LONGEST_WALK = 20_000  # of the rarest tag's newest: who looks for what is rarer looks among few
NEWEST = 200  # of a tag are looked at for its company
CONSIDERED = 64  # of those that stand beside it most often
LEAST = 2  # once is chance
MOST = 8
MOST_PLANNED = 1000
MOST_CHILDREN = 60


def about_all(tags: Sequence[Tag]) -> PublishedArticleQuerySet:
    """Live articles that bear each of these tags, the newest first; one or more tags.

    The index of the rarest is walked, and each row asked for the others before its article is looked at. One query here
    where even the rarest is on more than LONGEST_WALK articles: no older ones are found then.
    """
    live: PublishedArticleQuerySet = PublishedArticle.objects.live()
    rarest, *others = sorted(tags, key=lambda tag: (tag.uses, tag.pk))
    if not others:
        return live.about(rarest)
    walked: dict[str, Any] = {"tagged_items__tag": rarest}
    if rarest.uses > LONGEST_WALK:
        dates = PublishedTag.objects.filter(tag=rarest, published_at__lte=timezone.now()).order_by("-published_at")
        if oldest := dates.values_list("published_at", flat=True)[LONGEST_WALK : LONGEST_WALK + 1].first():
            walked["tagged_items__published_at__gt"] = oldest
    return live.filter(*(_bears(other) for other in others), **walked).order_by(
        "-tagged_items__published_at", "-tagged_items__content_object_id"
    )


def _bears(tag: Tag) -> Exists:
    """Asked of the row of the walked tag, not of the article: whose row is long, and mostly not wanted."""
    rows = PublishedTag.objects.filter(tag=tag, content_object=OuterRef("tagged_items__content_object"))
    return Exists(rows.order_by())


def borne() -> TagQuerySet:
    """The tags that readers can come upon: shown to them, and on a live article. Else a name may be a secret still."""
    rows = PublishedTag.objects.filter(tag=OuterRef("pk"), content_object__in=_live_version())
    found: TagQuerySet = Tag.objects.for_readers().filter(Exists(rows.order_by()))
    return found


def _live_version() -> Any:
    """Of the row that is asked: by its number, so that no database thinks of listing all live articles."""
    return PublishedArticle.objects.live().filter(pk=OuterRef("content_object")).values("pk")


def family(tag: Tag) -> tuple[Tag | None, list[Tag]]:
    """What it is part of, and what is part of it, by name. One query."""
    near = Q(parent=tag) | Q(pk=tag.parent_id) if tag.parent_id else Q(parent=tag)
    found = borne().filter(near).exclude(pk=tag.pk)[: MOST_CHILDREN + 1]
    rows = list(found)
    parent = next((one for one in rows if one.pk == tag.parent_id), None)
    return parent, [one for one in rows if one is not parent]


@dataclass(frozen=True)
class Companion:
    """A tag beside another, on `times` of its newest articles."""

    tag: Tag
    times: int


def company(tag: Tag, *, but: Sequence[Tag] = ()) -> list[Companion]:
    """The tags that stand beside it among its NEWEST live articles, the nearest first; none of `but`. Three queries.

    Nearness is the cosine: how often together, by the root of how often at all. So what is on everything is near to
    nothing.
    """
    newest = PublishedArticle.objects.live().about(tag)[:NEWEST]
    times = _times(_by_article(newest.values("pk")).exclude(tag_number__in=[tag.pk, *(one.pk for one in but)]))
    tags = list(Tag.objects.for_readers().filter(pk__in=times).only("name", "slug", "uses"))
    planned = _planned(tags)

    def nearness(one: Companion) -> float:
        seen = max(one.tag.uses - planned.get(one.tag.pk, 0), one.times)
        return round(one.times / sqrt(seen), 9)

    found = [Companion(one, times[one.pk]) for one in tags]
    return sorted(found, key=lambda one: (-nearness(one), -one.times, one.tag.pk))[:MOST]


def _by_article(versions: Any) -> Any:
    """The rows of these versions. Plus nothing: else SQLite walks all articles of each tag instead of these articles."""
    found = PublishedTag.objects.filter(content_object__in=versions).order_by()
    return found.annotate(tag_number=F("tag_id") + 0)


def _times(rows: Any) -> dict[int, int]:
    """How often each tag stands there, those that do most often; one that does but once left out."""
    counted = rows.values("tag_number").annotate(times=Count("pk")).filter(times__gte=LEAST)
    return dict(counted.order_by("-times", "tag_number").values_list("tag_number", "times")[:CONSIDERED])


def _planned(tags: Sequence[Tag]) -> Counter[int]:
    """Of the `uses` of these, how many are of articles that readers have not with this tag yet. Else the order of what
    they see would tell that something is planned. One query, none for none.
    """
    if not tags:
        return Counter()
    coming = PublishedArticle.objects.filter(live_from__gt=timezone.now()).order_by("live_from")[:MOST_PLANNED]
    seen = PublishedTag.objects.filter(
        tag=OuterRef("tag"),
        content_object__article=OuterRef("content_object__article"),
        content_object__in=_live_version(),
    )
    rows = _by_article(coming.values("pk")).filter(~Exists(seen.order_by()), tag_number__in=[one.pk for one in tags])
    return Counter(rows.values_list("tag_number", flat=True))
