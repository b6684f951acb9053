"""Times in the site's zone: those the clocks skip, those they show twice, and how each is written."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from newsroom import zoned_field, zoned_times
from newsroom.zoned_field import ZonedDateTimeField
from newsroom.zoned_times import around_the_gap, moments_of, one_moment

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "UTC"]


@pytest.fixture
def berlin() -> Any:
    with timezone.override("Europe/Berlin"):
        yield


class Form(forms.Form):
    at = ZonedDateTimeField(label="Goes live", required=False)


def form(day: str, at: str, which: str = "") -> Form:
    return Form({"at_0": day, "at_1": at, "at_2": which})


def test_a_time_that_does_not_exist_is_refused_with_its_neighbours(berlin: None) -> None:  # M01
    sent = form("2026-03-29", "02:30")
    (sentence,) = sent.errors["at"]
    assert "29 March 2026, 02:30 does not exist in Europe/Berlin" in sentence
    assert "29 March, 01:59 (UTC+1) and 29 March, 03:00 (UTC+2)" in sentence
    html = str(sent["at"])
    assert 'value="2026-03-29"' in html and 'value="02:30"' in html
    for at, hour in (("01:59", 0), ("03:00", 1)):
        assert form("2026-03-29", at).fields["at"].clean(["2026-03-29", at, ""]).astimezone(UTC).hour == hour


def test_a_time_that_comes_twice_is_asked_about_and_answered(berlin: None) -> None:
    asked = form("2026-10-25", "02:30")
    assert "comes twice in Europe/Berlin" in asked.errors["at"][0]
    html = str(asked["at"])
    assert html.count('type="radio"') == 2 and "checked" not in html
    assert "02:30 CEST, UTC+2" in html and "02:30 CET, UTC+1" in html
    for which, hour in (("+02:00", 0), ("+01:00", 1)):
        answered = form("2026-10-25", "02:30", which)
        assert answered.is_valid()
        assert answered.cleaned_data["at"].astimezone(UTC) == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        shown = Form(initial={"at": answered.cleaned_data["at"].astimezone(UTC)})
        assert f'value="{which}" checked' in str(shown["at"])
        again = Form(answered.data, initial={"at": answered.cleaned_data["at"].astimezone(UTC)})
        assert again.changed_data == []
    assert not form("2026-10-25", "02:30", "+05:00").is_valid()


def test_an_answer_to_an_older_question_is_not_asked_for_twice(berlin: None) -> None:
    assert form("2026-10-25", "12:00", "+02:00").is_valid()


def test_in_winter_a_summer_morning_is_meant_in_summer_time(berlin: None) -> None:  # M03
    moment = form("2027-07-01", "09:00").fields["at"].clean(["2027-07-01", "09:00", ""])
    assert moment.astimezone(UTC) == datetime(2027, 7, 1, 7, tzinfo=UTC)
    assert zoned_times.written(moment.astimezone(UTC)) == "1 Jul 2027, 09:00 (Europe/Berlin, UTC+2)"
    assert "Europe/Berlin, UTC+2" in str(Form(initial={"at": moment.astimezone(UTC)})["at"])
    winter = datetime(2027, 1, 1, 8, tzinfo=UTC)
    assert zoned_times.written(winter) == "1 Jan 2027, 09:00 (Europe/Berlin, UTC+1)"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("9999-12-31", "23:59"), "9999 is probably a slip"),  # M06
        (("0001-01-01", "00:00"), "1 is probably a slip"),
        (("2026-11-25", ""), "time of day"),
        (("", "18:00"), "Give the day"),
        (("soon", "18:00"), "valid date"),
        (("2026-11-25", "noon"), "valid time of day"),
        (("2026-02-30", "12:00"), "valid date"),
    ],
)
def test_what_is_no_moment_is_refused_in_a_sentence(berlin: None, given: tuple[str, str], sentence: str) -> None:
    assert sentence in form(*given).errors["at"][0]


def test_empty_is_none_unless_it_is_required(berlin: None) -> None:
    assert form("", "").is_valid() and form("", "", "+02:00").is_valid()
    with pytest.raises(ValidationError):
        ZonedDateTimeField().clean(["", "", ""])


@pytest.mark.parametrize(
    ("zone", "minutes", "name"),
    [("UTC", 0, "UTC"), ("Asia/Kolkata", 330, "Asia/Kolkata, UTC+5:30"), ("America/St_Johns", -210, "America/St_Johns, UTC−3:30")],
)  # fmt: skip
def test_the_zone_is_named_with_its_offset(zone: str, minutes: int, name: str) -> None:
    with timezone.override(zone):
        assert zoned_times.zone_label(datetime(2026, 1, 1, tzinfo=UTC)) == name


@pytest.mark.parametrize(
    ("zone", "gone", "before", "after"),
    [
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 10), "2026-10-04T01:59", "2026-10-04T02:30"),
        ("Pacific/Apia", datetime(2011, 12, 30, 12), "2011-12-29T23:59", "2011-12-31T00:00"),
        ("America/New_York", datetime(2026, 3, 8, 2, 0), "2026-03-08T01:59", "2026-03-08T03:00"),
    ],
)
def test_gaps_of_every_size(zone: str, gone: datetime, before: str, after: str) -> None:
    assert moments_of(gone, ZoneInfo(zone)) == []
    found = [one.replace(tzinfo=None).isoformat(timespec="minutes") for one in around_the_gap(gone, ZoneInfo(zone))]
    assert found == [before, after]


@given(st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31)), st.sampled_from(ZONES))
def test_each_local_time_is_once_or_refused_or_twice(local: datetime, zone: str) -> None:
    local = local.replace(microsecond=0)
    with timezone.override(zone):
        found = moments_of(local)
        assert len(found) <= 2
        for moment in found:
            assert timezone.localtime(moment.astimezone(UTC)).replace(tzinfo=None, fold=0) == local
            which = moment.isoformat()[-6:]
            assert one_moment(local.date(), local.time(), which) == moment
        if len(found) != 1:
            with pytest.raises(ValidationError):
                one_moment(local.date(), local.time())


@given(st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_a_moment_comes_back_from_the_form_as_it_was(moment: datetime, zone: str) -> None:
    moment = moment.replace(microsecond=0)
    with timezone.override(zone):
        day, at, which = zoned_field._parts(moment)
        assert isinstance(day, date) and isinstance(at, time)
        assert one_moment(day, at, which) == moment


@pytest.mark.django_db
def test_every_time_at_the_desk_goes_through_this_door(rf: RequestFactory, editor: Any) -> None:
    request = rf.get("/admin/")
    request.user = editor
    seen = 0
    for model, desk in admin.site._registry.items():
        if model._meta.app_label in {"auth", "contenttypes", "admin"}:
            continue
        forms_shown = [desk.get_form(request)] if desk.has_add_permission(request) else []
        forms_shown += [formset.form for formset, _inline in desk.get_formsets_with_inlines(request)]
        for form_class in forms_shown:
            for name, field in form_class.base_fields.items():
                assert not isinstance(field, forms.DateTimeField | forms.SplitDateTimeField), f"{model}: {name}"
                seen += isinstance(field, ZonedDateTimeField)
    assert seen >= 3


def test_the_shortcuts_of_the_admin_stay() -> None:
    html = str(Form()["at"])
    assert 'class="vDateField"' in html and 'class="vTimeField"' in html
    assert "DateTimeShortcuts.js" in str(Form().media) and "zoned-times.js" in str(Form().media)


def test_times_next_to_each_other_are_an_hour_apart(berlin: None) -> None:
    first, second = moments_of(datetime(2026, 10, 25, 2, 30))
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert moments_of(datetime(2026, 7, 1, 9), BERLIN)[0].astimezone(UTC).hour == 7
