"""Choosing: what an editor does to the suggestions beside an article. The desk's half; pages never come here."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models.article import Article
from articles.models.permits import require
from articles.roles import Act
from newsroom import pagecache
from newsroom.models.audit import log

from .choices import RelatedChoice

MOST_PINS = 12


def choose(article: Article, pins: Sequence[int], mutes: Sequence[int], *, by: Any) -> bool:
    """These stand beside the article, in this order, and these never. False when it is so already.

    Raises ValidationError for itself, for one in both lists, for what does not exist and for too many; PermissionDenied
    when `by` may not write in the article.
    """
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


def mute_everywhere(article: Article, *, by: Any, is_muted: bool = True) -> bool:
    """It is suggested beside no article. False when it is so already. Raises PermissionDenied."""
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


def _told(choices: dict[int, tuple[Any, int]]) -> dict[str, Any]:
    pins = sorted((place, pk) for pk, (kind, place) in choices.items() if kind == RelatedChoice.Kind.PIN)
    mutes = sorted(pk for pk, (kind, _place) in choices.items() if kind == RelatedChoice.Kind.MUTE)
    return {"pinned": [pk for _place, pk in pins], "muted": mutes}
