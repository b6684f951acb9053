"""TagName: one list of all that tags are called, their own names and their aliases. So that a name is taken once.

Nobody can make a second tag by spelling it otherwise: what stands here is folded, and the database keeps it unique.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.signals import post_delete, post_save

from newsroom import pagecache
from newsroom.slugs import one_line, without_accents

if TYPE_CHECKING:
    from .tagging import Tag

LONGEST_NAME = 100
NAMES_KEY = "tag-names"  # of what is remembered of all names (index.py)

LONGEST_FOLDED = LONGEST_NAME * 3

# Hyphens and dashes of all scripts, the minus; and what nobody sees: spaces of no width, marks of direction and of style.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-\u058a\u05be\u2010-\u2015\u2212_]+(?=\d)")
_GAPS = re.compile(r"[\s\-\u00ad\u058a\u05be\u200b-\u2015\u202a-\u202e\u2060-\u2069\u2212\ufe00-\ufe0f\ufeff_]+")


def folded(name: str) -> str:
    """What makes two spellings one tag: case, width, accents, spaces and hyphens don't matter; other signs do.

    Between two digits a gap stays one: 2024-25 is not 202425. Never longer than its column, though one sign may fold to
    a sentence.
    """
    plain = unicodedata.normalize("NFKC", without_accents(one_line(name)).casefold()).casefold()
    key = _GAPS.sub("", _BETWEEN_DIGITS.sub("\N{MIDDLE DOT}", plain)) or one_line(name).casefold()
    return key[:LONGEST_FOLDED]


class TagNameQuerySet(models.QuerySet["TagName"]):
    """Whatever is written past `save` says so, too: see NAMES_KEY."""

    def update(self, **values: Any) -> int:
        pagecache.purge(NAMES_KEY)
        return super().update(**values)

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        pagecache.purge(NAMES_KEY)
        return super().bulk_create(*args, **kwargs)


class TagName(models.Model):
    """One name of a tag. An alias is a name that is not the tag's own."""

    folded = models.CharField(max_length=LONGEST_FOLDED, unique=True, editable=False)
    name = models.CharField(max_length=LONGEST_NAME)
    tag = models.ForeignKey("articles.Tag", on_delete=models.CASCADE, related_name="names")

    objects: ClassVar[models.Manager["TagName"]] = models.Manager.from_queryset(TagNameQuerySet)()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def tags_of(cls, keys: Iterable[str]) -> "dict[str, Tag]":
        """The tags by these folded names, aliases too. One query."""
        return {row.folded: row.tag for row in cls.objects.filter(folded__in=list(keys)).select_related("tag")}


def _names_changed(**kwargs: Any) -> None:
    pagecache.purge(NAMES_KEY)


# By signal: what is deleted by a cascade or from the admin's list calls no delete().
post_save.connect(_names_changed, sender=TagName)
post_delete.connect(_names_changed, sender=TagName)
