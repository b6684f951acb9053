"""What changed from one kept state to the next, for the site's log: short values before and after, by field."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from articles.richtext import word_count
from authors.models import Author
from images.models import Image
from newsroom.auditing.values import short

from .content import ArticleContent
from .section import Section
from .snapshots import Snapshot
from .tags.order.resolving import names_today

Sides = tuple[dict[str, Any], dict[str, Any]]


def changes(before: Any, after: Any) -> Sides:
    """Of two revisions' data, those fields that differ; nothing where there is no earlier one, or none that can be read.

    A body is told by its words, names in place of numbers. No query unless section, picture, tags or bylines changed: one
    for each of these.
    """
    if before is None:
        return {}, {}
    try:
        old, new = Snapshot.read(before), Snapshot.read(after)
    except ValidationError:
        return {}, {}
    said: Sides = {}, {}
    for field in ArticleContent.content_fields():
        pair = [one.content.get(field.attname) for one in (old, new)]
        if pair[0] != pair[1]:
            said[0][field.name], said[1][field.name] = _shown(field, pair)
    _say(said, "tags", *names_today(old.tags, new.tags))
    if old.bylines != new.bylines:
        names = _names(Author, [line.author_id for one in (old, new) for line in one.bylines])
        _say(
            said, "bylines", *([f"{names[line.author_id]} ({line.role})" for line in one.bylines] for one in (old, new))
        )
    _say(said, "corrections", *([f"{line.kind}: {short(line.text)}" for line in one.corrections] for one in (old, new)))
    return said


def _shown(field: "models.Field[Any, Any]", pair: list[Any]) -> list[Any]:
    if field.name == "body":
        words = [f"{word_count(str(one or '')):,} words" for one in pair]
        return words if words[0] != words[1] else [words[0], f"{words[1]}, not the same"]
    if field.name in ("section", "lead_image"):
        names = _names(Section if field.name == "section" else Image, [one for one in pair if one])
        return [names[one] if one else None for one in pair]
    return [short(str(one)) if isinstance(one, str | list) else one for one in pair]


def _names(model: Any, numbers: Iterable[int]) -> dict[int, str]:
    """By number, also of what is gone. One query."""
    wanted = set(numbers)
    there = model.objects.in_bulk(wanted) if wanted else {}
    return {pk: f"{there[pk]} ({pk})" if pk in there else f"number {pk}" for pk in wanted}


def _say(said: Sides, name: str, old: list[str], new: list[str]) -> None:
    """Lists are told by what only one side has; the whole of both when just the order changed."""
    if old == new:
        return
    only = [one for one in old if one not in new], [one for one in new if one not in old]
    said[0][name], said[1][name] = only if any(only) else (old, new)
