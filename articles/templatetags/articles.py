"""Small words for templates about articles."""

from datetime import datetime
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models.bylines import BylineBase
from articles.pages.head.languages import direction_of, tag_of
from newsroom.zoned_times import written

if TYPE_CHECKING:
    from articles.models.published import PublishedArticle
    from authors.models import Author

register = template.Library()


@register.filter
def writers(article: "PublishedArticle") -> "list[Author]":
    """Who wrote it, for a card's byline; else all that are named. No query on rows from `cards()`."""
    bylines = list(article.bylines.all())
    written = [byline.author for byline in bylines if byline.role == BylineBase.Role.WRITER]
    return written or [byline.author for byline in bylines]


@register.filter
def short_date(moment: datetime) -> str:
    """The day, in the site's zone; the year only when it is not this one."""
    local = timezone.localtime(moment)
    return date_format(local, _day(local.year != timezone.localtime().year))


@register.filter
def desk_time(moment: datetime) -> str:
    """Day and time with the zone and its offset, for who plans."""
    return written(moment)


@register.filter
def full_time(moment: datetime) -> str:
    """Day and time with the zone's name: readers are in many."""
    local = timezone.localtime(moment)
    return f"{date_format(local, _day(True))}, {date_format(local, _time())} {local.tzname()}"


@register.filter
def short_time(moment: datetime) -> str:
    """Today the time, else the day."""
    local = timezone.localtime(moment)
    return date_format(local, _time()) if local.date() == timezone.localdate() else short_date(moment)


@register.filter
def machine_time(moment: datetime) -> str:
    """For <time datetime>: HTML knows no microseconds."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _day(with_year: bool) -> str:
    """As the language writes a day; in English as we do, where Django has American ways."""
    if is_english():
        return "j F Y" if with_year else "j F"
    return "DATE_FORMAT" if with_year else "MONTH_DAY_FORMAT"


def _time() -> str:
    return "H:i" if is_english() else "TIME_FORMAT"


def is_english() -> bool:
    return (get_language() or "en").startswith("en")


@register.simple_tag
def in_language(article: "PublishedArticle") -> SafeString | str:
    """lang="…" dir="…" for an article that is not in the site's own language; nothing for all others."""
    if not article.language:
        return ""
    return format_html(' lang="{}" dir="{}"', tag_of(article.language), direction_of(article.language))


@register.filter
def stars(halves: int) -> str:
    """A rating as a number of stars: 3.5, and 4 rather than 4.0."""
    return number_format(halves / 2, 1 if halves % 2 else 0)
