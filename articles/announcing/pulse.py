"""Whether announcing is at work: for the desk's first page, and for `manage.py check --database default`."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.utils import timezone
from django.utils.timesince import timesince

from articles.models.announcements import Announcement
from newsroom.models import Heartbeat

NAME = "announce"
# Longer than a few turns, and than the first pauses after a failure.
OVERDUE_AFTER = timedelta(minutes=10)
HOW = "Run `manage.py announce --loop` beside the site, or `manage.py announce` every minute (docs/running.md)."


@dataclass(frozen=True)
class Pulse:
    text: str
    warnings: tuple[str, ...] = ()

    @classmethod
    def take(cls) -> "Pulse":
        """Three queries."""
        beat = Heartbeat.objects.filter(name=NAME).first()
        overdue = Announcement.objects.overdue(timezone.now() - OVERDUE_AFTER).count()
        given_up = Announcement.objects.given_up().count()
        warnings = []
        if beat is None and overdue:
            warnings.append("Nobody is told of publications: announcing has never run.")
        elif beat is not None and beat.is_late:
            warnings.append(f"Nobody is told of publications: announcing was last heard of {_ago(beat.silence)} ago.")
        if beat is not None and beat.last_error:
            warnings.append(f"Announcing failed: {beat.last_error}")
        if overdue:
            warnings.append(f"{_many(overdue)} overdue.")
        if given_up:
            warnings.append(f"{_many(given_up)} given up, as nobody took it.")
        return cls(f"{_ago(beat.silence)} ago" if beat else "has not run yet", tuple(warnings))


def _many(count: int) -> str:
    return "1 announcement is" if count == 1 else f"{count} announcements are"


def _ago(silence: timedelta) -> str:
    """`12 seconds`, `3 hours`."""
    seconds = max(int(silence.total_seconds()), 0)
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    now = timezone.now()
    return timesince(now - silence, now, depth=1).replace("\xa0", " ")


def register_check() -> None:
    register(announcing_is_at_work, Tags.database)


def announcing_is_at_work(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Only where a database is asked for, and has its tables already: `migrate` checks before it makes them."""
    if "default" not in (databases or ()):
        return []
    tables = connections["default"].introspection.table_names()
    if not {Announcement._meta.db_table, Heartbeat._meta.db_table} <= set(tables):
        return []
    return [Warning(text, hint=HOW, id="articles.W001") for text in Pulse.take().warnings]
