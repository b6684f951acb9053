"""Correction: a public note on an article. It goes out with the next publishing, like everything else."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from newsroom.models.audit import log
from newsroom.zoned_times import year_error


class CorrectionBase(models.Model):
    class Kind(models.TextChoices):
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        UPDATE = "update", "Update"

    class Place(models.TextChoices):
        TOP = "top", "Above the text"
        BOTTOM = "bottom", "Under the text"

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CORRECTION)
    text = models.TextField(
        max_length=1000, help_text="What was wrong and what is right, in a sentence readers understand."
    )
    noted_at = models.DateTimeField("date", default=timezone.now)
    place = models.CharField(
        max_length=10, choices=Place.choices, default=Place.BOTTOM, help_text="Where it stands in the article."
    )

    class Meta:
        abstract = True
        ordering = ("noted_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"


class StandingManager(models.Manager["Correction"]):
    def get_queryset(self) -> models.QuerySet["Correction"]:
        return super().get_queryset().filter(removed_at=None)


class Correction(CorrectionBase):
    """Never deleted without a trace: one that is removed keeps its row, who removed it and why.

    It is bound to the revisions of the article before and after it: the last one when it was written, and the first
    that went out with it.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="corrections")
    revision_before = models.PositiveIntegerField(null=True, editable=False)
    revision_after = models.PositiveIntegerField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects: ClassVar[models.Manager["Correction"]] = StandingManager()
    with_removed: ClassVar[models.Manager["Correction"]] = models.Manager()

    class Meta(CorrectionBase.Meta):
        base_manager_name = "with_removed"

    def clean(self) -> None:
        if sentence := year_error(self.noted_at):
            raise ValidationError({"noted_at": sentence})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError for a date that no page could show."""
        self.clean()
        if self._state.adding and self.revision_before is None:
            self.revision_before = self.article.revisions.values_list("number", flat=True).first()
        super().save(*args, **kwargs)
        self.article.touch()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """What a form's tick and a script do alike: it no longer stands, and its row tells that it did."""
        self.remove()
        return 1, {self._meta.label: 1}

    def remove(self, *, by: Any = None) -> None:
        """Within the transaction of the save. Readers see it until the article is published again."""
        log("correction removed", self.article, by=by, before={"kind": self.kind, "text": self.text})
        Correction.with_removed.filter(pk=self.pk).update(removed_at=timezone.now(), removed_by=by)
        self.article.touch()


class PublishedCorrection(CorrectionBase):
    published = models.ForeignKey("articles.PublishedArticle", on_delete=models.CASCADE, related_name="corrections")

    class Meta(CorrectionBase.Meta):
        indexes = (models.Index(fields=["-noted_at", "-id"], name="correction_newest"),)
