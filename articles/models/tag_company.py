"""Company: which articles bear several tags at once, and which tags stand together. For readers: of live articles only.

The work is bounded whatever the size of the site: one tag's own index is walked from its newest, and not without end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from .published import PublishedArticle, PublishedArticleQuerySet
from .tagging import PublishedTag, Tag, TagQuerySet

LONGEST_WALK = 20_000  # of the rarest tag's newest: who looks for what is rarer looks among few
NEWEST = 200  # of a tag are looked at for its company
CONSIDERED = 64  # of those that stand beside it most often
LEAST = 2  # once is chance
MOST = 8
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
    found = borne().filter(Q(parent=tag) | Q(pk=tag.parent_id or 0)).exclude(pk=tag.pk)[: MOST_CHILDREN + 1]
    rows = list(found)
    parent = next((one for one in rows if one.pk == tag.parent_id), None)
    return parent, [one for one in rows if one is not parent]


@dataclass(frozen=True)
class Companion:
    """A tag beside another, on `times` of its newest articles."""

    tag: Tag
    times: int


def company(tag: Tag, *, but: Sequence[Tag] = ()) -> list[Companion]:
    """The tags that stand beside it among its NEWEST live articles, the nearest first; none of `but`. Two queries.

    Nearness is the cosine: how often together, by the root of how often at all. So what is on everything is near to
    nothing.
    """
    newest = PublishedArticle.objects.live().about(tag)[:NEWEST]
    rows = PublishedTag.objects.filter(content_object__in=newest.values("pk")).order_by()
    beside = (
        rows.filter(tag__in=Tag.objects.for_readers().values("pk"))
        .exclude(tag__in=[tag.pk, *(one.pk for one in but)])
        .values("tag", "tag__name", "tag__slug", "tag__uses")
        .annotate(times=Count("pk"))
        .filter(times__gte=LEAST)
        .order_by("-times", "tag")[:CONSIDERED]
    )
    found = [
        Companion(Tag(pk=row["tag"], name=row["tag__name"], slug=row["tag__slug"], uses=row["tag__uses"]), row["times"])
        for row in beside
    ]
    planned = _planned([one.tag.pk for one in found])

    def nearness(one: Companion) -> float:
        seen = max(one.tag.uses - planned.get(one.tag.pk, 0), one.times)
        return round(one.times / sqrt(seen), 9)

    return sorted(found, key=lambda one: (-nearness(one), -one.times, one.tag.pk))[:MOST]


def _planned(tags: Sequence[int]) -> dict[int, int]:
    """Of the `uses` of these, how many are of articles that readers have not with this tag yet. Else the order of what
    they see would tell that something is planned. One query.
    """
    if not tags:
        return {}
    seen = PublishedTag.objects.filter(
        tag=OuterRef("tag"),
        content_object__article=OuterRef("content_object__article"),
        content_object__in=_live_version(),
    )
    coming = PublishedTag.objects.filter(tag__in=tags, content_object__live_from__gt=timezone.now())
    counted = coming.filter(~Exists(seen.order_by())).order_by().values("tag").annotate(times=Count("pk"))
    return {row["tag"]: row["times"] for row in counted}
