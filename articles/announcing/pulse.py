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
START = "Run “manage.py announce --loop” beside the site, or “manage.py announce” every minute (docs/running.md)."
WAIT = "It is tried again by itself, with growing pauses. The list of announcements says why."
AGAIN = "Put right what stands in its list, and choose “Try again now” there."


@dataclass(frozen=True)
class Worry:
    text: str
    hint: str


@dataclass(frozen=True)
class Pulse:
    text: str
    worries: tuple[Worry, ...] = ()

    @classmethod
    def take(cls) -> "Pulse":
        """Three queries."""
        beat = Heartbeat.objects.filter(name=NAME).first()
        overdue = Announcement.objects.overdue(timezone.now() - OVERDUE_AFTER).count()
        given_up = Announcement.objects.given_up().count()
        worries = []
        if beat is None and overdue:
            worries.append(Worry("Nobody is told of publications: announcing has never run.", START))
        elif beat is not None and beat.is_late:
            silent = f"Nobody is told of publications: announcing was last heard of {_ago(beat.silence)} ago."
            worries.append(Worry(silent, START))
        if beat is not None and beat.last_error:
            worries.append(Worry(f"Announcing failed: {beat.last_error}", WAIT))
        if overdue:
            worries.append(Worry(f"{_many(overdue)} overdue.", WAIT if beat else START))
        if given_up:
            worries.append(Worry(f"{_many(given_up)} given up, as nobody took it.", AGAIN))
        return cls(f"{_ago(beat.silence)} ago" if beat else "has not run yet", tuple(worries))


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
    return [Warning(worry.text, hint=worry.hint, id="articles.W001") for worry in Pulse.take().worries]
