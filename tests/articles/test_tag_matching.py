"""Names of tags found in a text: pure, over an index made by hand."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.tags.index import KnownName, TagIndex
from articles.models.tags.names import folded
from articles.models.tags.suggestions.matching import Draft, Place, matches, names_in
from articles.models.tags.suggestions.weighing import in_order


def index_of(*names: str | tuple[str, ...], uses: dict[int, int] | None = None) -> TagIndex:
    """Tags by number from 1; a tuple is a tag with its aliases."""
    known = []
    for number, few in enumerate(names, 1):
        for name in (few,) if isinstance(few, str) else few:
            is_own = isinstance(few, str) or name == few[0]
            known.append(KnownName(folded(name), name, number, is_own))
    return TagIndex(known, uses or {})


def phrases(text: str, *names: str | tuple[str, ...]) -> list[str]:
    return [phrase for _known, phrase, _words in names_in(text, index_of(*names))]


@pytest.mark.parametrize(
    ("text", "name", "phrase"),
    [
        ("The festival of Cannes opens", "Cannes", "Cannes"),
        ("the festival of CANNES opens", "cannes", "CANNES"),
        ("Inês Duarte reads", "Ines Duarte", "Inês Duarte"),
        ("Ines Duarte reads", "Inês Duarte", "Ines Duarte"),
        ("by Ine\u0302s Duarte.", "Inês Duarte", "Ine\u0302s Duarte"),
        ("a new-wave film", "New Wave", "new-wave"),
        ("a newwave film", "New Wave", "newwave"),
        ("an e mail came", "E-mail", "e mail"),
        ("Trump’s tower", "Trump", "Trump"),
        ("says O’Brien, the clerk", "O'Brien", "O’Brien"),
        ("written in C++, of course", "C++", "C++"),
        ("under #MeToo.", "#MeToo", "#MeToo"),
        ("the AT&T deal", "AT&T", "AT&T"),
        ("the season 2024-25 began", "2024/25", None),
        ("the season 2024–25 began", "2024-25", "2024–25"),
        ("in Paris, Texas, a film", "Paris, Texas", "Paris, Texas"),
        ("Straße der Nacht", "Strasse der Nacht", "Straße der Nacht"),
        ("Москва не верит слезам", "москва", "Москва"),
        ("昨日、東京国際映画祭が開幕した", "東京国際映画祭", "東京国際映画祭"),
        ("서울에서 열린", "서울", "서울"),
        ("ในกรุงเทพมหานครวันนี้", "กรุงเทพมหานคร", "กรุงเทพมหานคร"),
        # not these:
        ("the Scannest of Cannesque things", "Cannes", None),
        ("a film about Par is", "Paris", "Par is"),
        ("he came to Paris. Texas is far", "Paris, Texas", None),
        ("Cannes, Venice", "Cannes Venice", None),
        ("Venice\nFilm", "Venice Film", None),
        ("it is what it is", "IT", None),
        ("the IT department", "IT", "IT"),
        ("who said so", "WHO", None),
    ],
)  # fmt: skip
def test_whole_names_are_found_as_they_are_written(text: str, name: str, phrase: str | None) -> None:
    assert phrases(text, name) == ([phrase] if phrase else [])


def test_the_longest_counts_and_what_lies_in_it_does_not() -> None:
    assert phrases("At the Venice Film Festival in Venice", "Venice", "Venice Film Festival", "Film") == [
        "Venice Film Festival", "Venice",
    ]  # fmt: skip
    assert phrases("東京国際映画祭と東京", "東京", "東京国際映画祭") == ["東京国際映画祭", "東京"]


def test_an_alias_is_its_tag() -> None:
    found = matches(Draft("NYC at night"), index_of(("New York City", "NYC")))
    assert found[1].phrase == "NYC" and found[1].place is Place.HEADLINE


@given(st.text(min_size=2, max_size=30).filter(lambda text: any(one.isalpha() for one in text)))
def test_a_name_is_found_in_itself(name: str) -> None:
    """Also between brackets, whatever it is made of; unless it is short capitals or has signs at its ends."""
    name = " ".join("".join(one if one.isalnum() or one == " " else " " for one in name).split())
    if len(folded(name)) < 2 or len(name.split()) > 20:
        return
    assert folded(name) in {known.folded for known, _phrase, _words in names_in(f"({name})", index_of(name))}


def test_place_times_rarity_and_company_order_them() -> None:
    index = index_of("Cannes", "Drama", "Venice", "Ozu", uses={1: 5, 2: 900, 3: 5, 4: 5})
    draft = Draft("Cannes opens", "With drama", "First of Venice.\nThen Ozu. Drama, drama and drama.")
    found = matches(draft, index)
    order = [one.tag for one in in_order(found, index.uses)]
    assert order == [1, 3, 2, 4] or order == [1, 3, 4, 2]
    assert order.index(2) > order.index(3), "what nearly every article has says little"
    assert [one.tag for one in in_order(found, index.uses, {4: 0.9})].index(4) < order.index(4)
    assert {one.tag: one.why for one in in_order(found, index.uses)} == {
        1: "“Cannes” in the headline", 2: "“drama” in the standfirst, 4 times in all",
        3: "“Venice” in the first paragraph", 4: "“Ozu” in the text",
    }  # fmt: skip


def test_twenty_thousand_tags_of_two_names_cost_no_more_than_two() -> None:
    many = index_of(*((f"Word{n} Thing{n % 977}", f"Alias{n}") for n in range(20_000)))
    text = " ".join(f"word{n} thing{n % 977} and words" for n in range(0, 20_000, 53))
    index = many
    assert len(matches(Draft(text="x"), index)) == 0  # made once
    start = time.perf_counter()
    found = matches(Draft("Alias7", "", text), index)
    took = time.perf_counter() - start
    assert len(found) == 379 and took < 0.5, took
