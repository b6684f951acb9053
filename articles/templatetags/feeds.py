"""What templates of feeds, and the head of every page, say of feeds."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.models.tags.tagging import Tag
from articles.pages.feeds.forms import Alternate, feeds_of
from articles.pages.feeds.pictures import rendition_of
from images.models import Image
from newsroom.models import SiteIdentity

register = template.Library()


@register.simple_tag
def feed_picture(image: Image, alt: str) -> SafeString:
    """A plain <img>: what most programs make of <picture> is nothing. '' for a picture that has no file yet."""
    file = rendition_of(image)
    if file is None:
        return mark_safe("")
    return format_html('<img src="{}" width="{}" height="{}" alt="{}">', file.url, file.width, file.height, alt)


@register.simple_tag(takes_context=True)
def feeds_beside(context: Mapping[str, Any]) -> list[Alternate]:
    """Those of what the page is about, as its context says, and those of the site. No query."""
    own = next((feeds_of(thing) for thing in map(context.get, _SUBJECTS) if thing), None)
    if own is None and (several := _tags_in(context)):
        own = feeds_of(several)
    name = SiteIdentity.current().name
    return [*(own or []), *(Alternate(f"{name} ({one.title})", one.type, one.address) for one in feeds_of())]


_SUBJECTS = ("feed_of", "article", "tag", "author", "section")


def _tags_in(context: Mapping[str, Any]) -> list[Tag]:
    """Of the page of several tags, which names each with the address without it."""
    rows = context.get("tags") or []
    return [row["tag"] for row in rows if isinstance(row, dict) and "tag" in row]
