"""Pruning: letting go of old revisions that nobody will miss. Never by itself; `manage.py prune_revisions` asks for it."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from .sharing import ShareLink

if TYPE_CHECKING:
    from .revisions import Revision  # noqa: F401  # named in the class's bases

# What was or was to be sent to readers is kept for good.
SENT_OUT = ("published", "scheduled", "held")
BATCH = 1000


class RevisionQuerySet(models.QuerySet["Revision"]):
    def sent_out(self) -> "RevisionQuerySet":
        return self.filter(event__in=SENT_OUT)

    def shared(self) -> "RevisionQuerySet":
        return self.filter(Exists(ShareLink.objects.filter(revision=OuterRef("pk"))))

    def prunable(self, *, keep_days: int, keep_last: int) -> "RevisionQuerySet":
        """Older than so many days, not among the last so many of its article, never sent out, in no share link."""
        if keep_days < 0 or keep_last < 1:
            raise ValueError("Keep at least the last revision of an article, and no negative number of days.")
        newest = self.model._default_manager.filter(article=OuterRef("article")).order_by("-number")
        oldest_kept = Subquery(newest.values("number")[keep_last - 1 : keep_last])
        old = self.filter(at__lt=timezone.now() - timedelta(days=keep_days), number__lt=oldest_kept)
        return old.exclude(event__in=SENT_OUT).exclude(Exists(ShareLink.objects.filter(revision=OuterRef("pk"))))

    def prune(self, *, keep_days: int, keep_last: int, dry_run: bool = False) -> Iterator[Counter[int]]:
        """Removes what is prunable and yields, batch by batch, how many went of which article.

        Each batch is a transaction of its own: what is interrupted goes on with the next run. `dry_run` only counts.
        """
        done = 0
        while True:
            rows = self.prunable(keep_days=keep_days, keep_last=keep_last).filter(pk__gt=done).order_by("pk")
            batch = list(rows.values_list("pk", "article_id")[:BATCH])
            if not batch:
                return
            done = batch[-1][0]
            gone = {pk for pk, _ in batch} if dry_run else self._remove([pk for pk, _ in batch])
            yield Counter(article for pk, article in batch if pk in gone)

    def _remove(self, ids: list[int]) -> set[int]:
        """Locked first, asked again then: a share link made this moment would otherwise be deleted with its base."""
        rows: Any = self.model._default_manager
        with transaction.atomic():
            locked = set(rows.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
            gone = locked - set(rows.filter(pk__in=locked).shared().values_list("pk", flat=True))
            rows.filter(pk__in=gone).only("pk").delete()  # their texts are long
        return gone
