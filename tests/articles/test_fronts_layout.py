"""The layout of a front as data: what is read is what was written, and nothing else is let in."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.models.fronts.default import default_layout
from articles.models.fronts.layout import (
    LARGEST_NUMBER,
    MOST_CARDS,
    MOST_CONTAINERS,
    Backfill,
    Container,
    Layout,
    Shape,
    Size,
    Slot,
    Tone,
)

numbers = st.integers(1, LARGEST_NUMBER - 1)
words = st.text("abc ü新", max_size=20).map(lambda text: " ".join(text.split()))
moments = st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@st.composite
def slots(draw: Any) -> Slot:
    start = draw(moments)
    until = draw(st.none() | st.integers(1, 10**6).map(lambda seconds: timedelta(seconds=seconds)))
    end = (start or datetime(2026, 1, 1, tzinfo=UTC)) + until if until else None
    return Slot(
        draw(numbers),
        draw(words),
        draw(words),
        draw(st.none() | numbers),
        draw(st.sampled_from(Size)),
        start,
        end,
        draw(st.booleans()),
    )


backfills = st.builds(
    Backfill,
    st.none() | numbers,
    st.lists(numbers, unique=True, max_size=3).map(tuple),
    st.lists(numbers, unique=True, max_size=3).map(tuple),
    st.none() | numbers,
)


@st.composite
def layouts(draw: Any) -> Layout:
    names = draw(st.lists(st.text("abcdef", min_size=1, max_size=8), unique=True, max_size=5))
    return Layout(
        tuple(
            Container(
                name,
                draw(st.sampled_from(Shape)),
                draw(words),
                draw(st.sampled_from(Tone)),
                draw(st.integers(1, MOST_CARDS)),
                tuple(draw(st.lists(slots(), max_size=4))),
                draw(st.none() | backfills),
            )
            for name in names
        )
    )


@given(layouts())
def test_what_is_read_is_what_was_written(layout: Layout) -> None:
    assert Layout.read(json.loads(json.dumps(layout.written()))) == layout


def test_what_is_as_usual_is_not_written_down() -> None:
    assert Layout((Container("a", slots=(Slot(7),)),)).written() == {
        "containers": [{"name": "a", "shape": "row", "how_many": 3, "slots": [{"article": 7}], "backfill": {}}]
    }


ONE = {"name": "a"}
WRONG: list[Any] = [
    None,
    [],
    "x",
    {"containers": {}},
    {"containers": [1]},
    {"containers": [{}]},
    {"containers": [{"name": ""}]},
    {"containers": [{"name": "\x00"}]},
    {"containers": [{"name": "a|b"}]},
    {"containers": [ONE, ONE]},
    {"containers": [{"name": f"c{number}"} for number in range(MOST_CONTAINERS + 1)]},
    {"containers": [ONE | {"shape": "round"}]},
    {"containers": [ONE | {"shape": ["row"]}]},
    {"containers": [ONE | {"tone": "pink"}]},
    {"containers": [ONE | {"how_many": 0}]},
    {"containers": [ONE | {"how_many": 10**9}]},
    {"containers": [ONE | {"how_many": True}]},
    {"containers": [ONE | {"label": 3}]},
    {"containers": [ONE | {"label": "x" * 81}]},
    {"containers": [ONE | {"slots": [{}]}]},
    {"containers": [ONE | {"slots": [{"article": "7"}]}]},
    {"containers": [ONE | {"slots": [{"article": -7}]}]},
    {"containers": [ONE | {"slots": [{"article": 10**40}]}]},
    {"containers": [ONE | {"slots": [{"article": 7, "headline": "x" * 201}]}]},
    {"containers": [ONE | {"slots": [{"article": 7, "size": {}}]}]},
    {"containers": [ONE | {"slots": [{"article": 7, "start": "2026-01-01T10:00:00"}]}]},
    {"containers": [ONE | {"slots": [{"article": 7, "start": "9999-99-99T10:00:00Z"}]}]},
    {
        "containers": [
            ONE | {"slots": [{"article": 7, "start": "2026-01-02T10:00:00Z", "until": "2026-01-01T10:00:00Z"}]}
        ]
    },
    {"containers": [ONE | {"backfill": []}]},
    {"containers": [ONE | {"backfill": {"tags": list(range(1, 30))}}]},
]


@pytest.mark.parametrize("data", WRONG, ids=range(len(WRONG)))
def test_what_no_page_could_show_is_refused_in_a_sentence(data: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        Layout.read(data)
    assert all(sentence.endswith((".", "…")) for sentence in refused.value.messages)


def test_control_characters_and_lines_are_no_part_of_a_headline() -> None:
    slot = {"article": 7, "headline": "One\x00\u2028two </script>"}
    [read] = Layout.read({"containers": [ONE | {"slots": [slot]}]}).slots
    assert read.headline == "One two </script>"


def test_the_next_moment_is_the_next_coming_or_going() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    hour = timedelta(hours=1)
    layout = Layout(
        (Container("a", slots=(Slot(1, start=now - hour, until=now + 3 * hour), Slot(2, start=now + hour))),)
    )
    assert layout.next_moment(now) == now + hour
    assert layout.next_moment(now + hour) == now + 3 * hour
    assert layout.next_moment(now + 3 * hour) is None


def test_the_sites_own_front_has_a_block_for_each_section() -> None:
    layout = default_layout([(3, "Film"), (5, "Books")])
    assert [(one.label, one.backfill and one.backfill.section) for one in layout.containers] == [
        ("", None),
        ("Most recent", None),
        ("Film", 3),
        ("Books", 5),
    ]
    assert Layout.read(layout.written()) == layout
