"""Merging: several tags that mean one thing become one. Names, articles, children and addresses lead to it.

At once, in one short transaction, the tag says what it was merged into; from then on nobody can put it on an article
(resolving.py: who is doing so is waited for). Then what depends on it moves, in slices. No article counts as changed by it,
and whoever still has the old tag in an open form saves the new one.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from newsroom.addresses import address_of
from newsroom.models.audit import log

from ..acts import TagAct
from ..names import TagName
from ..tagging import ArticleTag, PublishedTag, Tag
from .acting import lock_in_order, locked, one_at_a_time, purge, refuse_while_at_work, remember, require_order
from .moving import DESK, READERS, at_work, move_slice

MERGE = TagAct.Kind.MERGE


def begin_merge(tags: Iterable[Tag], into: Tag, *, by: Any = None) -> list[TagAct]:
    """Each of them says from now on what it was merged into. The acts are to be gone on with (working.py).

    Raises PermissionDenied, and ValidationError when one of them can't be merged; then none is, unless somebody else
    did something to it in the same moment.
    """
    require_order(by, MERGE)
    tags = list(dict.fromkeys(tags))
    for tag in tags:
        check_merge(tag, into)
    return [_begin(tag, into, by) for tag in tags]


def check_merge(tag: Tag, into: Tag) -> None:
    """Raises ValidationError, in a sentence."""
    if tag.pk == into.pk:
        raise ValidationError(f"“{tag}” can't be merged into itself.")
    for one in (tag, into):
        if one.merged_into is not None:
            raise ValidationError(f"“{one}” was merged into “{one.merged_into}” already.")
    if into.retired_at is not None:
        raise ValidationError(f"“{into}” is retired. Undo that first, or choose another.")
    refuse_while_at_work(tag)
    refuse_while_at_work(into, as_target=True)


def _begin(tag: Tag, into: Tag, by: Any) -> TagAct:
    of = sum(model.objects.filter(tag=tag.pk).count() for model in (ArticleTag, PublishedTag))
    with transaction.atomic():
        one_at_a_time()
        tag = locked(tag.pk)
        into = Tag.objects.get(pk=into.pk)
        check_merge(tag, into)
        was_seen = address_of(tag.key) is not None
        names = TagName.objects.filter(tag=tag)
        data = {
            "name": tag.name,
            "other": into.name,
            "names": sorted(names.values_list("folded", flat=True)),
            "redirects": remember(tag) if was_seen else [],
            "of": of,
            "last": PublishedTag.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
        }
        names.update(tag=into)
        Tag.objects.filter(pk=tag.pk).update(merged_into=into)
        act: TagAct = TagAct.objects.create(kind=MERGE, tag=tag, other=into, by=by, data=data)
        log(
            "merged", tag, by=by,
            before={"slug": tag.slug, "articles readers know": tag.uses},
            after={"into": into.name, "number": into.pk, "act": act.pk},
        )  # fmt: skip
        purge(tag, into)
    return act


def merge_step(act: TagAct) -> None:
    """A short piece of the work: one transaction."""
    if "family" not in act.data:
        _adopt(act)
    elif not move_slice(act, DESK) and not move_slice(act, READERS):
        _finish(act)


def _adopt(act: TagAct) -> None:
    """Its children get the new parent, what was merged into it before is merged into the target: no chains."""
    with transaction.atomic():
        mine = at_work(act.pk)
        if mine is None or mine.is_undoing or "family" in mine.data:
            return
        tag, into = mine.tag, mine.other
        assert into is not None
        is_within = _is_within(into, tag)
        children = sorted(tag.children.exclude(pk=into.pk).values_list("pk", flat=True))
        merged = sorted(tag.merged_tags.values_list("pk", flat=True))
        lock_in_order({*children, *merged, into.pk})
        Tag.objects.filter(pk__in=children).update(parent=into)
        Tag.objects.filter(pk__in=merged).update(merged_into=into)
        family: dict[str, Any] = {"children": children, "merged": merged}
        if is_within:  # it can't be part of its own children
            Tag.objects.filter(pk=into.pk).update(parent=tag.parent_id)
            family["parent"] = [into.parent_id, tag.parent_id]
        mine.note(family=family)
        purge(into)


def _is_within(inner: Tag, outer: Tag) -> bool:
    """Is it part of the other, over however many steps?"""
    seen: set[int] = set()
    parent = inner.parent_id
    while parent is not None and parent not in seen:
        if parent == outer.pk:
            return True
        seen.add(parent)
        parent = Tag.objects.filter(pk=parent).values_list("parent", flat=True).first()
    return False


def _finish(act: TagAct) -> None:
    with transaction.atomic():
        mine = at_work(act.pk)
        if mine is None or mine.is_undoing:
            return
        mine.done_at = timezone.now()
        mine.save(update_fields=["done_at"])
        assert mine.other is not None
        done, dropped = mine.data.get("done", 0), mine.data.get("dropped", 0)
        log("merged to the end", mine.tag, by=mine.by, after={"rows moved": done - dropped, "doubles dropped": dropped})
        purge(mine.tag, mine.other)


def begin_unmerge(act: TagAct) -> None:
    """The tag is itself again: its names, its address, its children. Under the act's lock; its rows come after.

    Raises ValidationError when another tag has one of its names by now, or when one would be part of its own parts.
    """
    family = act.data.get("family", {"children": [], "merged": []})
    lock_in_order({act.tag_id, act.other_id or 0, *family["children"], *family["merged"]})
    tag, into = Tag.objects.get(pk=act.tag_id), act.other
    assert into is not None
    for key in act.data["names"]:
        _take_back(key, tag, into)
    Tag.objects.filter(pk__in=family["children"], parent=into).update(parent=tag)
    Tag.objects.filter(pk__in=family["merged"], merged_into=into).update(merged_into=tag)
    if "parent" in family:
        before, after = family["parent"]
        if before is None or Tag.objects.filter(pk=before).exists():
            Tag.objects.filter(pk=into.pk, parent=after).update(parent=before)
    Tag.objects.filter(pk=tag.pk).update(merged_into=None)
    for one in (tag, into):
        one.refresh_from_db(fields=["parent"])
        if _is_within(one, one):
            raise ValidationError(f"“{one}” would be part of its own parts by now: “{one.parent}” is one of them.")


def _take_back(key: str, tag: Tag, into: Tag) -> None:
    row = TagName.objects.filter(folded=key).select_related("tag").first()
    if row is None:
        if key == tag.folded_name:
            TagName.objects.create(folded=key, name=tag.name, tag=tag)
        return
    if row.tag_id not in (into.pk, tag.pk):
        raise ValidationError(f"“{row}” is a name of “{row.tag}” by now. Take it from there first.")
    row.tag = tag
    row.save(update_fields=["tag"])
