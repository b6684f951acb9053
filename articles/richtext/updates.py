"""The time of an update block: `<section data-update="2026-11-25T18:05:00Z">`, a moment with its offset."""

import re
from datetime import datetime

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def moment(text: str) -> datetime | None:
    """The aware moment that the attribute names; None for what is none (there is no 31 February)."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def is_moment(text: str) -> bool:
    return moment(text) is not None
