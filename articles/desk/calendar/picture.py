"""The calendar's page as plain values for its templates: days with their entries, addresses around it, the filters."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from articles.models import Section
from newsroom.zoned_times import start_of

from .entries import Entry, Found, Kind, grouped
from .periods import Period, View
from .wanted import ME, NOBODY, Wanted, all_people, person_name

SHOWN_A_DAY = 3  # in the month's picture; the rest is one step away
HUES = 8


@dataclass
class Day:
    date: date
    url: str
    entries: list[Entry] = field(default_factory=list)
    is_today: bool = False
    is_beside: bool = False
    plan_url: str = ""

    @property
    def first(self) -> list[Entry]:
        """When one more would be left over, it is shown: "+1 more" takes the same room."""
        return self.entries if len(self.entries) <= SHOWN_A_DAY + 1 else self.entries[:SHOWN_A_DAY]

    @property
    def more(self) -> int:
        return len(self.entries) - len(self.first)

    @property
    def clocks(self) -> str:
        """For the two days of a year that are no 24 hours long."""
        length = (start_of(self.date + timedelta(days=1)).timestamp() - start_of(self.date).timestamp()) / 3600
        return "" if length == 24 else "Clocks go forward" if length < 24 else "Clocks go back"


def days_of(period: Period, found: Found, wanted: Wanted, may_plan: bool) -> list[Day]:
    by_day, today = grouped(found.entries), timezone.localdate()
    return [
        Day(
            date=day,
            url=address(View.DAY, day, wanted),
            entries=by_day.get(day, []),
            is_today=day == today,
            is_beside=period.is_beside(day),
            plan_url=f"{reverse('admin:articles_article_calendar_plan')}?date={day:%Y-%m-%d}" if may_plan else "",
        )
        for day in period.days
    ]


def address(view: View, day: date | None, wanted: Wanted) -> str:
    pairs = [("view", view.value), *([("date", f"{day:%Y-%m-%d}")] if day else []), *wanted.pairs]
    return f"{reverse('admin:articles_article_calendar')}?{urlencode(pairs)}"


def ways(period: Period, wanted: Wanted) -> dict[str, Any]:
    """Where one can go from here."""
    return {
        "previous_url": address(period.view, period.previous, wanted),
        "next_url": address(period.view, period.next, wanted),
        "today_url": address(period.view, None, wanted),
        "all_url": address(period.view, period.day, Wanted()),
        "views": [(view, view.title(), address(view, period.day, wanted)) for view in View],
    }


def filters(wanted: Wanted, sections: list[Section], user: Any) -> dict[str, Any]:
    """The choices, with what is chosen. One query, for the people."""
    names = [(str(one.pk), person_name(one)) for one in all_people() if one.pk != user.pk]
    return {
        "kind_choices": [(kind, kind in wanted.kinds) for kind in Kind],
        "section_choices": [(one, one.pk in wanted.sections) for one in sections],
        "person_choices": [("", "Everybody"), (ME, "Me"), (NOBODY, "Nobody yet"), *names],
        "sections_chosen": len(wanted.sections),
    }


def section_looks(sections: list[Section]) -> dict[int | None, tuple[str, str]]:
    """Name and colour class by number. The colour follows from the place among all sections, and is never alone."""
    looks: dict[int | None, tuple[str, str]] = {None: ("No section", "hue-none")}
    return looks | {one.pk: (one.name, f"hue-{place % HUES}") for place, one in enumerate(sections)}


def zone_name(period: Period) -> str:
    """Like Europe/Berlin (CET, then CEST)."""
    short = dict.fromkeys(f"{start_of(day):%Z}" for day in (period.start, period.end))
    name = timezone.get_current_timezone_name()
    return name if list(short) == [name] else f"{name} ({', then '.join(short)})"
