"""Vocabulary: who may make new tags. One row, set at the desk, remembered."""

from typing import Any

from django.db import models

from articles.roles import Role
from newsroom.models import Keyed
from newsroom.pagecache import Remembered


class Vocabulary(Keyed):
    """Read through `Vocabulary.current()`, which costs no query on most requests. Whatever is saved is the one row."""

    key = "vocabulary"

    open_to = models.CharField(
        "new tags are made by", max_length=20, default=Role.EDITOR,
        choices=[(role.value, f"{role.value}s and the roles above") for role in Role],
        help_text="All others choose from the tags that there are.",
    )  # fmt: skip

    class Meta:
        verbose_name = "vocabulary"
        verbose_name_plural = "vocabulary"

    def __str__(self) -> str:
        return "Vocabulary"

    @classmethod
    def current(cls) -> "Vocabulary":
        return _current.get()

    def may_create(self, user: Any) -> bool:
        """May this person make a new tag while writing? Asks for the person's groups: one query."""
        if user.is_superuser:
            return True
        order = list(Role)
        least = order.index(Role(self.open_to))
        names = set(user.groups.values_list("name", flat=True))
        return any(role.value in names for role in order[least:])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)


_current: Remembered[Vocabulary] = Remembered("vocabulary", lambda: Vocabulary.objects.first() or Vocabulary())
