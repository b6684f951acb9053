"""Claims: how several processes share work without doing any of it twice, and without losing what a dead one began.

A row is claimed by one conditional update: of all who try, the database lets one through. A claim ends when the work
is done, or a few minutes after its holder was last heard of; what was killed is taken up by somebody else then.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

CLAIM_LASTS = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


class ClaimLost(Exception):
    """Somebody else has it by now: its holder was silent for too long."""


class ClaimableQuerySet(models.QuerySet[Any]):
    def free(self, now: datetime) -> Self:
        """Held by nobody, and not waiting for its next try. What lies further ahead than either can be was written
        before the clock was put back, and counts for nothing.
        """
        nobody = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_LASTS) | Q(claimed_at__gt=now + CLAIM_LASTS)
        rested = Q(next_try_at=None) | Q(next_try_at__lte=now) | Q(next_try_at__gt=now + LONGEST_PAUSE)
        return self.filter(nobody, rested)


class Claimable(models.Model):
    claim = models.CharField(max_length=32, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.CharField(max_length=300, blank=True, editable=False)

    objects: ClassVar[Any] = ClaimableQuerySet.as_manager()

    class Meta:
        abstract = True

    def take(self, still: Q = Q()) -> bool:  # noqa: B008  (Q() is never changed)
        """Claim it, if it is free and `still` holds; False when somebody was quicker. One query."""
        now, token = timezone.now(), uuid4().hex
        rows = type(self).objects.free(now).filter(still, pk=self.pk)
        if not rows.update(claim=token, claimed_at=now):
            return False
        self.claim, self.claimed_at = token, now
        return True

    def hold(self) -> None:
        """Say that one is still at work; within a transaction, keep others away until its end. Raises ClaimLost."""
        self._change(claimed_at=timezone.now())

    def release(self, **changes: Any) -> None:
        """Give it back, with what became of it. Raises ClaimLost, and then nothing has changed."""
        self._change(claimed_at=None, **changes)

    def release_failed(self, error: str) -> None:
        """Give it back, to be tried again after a pause that grows with every try."""
        pause = min(FIRST_PAUSE * 2 ** min(self.tries, 10), LONGEST_PAUSE)
        self.release(tries=self.tries + 1, last_error=error[:300], next_try_at=timezone.now() + pause)

    def _change(self, **changes: Any) -> None:
        if not type(self).objects.filter(pk=self.pk, claim=self.claim).update(**changes):
            raise ClaimLost
        for name, value in changes.items():
            setattr(self, name, value)
