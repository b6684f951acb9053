"""Byline: an author on an article, in order, with a role. The desk's and the readers'."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from authors.models import Author


class BylineBase(models.Model):
    class Role(models.TextChoices):
        WRITER = "writer", "Words"
        CONTRIBUTOR = "contributor", "Additional reporting"
        PHOTOGRAPHER = "photographer", "Photographs"
        ILLUSTRATOR = "illustrator", "Illustration"
        EDITOR = "editor", "Editing"

    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="%(class)ss")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.WRITER)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.author} ({self.get_role_display()})"


class Byline(BylineBase):
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="bylines")

    class Meta(BylineBase.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["article", "author", "role"],
                name="byline_once",
                violation_error_message="This author has this role already.",
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.article.touch()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        self.article.touch()
        return deleted


class PublishedByline(BylineBase):
    """Carries the article's date, so that an author's newest are one walk of an index."""

    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="publishedbylines", db_index=False)
    published = models.ForeignKey("articles.PublishedArticle", on_delete=models.CASCADE, related_name="bylines")
    published_at = models.DateTimeField()

    class Meta(BylineBase.Meta):
        indexes = (models.Index(fields=["author", "-published_at", "-published"], name="published_byline_newest"),)


Signed = tuple[int, int, str]


def signed(versions: Iterable[int]) -> list[Signed]:
    """Who signed these published versions, in the order of the bylines: version, author, the author's name. One query."""
    rows = PublishedByline.objects.filter(published__in=list(versions)).order_by("position", "pk")
    return list(rows.values_list("published", "author", "author__name"))
