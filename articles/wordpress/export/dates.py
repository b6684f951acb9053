"""The times of an export: three fields, two of them often empty, sometimes from a year that never was."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

EARLIEST, LATEST = 1900, 2200


def published(gmt: str, local: str, rfc822: str) -> tuple[datetime | None, str]:
    """When a post was published, in UTC, with a note if that is doubtful ("" otherwise).

    WordPress writes the time in UTC (`post_date_gmt`), in the site's own time (`post_date`) and, for readers
    of the feed, as `pubDate`. The first one counts; of a draft it is all zeros. Nothing says how far the
    site's own time is from UTC, so it is used last and read as UTC.
    """
    if is_given(gmt):
        return moment(gmt)
    if (told := _rfc822(rfc822)) is not None:
        return told, ""
    if is_given(local):
        when, note = moment(local)
        return when, note or f"the date {local.strip()} has no time zone and was read as UTC"
    return None, ""


def moment(text: str) -> tuple[datetime | None, str]:
    """`2010-10-16 20:53:18` in UTC, or None and a note. Empty and all-zero dates are None without a note."""
    if not is_given(text):
        return None, ""
    try:
        when = datetime.fromisoformat(text.strip())
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None, f"the date {text.strip()[:40]} cannot be read"
    if not EARLIEST <= when.year <= LATEST:
        return None, f"the date {text.strip()[:40]} is out of range"
    return when, ""


def is_given(text: str) -> bool:
    # The second one is how PHP writes the first one.
    return bool(text.strip()) and not text.strip().startswith(("0000-00-00", "-0001-11-30"))


def _rfc822(text: str) -> datetime | None:
    # WordPress writes "Wed, 30 Nov -0001 00:00:00 +0000" for no date, which Python reads as the year 2000.
    if " -" in text[:20]:
        return None
    try:
        when = parsedate_to_datetime(text)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return when if EARLIEST <= when.year <= LATEST else None
