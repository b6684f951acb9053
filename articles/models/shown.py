"""Shown: the published versions of one article around a moment, and the pages that show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsroom.models import Redirect

from .bylines import PublishedByline
from .changes import PublishedChange
from .published import CALENDAR_KEY, HOME_KEY, PublishedArticle
from .tags.tagging import PublishedTag, Tag

if TYPE_CHECKING:
    from .article import Article


class Shown:
    """The published versions of one article around a moment. Under the article's lock."""

    def __init__(self, article: "Article", now: datetime) -> None:
        self.now = now
        self.key = article.key
        self.versions = list(
            PublishedArticle.objects.filter(article_id=article.pk).select_related("section").order_by("live_from")
        )
        self.live = [version for version in self.versions if version.is_live(now)]
        self.planned = [version for version in self.versions if version.live_from > now]
        self.ended = [version for version in self.versions if version.live_until and version.live_until <= now]

    @property
    def first_seen(self) -> datetime | None:
        """When readers first saw the article; None when they never did."""
        seen = [version.published_at for version in [*self.ended, *self.live]]
        return min(seen, default=None)

    def before(self, moment: datetime) -> PublishedArticle | None:
        """What a version from this moment on comes after: the one that began last before it."""
        return max(
            (version for version in [*self.ended, *self.live] if version.live_from < moment),
            key=lambda version: version.live_from,
            default=None,
        )

    def keys(self) -> set[str]:
        return _keys_of_versions(self.key, self.versions)

    def link_keys(self, follows: PublishedArticle | None) -> set[str]:
        """Of pages that name the article without a card (pages/more.py): out of date when its headline or its address is
        another in what `follows` now, or when nothing does; not whenever it is published again.
        """
        said, says = ({_named(one) for one in versions} for versions in (self.live, [follows] if follows else []))
        return {link_key(version.article_id) for version in self.live} if said - says else set()

    def make_room(self, start: datetime, until: datetime | None) -> datetime | None:
        """Close what a version from `start` replaces; the end that the new one gets.

        The last version that ended stays: it knows since when readers know the article, and a reader whose page
        is being made this moment may still need its rows.
        """
        if start > self.now:
            self.drop_planned()
        elif self.planned and (until is None or until > self.planned[0].live_from):
            until = self.planned[0].live_from
        over = []
        for version in sorted([*self.ended, *self.live], key=lambda one: one.live_from):
            if version.live_from >= start:
                version.delete()  # back-dated beyond this one: replaced as a whole
                continue
            if version.live_until is None or version.live_until > start:
                version.live_until = start
                PublishedArticle.objects.filter(pk=version.pk).update(live_until=start)
            if version.live_until <= self.now:
                over.append(version)
        for version in over[:-1]:
            version.delete()
        return until

    def end(self) -> None:
        """Nothing is live from now on, nor planned."""
        self.drop_planned()
        for version in self.live:
            if version.live_from >= self.now:
                version.delete()  # nobody has seen it; what began this very moment can't have ended at it
            else:
                PublishedArticle.objects.filter(pk=version.pk).update(live_until=self.now)

    def drop_planned(self) -> None:
        """Forget the planned version; what is live lasts as long as the plan would have."""
        for version in self.planned:
            for live in self.live:
                if live.live_until == version.live_from:
                    live.live_until = version.live_until
            version.delete()
        for live in self.live:
            PublishedArticle.objects.filter(pk=live.pk).update(live_until=live.live_until)
        if self.planned:
            PublishedChange.objects.filter(
                article=self.planned[0].article_id, at__in=[version.live_from for version in self.planned]
            ).delete()
            Redirect.objects.filter(key=self.key, since__gt=self.now).delete()
        self.planned = []


def link_key(article_id: int) -> str:
    return f"link:{article_id}"


def _named(version: PublishedArticle) -> tuple[str, str, int | None]:
    return version.headline, version.slug, version.section_id


def _keys_of_versions(article_key: str, versions: list[PublishedArticle]) -> set[str]:
    """The article, and every list that these versions are in. Three queries, none for none."""
    if not versions:
        return set()
    tags = PublishedTag.objects.filter(content_object__in=versions).values_list("tag_id", flat=True)
    authors = PublishedByline.objects.filter(published__in=versions).values_list("author_id", flat=True)
    return _keys(article_key, [version.section_id for version in versions], tags, authors)


def keys_of_snapshot(working: "Article", kept: dict[str, Any]) -> set[str]:
    """The article, and every list that it comes into. One query."""
    tags = [tag["id"] for tag in kept["tags"]]
    authors = [byline["author_id"] for byline in kept["bylines"]]
    return _keys(working.key, [working.section_id], tags, authors)


def _keys(article_key: str, sections: Iterable[int | None], tags: Iterable[int], authors: Iterable[int]) -> set[str]:
    tags = set(tags)
    parents = Tag.objects.filter(pk__in=tags, parent__isnull=False).order_by().values_list("parent", flat=True)
    return {
        *(f"parts-tag:{parent}" for parent in (parents if tags else ())),
        article_key,
        HOME_KEY,
        CALENDAR_KEY,
        *(f"list-section:{section}" for section in sections),
        *(f"list-tag:{tag}" for tag in tags),
        *(f"list-author:{author}" for author in authors),
    }
