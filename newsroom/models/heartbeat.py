"""Heartbeat: when a process that works in the background was last heard of. So that its silence is noticed."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

# How long it may be silent before somebody should look: some of its own turns, and never less than a few minutes.
TURNS_MISSED, LEAST_SILENCE, WITHOUT_TURNS = 4, timedelta(minutes=3), timedelta(minutes=15)


class Heartbeat(models.Model):
    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    took = models.FloatField(default=0, help_text="Seconds of its last turn.")
    every = models.PositiveIntegerField(default=0, help_text="Seconds between two turns; 0: whoever starts it knows.")
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, name: str, *, every: int = 0, **turn: Any) -> None:
        """It is alive; with `took` and `last_error` once a turn is over. One query, two the first time."""
        values = {"at": timezone.now(), "every": every, **turn}
        if not cls.objects.filter(name=name).update(**values):
            cls.objects.get_or_create(name=name, defaults=values)

    @property
    def silence(self) -> timedelta:
        """How long nothing was heard."""
        return timezone.now() - self.at

    @property
    def is_late(self) -> bool:
        """Also when it lies in the future: then the clock was put back, and nothing was heard since."""
        allowed = max(timedelta(seconds=self.every * TURNS_MISSED), LEAST_SILENCE) if self.every else WITHOUT_TURNS
        return not -LEAST_SILENCE <= self.silence <= allowed
