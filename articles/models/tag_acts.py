"""TagAct: what was done to the order of tags, with all that is needed to undo it exactly."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class TagAct(models.Model):
    """`tag` is what it was done to; `other` what it was merged into, or split off. `data`: what else undoing needs.

    `done_at` is None while rows still move: the work goes on where it was interrupted.
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

    objects: ClassVar[models.Manager["TagAct"]] = models.Manager()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.tag}"


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
