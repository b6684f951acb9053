"""Correction: a public note on an article. It goes out with the next publishing, like everything else."""

from typing import Any

from django.db import models
from django.utils import timezone


class CorrectionBase(models.Model):
    class Kind(models.TextChoices):
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        UPDATE = "update", "Update"

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CORRECTION)
    text = models.TextField(
        max_length=1000, help_text="What was wrong and what is right, in a sentence readers understand."
    )
    noted_at = models.DateTimeField("date", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ("noted_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"


class Correction(CorrectionBase):
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="corrections")

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.article.touch()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        self.article.touch()
        return deleted


class PublishedCorrection(CorrectionBase):
    published = models.ForeignKey("articles.PublishedArticle", on_delete=models.CASCADE, related_name="corrections")
