"""What stands on a front: nothing that isn't live, nothing twice, and as many queries for thirty containers as for one."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Section, Tag
from articles.models.fronts.choosing import Candidate, Candidates, choose, looked_at
from articles.models.fronts.filling import FrontPage, fill
from articles.models.fronts.layout import (
    MOST_CARDS,
    MOST_CONTAINERS,
    MOST_SLOTS,
    MOST_TAGS,
    Backfill,
    Container,
    Layout,
    Shape,
    Size,
    Slot,
)
from authors.models import Author

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NEWEST = 6

# --- choosing, which is pure: any layout, any articles live or not ----------------------------------------------------

SECTIONS = (1, 2)
ARTICLES = range(1, 25)


def section_of(article: int) -> int:
    return SECTIONS[article % 2]


articles_live = st.sets(st.sampled_from(ARTICLES))
a_slot = st.builds(
    Slot,
    st.sampled_from(ARTICLES),
    start=st.sampled_from([None, NOW - timedelta(hours=1), NOW + timedelta(hours=1)]),
    again=st.booleans(),
)
a_rule = st.none() | st.builds(Backfill, st.sampled_from([None, *SECTIONS]))
a_layout = st.lists(
    st.tuples(st.sampled_from(Shape), st.integers(1, 5), st.lists(a_slot, max_size=4), a_rule), max_size=5
).map(
    lambda rows: Layout(
        tuple(
            Container(f"c{number}", shape, how_many=many, slots=tuple(slots), backfill=rule)
            for number, (shape, many, slots, rule) in enumerate(rows)
        )
    )
)


@given(a_layout, articles_live)
def test_no_article_stands_twice_and_none_that_is_not_live(layout: Layout, live: set[int]) -> None:
    newest = sorted((Candidate(one, one, NOW - timedelta(hours=one)) for one in live), key=lambda one: one.at)[::-1]
    found = {
        rule: [one for one in newest if rule.section in (None, section_of(one.article))][:enough]
        for rule, enough in looked_at(layout, None, NEWEST).items()
    }
    picked = {one.article: one for one in newest if one.article in {slot.article for slot in layout.slots}}
    choice = choose(layout, NOW, None, Candidates(picked, found), NEWEST)
    places = [place for one in choice.filled for place in one.places]
    once = [place.candidate.article for place in places if not (place.slot and place.slot.again)]
    assert all(count == 1 for count in Counter(once).values())
    rest = [one.article for one in choice.rest]
    assert not set(rest) & {place.candidate.article for place in places}
    assert {place.candidate.article for place in places} | set(rest) <= live
    for one in choice.filled:
        here = [place.candidate.article for place in one.places]
        assert len(here) == len(set(here)) and 0 < len(here) <= one.container.how_many
        assert all(place.slot.is_on(NOW) for place in one.places if place.slot)
    # All of the newest are on the page, somewhere: page 2 goes on without a gap.
    assert {one.article for one in newest[:NEWEST]} <= {place.candidate.article for place in places} | set(rest)
    # What was looked at was enough: no container wants a card that there is.
    everywhere = set(once)
    for one in choice.filled:
        rule = one.container.backfill
        free = [c for c in newest if rule and rule.section in (None, section_of(c.article))] if rule else []
        left = {c.article for c in free} - everywhere - {place.candidate.article for place in one.places}
        assert not left or len(one.places) == one.container.how_many


# --- filling, with the database ---------------------------------------------------------------------------------------


@pytest.fixture
def paper(make_article: Any, film: Section) -> dict[str, Any]:
    """Twelve articles, in Film and in Books, an hour apart; the first is the newest."""
    books = Section.objects.create(name="Books", slug="books")
    now = timezone.now()
    found = {}
    for number in range(12):
        tags = (("Noir",) if number in (3, 7) else ()) + (("Spoilers",) if number == 7 else ())
        article = make_article(f"A{number}", section=books if number % 3 == 0 else film, tags=tags)
        article.publish(at=now - timedelta(hours=number + 1))
        found[f"A{number}"] = article
    return found


def told(page: FrontPage) -> list[list[str]]:
    return [[article.headline for article in block.articles] for block in page.blocks]


def laid(*containers: Container, **more: Any) -> FrontPage:
    return fill(Layout(containers), timezone.now(), **more)


@pytest.mark.django_db
def test_picks_come_first_and_the_rest_is_the_newest_that_stand_nowhere_else(paper: dict[str, Any]) -> None:
    last, third = paper["A11"].pk, paper["A2"].pk
    page = laid(
        Container("a", Shape.OPENING, how_many=3, slots=(Slot(last),)),
        Container("b", how_many=2, slots=(Slot(third),), backfill=None),
        newest=5,
    )
    assert told(page) == [["A11", "A0", "A1"], ["A2"]]
    assert [one.headline for one in page.rest] == ["A3", "A4"] and page.has_older


@pytest.mark.django_db
def test_what_is_not_live_leaves_its_place_to_the_next(paper: dict[str, Any], make_article: Any) -> None:
    draft = make_article("Draft")
    planned = make_article("Planned")
    planned.publish(at=timezone.now() + timedelta(hours=1))
    gone = paper["A5"]
    gone.withdraw()
    slots = tuple(Slot(pk) for pk in (draft.pk, planned.pk, gone.pk, 10**12, paper["A4"].pk))
    assert told(laid(Container("a", how_many=3, slots=slots))) == [["A4", "A0", "A1"]]
    later = fill(Layout((Container("a", how_many=3, slots=slots),)), timezone.now() + timedelta(hours=2))
    assert told(later) == [["Planned", "A4", "A0"]]


@pytest.mark.django_db
def test_a_pick_comes_and_goes_at_its_moments(paper: dict[str, Any]) -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    layout = Layout(
        (Container("a", how_many=1, slots=(Slot(paper["A9"].pk, start=now + hour, until=now + 2 * hour),)),)
    )
    shown = [told(fill(layout, now + part * hour)) for part in (0, 1, 2)]
    assert shown == [[["A0"]], [["A9"]], [["A0"]]]


@pytest.mark.django_db
def test_the_same_article_again_only_where_a_slot_says_so(paper: dict[str, Any]) -> None:
    pick = Slot(paper["A6"].pk)
    twice = (Container("a", how_many=1, slots=(pick,)), Container("b", how_many=1, slots=(pick,)))
    assert told(laid(*twice)) == [["A6"], ["A0"]]
    again = replace(pick, again=True)
    assert told(laid(twice[0], replace(twice[1], slots=(again,)))) == [["A6"], ["A6"]]


@pytest.mark.django_db
def test_backfill_by_section_tag_author_and_without(paper: dict[str, Any], make_article: Any, film: Section) -> None:
    books = paper["A0"].section_id
    noir, spoilers = (Tag.objects.get(name=name).pk for name in ("Noir", "Spoilers"))
    other = Author.objects.create(name="Sam Oyelaran")
    hers = make_article("Hers")
    hers.bylines.update(author=other)
    hers.publish(at=timezone.now() - timedelta(days=3))
    rules = {
        Backfill(section=books): ["A0", "A3", "A6", "A9"],
        Backfill(tags=(noir,)): ["A3", "A7"],
        Backfill(tags=(noir, spoilers)): ["A3", "A7"],
        Backfill(tags=(noir,), without=(spoilers,)): ["A3"],
        Backfill(tags=(noir,), section=books): ["A3"],
        Backfill(author=other.pk): ["Hers"],
        Backfill(author=other.pk, section=books): [],
        Backfill(tags=(10**9,)): [],
    }
    for rule, expected in rules.items():
        page = laid(Container("a", Shape.RIVER, how_many=4, backfill=rule))
        assert told(page) == ([expected] if expected else []), rule
    assert told(laid(Container("a", how_many=3), section=books)) == [["A0", "A3", "A6"]]


@pytest.mark.django_db
def test_a_container_that_finds_too_few_is_left_out_and_gives_them_back(paper: dict[str, Any]) -> None:
    noir = Tag.objects.get(name="Noir").pk
    page = laid(Container("few", Shape.STRIP, how_many=4, backfill=Backfill(tags=(noir,))), newest=4)
    assert told(page) == [] and [one.headline for one in page.rest] == ["A0", "A1", "A2", "A3"]


@pytest.mark.django_db
def test_a_slot_says_its_card_otherwise_and_changes_no_other(paper: dict[str, Any], picture: Any) -> None:
    article = paper["A1"]
    slot = Slot(article.pk, "Said here", "Exclusive", picture.pk, again=True)
    page = laid(Container("a", how_many=1, slots=(slot,)), Container("b", how_many=2))
    [said], [_, plain] = (block.articles for block in page.blocks)
    assert (said.headline, said.kicker, said.lead_image) == ("Said here", "Exclusive", picture)
    assert (plain.headline, plain.kicker, plain.lead_image) == ("A1", "", None)
    [bare] = laid(Container("a", how_many=1, slots=(replace(slot, size=Size.PLAIN),))).blocks[0].articles
    assert bare.lead_image is None


@pytest.mark.django_db
def test_thirty_containers_cost_as_many_queries_as_one(paper: dict[str, Any], picture: Any) -> None:
    noir = Tag.objects.get(name="Noir").pk
    rules = [Backfill(), Backfill(section=paper["A0"].section_id), Backfill(tags=(noir,)), Backfill(without=(noir,))]
    slots = [(Slot(article.pk, picture=picture.pk),) for article in paper.values()]
    containers = [
        Container(f"c{number}", how_many=3, slots=slots[number % 12], backfill=rules[number % 4])
        for number in range(30)
    ]
    costs = []
    for some in (containers[:1], containers):
        with CaptureQueriesContext(connection) as queries:
            fill(Layout(tuple(some)), timezone.now())
        costs.append(len(queries))
    assert costs == [4, 4]


@pytest.mark.django_db
def test_the_largest_layout_is_answered(paper: dict[str, Any], django_assert_num_queries: Any) -> None:
    """As many containers with as many tags as there may be: below what SQLite takes in one statement."""
    Tag.objects.named(f"Tag {number}" for number in range(MOST_TAGS))
    tags = tuple(Tag.objects.order_by("-pk").values_list("pk", flat=True)[:MOST_TAGS])
    slots = tuple(Slot(number) for number in range(1, MOST_SLOTS + 1))
    boxes = [
        Container(f"c{number}", how_many=MOST_CARDS, slots=slots, backfill=Backfill(tags=tags, author=number + 1))
        for number in range(MOST_CONTAINERS)
    ]
    layout = Layout.read(Layout(tuple(boxes)).written())
    with django_assert_num_queries(3):
        assert len(fill(layout, timezone.now()).articles) == 12
