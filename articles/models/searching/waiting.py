"""Waiting: entries that are to be looked at again, because a tag or an author has another name, or the site another
language. Some hundred at once, when the change is committed; the rest by `manage.py announce`, a slice in each transaction,
however many there are.
"""

import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models.bylines import PublishedByline
from articles.models.tags.tagging import PublishedTag

from .documents import language
from .entries import SearchEntry, SearchTask
from .keeping import rename
from .rebuilding import keep_locked

SLICE = 200
LANGUAGE = "language:site"
# An article that was being published at the moment of the change may bear the old name: its turn comes with a second
# walk, which the first one's end does not spare.
SETTLED = timedelta(seconds=30)


def ask(key: str) -> None:
    """`tag:12` or `author:4` is called otherwise from now on, or LANGUAGE is another. Within the transaction that says so. One query."""
    SearchTask.objects.bulk_create(
        [SearchTask(key=key, asked_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["after", "asked_at"],
    )
    transaction.on_commit(lambda: _step(key), robust=True)


def go_on(*, seconds: float = 5.0) -> int:
    """What waits, for about so long. How many entries had other names. One query when nothing waits."""
    end, mended = time.monotonic() + seconds, 0
    for task in SearchTask.objects.filter(key__regex="^(tag|author|language):").order_by("pk"):
        again = task.asked_at > timezone.now() - SETTLED
        while (done := _step(task.key)) is not None:
            mended += done
            if time.monotonic() > end:
                return mended
        if again:
            SearchTask.objects.filter(pk=task.pk, asked_at=task.asked_at).update(after=0)
        else:
            SearchTask.objects.filter(pk=task.pk, asked_at=task.asked_at).delete()
    return mended


def _step(key: str) -> int | None:
    """The next slice: how many had other names. None at the end."""
    with transaction.atomic():
        task = SearchTask.objects.select_for_update().filter(key=key).first()
        versions = _after(key, task.after) if task else {}
        if task is None or not versions:
            return None
        mended = rename(versions) if key != LANGUAGE else keep_locked(versions)
        task.after = max(versions)
        task.save(update_fields=["after"])
    return mended


def _after(key: str, after: int) -> dict[int, int]:
    """The next versions of the tag or the author, or those written in another language than that of today; with the
    article of each.
    """
    kind, _, number = key.partition(":")
    rows: Any
    if key == LANGUAGE:
        rows = SearchEntry.objects.filter(pk__gt=after).exclude(language=language()).order_by("pk")
        return dict(rows.values_list("pk", "published__article")[:SLICE])
    if kind == "tag":
        rows = PublishedTag.objects.filter(tag=int(number), content_object__gt=after).order_by("content_object")
        return dict(rows.values_list("content_object", "content_object__article")[:SLICE])
    rows = PublishedByline.objects.filter(author=int(number), published__gt=after).order_by("published")
    return dict(rows.values_list("published", "published__article")[:SLICE])
