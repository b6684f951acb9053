"""TagName: one list of all that tags are called, their own names and their aliases. So that a name is taken once.

Nobody can make a second tag by spelling it otherwise: what stands here is folded, and the database keeps it unique.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from newsroom.slugs import one_line, without_accents

if TYPE_CHECKING:
    from .tagging import Tag

LONGEST_NAME = 100

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-\u2010-\u2015_]+(?=\d)")
_GAPS = re.compile(r"[\s\-\u2010-\u2015\u00ad_]+")


def folded(name: str) -> str:
    """What makes two spellings one tag: case, width, accents, spaces and hyphens don't matter; other signs do.

    Between two digits a gap stays one: 2024-25 is not 202425.
    """
    plain = unicodedata.normalize("NFKC", without_accents(one_line(name)).casefold()).casefold()
    return _GAPS.sub("", _BETWEEN_DIGITS.sub("\N{MIDDLE DOT}", plain)) or one_line(name).casefold()


class TagName(models.Model):
    """One name of a tag. An alias is a name that is not the tag's own."""

    folded = models.CharField(max_length=LONGEST_NAME * 3, unique=True, editable=False)
    name = models.CharField(max_length=LONGEST_NAME)
    tag = models.ForeignKey("articles.Tag", on_delete=models.CASCADE, related_name="names")

    objects: ClassVar[models.Manager["TagName"]] = models.Manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def tags_of(cls, keys: Iterable[str]) -> "dict[str, Tag]":
        """The tags by these folded names, aliases too. One query."""
        return {row.folded: row.tag for row in cls.objects.filter(folded__in=list(keys)).select_related("tag")}
