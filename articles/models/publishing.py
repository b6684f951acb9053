"""Publishing: the verbs that carry a working copy to the readers, and take it back.

Every path goes through these: the form's button, the list's action, an import, a command. Each verb is one
transaction under a lock on the article's row: gate, rows, Revision; effects on caches on commit. Publishing only
writes `live_from` and `live_until`; no process has to run for an article to appear, or to go, on the second.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from articles.roles import Act
from newsroom import pagecache
from newsroom.models import Redirect

from . import gate
from .beside import Beside, Fate
from .bylines import PublishedByline
from .corrections import PublishedCorrection
from .permits import require
from .pictures import keep_published_pictures
from .published import CALENDAR_KEY, HOME_KEY, PublishedArticle
from .revisions import Revision
from .sharing import end_links_of_ended
from .tagging import PublishedTag
from .workflow import Stage

if TYPE_CHECKING:
    from .article import Article


class Publishing(models.Model):
    """What an article can do to be read. `by` is the person, None for the site itself."""

    class Meta:
        abstract = True

    def publish(  # type: ignore[misc]
        self: "Article",
        *,
        by: Any = None,
        at: datetime | None = None,
        until: datetime | None = None,
        note: str = "",
        old_addresses: Iterable[str] = (),
    ) -> PublishedArticle:
        """Show readers the working copy as it is saved: from now, or from `at`; for good, or until `until`.

        `at` in the future plans it, in place of what was planned before; until then readers keep what they have.
        `at` in the past back-dates it (an import does). A version that is planned for later takes in what is
        published now; where both changed one thing differently it is held (see beside.py, which `beside` tells of).
        `old_addresses` are where readers knew it elsewhere; they lead here from its start on.
        Raises ValidationError, by field, when the gate refuses, PermissionDenied when `by` may not; then nothing has
        changed.
        """
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.PUBLISH, working)
            now = timezone.now()
            start = at or now
            gate.check(working, start, until)
            shown = Shown(working, now)
            working.check_fix(shown, start)
            keys = shown.keys()
            first_seen = shown.first_seen
            end_links_of_ended(working)
            kept = working.snapshot()
            beside = Beside.of(shown, kept) if start <= now else None
            if beside is not None and beside.fate is not Fate.KEPT:
                until = until or beside.plan.live_until
                shown.drop_planned()
            until = shown.make_room(start, until)
            published = _copy(working, kept, start, until, first_seen)
            Redirect.remember([published.get_absolute_url(), *old_addresses], working.key, since=start)
            event = Revision.Event.SCHEDULED if start > now else Revision.Event.PUBLISHED
            note = note or (_window_note(start, until) if start > now else beside.note if beside else "")
            revision = working.record(event, by=by, note=note, data=kept)
            working.put_at(Stage.DRAFT, self)  # what comes after this is new work
            working.after_publishing(beside, self, revision, by=by)
            pagecache.purge(*keys, *_keys_of_snapshot(working, kept))
        self.forget_status()
        return published

    def withdraw(self: "Article", *, by: Any = None, note: str = "") -> bool:  # type: ignore[misc]
        """Take it from the readers now, with whatever is planned. False when there was nothing to take."""
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.PUBLISH, working)
            now = timezone.now()
            shown = Shown(working, now)
            if not shown.live and not shown.planned:
                return False
            keys = shown.keys()
            for version in shown.planned:
                version.delete()
            for version in shown.live:
                PublishedArticle.objects.filter(pk=version.pk).update(live_until=now)
            working.stop_fixing(self)
            working.share_links.revoke()  # who takes an article down means everybody
            working.record(Revision.Event.WITHDRAWN, by=by, note=note)
            pagecache.purge(*keys)
        self.forget_status()
        return True

    def unschedule(self: "Article", *, by: Any = None) -> bool:  # type: ignore[misc]
        """Drop what is planned; what is live stays. False when nothing was planned."""
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.PUBLISH, working)
            shown = Shown(working, timezone.now())
            if not shown.planned:
                return False
            keys = shown.keys()
            shown.drop_planned()
            working.stop_fixing(self)
            working.record(Revision.Event.UNSCHEDULED, by=by)
            if working.approved_version == working.version:
                working.put_at(Stage.APPROVED, self)  # as it was before it was scheduled
            pagecache.purge(*keys)
        self.forget_status()
        return True


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

    def keys(self) -> set[str]:
        return _keys_of_versions(self.key, self.versions)

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
            Redirect.objects.filter(key=self.key, since__gt=self.now).delete()
        self.planned = []


def _locked(article: "Article") -> "Article":
    """The stored row, not what the caller holds: only what was saved can go out."""
    return type(article).objects.select_for_update(of=("self",)).select_related("section").get(pk=article.pk)


def _copy(
    working: "Article", kept: dict[str, Any], start: datetime, until: datetime | None, first_seen: datetime | None
) -> PublishedArticle:
    """The working copy as readers get it, from the same reading as the Revision: they can't differ."""
    published = PublishedArticle(
        article_id=working.pk,
        version=working.version,
        live_from=start,
        live_until=until,
        published_at=min(first_seen, start) if first_seen else start,
        updated_at=start if first_seen and start > first_seen else None,
        **working.content(),
    )
    published.section = working.section
    # Past save(), which would tidy once more: this is a copy of a row that went through that door.
    PublishedArticle.objects.bulk_create([published])
    when = {"published_at": published.published_at}
    PublishedTag.objects.bulk_create(
        PublishedTag(content_object=published, tag_id=tag["id"], **when) for tag in kept["tags"]
    )
    PublishedByline.objects.bulk_create(PublishedByline(published=published, **row, **when) for row in kept["bylines"])
    keep_published_pictures(published)
    PublishedCorrection.objects.bulk_create(
        PublishedCorrection(published=published, **row) for row in kept["corrections"]
    )
    return published


def _keys_of_versions(article_key: str, versions: list[PublishedArticle]) -> set[str]:
    """The article, and every list that these versions are in. Two queries, none for none."""
    if not versions:
        return set()
    tags = PublishedTag.objects.filter(content_object__in=versions).values_list("tag_id", flat=True)
    authors = PublishedByline.objects.filter(published__in=versions).values_list("author_id", flat=True)
    return _keys(article_key, [version.section_id for version in versions], tags, authors)


def _keys_of_snapshot(working: "Article", kept: dict[str, Any]) -> set[str]:
    """The article, and every list that it comes into."""
    tags = [tag["id"] for tag in kept["tags"]]
    authors = [byline["author_id"] for byline in kept["bylines"]]
    return _keys(working.key, [working.section_id], tags, authors)


def _keys(article_key: str, sections: Iterable[int | None], tags: Iterable[int], authors: Iterable[int]) -> set[str]:
    return {
        article_key,
        HOME_KEY,
        CALENDAR_KEY,
        *(f"list-section:{section}" for section in sections),
        *(f"list-tag:{tag}" for tag in tags),
        *(f"list-author:{author}" for author in authors),
    }


def _window_note(start: datetime, until: datetime | None) -> str:
    note = f"from {timezone.localtime(start):%Y-%m-%d %H:%M %Z}"
    return note + (f" until {timezone.localtime(until):%Y-%m-%d %H:%M %Z}" if until else "")
