"""Days on which the clocks of Berlin change, always to come; addresses of the calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = "/admin/articles/article/calendar/"


def last_sunday(month: int) -> date:
    day = date(timezone.now().year + 1, month, 31)
    return day - timedelta(days=day.isoweekday() % 7)


FORWARD, BACK = last_sunday(3), last_sunday(10)


def berlin(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    """The moment, in UTC as the database gives it."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN, fold=fold).astimezone(UTC)
