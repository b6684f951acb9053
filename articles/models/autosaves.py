"""Autosave: what somebody has typed into an article's form and not saved yet. One for each person and form."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Autosave(models.Model):
    """A form's fields as the browser would post them. Nobody but this person sees it, and no page ever shows it.

    `form` names one opened form: the article's number for one that exists, a random name for each new one, so that
    two new articles in two windows don't overwrite each other. Deleted when the form is saved; of a new article's
    form the row stays for two days without its data, so that a second post of the same form finds its article.

    An article that is deleted leaves what was typed into it: then it is like a new one that was never saved.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(
        "articles.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="autosaves"
    )
    form = models.CharField(max_length=40)
    data = models.JSONField()
    opened_version = models.PositiveIntegerField(default=0, help_text="Which version of the article this began from.")
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("-updated_at", "-pk")
        constraints = (models.UniqueConstraint(fields=["by", "form"], name="one_autosave_a_form"),)

    def __str__(self) -> str:
        return f"{self.by} in {self.form}"
