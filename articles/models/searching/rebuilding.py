"""Rebuilding: the whole index as it should be. `manage.py rebuild_search` asks for it: after an upgrade, after a change of
language, or when somebody wrote past the verbs.

The site is used meanwhile: each batch is a transaction of its own, under the locks of its articles, and what is done is
remembered with it. A run that was interrupted goes on where it was.
"""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.utils import timezone

from articles.models.article import Article

from ..stepping import Step
from .engine import engine
from .entries import SearchEntry, SearchTask
from .keeping import AT_ONCE, current, drop, keep

KEY = "rebuild"


def rebuild(*, anew: bool = False) -> Iterator[Step]:
    """Step by step. `anew`: from the beginning, whatever an interrupted run had done."""
    if anew:
        SearchTask.objects.filter(key=KEY).delete()
    yield from _entries()
    yield from _over()
    SearchTask.objects.filter(key=KEY).delete()


def _entries() -> Iterator[Step]:
    now = timezone.now()
    task, _ = SearchTask.objects.get_or_create(key=KEY, defaults={"asked_at": now})
    place, mended = task.after, 0
    total, done = current(now).count(), current(now).filter(pk__lte=place).count()
    while batch := dict(current(now).filter(pk__gt=place).order_by("pk").values_list("pk", "article")[:AT_ONCE]):
        place = max(batch)
        with transaction.atomic():
            mended += keep_locked(batch)
            SearchTask.objects.filter(key=KEY).update(after=place)
        done += len(batch)
        yield Step("articles", done, total, mended)


def keep_locked(articles: Mapping[int, int]) -> int:
    """The entries of these versions, whose articles are told; under their locks, so that nobody publishes them meanwhile.
    How many were not as they should be.
    """
    rows = Article.objects.filter(pk__in=set(articles.values())).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))
    return keep(list(current(timezone.now()).filter(pk__in=articles).order_by("pk")))


def _over() -> Iterator[Step]:
    """Entries of what is over, and words of no entry."""
    gone = 0
    over = SearchEntry.objects.filter(published__live_until__lte=timezone.now()).order_by("pk")
    while True:
        with transaction.atomic():
            some = list(over[:AT_ONCE])
            drop(some)
        swept = engine().sweep()
        if not some and not swept:
            break
        gone += len(some) + swept
        yield Step("entries that are over", gone, gone, gone)
