"""How every public view answers, and the keys of what cards show."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from articles.models.published import PublishedArticle, next_boundary
from newsroom import csp
from newsroom.responses import public_page


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    keys: Iterable[str],
    frames: Collection[str] = (),
    until: datetime | None = None,
) -> HttpResponse:
    """The page for all readers alike, kept by caches no longer than until the next planned change.

    `until` is a moment at which this page changes besides; `frames` are the third parties whose frames it may show once a reader asks for them.
    """
    response = public_page(
        request, template, context, keys=keys, until=min((one for one in (until, next_boundary()) if one), default=None)
    )
    if frames:
        # On a 304 too: a browser puts its headers in the place of those it has kept.
        csp.allow(response, frame_src=sorted(frames))
    return response


def keys_of_cards(cards: Iterable[PublishedArticle]) -> set[str]:
    """The articles, their sections, authors and pictures: whatever changes one of them changes a card."""
    keys = set()
    for card in cards:
        keys |= {card.key, f"section:{card.section_id}"}
        keys |= {f"author:{byline.author_id}" for byline in card.bylines.all()}
        if card.lead_image_id:
            keys.add(f"image:{card.lead_image_id}")
    return keys
