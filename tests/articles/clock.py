"""A clock that tests turn: what django.utils.timezone.now answers."""

from datetime import UTC, datetime, timedelta
from typing import Any


class Clock:
    def __init__(self, monkeypatch: Any, start: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)) -> None:
        self.now = start
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def goes(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now
