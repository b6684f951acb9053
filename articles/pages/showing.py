"""How every public view answers, and the keys of what cards show."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from articles.models.published import PublishedArticle, next_boundary
from newsroom.responses import public_page


def show(request: HttpRequest, template: str, context: dict[str, Any], *, keys: Iterable[str]) -> HttpResponse:
    """The page for all readers alike, kept by caches no longer than until the next planned change."""
    return public_page(request, template, context, keys=keys, until=next_boundary())


def keys_of_cards(cards: Iterable[PublishedArticle]) -> set[str]:
    """The articles, their sections, authors and pictures: whatever changes one of them changes a card."""
    keys = set()
    for card in cards:
        keys |= {card.key, f"section:{card.section_id}"}
        keys |= {f"author:{byline.author_id}" for byline in card.bylines.all()}
        if card.lead_image_id:
            keys.add(f"image:{card.lead_image_id}")
    return keys
