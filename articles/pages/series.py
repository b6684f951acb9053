"""Series: tags of that kind, whose articles are parts to be read in the order in which they appeared."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from articles.models import lists
from articles.models.published import PublishedArticle
from articles.models.shown import link_key
from articles.models.tags.tagging import Tag

from .paging import Page, parts_of

MOST = 500  # parts that are numbered on their own pages; what has more is read by its list


@dataclass(frozen=True)
class Part:
    """An article's place in a series, with the parts beside it."""

    series: Tag
    number: int
    of: int
    before: PublishedArticle | None
    after: PublishedArticle | None

    @property
    def keys(self) -> set[str]:
        """That of the list: a new part makes another "of 5" on all of them."""
        beside = [one for one in (self.before, self.after) if one]
        return {self.series.list_key, *(link_key(one.article_id) for one in beside)}


def part_of(article: PublishedArticle, tags: Sequence[Tag]) -> Part | None:
    """In the first of its series that has other parts. One query for an article in a series, none for others."""
    series = next((tag for tag in tags if tag.kind == Tag.Kind.SERIES and tag.is_public), None)
    if series is None:
        return None
    live = PublishedArticle.objects.live().about(series).select_related("section")
    parts = list(live.only("article_id", "headline", "slug", "section__slug").reverse()[: MOST + 1])
    place = next((place for place, one in enumerate(parts) if one.article_id == article.article_id), None)
    if place is None or not 1 < len(parts) <= MOST:
        return None
    before = parts[place - 1] if place else None
    after = parts[place + 1] if place + 1 < len(parts) else None
    return Part(series, place + 1, len(parts), before, after)


@dataclass(frozen=True)
class NumberedCard:
    card: PublishedArticle
    number: int


@dataclass(frozen=True)
class Parts:
    """A page of a series, oldest first."""

    page: Page[PublishedArticle]
    of: int

    @classmethod
    def asked_for(cls, request: HttpRequest, series: Tag) -> "Parts":
        """Five queries."""
        return cls(*parts_of(request, lists.about(series)))

    @property
    def cards(self) -> list[NumberedCard]:
        first = (self.page.number - 1) * settings.PAGE_SIZE + 1
        return [NumberedCard(card, number) for number, card in enumerate(self.page.items, start=first)]
