"""From a layout to the cards of a page at a moment. Four queries at most, however many containers there are."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Value
from django.db.models.lookups import Exact

from articles.models.published import PublishedArticle
from articles.models.section import Section
from articles.models.tags.tagging import PublishedTag
from images.models import Image

from .choosing import Candidate, Candidates, Place, choose, looked_at
from .layout import Backfill, Container, Layout, Size, Slot

_PICKED = -1
_ANY_MOMENT = datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC)  # stands in a compiled statement for the one that is asked


@dataclass(frozen=True)
class Card:
    """An article as it stands on a front. Where nobody picked it, it has no slot."""

    article: PublishedArticle
    slot: Slot | None = None
    is_first: bool = False  # its picture is the page's first, to be fetched at once

    @property
    def size(self) -> Size:
        return self.slot.size if self.slot else Size.USUAL


@dataclass(frozen=True)
class Block:
    """A container that has something to show."""

    container: Container
    cards: list[Card]
    section: Section | None = None  # that fills it: its label leads there, its cards need not name it

    @property
    def template(self) -> str:
        return f"articles/fronts/{self.container.shape.slug}.html"

    @property
    def lead(self) -> Card:
        return self.cards[0]

    @property
    def articles(self) -> list[PublishedArticle]:
        return [card.article for card in self.cards]

    @property
    def others(self) -> list[Card]:
        return self.cards[1:]


@dataclass(frozen=True)
class FrontPage:
    """`rest`: the newest that stand in no block, so that page 2 of the list goes on without a gap."""

    blocks: list[Block]
    rest: list[PublishedArticle]
    has_older: bool

    @property
    def articles(self) -> list[PublishedArticle]:
        """All that stand on the page, in its order."""
        return [article for block in self.blocks for article in block.articles] + self.rest


def fill(
    layout: Layout,
    moment: datetime,
    section: int | None = None,
    *,
    newest: int | None = None,
    sections: Mapping[int, Section] | None = None,
) -> FrontPage:
    """The page of this layout as it is at `moment`: of a section's front, or at home.

    `newest` is how many the page's own list has (a page of it, if not said), `sections` are those that fill containers, by
    number. Nothing that isn't live then is on it.
    Four queries: which are live, their cards, their bylines, the pictures that were put in the place of theirs.
    """
    newest = settings.PAGE_SIZE if newest is None else newest
    found = choose(layout, moment, section, _candidates(layout, moment, section, newest), newest)
    wanted = {place.candidate.published for one in found.filled for place in one.places}
    wanted |= {one.published for one in found.rest}
    rows = PublishedArticle.objects.cards().in_bulk(wanted)
    shown = [place.slot.picture for one in found.filled for place in one.places if place.slot and place.slot.picture]
    pictures = Image.objects.in_bulk(shown) if shown else {}
    blocks = [
        Block(one.container, _cards(one.places, rows, pictures), (sections or {}).get(_filling(one.container)))
        for one in found.filled
    ]
    rest = [rows[one.published] for one in found.rest if one.published in rows]
    blocks = [block for block in blocks if block.cards]
    _mark_first(blocks)
    return FrontPage(blocks, rest, found.has_older)


def _mark_first(blocks: list[Block]) -> None:
    """The first picture of the first block; further down nothing is seen at once."""
    for block in blocks[:1]:
        for place, card in enumerate(block.cards):
            if card.article.lead_image_id:
                block.cards[place] = replace(card, is_first=True)
                return


def _filling(container: Container) -> int:
    return (container.backfill.section if container.backfill else None) or 0


def _cards(places: Iterable[Place], rows: Mapping[int, PublishedArticle], pictures: Mapping[int, Image]) -> list[Card]:
    """Without what went between two queries."""
    present = (place for place in places if place.candidate.published in rows)
    return [Card(_said(rows[place.candidate.published], place.slot, pictures), place.slot) for place in present]


def _said(article: PublishedArticle, slot: Slot | None, pictures: Mapping[int, Image]) -> PublishedArticle:
    """As the slot says it: on a copy, for the same article may stand elsewhere as it is."""
    if slot is None:
        return article
    said = copy.copy(article)
    said.headline = slot.headline or said.headline
    said.kicker = slot.kicker or said.kicker
    if slot.picture and (picture := pictures.get(slot.picture)):
        said.lead_image, said.lead_image_alt = picture, ""
    if slot.size is Size.PLAIN:
        said.lead_image = None
    return said


# --- which are live ------------------------------------------------------------------------------------------------


def _candidates(layout: Layout, moment: datetime, section: int | None, newest: int) -> Candidates:
    """One query: a compound of one part for each rule (for each of its tags), and one for what was picked. SQLite takes
    500 parts; MOST_CONTAINERS and MOST_TAGS keep it below that.
    """
    rules = looked_at(layout, section, newest)
    parts = [
        _at(moment, _compiled(one, count, number))
        for number, (rule, count) in enumerate(rules.items())
        for one in _by_tag(rule)
    ]
    picked = {slot.article for slot in layout.slots if slot.is_on(moment)}
    if picked:
        live = PublishedArticle.objects.live(moment).filter(article__in=picked)
        parts.append(_marked(live, _PICKED).query.sql_with_params())
    by_part: dict[int, list[Candidate]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [one for _, params in parts for one in params])
        for published, article, at, part in cursor.fetchall():
            by_part.setdefault(part, []).append(Candidate(published, article, at))
    found = {rule: _sorted(by_part.get(number, [])) for number, rule in enumerate(rules)}
    return Candidates({one.article: one for one in by_part.get(_PICKED, [])}, found)


def _sorted(found: list[Candidate]) -> list[Candidate]:
    """Newest first, each once: two tags of one rule may find the same."""
    return sorted(set(found), key=lambda one: (one.at, one.article), reverse=True)


def _by_tag(rule: Backfill) -> list[Backfill]:
    """Each tag has its timeline: the newest of several are among the newest of each."""
    return [replace(rule, tags=(tag,)) for tag in rule.tags] or [rule]


Compiled = tuple[str, tuple[Any, ...]]


@lru_cache(maxsize=1024)
def _compiled(rule: Backfill, count: int, number: int) -> Compiled:
    """The statement of one rule, for whatever moment. The ORM takes longer to write it than the database to answer."""
    # A part of a compound has no order and no limit on SQLite; within IN (…) it has.
    newest = _newest(rule, _ANY_MOMENT, count).values("pk")
    found: Compiled = _marked(PublishedArticle.objects.filter(pk__in=newest), number).query.sql_with_params()
    return found


def _at(moment: datetime, compiled: Compiled) -> Compiled:
    sql, params = compiled
    any_moment, this = (connection.ops.adapt_datetimefield_value(one) for one in (_ANY_MOMENT, moment))
    return sql, tuple(this if one == any_moment else one for one in params)


def _marked(rows: QuerySet[PublishedArticle], number: int) -> Any:
    part = Value(number, output_field=IntegerField())
    return rows.order_by().annotate(part=part).values_list("pk", "article_id", "published_at", "part")


def _newest(rule: Backfill, moment: datetime, count: int) -> QuerySet[PublishedArticle]:
    """The newest by a rule of one tag at most, by a walk of the index that its narrowest condition has."""
    live = PublishedArticle.objects.live(moment)
    if rule.tags:
        [tag] = rule.tags
        rows = live.filter(tagged_items__tag=tag)
        rows = rows.order_by("-tagged_items__published_at", "-tagged_items__content_object_id")
        if rule.author:
            rows = rows.filter(bylines__author=rule.author)
    elif rule.author:
        rows = live.filter(bylines__author=rule.author)
        rows = rows.order_by("-bylines__published_at", "-bylines__published_id")
        count *= 2  # somebody may have written and photographed
    else:
        rows = live.newest_first()
    if rule.section:
        rows = rows.filter(Exact(F("section_id"), rule.section))
    if rule.without:
        rows = rows.exclude(Exists(PublishedTag.objects.filter(content_object=OuterRef("pk"), tag__in=rule.without)))
    return rows[:count]
