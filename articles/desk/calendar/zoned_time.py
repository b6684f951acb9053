"""A day and a time on the newsroom's clock as a moment. Clocks skip an hour in spring and repeat one in autumn."""

from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

# Beyond these, arithmetic with zones overflows; no newsroom plans there.
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2199, 12, 30)


class Trouble(StrEnum):
    """Codes of the errors that a dialog can help with."""

    GAP = "gap"
    TWICE = "twice"


def moment_of(day: date, at: time, which: int | None = None, zone: tzinfo | None = None) -> datetime:
    """`which` says which of the two is meant when this time comes twice: 0 the first, 1 the second.

    Raises ValidationError (code "gap") for a time that the clocks skip, (code "twice") for one that comes twice while
    `which` does not tell. In UTC: Python calls a repeated hour unequal to the same moment of another zone.
    """
    zone = zone or timezone.get_current_timezone()
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError({"date": "Choose a day of this century or the next."})
    wall = datetime.combine(day, at, tzinfo=zone)
    back = wall.astimezone(UTC).astimezone(zone)
    said = date_format(day, "j F Y")
    if back.replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise _error(
            f"There is no {at:%H:%M} on {said}: the clocks go forward then. Choose another time, like {back:%H:%M}.",
            Trouble.GAP,
        )
    second = wall.replace(fold=1)
    if wall.utcoffset() == second.utcoffset():
        return wall.astimezone(UTC)
    if which is None:
        raise _error(
            f"{at:%H:%M} comes twice on {said}: the clocks go back. "
            f"Is it the first ({wall:%Z}) or the second ({second:%Z})?",
            Trouble.TWICE,
        )
    return (second if which else wall).astimezone(UTC)


def start_of(day: date, zone: tzinfo | None = None) -> datetime:
    """The day's first moment; where the clocks skip midnight, the first that there is."""
    return datetime.combine(day, time.min, tzinfo=zone or timezone.get_current_timezone())


def clock_time(moment: datetime) -> str:
    """Like 25 Nov 2026, 09:30 CET. Django's own format leaves the zone out of just the hour that comes twice."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'j M Y, H:i')} {local:%Z}"


def _error(sentence: str, code: Trouble) -> ValidationError:
    return ValidationError({"time": ValidationError(sentence, code=code)})
