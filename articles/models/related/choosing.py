"""Choosing: what an editor does to the suggestions beside an article. The desk's half; pages never come here."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models.article import Article
from articles.models.permits import require
from articles.models.published import PublishedArticle
from articles.models.timelines import Standing
from articles.roles import Act
from newsroom import pagecache
from newsroom.models.audit import log

from .choices import RelatedChoice
from .reaching import articles_beside, articles_that_pin

MOST_PINS, MOST_MUTES = 12, 100


def check(article: int | None, pins: Sequence[int], mutes: Sequence[int]) -> None:
    """May these stand beside the article of this number (None: a new one)? One query, none for nothing.

    Raises ValidationError, in a sentence: for itself, for one in both lists, for too many, for what does not exist.
    """
    if article in {*pins, *mutes}:
        raise ValidationError("An article is not related to itself. Take it out of the pinned and the muted ones.")
    if set(pins) & set(mutes) or len(set(pins)) != len(pins):
        raise ValidationError("The same article is pinned and muted, or pinned twice. Choose one.")
    if len(pins) > MOST_PINS:
        raise ValidationError(f"{MOST_PINS} pinned articles at most: readers see few. Unpin some.")
    if len(set(mutes)) > MOST_MUTES:
        raise ValidationError(f"{MOST_MUTES} muted articles at most. Show some again, or mute them everywhere.")
    if wanted := {*pins, *mutes}:
        there = Article.objects.order_by().filter(pk__in=wanted).values_list("pk", flat=True)
        if lost := wanted - set(there):
            raise ValidationError(f"There is no article number {min(lost)} any more. Take it out.")


def choose(article: Article, pins: Sequence[int], mutes: Sequence[int], *, by: Any) -> bool:
    """These stand beside the article, in this order, and these never. False when it is so already.

    Raises ValidationError as `check` does; PermissionDenied when `by` may not write in the article.
    """
    wanted = {pk: (RelatedChoice.Kind.PIN, place) for place, pk in enumerate(pins)}
    with transaction.atomic():
        working = type(article).objects.select_for_update(of=("self",)).get(pk=article.pk)
        require(by, Act.CHANGE, working)
        check(working.pk, pins, mutes)
        wanted |= dict.fromkeys(mutes, (RelatedChoice.Kind.MUTE, 0))
        rows = {one.target_id: one for one in working.related_choices.all()}
        before = {pk: (RelatedChoice.Kind(one.kind), one.position) for pk, one in rows.items()}
        if before == wanted:
            return False
        _write(working, rows, wanted, by)
        log("related chosen", working, by=by, before=_told(before), after=_told(wanted))
        pagecache.purge(working.key)
    return True


def _write(working: Article, rows: dict[int, RelatedChoice], wanted: dict[int, tuple[Any, int]], by: Any) -> None:
    """Who chose one stays told with it when only its place moves."""
    stay = {pk for pk, one in rows.items() if pk in wanted and one.kind == wanted[pk][0]}
    working.related_choices.filter(target__in=rows.keys() - stay).delete()
    for pk in stay:
        if rows[pk].position != wanted[pk][1]:
            working.related_choices.filter(target=pk).update(position=wanted[pk][1])
    RelatedChoice.objects.bulk_create(
        RelatedChoice(source=working, target_id=pk, kind=kind, position=position, by=by)
        for pk, (kind, position) in wanted.items()
        if pk not in stay
    )


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
        # It goes from where it stands, and comes back to where it is near.
        pagecache.purge(working.key, "list-home", *([] if is_muted else _pages_beside(working)))
    return True


def _pages_beside(article: Article) -> list[str]:
    """The keys of the pages that may suggest it. Six queries."""
    standing = Standing.of(PublishedArticle.objects.live().filter(article=article))
    near = {pk for at in standing.dates for pk in articles_beside(at, standing.tags, standing.terms)}
    return [f"related:{pk}" for pk in near | articles_that_pin(article.pk)]


def _told(choices: dict[int, tuple[Any, int]]) -> dict[str, Any]:
    pins = sorted((place, pk) for pk, (kind, place) in choices.items() if kind == RelatedChoice.Kind.PIN)
    mutes = sorted(pk for pk, (kind, _place) in choices.items() if kind == RelatedChoice.Kind.MUTE)
    return {"pinned": [pk for _place, pk in pins], "muted": mutes}
