"""Names that look like each other."""

import random
import time
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Tag
from articles.models.tags.index import KnownName
from articles.models.tags.names import folded
from articles.models.tags.near_names import ALIKE, likeness, near, near_pairs

pytestmark = pytest.mark.django_db


def alike(one: str, other: str) -> bool:
    first, second = (KnownName(folded(name), name, number, True) for number, name in enumerate((one, other)))
    assert likeness(first, second) == likeness(second, first)
    return likeness(first, second) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("Venice Film Festival", "Venice Film Festval", True),
        ("Cannes", "Cannse", True),
        ("Akira Kurosawa", "Kurosawa, Akira", True),
        ("The Glass Orchard", "Glass Orchard", True),
        ("Film", "Films", True),
        ("Москва", "Масква", True),
        ("Venice Film Festival 2025", "Venice Film Festival 2026", False),
        ("Venice", "Venice Film Festival", False),
        ("Iran", "Iraq", False),
        ("Berlin", "Dublin", False),
    ],
)
def test_what_looks_alike(one: str, other: str, are: bool) -> None:
    assert alike(one, other) is are


def test_near_finds_those_in_use_by_any_of_their_names(django_assert_max_num_queries: Any) -> None:
    festival, city, gone = Tag.objects.named(["Venice Film Festival", "New York City", "Venice Film Festivals"])
    city.names.create(name="The Big Apple", folded=folded("The Big Apple"))
    gone.retired_at = timezone.now()
    gone.save()
    with django_assert_max_num_queries(3):
        assert [tag for tag, _ in near("venice film festval")] == [festival]
    with django_assert_max_num_queries(1):
        assert [tag for tag, _ in near("Big Aple")] == [city]
    with django_assert_max_num_queries(0):
        assert near("Something quite else") == []
    assert near("") == []


def test_a_name_made_renamed_or_deleted_counts_at_once() -> None:
    assert near("Cannse") == []
    (tag,) = Tag.objects.named(["Cannes"])
    assert [one for one, _ in near("Cannse")] == [tag]
    tag.name = "Lido"
    tag.save()
    assert [one for one, _ in near("Cannse")] == [tag], "an alias now"
    assert [one for one, _ in near("Lidoo")] == [tag]
    Tag.objects.filter(pk=tag.pk).update(retired_at=timezone.now())
    assert near("Cannse") == []
    Tag.objects.filter(pk=tag.pk).update(retired_at=None)
    assert near("Cannse")
    tag.delete()
    assert near("Cannse") == []


def test_pairs_are_found_once_the_more_used_first(django_assert_max_num_queries: Any) -> None:
    film, films, venice, _other = Tag.objects.named(["Film", "Films", "Venice Film Festival", "Berlin"])
    (twin,) = Tag.objects.named(["Festival, Film: Venice"])
    Tag.objects.filter(pk=films.pk).update(uses=9)
    with django_assert_max_num_queries(3):
        pairs = near_pairs()
    assert [(one, other) for one, other, _ in pairs] == [(venice, twin), (films, film)]
    assert pairs[0][2] == 1.0
    assert len(near_pairs(1)) == 1


def test_two_names_of_one_tag_are_no_pair() -> None:
    (tag,) = Tag.objects.named(["Film"])
    tag.names.create(name="Films", folded="films")
    assert near_pairs() == []


def test_twenty_thousand_tags_take_seconds_and_typos_among_them_are_found() -> None:
    chance = random.Random(5)
    letters = ["".join(chance.choice("bcdfglmnprstv") + chance.choice("aeiou") for _ in range(3)) for _ in range(4000)]
    names = sorted({f"{chance.choice(letters)} {chance.choice(letters)}".title() for _ in range(20_000)})
    Tag.objects.bulk_create([Tag(name=one, slug=f"t-{n}", folded_name=folded(one)) for n, one in enumerate(names)])
    Tag.names.rel.related_model.objects.bulk_create(  # type: ignore[attr-defined]
        [Tag.names.rel.related_model(name=tag.name, folded=tag.folded_name, tag=tag) for tag in Tag.objects.all()]  # type: ignore[attr-defined]
    )
    Tag.objects.named(["Zanzibar Quartet Society", "Zanzibar Quartett Society"])
    start = time.perf_counter()
    pairs = near_pairs(2000)
    took = time.perf_counter() - start
    assert took < 12, took  # a second on an idle machine
    assert ("Zanzibar Quartet Society", "Zanzibar Quartett Society") in {(a.name, b.name) for a, b, _ in pairs}
