"""Moving: the rows that bear a tag, from one to another and back, some thousand at a time.

Each slice is a short transaction of its own, under the locks of its articles, and writes down what it did: an act that is
interrupted goes on where it was. Articles that somebody is saving this moment are passed over and come later; nobody
waits for a slice longer than it takes.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction

from newsroom import pagecache

from ...months import Place, add, month_of
from ..acts import TagAct, TagActRow
from ..tagging import ArticleTag, PublishedTag, Tag

SLICE = 250  # rows: some 40 milliseconds on two cores that have much else to do, so that few take above 150
What = TagActRow.What
DESK, READERS = TagActRow.Table.DESK, TagActRow.Table.READERS
MODELS: dict[str, Any] = {DESK: ArticleTag, READERS: PublishedTag}


def move_slice(act: TagAct, table: str) -> bool:
    """The next rows of the act's tag to the other one. False: there are none left. Tried again, should somebody give an
    article the other tag in the same instant.
    """
    for last in (False, False, True):
        try:
            with transaction.atomic():
                mine = at_work(act.pk)
                if mine is None or mine.is_undoing:
                    return False
                rows = _next(mine, table)
                if rows:
                    move(mine, table, lock(articles_of(table, [bearer for _pk, bearer in rows]).values()))
                    mine.note(**{f"after {table}": rows[-1][0]})
                return bool(rows)
        except IntegrityError:
            if last:
                raise
    raise AssertionError("returned or raised")


def _next(act: TagAct, table: str) -> list[tuple[int, int]]:
    """In the order of their numbers from where the last slice ended: what was moved is not walked over again. At the end
    once more from the beginning, for those whose articles were being saved.
    """
    rows = MODELS[table].objects.filter(tag=act.tag_id).order_by("pk").values_list("pk", "content_object")
    after = int(act.data.get(f"after {table}", 0))
    return list(rows.filter(pk__gt=after)[:SLICE]) or (list(rows[:SLICE]) if after else [])


def move(act: TagAct, table: str, articles: Collection[int]) -> None:
    """All of these articles' rows, which are locked. A row whose article has the other tag too is dropped."""
    model, old, new = MODELS[table], act.tag_id, act.other_id
    versions = versions_of(articles)
    bearers = list(articles) if table == DESK else list(versions)
    rows = list(
        model.objects.filter(tag=old, content_object__in=bearers).order_by().values_list("pk", "content_object")
    )
    there = set(bearing(model, new, [bearer for _pk, bearer in rows]))
    dropped = [(pk, bearer) for pk, bearer in rows if bearer in there]
    moved = [(pk, bearer) for pk, bearer in rows if bearer not in there]
    with counting(table, versions, old, new):
        model.objects.filter(pk__in=[pk for pk, _bearer in moved]).update(tag=new)
        model.objects.filter(pk__in=[pk for pk, _bearer in dropped]).delete()
    keep(act, table, What.MOVED, moved)
    keep(act, table, What.DROPPED, dropped)
    act.note(done=act.data.get("done", 0) + len(rows), dropped=act.data.get("dropped", 0) + len(dropped))
    pagecache.purge(f"list-tag:{old}", f"list-tag:{new}")


def keep(act: TagAct, table: str, what: str, rows: Iterable[tuple[int, int]]) -> None:
    TagActRow.objects.bulk_create(
        [TagActRow(act=act, table=table, what=what, row=pk, content_object=bearer) for pk, bearer in rows],
        batch_size=SLICE,
    )


def at_work(pk: int) -> TagAct | None:
    """The act, locked, as long as it has something to do: two who go on with it at once take turns."""
    return TagAct.objects.at_work().select_for_update(of=("self",), no_key=True).filter(pk=pk).first()


# --- articles -------------------------------------------------------------------------------------------------------


def lock(articles: Iterable[int], *, wait: bool = False) -> list[int]:
    """Those of them that nobody is saving; when all are, the first waits for its turn. In the order of their numbers.
    With `wait` all of them.
    """
    rows = _bearers(DESK).filter(pk__in=list(articles)).order_by("pk")
    if not connection.features.has_select_for_update:
        return list(rows.values_list("pk", flat=True))
    free = list(rows.select_for_update(no_key=True, skip_locked=not wait).values_list("pk", flat=True))
    return free or list(rows.select_for_update(no_key=True).values_list("pk", flat=True)[:1])


def _bearers(table: str) -> Any:
    """Articles, or versions of them. Not imported: they know tags, and not the other way."""
    return MODELS[table]._meta.get_field("content_object").related_model.objects


def articles_of(table: str, bearers: Iterable[int]) -> dict[int, int]:
    """The article of each of these that is still there."""
    rows = _bearers(table).filter(pk__in=list(bearers)).order_by()
    return dict(rows.values_list("pk", "pk" if table == DESK else "article_id"))


def versions_of(articles: Collection[int]) -> dict[int, int]:
    """The article of each of their versions."""
    rows = _bearers(READERS).filter(article__in=list(articles)).order_by()
    return dict(rows.values_list("pk", "article_id"))


def bearing(model: Any, tag: int | None, bearers: Sequence[int]) -> Iterable[int]:
    rows = model.objects.filter(tag=tag, content_object__in=bearers).order_by()
    found: Iterable[int] = rows.values_list("content_object", flat=True)
    return found


# --- counting -------------------------------------------------------------------------------------------------------


@dataclass
class counting:  # reads as what it does
    """Around a change of rows: `Tag.uses` of both tags and the counts of their lists by month, by the articles that came
    to them or went. Exact beside others who publish, because the articles are locked.
    """

    table: str
    versions: dict[int, int]
    old: int
    new: int | None

    def __enter__(self) -> None:
        self.before, self.places = self._count(), self._places()

    def __exit__(self, *error: Any) -> None:
        if error[0] is not None or self.table == DESK:
            return
        # Not imported above: search knows tags, and not the other way.
        from ...searching.keeping import rename

        rename(self.versions)
        after, places = self._count(), self._places()
        add({place: places[place] - self.places[place] for place in {*places, *self.places}})
        change = {tag: len(after[tag]) - len(self.before[tag]) for tag in after}
        rows = Tag.objects.filter(pk__in=[tag for tag, by in change.items() if by]).order_by("pk")
        for tag, uses in rows.select_for_update(no_key=True).values_list("pk", "uses"):
            Tag.objects.filter(pk=tag).update(uses=max(uses + change[tag], 0))

    def _count(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {tag: set() for tag in (self.old, self.new) if tag is not None}
        if self.table != DESK:
            rows = PublishedTag.objects.filter(
                tag__in=list(found), content_object__in=list(self.versions), published_at__isnull=False
            )
            for tag, version in rows.order_by().values_list("tag", "content_object"):
                found[tag].add(self.versions[version])
        return found

    def _places(self) -> Counter[Place]:
        if self.table == DESK:
            return Counter()
        rows = PublishedTag.objects.filter(
            tag__in=[tag for tag in (self.old, self.new) if tag is not None],
            content_object__in=list(self.versions),
            content_object__live_until=None,
        )
        dated = rows.order_by().values_list("tag", "content_object__published_at")
        return Counter((f"list-tag:{tag}", month_of(at)) for tag, at in dated)
