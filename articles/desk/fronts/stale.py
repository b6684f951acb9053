"""What is picked for fronts, as it stands now: live, planned, gone, old. And what an editor should know of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from articles.models import Article, PublishedArticle
from articles.models.fronts.layout import Layout, Slot
from articles.models.permits import visible_to
from newsroom.zoned_times import written

OLD = timedelta(days=14)


@dataclass(frozen=True)
class Fact:
    """Of one picked article. `headline` is empty for who may not see it."""

    headline: str = ""
    thumbnail: str = ""
    published_at: datetime | None = None
    live: bool = False
    planned: datetime | None = None
    was_live: bool = False
    exists: bool = False


@dataclass
class Facts:
    by_article: dict[int, Fact]
    now: datetime = field(default_factory=timezone.now)

    def of(self, slot: Slot) -> Fact:
        return self.by_article.get(slot.article, Fact())

    def warnings(self, layout: Layout) -> dict[tuple[str, int], list[str]]:
        """Sentences by container and place; nothing for a card about which there is nothing to say."""
        found: dict[tuple[str, int], list[str]] = {}
        taken: set[int] = set()
        for container in layout.containers:
            for place, slot in enumerate(container.slots):
                said = [*self._about(slot)]
                if slot.article in taken and not slot.again:
                    said.append("It stands further up already, so readers don’t see it here.")
                if place >= container.how_many:
                    said.append(f"The container shows {container.how_many}, so readers don’t see it.")
                if slot.is_on(self.now) and not slot.again:
                    taken.add(slot.article)
                if said:
                    found[container.name, place] = said
        return found

    def _about(self, slot: Slot) -> Iterable[str]:
        fact = self.of(slot)
        if not fact.exists:
            yield "There is no such article any more."
        elif not fact.live and fact.planned:
            yield f"It is planned for {written(fact.planned)}; until then the next article stands here."
        elif not fact.live:
            yield "It was withdrawn: readers don’t see it." if fact.was_live else "It is not published."
        elif fact.published_at and self.now - fact.published_at > OLD and slot.until is None:
            yield f"It is {(self.now - fact.published_at).days} days old."
        if slot.until and slot.until <= self.now:
            yield f"Its time was over on {written(slot.until)}."
        elif slot.start and slot.start > self.now:
            yield f"It comes on {written(slot.start)}."


def facts_of(layouts: Iterable[Layout], user: Any) -> Facts:
    """Three queries at most, however many layouts."""
    numbers = {slot.article for layout in layouts for slot in layout.slots}
    if not numbers:
        return Facts({})
    now = timezone.now()
    rows = PublishedArticle.objects.filter(article__in=numbers).select_related("lead_image")
    columns = ("article_id", "headline", "published_at", "live_from", "live_until", "lead_image")
    versions: dict[int, list[PublishedArticle]] = {}
    for row in rows.only(*columns):
        versions.setdefault(row.article_id, []).append(row)
    articles: Any = Article.objects.order_by()
    there = set(articles.filter(pk__in=numbers).values_list("pk", flat=True))
    # A draft's headline is told to those who may see it, and to nobody else.
    seen = dict(visible_to(user, articles.filter(pk__in=numbers)).values_list("pk", "headline"))
    return Facts({pk: _fact(versions.get(pk, []), seen.get(pk), now) for pk in there}, now)


def _fact(versions: list[PublishedArticle], headline: str | None, now: datetime) -> Fact:
    """`headline` is None for who may not see the article: then its plans are none of his business either."""
    live = next((one for one in versions if one.is_live(now)), None)
    planned = min((one.live_from for one in versions if one.live_from > now), default=None)
    if live is None:
        if headline is None:
            return Fact(exists=True)
        return Fact(headline, planned=planned, was_live=any(one.live_from <= now for one in versions), exists=True)
    thumbnail = live.lead_image.thumbnail_url if live.lead_image else ""
    return Fact(live.headline, thumbnail, live.published_at, live=True, exists=True)
