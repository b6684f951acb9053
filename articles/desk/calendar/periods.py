"""Which days are shown: a month in whole weeks, a week, a day, or four weeks as a list. Counted in days, never in hours:
a week in which the clocks change is as long as any other.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, get_format

LIST_DAYS = 28
# Nobody plans beyond them.
_FIRST_DAY, _LAST_DAY = date(1970, 1, 2), date(2199, 12, 30)
# A month's page shows up to six days before and after it, and leads to the months around.
_MARGIN = timedelta(days=70)
_WEEKDAYS = {"SUNDAY": 0, "MONDAY": 1, "SATURDAY": 6}


class View(StrEnum):
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    LIST = "list"


@dataclass(frozen=True)
class Period:
    """`start` to `end`, which is not shown any more, around the chosen `day`."""

    view: View
    day: date
    start: date
    end: date
    previous: date
    next: date
    title: str

    @property
    def days(self) -> list[date]:
        return [self.start + timedelta(days=n) for n in range((self.end - self.start).days)]

    @property
    def weeks(self) -> list[list[date]]:
        days = self.days
        return [days[n : n + 7] for n in range(0, len(days), 7)]

    @property
    def week_number(self) -> int | None:
        """As ISO 8601 counts: the week of its Thursday, whatever day it begins with here."""
        if self.view is not View.WEEK:
            return None
        return next(day.isocalendar().week for day in self.days if day.isoweekday() == 4)

    def is_beside(self, day: date) -> bool:
        """In the month's picture, but of another month."""
        return self.view is View.MONTH and day.month != self.day.month


def period(view: View, day: date) -> Period:
    return {View.MONTH: _month, View.WEEK: _week, View.DAY: _day, View.LIST: _list}[view](day)


def chosen_day(text: str | None) -> date:
    """The day of an address, today for none and for nonsense."""
    try:
        day = parse_date(text or "")
    except ValueError:  # like the 31st of February
        day = None
    if day is None or not _FIRST_DAY + _MARGIN <= day <= _LAST_DAY - _MARGIN:
        return timezone.localdate()
    return day


def first_weekday() -> int:
    """0 Sunday, 1 Monday … as Django counts: the site's own setting, else what its language is used to."""
    return _WEEKDAYS.get(settings.WEEK_STARTS, int(get_format("FIRST_DAY_OF_WEEK")))


def week_start(day: date) -> date:
    return day - timedelta(days=(day.isoweekday() - first_weekday()) % 7)


def _month(day: date) -> Period:
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    last = after - timedelta(days=1)
    before = (first - timedelta(days=1)).replace(day=1)
    end = week_start(last) + timedelta(days=7)
    return Period(View.MONTH, day, week_start(first), end, before, after, date_format(first, "F Y"))


def _week(day: date) -> Period:
    start = week_start(day)
    return _span(View.WEEK, day, start, 7, _said(start, start + timedelta(days=6)))


def _day(day: date) -> Period:
    return _span(View.DAY, day, day, 1, date_format(day, "l j F Y"))


def _list(day: date) -> Period:
    return _span(View.LIST, day, day, LIST_DAYS, _said(day, day + timedelta(days=LIST_DAYS - 1)))


def _span(view: View, day: date, start: date, length: int, title: str) -> Period:
    step = timedelta(days=length)
    return Period(view, day, start, start + step, day - step, day + step, title)


def _said(first: date, last: date) -> str:
    """`30 March – 5 April 2026`: no more of the first than differs."""
    within_year = "j F" if first.month != last.month else "j"
    form = within_year if first.year == last.year else "j F Y"
    return f"{date_format(first, form)} – {date_format(last, 'j F Y')}"
