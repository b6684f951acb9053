"""Laying out a front: the verbs. Each is one transaction under a lock on the front's row, with an entry in the log.

What an editor changes is the draft; readers see the live version until somebody publishes. A change says which state it
began from, by number: where that isn't the newest any more, nothing is written and `Clash` tells what stands there now.
Whatever is put in the place of another is kept in the history.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.models.section import Section
from articles.models.section_limits import limits_of
from newsroom import pagecache
from newsroom.models.audit import log

from .front import Front, FrontVersion
from .layout import Layout

State = FrontVersion.State
KEPT = 50  # past versions of each front


class Clash(Exception):
    """Somebody else changed the front meanwhile. `now` is what stands there: draft, else live; None: nothing."""

    def __init__(self, now: FrontVersion | None) -> None:
        super().__init__("Somebody else changed this front meanwhile.")
        self.now = now


def may_lay_out(user: Any, section: Section | None) -> bool:
    """Change the draft. Who is limited to sections has their fronts only. One query, once a person."""
    return user.has_perm("articles.change_front") and _is_within_limits(user, section)


def may_publish(user: Any, section: Section | None) -> bool:
    return user.has_perm("articles.add_frontversion") and may_lay_out(user, section)


def _is_within_limits(user: Any, section: Section | None) -> bool:
    limits = limits_of(user)
    return not limits or (section is not None and section.pk in limits)


def newest(front: Front) -> FrontVersion | None:
    """What the next change goes out from: the draft, else what is live. One query."""
    versions = {one.state: one for one in front.versions.exclude(state=State.PAST).select_related("made_by")}
    return versions.get(State.DRAFT) or versions.get(State.LIVE)


def number_of(version: FrontVersion | None) -> int:
    return version.number if version else 0


# --- the draft -----------------------------------------------------------------------------------------------------


def save_draft(front: Front, layout: Layout, *, by: Any, number: int, keep_theirs: bool = False) -> FrontVersion:
    """Write the draft that somebody made from the state of this `number`. Raises Clash where that isn't the newest.

    `keep_theirs`: the draft that was there goes to the history, for it is somebody else's work that this one replaces.
    """
    with transaction.atomic():
        _lock(front, by, may_lay_out)
        now = newest(front)
        if number_of(now) != number:
            raise Clash(now)
        draft = now if now is not None and now.state == State.DRAFT else None
        if keep_theirs and draft is not None:
            _make_past(draft, "Replaced by another draft")
            draft = None
        if draft is None:
            log("front_draft_begun", front, by=by)
            draft = FrontVersion(front=front, state=State.DRAFT)
        draft.layout, draft.number, draft.made_by = layout.written(), _next_number(front), by
        draft.save()
        _prune(front)
        return draft


def set_aside(front: Front, layout: Layout, *, by: Any, note: str = "Set aside for another's draft") -> FrontVersion:
    """Keep a layout in the history that was not saved: what somebody gave up for what another one made."""
    with transaction.atomic():
        _lock(front, by, may_lay_out)
        kept = FrontVersion.objects.create(
            front=front, state=State.PAST, layout=layout.written(), number=0, made_by=by, note=note
        )
        _prune(front)
        return kept


def discard_draft(front: Front, *, by: Any, number: int) -> None:
    """Go back to what readers see. The draft stays in the history. Raises Clash for another than the newest draft."""
    with transaction.atomic():
        _lock(front, by, may_lay_out)
        draft = newest(front)
        if draft is None or draft.state != State.DRAFT:
            raise ValidationError("There is no draft to discard.")
        if draft.number != number:
            raise Clash(draft)
        _make_past(draft, "Discarded")
        log("front_draft_discarded", front, by=by)
        _prune(front)


def restore(front: Front, version: FrontVersion, *, by: Any) -> FrontVersion:
    """Make the draft what this version was. Readers see it once it is published. A draft that is there goes to the history."""
    with transaction.atomic():
        _lock(front, by, may_lay_out)
        layout = Layout.read(front.versions.get(pk=version.pk).layout)
        draft = front.versions.filter(state=State.DRAFT).first()
        if draft is not None:
            _make_past(draft, "Replaced by an older version")
        made = FrontVersion.objects.create(
            front=front,
            state=State.DRAFT,
            layout=layout.written(),
            number=_next_number(front),
            made_by=by,
            note=f"From version {version.pk}",
        )
        log("front_restored", front, by=by, after={"version": version.pk})
        _prune(front)
        return made


# --- what readers see ----------------------------------------------------------------------------------------------


def publish(front: Front, *, by: Any, number: int, note: str = "") -> FrontVersion:
    """Show readers the draft. `number` is that of the draft which was looked at; raises Clash for another."""
    with transaction.atomic():
        _lock(front, by, may_publish)
        draft, live = newest(front), front.versions.filter(state=State.LIVE).first()
        if number_of(draft) != number:
            raise Clash(draft)
        if draft is None or draft.state != State.DRAFT:
            raise ValidationError("There is no draft to publish.")
        if live is not None:
            _make_past(live)
        draft.state, draft.published_at, draft.note = State.LIVE, timezone.now(), note.strip()[:200] or draft.note
        draft.save()
        log("front_published", front, by=by, before=_told(live), after=_told(draft), reason=draft.note)
        pagecache.purge(front.key)
        _prune(front)
        return draft


def undo(front: Front, *, by: Any, number: int) -> FrontVersion | None:
    """Show readers what they saw before; once more, what they saw before that. None: nothing is laid out any more.

    A draft stays. `number` is that of the live version to be taken back; raises Clash for another.
    """
    with transaction.atomic():
        _lock(front, by, may_publish)
        live = front.versions.filter(state=State.LIVE).first()
        if live is None:
            raise ValidationError("Readers see no layout of this front; there is nothing to undo.")
        if live.number != number:
            raise Clash(newest(front))
        before = (
            front.versions.filter(state=State.PAST, published_at__lt=live.published_at)
            .order_by("-published_at", "-pk")
            .first()
        )
        _make_past(live)
        if before is not None:
            before.state = State.LIVE
            before.save(update_fields=["state", "changed_at"])
        log("front_undone", front, by=by, before=_told(live), after=_told(before))
        pagecache.purge(front.key)
        return before


# --- parts ---------------------------------------------------------------------------------------------------------


def _lock(front: Front, by: Any, may: Any) -> None:
    locked = Front.objects.select_for_update(of=("self",)).select_related("section").get(pk=front.pk)
    if by is not None and not may(by, locked.section):
        raise PermissionDenied("Your login may not do this to this front.")


def _next_number(front: Front) -> int:
    """Of no version before: who began from one that is gone must not take another for it."""
    return int(front.versions.aggregate(most=Max("number"))["most"] or 0) + 1


def _make_past(version: FrontVersion, note: str = "") -> None:
    version.state, version.note = State.PAST, version.note or note
    version.save(update_fields=["state", "note", "changed_at"])


def _prune(front: Front) -> None:
    """The oldest go. The number of the newest past one is above theirs, so numbers never come again."""
    old = front.versions.filter(state=State.PAST).order_by("-changed_at", "-pk").values_list("pk", flat=True)[KEPT:]
    front.versions.filter(pk__in=list(old)).delete()


def _told(version: FrontVersion | None) -> dict[str, Any] | None:
    """Short enough for the log; the layouts themselves are in the history."""
    if version is None:
        return None
    layout = Layout.read(version.layout)
    return {
        "version": version.pk,
        "containers": len(layout.containers),
        "picked": [slot.article for slot in layout.slots],
    }
