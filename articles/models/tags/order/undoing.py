"""Undoing: everything as it was before the act, but for what somebody has changed since, which is told.

The last act comes first: what was done later to the same tags stands on what this one did.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from newsroom.models.audit import log

from ..acts import TagAct
from .acting import about, forget, one_at_a_time, purge, require_order
from .merging import begin_unmerge
from .moving import at_work
from .moving_back import move_back_slice
from .renaming import undo_rename
from .retiring import undo_retire
from .splitting import finish_unsplit

Kind = TagAct.Kind


def begin_undo(act: TagAct, *, by: Any = None) -> TagAct:
    """Names, addresses and standing at once; rows that moved are to be gone on with (working.py).

    Raises PermissionDenied, and ValidationError, in a sentence, when it was undone already, when a later act must be
    undone first, or when another tag has the name by now; then nothing has changed.
    """
    require_order(by, act.kind)
    with transaction.atomic():
        one_at_a_time()
        mine: TagAct = TagAct.objects.select_for_update(of=("self",), no_key=True).get(pk=act.pk)
        check_undo(mine)
        if mine.kind == Kind.MERGE:
            begin_unmerge(mine)
        elif mine.kind == Kind.RENAME:
            undo_rename(mine)
        elif mine.kind == Kind.RETIRE:
            undo_retire(mine)
        if mine.kind in (Kind.MERGE, Kind.RETIRE):
            forget(mine.data["redirects"])
        mine.undone_by = by
        mine.done_at = None
        mine.data = mine.data | {"undoing": True, "done": 0, "of": mine.rows.count(), "skipped": 0}
        if mine.kind in (Kind.RENAME, Kind.RETIRE):
            mine.done_at = mine.undone_at = timezone.now()
        mine.save(update_fields=["undone_by", "done_at", "undone_at", "data"])
        log(f"undid: {mine.get_kind_display().lower()}", mine.tag, by=by, before={"what": str(mine), "act": mine.pk})
        purge(*_tags(mine))
    act.refresh_from_db()
    return act


def check_undo(act: TagAct) -> None:
    """Raises ValidationError, in a sentence."""
    if act.undone_at is not None or act.is_undoing:
        raise ValidationError(f"“{act}” was undone already.")
    later = (
        TagAct.objects.not_undone().filter(about(tag.pk for tag in _tags(act)), pk__gt=act.pk).order_by("-pk").first()
    )
    if later is not None:
        raise ValidationError(f"Undo “{later}” first: it came later, and has to do with the same tags.", code="later")


def undo_step(act: TagAct) -> None:
    """A short piece of the work: one transaction."""
    if move_back_slice(act):
        return
    with transaction.atomic():
        one_at_a_time()
        mine = at_work(act.pk)
        if mine is None:
            return
        mine.done_at = mine.undone_at = timezone.now()
        mine.save(update_fields=["done_at", "undone_at"])
        purge(*_tags(mine))
        if mine.kind == Kind.SPLIT:
            finish_unsplit(mine)


def _tags(act: TagAct) -> list[Any]:
    return [tag for tag in (act.tag, act.other) if tag is not None]
