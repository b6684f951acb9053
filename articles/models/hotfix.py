"""Hot-fix: what becomes of a planned version when another one is published before its time.

A three-way merge and pure: `base` is what readers saw, `fix` what they see from now, `planned` what is to come.
What the plan did not touch follows the fix; what only the plan changed stays; what both changed alike is settled.
What both changed differently nobody may decide but a person: it is named, and the plan must not go out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from articles.richtext.three_way import merge_bodies

from .content import ArticleContent
from .snapshots import KeptByline, KeptCorrection, Snapshot

T = TypeVar("T")

# Changed as one thing: another picture with the old one's alternative text would be a lie.
TOGETHER = (("lead_image_id", "lead_image_alt", "lead_image_caption"),)


@dataclass(frozen=True)
class Merged:
    """`planned` with the fix in it. Where there are `clashes` (names for people), it holds what the plan wants."""

    planned: Snapshot
    clashes: tuple[str, ...]


def merge(base: Snapshot, fix: Snapshot, planned: Snapshot) -> Merged:
    content, clashes = _merge_content(base.content, fix.content, planned.content)
    tags = {**base.tags, **planned.tags, **fix.tags}
    chosen = _merge_lists(list(base.tags), list(fix.tags), list(planned.tags))
    names = _one([_names(kept) for kept in (base, fix, planned)])
    corrections = _merge_corrections(base, fix, planned)
    if names is None:
        clashes.append("bylines")
    if corrections is None:
        clashes.append("corrections")
    result = Snapshot(
        content=content,
        tags={pk: tags[pk] for pk in chosen},
        bylines=planned.bylines if names is None or names == _names(planned) else fix.bylines,
        corrections=planned.corrections if corrections is None else tuple(corrections),
    )
    return Merged(result, tuple(clashes))


def _merge_content(
    base: dict[str, Any], fix: dict[str, Any], planned: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    merged, clashes = dict(planned), []
    for names in _groups([*planned, *(name for name in fix if name not in planned)]):
        values = [tuple(kept.get(name) for name in names) for kept in (base, fix, planned)]
        stands = _one(values)
        if stands is None and names == ("body",):
            text = merge_bodies(*(str(value[0] or "") for value in values))
            stands = None if text is None else (text,)
        if stands is None:
            clashes.append(label_of(names[0]))
        else:
            merged |= dict(zip(names, stands, strict=True))
    return merged, clashes


def _groups(names: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Each name alone, or with what it belongs to; in order, each group once."""
    of = {name: group for group in TOGETHER for name in group}
    return dict.fromkeys(of.get(name, (name,)) for name in names)


def label_of(name: str) -> str:
    """A field as people call it."""
    labels = {field.attname: str(field.verbose_name) for field in ArticleContent.content_fields()}
    return labels.get(name, name)


def _one(values: Sequence[T]) -> T | None:
    """The value that stands, of base, fix and planned; None when both changed it differently."""
    base, fix, planned = values
    if fix == planned or planned == base:
        return fix
    return planned if fix == base else None


def _merge_lists(base: list[T], fix: list[T], planned: list[T]) -> list[T]:
    """Of things that are in or out: what either put in is in, what either took out is out. Never a clash."""
    if planned == base or fix == base:
        return fix if planned == base else planned
    stays = [one for one in planned if one in fix or one not in base]
    return stays + [one for one in fix if one not in base and one not in planned]


def _names(kept: Snapshot) -> list[tuple[int, str]]:
    """Who stands in the byline as what, in order; the numbers of the places mean nothing by themselves."""
    ordered: list[KeptByline] = sorted(kept.bylines, key=lambda one: one.position)
    return [(one.author_id, one.role) for one in ordered]


def _merge_corrections(base: Snapshot, fix: Snapshot, planned: Snapshot) -> list[KeptCorrection] | None:
    """Each stands for itself; but one that both reworded, or that one reworded and the other took away, is a clash."""
    before, now, later = (list(kept.corrections) for kept in (base, fix, planned))
    if before and now != before and later != before and now != later:
        lost = [set(before) - set(kept) for kept in (now, later)]
        new = [set(kept) - set(before) for kept in (now, later)]
        if lost[0] & lost[1] and new[0] != new[1]:
            return None
    return sorted(_merge_lists(before, now, later), key=lambda one: one.noted_at)


def same(one: Snapshot, other: Snapshot) -> bool:
    """Would readers see the same?"""
    return (
        one.content == other.content
        and list(one.tags) == list(other.tags)
        and _names(one) == _names(other)
        and one.corrections == other.corrections
    )
