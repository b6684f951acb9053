"""RelatedChoice: what an editor decides of the suggestions. It holds at once, for readers too, and is no part of a version:
an article is muted because it must not be seen beside another, now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from newsroom.prepared import Prepared


class RelatedChoice(models.Model):
    """`source` is the article beside which `target` is pinned or muted; without one, it is muted everywhere."""

    class Kind(models.TextChoices):
        PIN = "pin", "Pinned"
        MUTE = "mute", "Muted"

    source = models.ForeignKey(
        "articles.Article", null=True, blank=True, on_delete=models.CASCADE, related_name="related_choices"
    )
    target = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="chosen_beside")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["RelatedChoice"]] = models.Manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["source", "target"], name="one_choice_beside_an_article"),
            models.UniqueConstraint(fields=["target"], condition=Q(source=None), name="muted_everywhere_once"),
            models.CheckConstraint(condition=Q(source__isnull=False) | Q(kind="mute"), name="a_pin_is_beside_one"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target_id}"


@dataclass(frozen=True)
class Choices:
    """What is decided beside one article: numbers of articles, the pinned ones in their order."""

    pins: Sequence[int] = ()
    mutes: frozenset[int] = frozenset()

    @classmethod
    def beside(cls, article: int | None) -> "Choices":
        """One query; none for an article that is not saved yet."""
        if article is None:
            return cls()
        rows = _BESIDE.rows(articles=[article])
        return cls(
            [target for target, kind in rows if kind == RelatedChoice.Kind.PIN],
            frozenset(target for target, kind in rows if kind == RelatedChoice.Kind.MUTE),
        )


_BESIDE = Prepared(lambda articles: RelatedChoice.objects.filter(source__in=articles).values_list("target_id", "kind"))


def not_muted_everywhere() -> Any:
    """The condition for `filter` of published versions."""
    return ~Exists(RelatedChoice.objects.filter(source=None, target=OuterRef("article_id")))
