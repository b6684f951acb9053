"""The pages of the archive: all years, a year, a month with its calendar, a day."""

from calendar import Calendar
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models import archive
from articles.models.archive import Period
from articles.models.published import HOME_KEY
from articles.templatetags.articles import is_english
from newsroom.addresses import path_to

from .head import Crumb, head_of_list
from .paging import page_of
from .showing import keys_of_cards, show


@dataclass(frozen=True)
class Named:
    """A period as pages name it; `address` is '' where nothing appeared, `count` how much did."""

    name: str
    address: str
    count: int = 0


@require_safe
def all_years(request: HttpRequest) -> HttpResponse:
    """Three queries at most."""
    years = [named(Period(year), count) for year, count in archive.years().items()]
    head = head_of_list(gettext("Archive"), path_to("archive"), description=_about())
    return show(request, "articles/archive.html", {"periods": years, "head": head}, keys={HOME_KEY})


@require_safe
def year(request: HttpRequest, year: str) -> HttpResponse:
    """Five queries at most."""
    period = _period(year)
    months = [
        named(Period(period.year, number), count, of_year=True)
        for number, count in enumerate(archive.months(period.year), start=1)
    ]
    if not any(month.count for month in months):
        raise Http404("Nothing appeared in this year.")
    return _show(request, period, {"periods": months}, {HOME_KEY})


@require_safe
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """Five queries."""
    period = _period(year, month)
    return _listed(request, period, {"weekdays": _weekdays(), "weeks": _weeks(period)})


@require_safe
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """Four queries."""
    return _listed(request, _period(year, month, day), {})


def _listed(request: HttpRequest, period: Period, context: dict[str, Any]) -> HttpResponse:
    page = page_of(request, period.articles().cards())
    if not page.items:
        raise Http404("Nothing appeared then.")
    return _show(request, period, {"page": page, **context}, {HOME_KEY} | keys_of_cards(page.items))


def _show(request: HttpRequest, period: Period, context: dict[str, Any], keys: set[str]) -> HttpResponse:
    page = context.get("page")
    older, newer = period.older(), period.newer()
    head = head_of_list(
        name_of(period),
        address_of(period),
        page.items if page else (),
        number=page.number if page else 1,
        description=_about(period),
        parents=[Crumb(one.name, one.address) for one in _above(period)],
    )
    context |= {
        "period": named(period),
        "older": named(older) if older else None,
        "newer": named(newer) if newer else None,
        "head": head,
    }
    return show(request, "articles/archive.html", context, keys=keys)


def _period(*parts: str) -> Period:
    try:
        return Period(*map(int, parts))
    except ValueError:
        raise Http404("No calendar has this day.") from None


def named(period: Period, count: int = 1, *, of_year: bool = False) -> Named:
    """`of_year`: a month among those of its year, whose number goes without saying."""
    name = date_format(period.first, "F") if of_year else name_of(period)
    return Named(name, address_of(period) if count else "", count)


def address_of(period: Period) -> str:
    if period.month is None:
        return path_to("archive-year", f"{period.year:04}")
    if period.day is None:
        return path_to("archive-month", f"{period.year:04}", f"{period.month:02}")
    return path_to("archive-day", f"{period.year:04}", f"{period.month:02}", f"{period.day:02}")


def name_of(period: Period) -> str:
    """As the language writes it."""
    if period.month is None:
        return str(period.year)
    if period.day is None:
        return date_format(period.first, "F Y" if is_english() else "YEAR_MONTH_FORMAT")
    return date_format(period.first, "j F Y" if is_english() else "DATE_FORMAT")


def _above(period: Period) -> list[Named]:
    found = [Named(gettext("Archive"), path_to("archive"))]
    if period.month:
        found.append(named(Period(period.year)))
    if period.day:
        found.append(named(Period(period.year, period.month)))
    return found


def _about(period: Period | None = None) -> str:
    if period is None:
        return gettext("Everything that we have published, by year, month and day.")
    return gettext("What we published: %(period)s.") % {"period": name_of(period)}


def _first_weekday() -> int:
    """Monday is 0. In English as we do, where Django has American ways."""
    return 0 if is_english() else (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7


def _weekdays() -> list[tuple[str, str]]:
    order = [(_first_weekday() + number) % 7 for number in range(7)]
    return [(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in order]


def _weeks(period: Period) -> list[list[tuple[int, Named | None]]]:
    """Days, 0 for those of other months; each with what appeared on it. One query."""
    assert period.month is not None
    counts = period.days()
    weeks = Calendar(_first_weekday()).monthdayscalendar(period.year, period.month)
    return [
        [(day, named(Period(period.year, period.month, day), counts[day]) if counts[day] else None) for day in week]
        for week in weeks
    ]
