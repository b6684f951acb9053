"""What changed in an article that readers know: a minor fix that nobody is told of, or a change of substance.

A change of substance moves every public time to the same instant; a minor one moves none.
"""

from collections import Counter
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from articles.richtext import plain_text

from .snapshots import Snapshot

# Up to so many words, and so small a share of the text, is a typo or two.
FEW_WORDS, SMALL_SHARE = 12, 0.03


class PublishedChange(models.Model):
    """A change of substance, for the public list of an article's changes. True from `at` on, and not before."""

    # No constraint on the pages' side of the house: they know no Article.
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="published_changes")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=["article", "at"], name="one_change_at_a_moment"),)

    def __str__(self) -> str:
        return self.note or f"Changed on {self.at:%Y-%m-%d}"


def public_changes(article_id: int) -> "QuerySet[PublishedChange]":
    """Those that readers may know of now, the newest first."""
    return PublishedChange.objects.filter(article=article_id, at__lte=timezone.now())


def is_minor(before: Snapshot, after: Snapshot) -> bool:
    return not what_weighs(before, after)


def what_weighs(before: Snapshot, after: Snapshot) -> str:
    """Why the size of a change makes it one of substance, in words that end no sentence; '' for a minor one.

    Minor are few words in a small share of the text, with neither a new correction nor a headline of other words.
    Linear in the length of the texts, a few milliseconds for 12,000 words.
    """
    if len(after.corrections) > len(before.corrections):
        return "there is a new correction"
    if _changed(_headline(before), _headline(after)) > 2:
        return "the headline is another"
    old, new = _text(before), _text(after)
    changed = _changed(old, new)
    is_few = changed <= FEW_WORDS and changed <= max(2, SMALL_SHARE * max(len(old), len(new)))
    return "" if is_few else f"{changed} words changed"


def _headline(snapshot: Snapshot) -> list[str]:
    return str(snapshot.content.get("headline", "")).split()


def _text(snapshot: Snapshot) -> list[str]:
    names: tuple[str, ...] = ("headline", "standfirst", "kicker")
    words: Any = " ".join(str(snapshot.content.get(name, "")) for name in names)
    return f"{words} {plain_text(snapshot.body)}".split()


def _changed(old: list[str], new: list[str]) -> int:
    """Words that one has and the other has not; a word that was replaced counts once."""
    before, after = Counter(old), Counter(new)
    return max(sum((before - after).values()), sum((after - before).values()))
