"""Resolving: what a tag's number means today. Numbers live on in revisions, open forms and autosaves after a merge.

And the promise that makes merging safe while others save: whoever puts tags on an article asks `held` first, in the same
transaction. It answers with targets, and none of them is merged before that transaction ends. Merging locks the tag's row
against that (merging.py), so each row on an old tag is either there when the sweep begins, or never made.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from ..tagging import Tag


def targets(numbers: Iterable[int]) -> dict[int, int]:
    """What each is today: itself, or what it was merged into. Numbers of no tag are left out. One query, one more for
    each step of what was merged.
    """
    numbers = list(numbers)
    into = _followed(numbers, lambda pks: Tag.objects.filter(pk__in=pks).values_list("pk", "merged_into"))
    return {pk: _end(pk, into) for pk in numbers if pk in into}


def held(numbers: Iterable[int]) -> dict[int, int]:
    """The same, within a transaction that puts them on an article, and true until it ends. Others may do so at once."""
    numbers = list(numbers)
    into = _followed(numbers, _locked)
    return {pk: _end(pk, into) for pk in numbers if pk in into}


def once(numbers: Iterable[int], meaning: Mapping[int, int]) -> list[int]:
    """These in today's numbers, in their order, each once."""
    return list(dict.fromkeys(meaning[pk] for pk in numbers if pk in meaning))


def tags_today(numbers: Iterable[int]) -> list[Tag]:
    """The tags of numbers that were kept, as they are called today: in their order, each once; what was deleted since is
    left out. One query, two more when some were merged.
    """
    numbers = list(numbers)
    found = Tag.objects.in_bulk(numbers)
    meaning: Mapping[int, int] = {pk: pk for pk in found}
    if any(tag.merged_into_id for tag in found.values()):
        meaning = targets(numbers)
        found |= Tag.objects.in_bulk(set(meaning.values()) - set(found))
    return [found[pk] for pk in once(numbers, meaning)]


def names_today(*sides: Mapping[int, str]) -> list[list[str]]:
    """The names on each side, so that one tag has one name on all of them: a rename or a merge in between is no change of
    an article. One query at most, none where nothing differs.
    """
    if len({tuple(side.items()) for side in sides}) <= 1:
        return [list(side.values()) for side in sides]
    meaning = targets({pk for side in sides for pk in side}) if len({tuple(side) for side in sides}) > 1 else {}
    names: dict[int, str] = {}
    for side in sides:
        names |= {meaning.get(pk, pk): name for pk, name in side.items()}
    return [[names[pk] for pk in dict.fromkeys(meaning.get(pk, pk) for pk in side)] for side in sides]


def _followed(numbers: Iterable[int], ask: Any) -> dict[int, int | None]:
    into: dict[int, int | None] = {}
    unknown = set(numbers)
    while unknown:
        into |= dict(ask(sorted(unknown)))
        unknown = {pk for pk in into.values() if pk is not None} - into.keys()
    return into


def _end(pk: int, into: Mapping[int, int | None]) -> int:
    seen = {pk}
    while (following := into.get(pk)) is not None and following not in seen:
        pk = following
        seen.add(pk)
    return pk


def _locked(numbers: list[int]) -> Iterable[tuple[int, int | None]]:
    """FOR KEY SHARE, which Django has no word for: those who put a tag on articles don't wait for each other, nor for who
    counts its uses; only for a merge of it. SQLite has one writer at a time: a plain look is as good.
    """
    if connection.vendor != "postgresql":
        return Tag.objects.filter(pk__in=numbers).order_by().values_list("pk", "merged_into")
    table = connection.ops.quote_name(Tag._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, merged_into_id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
            [numbers],
        )
        return list(cursor.fetchall())
