"""The dates of an export, some from years that never were."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wordpress.export import dates
from articles.wordpress.wxr import posts


@pytest.fixture
def by_id(exports):
    return {post.wp_id: post for post in posts(exports / "odd_dates.xml")}


def test_zeros_are_no_date(by_id):
    assert by_id[1].published is None and by_id[1].notes == ()
    assert by_id[7].published is None


@pytest.mark.parametrize("number", [2, 9])
def test_year_out_of_range_is_no_date_but_a_note(by_id, number):
    assert by_id[number].published is None
    assert "is out of range" in by_id[number].notes[0]


def test_year_before_the_epoch_is_a_date(by_id):
    assert by_id[3].published == datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("number", [4, 8])
def test_nonsense_is_no_date_but_a_note(by_id, number):
    assert by_id[number].published is None
    assert "cannot be read" in by_id[number].notes[0]


def test_without_greenwich_time_the_feed_time_counts(by_id):
    assert by_id[5].published == datetime(2021, 2, 2, 8, 0, tzinfo=UTC)
    assert by_id[5].notes == ()


def test_local_time_alone_is_read_as_greenwich_time_with_a_note(by_id):
    assert by_id[6].published == datetime(2021, 2, 2, 10, 0, tzinfo=UTC)
    assert "has no time zone" in by_id[6].notes[0]


def test_bad_time_of_change_is_noted_as_such(by_id):
    assert by_id[7].modified is None
    assert by_id[7].notes == ("modified: the date 1066-10-14 09:00:00 is out of range",)


@given(st.one_of(st.text(), st.datetimes().map(str), st.datetimes(timezones=st.timezones()).map(str)))
def test_no_text_makes_dates_raise(text):
    for when in (dates.moment(text)[0], dates.published(text, text, text)[0]):
        assert when is None or 1900 <= when.year <= 2200
        assert when is None or when.tzinfo is UTC
