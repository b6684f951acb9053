"""What templates of feeds show."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.pages.feeds.pictures import rendition_of
from images.models import Image

register = template.Library()


@register.simple_tag
def feed_picture(image: Image, alt: str) -> SafeString:
    """A plain <img>: what most programs make of <picture> is nothing. '' for a picture that has no file yet."""
    file = rendition_of(image)
    if file is None:
        return mark_safe("")
    return format_html('<img src="{}" width="{}" height="{}" alt="{}">', file.url, file.width, file.height, alt)
