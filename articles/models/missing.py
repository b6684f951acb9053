"""What somebody may have meant who asked for an address that is not there: live articles whose slug or words are alike.

Bounded whatever the size of the site and whatever is asked: a few rows on either side in the index of slugs, and a few of
the newest that the address's longest words are known by.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Subquery

from newsroom.slugs import without_accents

from .published import PublishedArticle, PublishedArticleQuerySet
from .related import Term
from .related.words import tokens

LONGEST, MOST_WORDS, LONG_WORDS = 80, 8, 2
NEIGHBOURS, OF_A_WORD = 8, 20
ALIKE = 0.3  # of 1: below this it is another article
MOST = 5


def meant_by(path: str) -> list[PublishedArticle]:
    """The likeliest first, each with its section. Five queries at most."""
    slug = _slug(path)
    words = tokens(re.sub(r"[\W_]+", " ", slug), settings.LANGUAGE_CODE)[:MOST_WORDS]
    if not words:
        return []
    numbers = {*_neighbours(slug), *_known_by(words)}
    rows = _links().filter(pk__in=numbers) if numbers else []
    ranked = sorted(((likeness(slug, row.slug), row.pk, row) for row in rows), reverse=True)
    return [row for alike, _number, row in ranked if alike >= ALIKE][:MOST]


def newest(most: int) -> list[PublishedArticle]:
    """One query."""
    return list(_links().newest_first()[:most])


def likeness(one: str, other: str) -> float:
    """Of two slugs: 1 for the same, 0 for nothing in common. What three letters in a row they share, or whole words."""
    letters = _share(_threes(one), _threes(other))
    words = _share(set(one.split("-")), set(other.split("-")))
    return max(letters, words)


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _threes(slug: str) -> set[str]:
    padded = f"  {slug} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _slug(path: str) -> str:
    """The last part of the address that says something, as our slugs are written."""
    parts = [part for part in unquote(path, errors="replace").split("/") if part.strip(" ._-")]
    text = without_accents(parts[-1][: LONGEST * 2]) if parts else ""
    return re.sub(r"[\W_]+", "-", text).strip("-")[:LONGEST]


def _neighbours(slug: str) -> Iterable[int]:
    """Those that would stand beside it in the index: what was cut off at the end, or mistyped there. Two queries."""
    live: Any = PublishedArticle.objects.live()
    after = live.filter(slug__gte=slug).order_by("slug").values_list("pk", flat=True)[:NEIGHBOURS]
    before = live.filter(slug__lt=slug).order_by("-slug").values_list("pk", flat=True)[:NEIGHBOURS]
    return [*after, *before]


def _known_by(words: list[str]) -> Iterable[int]:
    """The newest that the longest of these words are known by: the longest, not the rarest, because how rare a word is
    would tell of what is planned. Two queries.
    """
    found: list[int] = []
    for word in sorted(set(words), key=lambda word: (-len(word), word))[:LONG_WORDS]:
        term = Subquery(Term.objects.filter(word=word).values("pk")[:1])
        rows: Any = PublishedArticle.objects.live().filter(term_items__term=term)
        found += rows.order_by("-term_items__published_at").values_list("pk", flat=True)[:OF_A_WORD]
    return found


def _links() -> PublishedArticleQuerySet:
    live: PublishedArticleQuerySet = PublishedArticle.objects.live()
    return live.select_related("section").only(
        "article_id", "headline", "slug", "language", "published_at", "section__slug"
    )
