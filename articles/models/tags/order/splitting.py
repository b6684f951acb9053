"""Splitting: some of a tag's articles get a tag of their own, beside it or in its place. Like Mercury, the planet."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from newsroom import pagecache
from newsroom.models.audit import log

from ..acts import TagAct
from ..names import TagName, folded
from ..tagging import ArticleTag, PublishedTag, Tag
from .acting import lock_in_order, may_split, one_at_a_time, purge, refuse_while_at_work, require_order
from .moving import DESK, MODELS, What, at_work, bearing, counting, keep, lock, move, versions_of

SPLIT = TagAct.Kind.SPLIT
MOST = 10_000
SLICE = 500


def begin_split(tag: Tag, name: str, articles: "QuerySet[Any]", *, keep_old: bool, by: Any = None) -> TagAct:
    """A new tag of this name, of the same kind and as hidden, for those of the articles that bear the tag. To be gone on
    with.

    Raises PermissionDenied; ValidationError when the name is another tag's, or none of the articles bears this one.
    """
    require_order(by, SPLIT)
    if not may_split(by):
        raise PermissionDenied("Your login may not make new tags.")
    bears = Q(tagged_items__tag=tag) | Q(published_versions__tagged_items__tag=tag)
    numbers = sorted(set(articles.filter(bears).order_by().values_list("pk", flat=True)[: MOST * 4]))
    if not numbers:
        raise ValidationError(f"None of these articles bears “{tag}”. Choose at least one.")
    if len(numbers) > MOST:
        raise ValidationError(f"{MOST:,} articles at most: choose fewer, and split once more.")
    with transaction.atomic():
        one_at_a_time()
        lock_in_order([tag.pk])
        stored = Tag.objects.get(pk=tag.pk)
        if stored.merged_into is not None or stored.retired_at is not None:
            raise ValidationError(f"“{stored}” is not in use: it was merged or retired.")
        refuse_while_at_work(stored)
        taken = TagName.tags_of([folded(name)]).get(folded(name))
        if taken is not None:
            raise ValidationError({"name": f"There is a tag “{taken}” already. Choose a name that no tag has."})
        new = Tag.objects.named([name])[0]
        Tag.objects.filter(pk=new.pk).update(kind=stored.kind, is_hidden=stored.is_hidden)
        last = PublishedTag.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        data = {
            "name": stored.name, "other": new.name, "articles": numbers, "keep_old": keep_old,
            "of": len(numbers), "next": 0, "last": last,
        }  # fmt: skip
        act: TagAct = TagAct.objects.create(kind=SPLIT, tag=stored, other=new, by=by, data=data)
        after = {"into": new.name, "number": new.pk, "articles": len(numbers), "keeps the old": keep_old, "act": act.pk}
        log("split", stored, by=by, after=after)
        purge(stored, new)
    return act


def split_step(act: TagAct) -> None:
    """A short piece of the work: one transaction. An article that is being saved is waited for: the next one's turn
    comes after it.
    """
    with transaction.atomic():
        mine = at_work(act.pk)
        if mine is None or mine.is_undoing:
            return
        start = int(mine.data["next"])
        some = mine.data["articles"][start : start + SLICE]
        if not some:
            mine.done_at = timezone.now()
            mine.save(update_fields=["done_at"])
            assert mine.other is not None
            purge(mine.tag, mine.other)
            return
        there = lock(some, wait=True)
        for table in MODELS:
            if mine.data["keep_old"]:
                _add(mine, table, there)
            else:
                move(mine, table, there)
        mine.note(next=start + len(some), done=start + len(some))
        pagecache.purge(f"list-tag:{mine.other_id}")


def _add(act: TagAct, table: str, articles: list[int]) -> None:
    model, versions = MODELS[table], versions_of(articles)
    bearers = articles if table == DESK else list(versions)
    rows = list(model.objects.filter(tag=act.tag_id, content_object__in=bearers).order_by("pk"))
    there = set(bearing(model, act.other_id, bearers))
    new = [_beside(row, act.other_id) for row in rows if row.content_object_id not in there]
    with counting(table, versions, act.tag_id, act.other_id):
        model.objects.bulk_create(new)
    keep(act, table, What.ADDED, [(row.pk, row.content_object_id) for row in new])


def _beside(row: Any, tag: int | None) -> Any:
    more = {} if isinstance(row, ArticleTag) else {"published_at": row.published_at}
    return type(row)(tag_id=tag, content_object_id=row.content_object_id, **more)


def finish_unsplit(act: TagAct) -> None:
    """The tag that was split off goes, unless somebody uses it for something else by now."""
    new = act.other
    if new is None or _is_in_use(new, act):
        return
    act.other = None
    act.save(update_fields=["other"])
    new.delete()


def _is_in_use(new: Tag, act: TagAct) -> bool:
    others = TagAct.objects.filter(Q(tag=new) | Q(other=new)).exclude(pk=act.pk)
    mine = (new.article_items, new.published_items, new.children, new.merged_tags)
    return others.exists() or any(one.exists() for one in mine)
