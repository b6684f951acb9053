"""Publishing: the verbs that carry a working copy to the readers, and take it back.

Every path goes through these: the form's button, the list's action, an import, a command. Each verb is one
transaction under a lock on the article's row: gate, rows, Revision; effects on caches on commit. Publishing only
writes `live_from` and `live_until`; no process has to run for an article to appear, or to go, on the second.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from articles.roles import Act
from newsroom import pagecache
from newsroom.models import Redirect

from . import gate
from .announcements import plan
from .beside import Beside, Fate
from .bylines import PublishedByline
from .changes import PublishedChange, is_minor
from .corrections import Correction, PublishedCorrection
from .overriding import keep_override
from .permits import require
from .pictures import keep_published_pictures
from .published import PublishedArticle
from .related.terms import PublishedTerm, found_in, later, rows_for
from .related.words import KeyTerms
from .revisions import Revision
from .sharing import end_links_of_ended
from .shown import Shown, keys_of_snapshot
from .snapshots import Snapshot
from .tags.order.resolving import held, once
from .tags.tagging import PublishedTag
from .timelines import Timelines, Written
from .workflow import Stage

if TYPE_CHECKING:
    from .article import Article


# An article that first appeared longer ago, by its date, is brought from elsewhere. Nobody is told: it is no news.
OLD_NEWS = timedelta(days=1)


class Publishing(models.Model):
    """What an article can do to be read. `by` is the person, None for the site itself. `advice`: what the house rules
    advise about what this object's last verb let out, for who tells people.
    """

    advice: Sequence[str] = ()

    class Meta:
        abstract = True

    def publish(  # type: ignore[misc]
        self: "Article",
        *,
        by: Any = None,
        at: datetime | None = None,
        until: datetime | None = None,
        note: str = "",
        override: str = "",
        minor: bool | None = False,
        change_note: str = "",
        old_addresses: Iterable[str] = (),
    ) -> PublishedArticle:
        """Show readers the working copy as it is saved: from now, or from `at`; for good, or until `until`.

        `at` in the future plans it, in place of what was planned before; until then readers keep what they have.
        `at` in the past back-dates it (an import does). A version that is planned for later takes in what is
        published now; where both changed one thing differently it is held (see beside.py, which `beside` tells of).
        `old_addresses` are where readers knew it elsewhere; they lead here from its start on. `override` is the reason
        why it goes out against the house rules. A `minor` change moves no public time; None: as its size says. Of one
        of substance `change_note` tells readers, where the site shows what changed.
        Raises ValidationError, by field, when the gate refuses (`gate.Blocked` for the house rules), PermissionDenied
        when `by` may not; then nothing has changed.
        """
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.PUBLISH, working)
            if working.taken_down_at:
                raise ValidationError("It is taken down. Bring it back first.", code="taken-down")
            now = timezone.now()
            start = at or now
            passed = gate.check(working, start, until, by=by, override=override)
            shown = Shown(working, now)
            working.check_fix(shown, start)
            keys = shown.keys()
            timelines = Timelines.of(working, shown.versions)
            if shown.ended:
                end_links_of_ended(working)
            kept = working.snapshot()
            times = Times.of(shown, start, kept, minor)
            is_seen_now = start <= now and (until is None or until > now)
            beside = Beside.of(shown, kept) if is_seen_now else None
            if beside is not None and beside.fate is not Fate.KEPT:
                until = until or beside.plan.live_until
                shown.drop_planned()
            until = shown.make_room(start, until)
            written = _copy(working, kept, start, until, times)
            published = written.version
            if times.is_change:
                PublishedChange.objects.update_or_create(
                    article=working, at=start, defaults={"note": change_note.strip()[:300]}
                )
            Redirect.remember([published.get_absolute_url(), *old_addresses], working.key, since=start)
            event = Revision.Event.SCHEDULED if start > now else Revision.Event.PUBLISHED
            note = note or (_window_note(start, until) if start > now else beside.note if beside else "")
            if passed.overridden:
                note = keep_override(working, kept, passed.overridden, override, note, by=by)
            revision = working.record(event, by=by, note=note, data=kept)
            if kept["corrections"]:
                Correction.objects.filter(article=working, revision_after=None).update(revision_after=revision.number)
            working.put_at(Stage.DRAFT, self)  # what comes after this is new work
            working.after_publishing(beside, self, published, revision, by=by)
            timelines.settle(now, written)
            keys |= keys_of_snapshot(working, kept)
            if start <= now:
                keys |= shown.link_keys(published if is_seen_now else None)
            is_news = bool(shown.versions) or start > now - OLD_NEWS
            if is_news or until:
                seen_at_once = is_news and start <= now and (bool(shown.live) or published.is_live(now))
                plan(working, keys, now=now, at_once=seen_at_once, by=by)
            pagecache.purge(*keys)
        self.forget_status()
        self.advice = passed.advice
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
            keys = shown.keys() | shown.link_keys(None)
            timelines = Timelines.of(working, shown.versions)
            shown.end()
            timelines.settle(now)
            working.stop_fixing(self)
            working.share_links.revoke(by=by)  # who takes an article down means everybody
            working.record(Revision.Event.WITHDRAWN, by=by, note=note)
            plan(working, keys, now=now, at_once=bool(shown.live), by=by)
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
            timelines = Timelines.of(working, shown.versions)
            shown.drop_planned()
            timelines.settle(shown.now)
            working.stop_fixing(self)
            working.record(Revision.Event.UNSCHEDULED, by=by)
            if working.approved_version == working.version:
                working.put_at(Stage.APPROVED, self)  # as it was before it was scheduled
            plan(working, keys, now=shown.now, at_once=False)
            pagecache.purge(*keys)
        self.forget_status()
        return True


def _locked(article: "Article") -> "Article":
    """The stored row, not what the caller holds: only what was saved can go out."""
    return type(article).objects.select_for_update(of=("self",)).select_related("section").get(pk=article.pk)


@dataclass(frozen=True)
class Times:
    """The times that readers are told: since when they know it, and when it last changed in substance."""

    published_at: datetime
    updated_at: datetime | None
    is_change: bool = False

    @classmethod
    def of(cls, shown: Shown, start: datetime, kept: dict[str, Any], minor: bool | None) -> "Times":
        """For a version from `start` on. Three queries when the size of the change has to say whether it is minor."""
        first_seen, before = shown.first_seen, shown.before(start)
        if first_seen is None or before is None or start <= first_seen:
            return cls(min(first_seen, start) if first_seen else start, None)
        if minor is None:
            minor = is_minor(Snapshot.of_published(before), Snapshot.read(kept))
        return cls(first_seen, before.updated_at) if minor else cls(first_seen, start, True)


def _copy(working: "Article", kept: dict[str, Any], start: datetime, until: datetime | None, times: Times) -> Written:
    """The working copy as readers get it, from the same reading as the Revision: they can't differ."""
    published = PublishedArticle(
        article_id=working.pk,
        version=working.version,
        live_from=start,
        live_until=until,
        published_at=times.published_at,
        updated_at=times.updated_at,
        **working.content(),
    )
    published.section = working.section
    waiting = later.get()
    asked = [tag["id"] for tag in kept["tags"]]
    tagged = once(asked, held(asked))
    [found] = found_in([published], [len(tagged)]) if waiting is None else [KeyTerms({}, {})]
    published.key_terms = found.written() if waiting is None else ""
    # Past save(), which would tidy once more: this is a copy of a row that went through that door.
    PublishedArticle.objects.bulk_create([published])
    if waiting is not None:
        waiting.append(published.pk)
    terms = PublishedTerm.objects.bulk_create(rows_for(published, found))
    when = {"published_at": published.published_at}
    tags = PublishedTag.objects.bulk_create(PublishedTag(content_object=published, tag_id=pk, **when) for pk in tagged)
    PublishedByline.objects.bulk_create(PublishedByline(published=published, **row, **when) for row in kept["bylines"])
    keep_published_pictures(published)
    PublishedCorrection.objects.bulk_create(
        PublishedCorrection(published=published, **row) for row in kept["corrections"]
    )
    return Written.of(published, tags, terms)


def _window_note(start: datetime, until: datetime | None) -> str:
    note = f"from {timezone.localtime(start):%Y-%m-%d %H:%M %Z}"
    return note + (f" until {timezone.localtime(until):%Y-%m-%d %H:%M %Z}" if until else "")
