"""Small words for templates about articles."""

from datetime import datetime
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from articles.models.bylines import BylineBase
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
    return date_format(local, "j F" if local.year == timezone.localtime().year else "j F Y")


@register.filter
def desk_time(moment: datetime) -> str:
    """Day and time with the zone and its offset, for who plans."""
    return written(moment)


@register.filter
def full_time(moment: datetime) -> str:
    """Day and time with the zone's name: readers are in many."""
    return date_format(timezone.localtime(moment), "j F Y, H:i T")
