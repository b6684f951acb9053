"""Renaming: another name, and another address when asked. One row, however many articles bear the tag."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.addresses import address_of
from newsroom.models.audit import log
from newsroom.slugs import one_line

from ..acts import TagAct
from ..names import LONGEST_NAME, TagName, folded
from ..tagging import Tag
from .acting import forget, lock_in_order, one_at_a_time, purge, remember, require_order

RENAME = TagAct.Kind.RENAME
FIELDS = ["name", "folded_name", "slug"]


def rename(tag: Tag, name: str, *, slug: str = "", by: Any = None) -> TagAct | None:
    """The old name stays as an alias, an old address leads to the new one. None when it is called that already.

    Raises PermissionDenied, and ValidationError, by field, for a name or an address that another tag has.
    """
    require_order(by, RENAME)
    with transaction.atomic():
        one_at_a_time()
        lock_in_order([tag.pk])
        stored = Tag.objects.get(pk=tag.pk)
        before, old_slug = stored.name, stored.slug
        stored.name, stored.slug = one_line(name), one_line(slug) or old_slug
        _check(stored)
        if (stored.name, stored.slug) == (before, old_slug):
            return None
        known = TagName.objects.filter(folded=folded(stored.name), tag=stored).first()
        moves = stored.slug != old_slug
        old = Tag.objects.get(pk=tag.pk)
        data = {
            "name": before,
            "other": stored.name,
            "slugs": [old_slug, stored.slug],
            "spelt": known.name if known else None,
            "redirects": remember(old) if moves and address_of(old.key) else [],
        }
        stored.save(update_fields=FIELDS)
        now = timezone.now()
        act: TagAct = TagAct.objects.create(kind=RENAME, tag=stored, by=by, data=data, done_at=now)
        log(
            "renamed", stored, by=by,
            before={"name": before, "slug": old_slug}, after={"name": stored.name, "slug": stored.slug, "act": act.pk},
        )  # fmt: skip
        purge(stored)
    tag.refresh_from_db()
    return act


def _check(tag: Tag) -> None:
    if tag.merged_into is not None:
        raise ValidationError(f"“{tag.merged_into}” is what it was merged into: rename that.")
    if not 0 < len(tag.name) <= LONGEST_NAME:
        raise ValidationError({"name": f"A tag needs a name, of {LONGEST_NAME} characters at most."})
    tag.clean()
    tag.clean_fields(exclude=[field.name for field in tag._meta.fields if field.name not in ("name", "slug")])
    twin = Tag.objects.filter(slug=tag.slug).exclude(pk=tag.pk).first()
    if twin is not None:
        raise ValidationError({"slug": f"“{twin}” has this address. Choose another."})


def undo_rename(act: TagAct) -> None:
    """Its name of before, its address of before. The address that readers saw meanwhile leads there.

    Raises ValidationError when another tag has one of them by now.
    """
    lock_in_order([act.tag_id])
    tag = Tag.objects.get(pk=act.tag_id)
    came, known = tag.folded_name, act.data["spelt"]
    tag.name, tag.slug = act.data["name"], act.data["slugs"][0]
    _check(tag)
    if known is not None:
        TagName.objects.filter(folded=came, tag=tag).update(name=known)
    elif came != folded(tag.name):
        TagName.objects.filter(folded=came, tag=tag).delete()
    try:
        tag.save(update_fields=FIELDS)
    except IntegrityError:
        raise ValidationError(f"“{tag.name}” is a name of another tag by now.") from None
    forget(act.data["redirects"])
    purge(tag)
