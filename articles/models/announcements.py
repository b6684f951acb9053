"""Announcement: what is to be told to others once readers see it. An article appears, is replaced, or ends.

The verbs of publishing write these rows in their own transaction (`plan`), so that what is to be told can be neither
lost nor told of something that did not happen. `manage.py announce` tells it (see articles/announcing). Readers don't
wait for that: what they see follows from the time alone.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .claims import Claimable, ClaimableQuerySet
from .published import PublishedArticle

if TYPE_CHECKING:
    from .article import Article

KEPT_DAYS = 7  # at least, of what is told: a clock that was put back must find it, or it would be told again
BATCH = 1000
MOST_TRIES = 10  # with the pauses of claims.py: over about four hours


class AnnouncementQuerySet(ClaimableQuerySet):
    def waiting(self) -> Self:
        return self.filter(WAITING)

    def ready(self, now: datetime) -> Self:
        """To be told now, in the order in which it happened."""
        return self.waiting().free(now).filter(due_at__lte=now).order_by("due_at", "pk")

    def overdue(self, before: datetime) -> Self:
        return self.waiting().filter(due_at__lt=before)

    def given_up(self) -> Self:
        return self.exclude(gave_up_at=None)

    def next_moment(self) -> datetime | None:
        """When the next one becomes due. One look-up in an index."""
        found: datetime | None = (
            self.waiting().filter(due_at__gt=timezone.now()).aggregate(next=models.Min("due_at"))["next"]
        )
        return found

    def prune(self, *, keep_days: int, dry_run: bool = False) -> int:
        """Remove what has been told to all for longer than so many days, KEPT_DAYS at least; how much that is.

        What waits or was given up stays: somebody has to act on it. Each batch is a transaction of its own.
        """
        before = timezone.now() - timedelta(days=max(keep_days, KEPT_DAYS))
        old = self.filter(due_at__lt=before, done_at__lt=before)
        if dry_run:
            return old.count()
        gone = 0
        while batch := list(old.order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]):
            gone += self.model.objects.filter(pk__in=batch).delete()[1].get(self.model._meta.label, 0)
        return gone


WAITING = Q(done_at=None, gave_up_at=None)


class Announcement(Claimable):
    class What(models.TextChoices):
        APPEARED = "appeared", "Appeared"
        REPLACED = "replaced", "Replaced by a newer version"
        ENDED = "ended", "Ended"
        TAKEN_DOWN = "taken_down", "Taken down"  # its verb tells people itself

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="announcements")
    what = models.CharField(max_length=20, choices=What.choices)
    due_at = models.DateTimeField("when")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="Who did it at that moment. Nobody, for what was planned: it happens by itself.",
    )  # fmt: skip
    keys = models.JSONField(default=list, help_text="The pages that show it, as in Surrogate-Key.")
    done_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ("-due_at", "-pk")
        indexes = (
            models.Index(fields=["due_at"], name="announcement_waiting", condition=WAITING),
            models.Index(fields=["gave_up_at"], name="announcement_given_up", condition=~Q(gave_up_at=None)),
            models.Index(fields=["-due_at", "-id"], name="announcement_newest"),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.article}"

    @property
    def is_still_so(self) -> bool:
        """After a pause of hours it may no longer be: withdrawn before anybody was told that it is out. One query."""
        is_live = PublishedArticle.objects.live().filter(article_id=self.article_id).exists()
        return is_live == (self.what in (self.What.APPEARED, self.What.REPLACED))

    def told(self) -> set[str]:
        """The channels that know. One query."""
        return set(self.tellings.exclude(told_at=None).values_list("channel", flat=True))


class Telling(models.Model):
    """What one channel made of an announcement. `told_at` is empty while it failed."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="tellings")
    channel = models.CharField(max_length=30)
    told_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["announcement", "channel"], name="one_telling_per_channel"),)

    def __str__(self) -> str:
        return f"{self.channel}: {'told' if self.told_at else 'not told'}"


def plan(
    article: "Article",
    keys: Iterable[str],
    *,
    now: datetime,
    at_once: bool,
    by: Any = None,
    ended: Announcement.What = Announcement.What.ENDED,
) -> None:
    """Make what is to be told of this article true again, after a verb changed its published versions.

    Call it within the verb's transaction, under the article's lock. One announcement waits for each moment ahead at
    which readers will see something else; what was planned before and is so no longer is forgotten. `at_once`: they
    see something else since now, by `by`; when they see nothing any more, it is called `ended`. `keys` are of all
    pages that showed the article or will. Two to five queries.
    """
    versions = list(PublishedArticle.objects.filter(article_id=article.pk).only("live_from", "live_until"))
    wanted = sorted(set(keys))
    ahead = {moment: what for moment, what in _boundaries(versions) if moment > now}
    _forget_and_mend(article, ahead, wanted, now)
    if at_once:
        live = next((version for version in versions if version.is_live(now)), None)
        ahead[now] = _began(versions, live.live_from) if live else ended
    Announcement.objects.bulk_create(
        Announcement(article=article, what=what, due_at=moment, keys=wanted, by=by if moment == now else None)
        for moment, what in sorted(ahead.items())
    )


def _forget_and_mend(
    article: "Article", ahead: dict[datetime, Announcement.What], keys: list[str], now: datetime
) -> None:
    """What is announced for moments ahead already: taken out of `ahead` where it still holds, deleted where not.

    Also when it is told: a clock that was put back brings past moments back, and they must not be told again.
    """
    gone = []
    for row in Announcement.objects.filter(article=article, due_at__gt=now):
        what = ahead.pop(row.due_at, None)
        if row.done_at or row.gave_up_at:
            continue
        if what is None:
            gone.append(row.pk)
            continue
        all_keys = sorted({*row.keys, *keys})
        if (row.what, row.keys) != (what, all_keys):
            Announcement.objects.filter(pk=row.pk).update(what=what, keys=all_keys)
    if gone:
        Announcement.objects.filter(pk__in=gone).delete()


def _boundaries(versions: list[PublishedArticle]) -> Iterable[tuple[datetime, Announcement.What]]:
    for version in versions:
        yield version.live_from, _began(versions, version.live_from)
        if version.live_until and not any(other.live_from == version.live_until for other in versions):
            yield version.live_until, Announcement.What.ENDED


def _began(versions: list[PublishedArticle], moment: datetime) -> Announcement.What:
    """What beginning at this moment means to readers: was there another version just before?"""
    before = any(
        version.live_from < moment and (version.live_until is None or version.live_until >= moment)
        for version in versions
    )
    return Announcement.What.REPLACED if before else Announcement.What.APPEARED
