"""Refiling: another section, other tags, past the form. A change of the content like any other: it counts the version up,
so a form that is open elsewhere merges it, and keeps a revision.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.roles import Act

from .permits import require
from .section import Section
from .section_limits import limits_of
from .tags.tagging import Tag

if TYPE_CHECKING:
    from .article import Article


def refile(
    article: "Article",
    *,
    by: Any = None,
    section: Section | None = None,
    add: Iterable[Tag] = (),
    remove: Iterable[Tag] = (),
    note: str = "",
) -> str:
    """What was changed, in a few words; '' when it was filed like that already. None as a section leaves it where it is.

    Raises PermissionDenied, also for a section that is out of the person's reach.
    """
    with transaction.atomic():
        working = type(article).objects.select_for_update(of=("self",)).select_related("section").get(pk=article.pk)
        require(by, Act.CHANGE, working)
        told = [*_move(working, section, by), *_retag(working, list(add), list(remove))]
        if told:
            working.record("saved", by=by, note=note or "; ".join(told))
    return "; ".join(told)


def _move(working: "Article", section: Section | None, by: Any) -> list[str]:
    if section is None or section.pk == working.section_id:
        return []
    limits = limits_of(by) if by is not None else None
    if limits and section.pk not in limits:
        raise PermissionDenied(f"Your login may not file anything in {section}.")
    before = working.section.name if working.section else "no section"
    working.section = section
    working.save()
    return [f"{before} → {section}"]


def _retag(working: "Article", add: list[Tag], remove: list[Tag]) -> list[str]:
    there = set(working.tagged_items.values_list("tag_id", flat=True))
    gone = [tag for tag in remove if tag.pk in there]
    new = [tag for tag in add if tag.pk not in there]
    if gone:
        working.tags.remove(*gone)
    if new:
        working.tags.add(*new)
    return [", ".join([*(f"+{tag}" for tag in new), *(f"−{tag}" for tag in gone)])] if new or gone else []
