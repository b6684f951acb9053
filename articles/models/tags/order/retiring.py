"""Retiring: a tag that is used no more. Articles keep it, nobody can add it, readers find its page gone (410)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from newsroom.addresses import address_of
from newsroom.models.audit import log

from ..acts import TagAct
from ..tagging import Tag
from .acting import lock_in_order, one_at_a_time, purge, refuse_while_at_work, remember, require_order

RETIRE = TagAct.Kind.RETIRE


def retire(tag: Tag, *, by: Any = None) -> TagAct:
    """Nothing else changes, so undoing is exact. Raises PermissionDenied, ValidationError."""
    require_order(by, RETIRE)
    with transaction.atomic():
        one_at_a_time()
        lock_in_order([tag.pk])
        stored = Tag.objects.get(pk=tag.pk)
        if stored.merged_into is not None:
            raise ValidationError(f"“{stored}” was merged into “{stored.merged_into}” already.")
        if stored.retired_at is not None:
            raise ValidationError(f"“{stored}” is retired already.")
        refuse_while_at_work(stored)
        redirects = remember(stored) if address_of(stored.key) else []
        now = timezone.now()
        Tag.objects.filter(pk=stored.pk).update(retired_at=now)
        data = {"name": stored.name, "redirects": redirects}
        act: TagAct = TagAct.objects.create(kind=RETIRE, tag=stored, by=by, data=data, done_at=now)
        log("retired", stored, by=by, before={"articles readers know": stored.uses}, after={"act": act.pk})
        purge(stored)
    tag.refresh_from_db()
    return act


def undo_retire(act: TagAct) -> None:
    Tag.objects.filter(pk=act.tag_id).update(retired_at=None)
