"""How long until a moment, in words: as the server says it, and countdown.js goes on saying it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


@dataclass(frozen=True)
class Countdown:
    moment: datetime
    now: datetime
    words: str


def countdown(moment: datetime) -> Countdown:
    now = timezone.now()
    return Countdown(moment, now, until(int((moment - now).total_seconds())))


def until(seconds: int) -> str:
    """`in 2 days 3 hours`, `in 12 minutes`; below five minutes with the seconds. The same rule as in countdown.js."""
    if seconds <= 0:
        return "now"
    least = 1 if seconds < 300 else 60
    parts: list[str] = []
    for name, size in UNITS:
        count, seconds = divmod(seconds, size)
        if count and size >= least and len(parts) < 2:
            parts.append(f"{count} {name}{'' if count == 1 else 's'}")
    return f"in {' '.join(parts)}"
