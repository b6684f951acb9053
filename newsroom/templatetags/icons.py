"""The addresses of the site's icons, and its colours, for the head of every page."""

from django import template

from newsroom.machine_files import theme_colours
from newsroom.models import SiteIdentity

register = template.Library()


@register.filter
def icon(site: SiteIdentity, size: int) -> str:
    """A PNG of so many pixels: one of newsroom/icons.py's SIZES."""
    return site.icons.png(size)


@register.filter
def theme_colour(site: SiteIdentity, scheme: str) -> str:
    """`scheme` is light or dark."""
    light, dark = theme_colours(site)
    return dark if scheme == "dark" else light
