"""Presence: who has an article's form open just now. A courtesy, not a lock: everybody may go on writing."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Presence(models.Model):
    """A form that is open reports every few seconds; one that was not heard of for a while is closed."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="presences")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(help_text="When this person opened the form.")
    seen_at = models.DateTimeField(help_text="When the form was last heard of.")
    is_writing = models.BooleanField(default=False, help_text="Has something typed that is not saved.")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("since", "pk")
        constraints = (models.UniqueConstraint(fields=["article", "by"], name="one_presence_a_person"),)

    def __str__(self) -> str:
        return f"{self.by} at article {self.article_id}"
