"""TagAct: what was done to the order of tags, with all that is needed to undo it exactly."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class TagActQuerySet(models.QuerySet["TagAct"]):
    def at_work(self) -> "TagActQuerySet":
        """Those whose rows still move, or move back."""
        return self.filter(done_at=None, undone_at=None)

    def not_undone(self) -> "TagActQuerySet":
        return self.filter(undone_at=None)


class TagAct(models.Model):
    """`tag` is what it was done to; `other` what it was merged into, or split off. `data`: what else undoing needs.

    `done_at` is None while rows still move, or move back: the work goes on where it was interrupted.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", "Merged"
        RENAME = "rename", "Renamed"
        SPLIT = "split", "Split"
        RETIRE = "retire", "Retired"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    tag = models.ForeignKey("articles.Tag", on_delete=models.CASCADE, related_name="acts")
    other = models.ForeignKey("articles.Tag", null=True, on_delete=models.CASCADE, related_name="acts_as_other")
    data = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = TagActQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.said}"

    @property
    def said(self) -> str:
        """Which tags, as they were called then: “Movies → Film”."""
        names = [self.data.get("name"), self.data.get("other")]
        return " → ".join(str(name) for name in names if name) or str(self.tag)

    @property
    def is_at_work(self) -> bool:
        return self.done_at is None and self.undone_at is None

    @property
    def is_undoing(self) -> bool:
        return bool(self.data.get("undoing"))

    @property
    def progress(self) -> tuple[int, int]:
        """Rows that were moved, of how many. While it is undone, those that were moved back."""
        done, of = (int(self.data.get(name, 0)) for name in ("done", "of"))
        return min(done, of), of

    def note(self, **what: Any) -> None:
        """Into `data`. Under the act's lock."""
        self.data = self.data | what
        self.save(update_fields=["data"])


class TagActRow(models.Model):
    """A row that bears a tag and that the act moved; or took away, where the article had the other tag too, or added."""

    class Table(models.TextChoices):
        DESK = "desk", "Articles at the desk"
        READERS = "readers", "What readers see"

    class What(models.TextChoices):
        MOVED = "moved", "Moved"
        DROPPED = "dropped", "Dropped"
        ADDED = "added", "Added"

    act = models.ForeignKey(TagAct, on_delete=models.CASCADE, related_name="rows")
    table = models.CharField(max_length=10, choices=Table.choices)
    what = models.CharField(max_length=10, choices=What.choices)
    row = models.PositiveBigIntegerField()
    content_object = models.PositiveBigIntegerField()

    objects: ClassVar[models.Manager["TagActRow"]] = models.Manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.what} {self.table} {self.row}"
