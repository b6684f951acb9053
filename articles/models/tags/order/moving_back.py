"""Moving back: the rows that an act moved, dropped or added, as they were before it. In slices, like the way there.

A row that somebody has changed since stays as that person left it, and is counted. What was published since from an
article whose tag goes back goes back with it: readers and desk would differ otherwise.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from newsroom import pagecache

from ..acts import TagAct, TagActRow
from ..tagging import ArticleTag, PublishedTag
from .moving import DESK, MODELS, READERS, SLICE, What, articles_of, at_work, bearing, counting, lock, versions_of

Kept = list[TagActRow]


def move_back_slice(act: TagAct) -> bool:
    """The next of the rows that are written down. False: there are none left."""
    with transaction.atomic():
        mine = at_work(act.pk)
        # From where the last slice ended: what is deleted before that would be walked over again and again.
        rows = list(mine.rows.filter(pk__gt=mine.data.get("after", 0)).order_by("pk")[:SLICE]) if mine else []
        if mine is None or not rows:
            return False
        of_row = _articles(rows)
        free = set(lock({article for article in of_row.values() if article is not None}))
        left = [row.pk for row in rows if of_row[row.pk] is not None and of_row[row.pk] not in free]
        to_do = [row for row in rows if row.pk not in set(left)] if left else rows
        there = [row for row in to_do if of_row[row.pk] is not None]
        with counting(READERS, versions_of(free), mine.tag_id, mine.other_id):
            back = _put_back(mine, there)
        TagActRow.objects.filter(pk__in=[row.pk for row in to_do]).delete()
        mine.note(
            after=min(left) - 1 if left else rows[-1].pk,
            done=mine.data.get("done", 0) + len(to_do),
            skipped=mine.data.get("skipped", 0) + _missed(to_do, back, of_row),
        )
        pagecache.purge(f"list-tag:{mine.tag_id}", f"list-tag:{mine.other_id}")
    return True


def _articles(rows: Kept) -> dict[int, int | None]:
    """The article of each; None: it is gone, or this version of it."""
    found: dict[int, int | None] = {}
    for table in MODELS:
        mine = [row for row in rows if row.table == table]
        articles = articles_of(table, [row.content_object for row in mine]) if mine else {}
        found |= {row.pk: articles.get(row.content_object) for row in mine}
    return found


def _missed(rows: Kept, back: set[int], articles: dict[int, int | None]) -> int:
    """How many articles stay as they are. That an old version made room for a newer one is nobody's change."""
    return sum(row.pk not in back and (row.table == DESK or articles[row.pk] is not None) for row in rows)


def _put_back(act: TagAct, rows: Kept) -> set[int]:
    back: set[int] = set()
    for table in MODELS:
        for what, put in ((What.MOVED, _moved), (What.DROPPED, _dropped), (What.ADDED, _added)):
            some = [row for row in rows if row.table == table and row.what == what]
            if not some:
                continue
            done = put(MODELS[table], act, some)
            back |= {row.pk for row in done}
            if table == DESK:
                _published_since(act, what, [row.content_object for row in done])
    return back


def _moved(model: Any, act: TagAct, rows: Kept) -> Kept:
    has_old = set(bearing(model, act.tag_id, [row.content_object for row in rows]))
    still = model.objects.filter(pk__in=[row.row for row in rows], tag=act.other_id).order_by()
    as_left = dict(still.values_list("pk", "content_object"))
    back = [row for row in rows if as_left.get(row.row) == row.content_object and row.content_object not in has_old]
    model.objects.filter(pk__in=[row.row for row in back]).update(tag=act.tag_id)
    return back


def _dropped(model: Any, act: TagAct, rows: Kept) -> Kept:
    bearers = [row.content_object for row in rows]
    has_old, twins = set(bearing(model, act.tag_id, bearers)), _twins(model, act, bearers)
    taken = set(model.objects.filter(pk__in=[row.row for row in rows]).order_by().values_list("pk", flat=True))
    back = [
        row
        for row in rows
        if row.content_object in twins and row.content_object not in has_old and row.row not in taken
    ]
    _make(model, act, ((row.row, row.content_object) for row in back), twins)
    return back


def _added(model: Any, act: TagAct, rows: Kept) -> Kept:
    still = model.objects.filter(pk__in=[row.row for row in rows], tag=act.other_id).order_by()
    there = set(still.values_list("pk", flat=True))
    model.objects.filter(pk__in=there).delete()
    return [row for row in rows if row.row in there]


def _twins(model: Any, act: TagAct, bearers: Iterable[int]) -> dict[int, Any]:
    """The rows of the other tag beside which these were dropped: the date of each."""
    rows = model.objects.filter(tag=act.other_id, content_object__in=list(bearers)).order_by()
    if model is ArticleTag:
        return dict.fromkeys(rows.values_list("content_object", flat=True))
    return dict(rows.values_list("content_object", "published_at"))


def _make(model: Any, act: TagAct, rows: Iterable[tuple[int | None, int]], dates: dict[int, Any]) -> None:
    more = (lambda bearer: {}) if model is ArticleTag else (lambda bearer: {"published_at": dates[bearer]})
    model.objects.bulk_create(
        [model(pk=pk, tag_id=act.tag_id, content_object_id=bearer, **more(bearer)) for pk, bearer in rows],
        batch_size=SLICE,
    )


def _published_since(act: TagAct, what: str, articles: list[int]) -> None:
    """Versions that came out since, as copies of what now goes back."""
    rows = PublishedTag.objects.filter(tag=act.other_id, pk__gt=int(act.data.get("last", 0)))
    since = dict(
        rows.filter(content_object__in=list(versions_of(articles))).order_by().values_list("content_object", "pk")
    )
    if not since:
        return
    if what == What.ADDED:
        PublishedTag.objects.filter(pk__in=since.values()).delete()
        return
    lacking = set(since) - set(bearing(PublishedTag, act.tag_id, list(since)))
    if what == What.MOVED:
        PublishedTag.objects.filter(pk__in=[since[bearer] for bearer in lacking]).update(tag=act.tag_id)
    else:
        _make(PublishedTag, act, ((None, bearer) for bearer in sorted(lacking)), _twins(PublishedTag, act, lacking))
