"""RelatedChoice: what an editor decides of the suggestions. It holds at once, for readers too, and is no part of a version:
an article is muted because it must not be seen beside another, now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.roles import Act
from newsroom import pagecache
from newsroom.models.audit import log

if TYPE_CHECKING:
    from articles.models.article import Article

MOST_PINS = 12


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


def choose(article: "Article", pins: Sequence[int], mutes: Sequence[int], *, by: Any) -> bool:
    """These stand beside the article, in this order, and these never. False when it is so already.

    Raises ValidationError for itself, for one in both lists, for what does not exist and for too many; PermissionDenied
    when `by` may not write in the article.
    """
    from articles.models.permits import require

    wanted = {pk: (RelatedChoice.Kind.PIN, place) for place, pk in enumerate(pins)}
    if article.pk in {*pins, *mutes}:
        raise ValidationError("An article is not related to itself.")
    if set(pins) & set(mutes) or len(set(pins)) != len(pins):
        raise ValidationError("The same article is pinned and muted, or pinned twice. Choose one.")
    if len(pins) > MOST_PINS:
        raise ValidationError(f"{MOST_PINS} pinned articles at most: readers see few.")
    wanted |= dict.fromkeys(mutes, (RelatedChoice.Kind.MUTE, 0))
    with transaction.atomic():
        working = type(article).objects.select_for_update(of=("self",)).get(pk=article.pk)
        require(by, Act.CHANGE, working)
        there = type(article).objects.filter(pk__in=wanted).values_list("pk", flat=True)
        if lost := set(wanted) - set(there):
            raise ValidationError(f"There is no article number {min(lost)} any more. Take it out.")
        before = {one.target_id: (RelatedChoice.Kind(one.kind), one.position) for one in working.related_choices.all()}
        if before == wanted:
            return False
        changed = {pk for pk in {*before, *wanted} if before.get(pk) != wanted.get(pk)}
        working.related_choices.filter(target__in=changed).delete()
        RelatedChoice.objects.bulk_create(
            RelatedChoice(source=working, target_id=pk, kind=wanted[pk][0], position=wanted[pk][1], by=by)
            for pk in wanted
            if pk in changed
        )
        log("related chosen", working, by=by, before=_told(before), after=_told(wanted))
        pagecache.purge(f"article:{working.pk}")
    return True


def mute_everywhere(article: "Article", *, by: Any, is_muted: bool = True) -> bool:
    """It is suggested beside no article. False when it is so already. Raises PermissionDenied."""
    from articles.models.permits import require

    with transaction.atomic():
        working = type(article).objects.select_for_update(of=("self",)).get(pk=article.pk)
        require(by, Act.APPROVE, working)
        rows = RelatedChoice.objects.filter(source=None, target=working)
        if rows.exists() == is_muted:
            return False
        if is_muted:
            RelatedChoice.objects.create(target=working, kind=RelatedChoice.Kind.MUTE, by=by)
        else:
            rows.delete()
        log("muted everywhere" if is_muted else "suggested again", working, by=by)
        pagecache.purge(f"article:{working.pk}", "list-home")
    return True


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
        rows = list(RelatedChoice.objects.filter(source=article).values_list("target_id", "kind"))
        return cls(
            [target for target, kind in rows if kind == RelatedChoice.Kind.PIN],
            frozenset(target for target, kind in rows if kind == RelatedChoice.Kind.MUTE),
        )


def not_muted_everywhere() -> Any:
    """The condition for `filter` of published versions."""
    return ~Exists(RelatedChoice.objects.filter(source=None, target=OuterRef("article_id")))


def _told(choices: dict[int, tuple[Any, int]]) -> dict[str, Any]:
    pins = sorted((place, pk) for pk, (kind, place) in choices.items() if kind == RelatedChoice.Kind.PIN)
    mutes = sorted(pk for pk, (kind, _place) in choices.items() if kind == RelatedChoice.Kind.MUTE)
    return {"pinned": [pk for _place, pk in pins], "muted": mutes}
