"""What a person is called at the desk."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article

SOMEBODY = "Somebody"


def name_of(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else SOMEBODY


def listed(words: Iterable[str]) -> str:
    """a, b and c."""
    words = list(words)
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def clock(moment: datetime) -> str:
    """14:32; with its day when that is not today. In the site's zone."""
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j M, H:i")


def ago(moment: datetime) -> str:
    """12 minutes ago, in whole units."""
    minutes = int((timezone.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    for size, unit in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    raise AssertionError("a minute is at least one minute")


def newer_than(article: Article, version: int, reader: Any) -> dict[str, str] | None:
    """Who saved this article last, and when, if that is newer than this version. One query when it is, else none."""
    if article.version <= version:
        return None
    last = article.revisions.filter(version__gt=version).select_related("by").defer("data").first()
    if last is None:
        return {"who": SOMEBODY, "at": clock(article.updated_at)}
    return {"who": "You, in another window," if last.by == reader else name_of(last.by), "at": clock(last.at)}
