"""Times of day in the site's zone: which moment a person means, and how one is written. The form's field is in
zoned_field.py.

Twice a year the clocks jump. A time that they leave out is refused with its neighbours named; one that they show twice
is asked about, with both offsets. Nothing is moved by an hour in silence.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

# Beyond them a year is a slip of the finger, and no calendar, feed or database agrees on it.
YEARS = range(1000, 2200)


def year_error(moment: datetime | None) -> str:
    """The sentence about a year that no page could show in every zone; '' for any other, and for none."""
    if moment is None or moment.year in YEARS:
        return ""
    return f"Choose a year from {YEARS.start} to {YEARS.stop - 1}; {moment.year} is probably a slip."


# --- writing -------------------------------------------------------------------------------------------------------


def offset_name(moment: datetime) -> str:
    """`UTC+2`, `UTC−3:30`, `UTC`: how the site's clocks differ at that moment."""
    minutes = int((timezone.localtime(moment).utcoffset() or timedelta()).total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def zone_label(moment: datetime) -> str:
    """`Europe/Berlin, UTC+2`: the site's zone as it is at that moment, summer or winter."""
    zone, offset = timezone.get_current_timezone_name(), offset_name(moment)
    return offset if zone == "UTC" else f"{zone}, {offset}"


def written(moment: datetime) -> str:
    """`29 March 2026, 18:00 (Europe/Berlin, UTC+2)`: nobody who schedules must guess."""
    return f"{date_format(timezone.localtime(moment), 'j M Y, H:i')} ({zone_label(moment)})"


# --- reading -------------------------------------------------------------------------------------------------------


def moments_of(local: datetime, zone: tzinfo | None = None) -> list[datetime]:
    """When the zone's clocks show this: once as a rule, never in the hour they skip, twice in the hour they repeat."""
    zone = zone or timezone.get_current_timezone()
    found = {}
    for fold in (0, 1):
        moment = local.replace(tzinfo=zone, fold=fold)
        if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == local:
            found[moment.astimezone(UTC)] = moment
    return [found[moment] for moment in sorted(found)]


def around_the_gap(local: datetime, zone: tzinfo | None = None) -> tuple[datetime, datetime]:
    """The last minute before and the first after the clocks jump over `local`, a time that does not exist."""
    zone = zone or timezone.get_current_timezone()
    early, late = sorted(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        early, late = (middle, late) if middle.astimezone(zone).utcoffset() == before else (early, middle)
    jump = late.replace(microsecond=0)
    return (jump - timedelta(minutes=1)).astimezone(zone), jump.astimezone(zone)


def start_of(day: date) -> datetime:
    """The day's first moment in the site's zone; where the clocks skip midnight, the first that there is."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def one_moment(day: date, at: time, which: str | int = "") -> datetime:
    """The moment that a person means; `which` says which of the two is meant of a time that comes twice, by its offset
    (`+02:00`) or as the first (0) or second (1).

    Raises ValidationError in a sentence: code "year", "gap" or "twice".
    """
    local = datetime.combine(day, at)
    if sentence := year_error(local):
        raise ValidationError(sentence, code="year")
    found = moments_of(local)
    shown, zone = date_format(local, "j F Y, H:i"), timezone.get_current_timezone_name()
    if not found:
        near = " and ".join(f"{date_format(one, 'j F, H:i')} ({offset_name(one)})" for one in around_the_gap(local))
        raise ValidationError(
            f"{shown} does not exist in {zone}: the clocks jump over it. The nearest times are {near}.", code="gap"
        )
    if len(found) == 1:
        return found[0]
    for number, moment in enumerate(found):
        if which in {number, moment.isoformat()[-6:]}:
            return moment
    raise ValidationError(
        f"{shown} comes twice in {zone}, because the clocks go back then. Choose which of the two you mean.",
        code="twice",
    )
