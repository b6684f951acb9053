"""Rescheduling: a planned version is moved to another time as it is, whatever the working copy has become since.

Scheduling anew with `publish(at=…)` would send out today's working copy; a drag in the calendar must not. So the
version's row is moved, with all that stands on its date: what it replaces, since when its address is known, the dates
by which tags and authors list it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from articles.roles import Act
from newsroom import pagecache
from newsroom.models import Redirect

from . import gate
from .announcements import plan
from .bylines import PublishedByline
from .changes import PublishedChange
from .overriding import keep_override, settled
from .permits import require
from .published import PublishedArticle
from .revisions import Revision
from .shown import Shown
from .snapshots import Snapshot
from .timelines import Timelines

if TYPE_CHECKING:
    from .article import Article


class Stale(ValidationError):
    """Somebody else was faster: it does not stand any more where the person saw it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="stale")


class Rescheduling(models.Model):
    advice: Sequence[str] = ()  # as in Publishing

    class Meta:
        abstract = True

    def reschedule(  # type: ignore[misc]
        self: "Article", *, by: Any = None, at: datetime, expected: datetime | None = None, override: str = ""
    ) -> PublishedArticle:
        """Let the planned version go live at another time; its end stays. `expected`: when the person saw it planned.

        Raises Stale when it is planned for another time than expected or no more, ValidationError for a time that has
        passed or does not fit, and when the gate refuses this version for the new time (`override` as in `publish`);
        PermissionDenied when `by` may not; then nothing has changed.
        """
        with transaction.atomic():
            working, shown = _locked(self, by)
            planned = _planned(shown)
            if expected is not None and planned.live_from != expected:
                raise Stale(f"It was moved to {_told(planned.live_from)} meanwhile.")
            before = planned.live_from
            if at == before:
                return planned
            _check_start(shown, planned, at)
            asked = Asked.of(working, planned, at, planned.live_until, by, override)
            timelines = Timelines.of(working, shown.versions)
            _move(shown, planned, at)
            timelines.settle(shown.now)
            Redirect.objects.filter(key=working.key, since=before).update(since=at)
            PublishedChange.objects.filter(article=working, at=before).update(at=at)
            _keep(working, planned, by, f"from {_told(at)}, moved from {_told(before)}", asked)
            plan(working, shown.keys(), now=shown.now, at_once=False)
            pagecache.purge(*shown.keys())
        self.forget_status()
        self.advice = asked.passed.advice
        return planned

    def reschedule_end(  # type: ignore[misc]
        self: "Article", *, by: Any = None, until: datetime, expected: datetime | None = None, override: str = ""
    ) -> PublishedArticle:
        """Let what is live or planned end at another time than it was to. Raises as `reschedule` does; but the gate has
        no word when readers have it for a shorter time than before.
        """
        with transaction.atomic():
            working, shown = _locked(self, by)
            version = _ending(shown)
            if version is None or version.live_until is None:
                raise Stale("It has no end any more.")
            before = version.live_until
            if expected is not None and before != expected:
                raise Stale(f"Its end was moved to {_told(before)} meanwhile.")
            if until == before:
                return version
            _check_end(shown, version, until)
            start = max(version.live_from, shown.now)
            asked = Asked.of(working, version, start, until, by if until > before else None, override)
            timelines = Timelines.of(working, shown.versions)
            version.live_until = until
            PublishedArticle.objects.filter(pk=version.pk).update(live_until=until)
            timelines.settle(shown.now)
            _keep(working, version, by, f"until {_told(until)}, moved from {_told(before)}", asked)
            plan(working, shown.keys(), now=shown.now, at_once=False)
            pagecache.purge(*shown.keys())
        self.forget_status()
        self.advice = asked.passed.advice
        return version


@dataclass(frozen=True)
class Asked:
    """What the gate said of a version in its new window, and the reason that was given against it."""

    passed: gate.Passed
    reason: str

    @classmethod
    def of(
        cls, working: "Article", version: PublishedArticle, start: datetime, until: datetime | None, by: Any, why: str
    ) -> "Asked":
        before = settled(working, version.version) if by is not None else []
        return cls(gate.check(version, start, until, by=by, override=why, settled=before), why)


def _locked(article: "Article", by: Any) -> "tuple[Article, Shown]":
    working = type(article).objects.select_for_update(of=("self",)).select_related("section").get(pk=article.pk)
    require(by, Act.PUBLISH, working)
    return working, Shown(working, timezone.now())


def _planned(shown: Shown) -> PublishedArticle:
    if not shown.planned:
        raise Stale("Nothing is planned for it any more: it went live, or its schedule was cancelled.")
    return shown.planned[0]


def _ending(shown: Shown) -> PublishedArticle | None:
    """Whose end readers will notice: where the next version begins at once, nothing ends."""
    begins = {version.live_from for version in shown.planned}
    ends = [one for one in [*shown.live, *shown.planned] if one.live_until and one.live_until not in begins]
    return min(ends, key=lambda one: one.live_until or one.live_from, default=None)


def _check_start(shown: Shown, planned: PublishedArticle, at: datetime) -> None:
    if at <= shown.now:
        raise ValidationError({"to": "This time has passed. Choose a later one, or publish it from its form."})
    if gate.window_errors(at, planned.live_until):
        raise ValidationError({"to": f"It is to end on {_told(planned.live_until)}: move it before that."})
    for live in shown.live:
        # Else its own end would be forgotten, and moving the plan back would not bring it back.
        if live.live_until and live.live_until != planned.live_from and at <= live.live_until:
            raise ValidationError(
                {"to": f"What readers see now ends on {_told(live.live_until)}. Move it after that, or publish anew."}
            )


def _check_end(shown: Shown, version: PublishedArticle, until: datetime) -> None:
    if until <= shown.now:
        raise ValidationError({"to": "This time has passed. To end it now, withdraw it from its form."})
    if errors := gate.window_errors(version.live_from, until):
        raise ValidationError({"to": [message for messages in errors.values() for message in messages]})
    for planned in shown.planned:
        if planned.pk != version.pk and until >= planned.live_from:
            raise ValidationError({"to": f"A new version goes live on {_told(planned.live_from)}: end it before that."})


def _move(shown: Shown, planned: PublishedArticle, at: datetime) -> None:
    """The rows. Dates that were the start's follow it; an article that readers know keeps its first date."""
    before = planned.live_from
    for live in shown.live:
        if live.live_until == before:
            live.live_until = at
            PublishedArticle.objects.filter(pk=live.pk).update(live_until=at)
    planned.live_from = at
    changed: dict[str, Any] = {"live_from": at}
    if planned.updated_at == before:
        changed["updated_at"] = planned.updated_at = at
    if planned.published_at == before:
        changed["published_at"] = planned.published_at = at
        PublishedByline.objects.filter(published=planned).update(published_at=at)
    PublishedArticle.objects.filter(pk=planned.pk).update(**changed)


def _keep(working: "Article", version: PublishedArticle, by: Any, note: str, asked: Asked) -> None:
    """The state that is planned, not that of the working copy: this is what readers will get."""
    kept = working.revisions.sent_out().filter(version=version.version).order_by("number").last()
    data = kept.data if kept else Snapshot.of_published(version).as_data()
    if asked.passed.overridden:
        note = keep_override(working, data, asked.passed.overridden, asked.reason, note, by=by)
    working.record(Revision.Event.SCHEDULED, by=by, note=note, data=data, version=version.version)


def _told(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M %Z}" if moment else "never"
