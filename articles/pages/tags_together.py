"""Several tags as one page has them together: where it is, and what it is called."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext

from articles.models.tags.tagging import Tag
from newsroom.addresses import path_to


def address_of(tags: Iterable[Tag]) -> str:
    """Of these together, or of the one."""
    slugs = sorted(tag.slug for tag in tags)
    return path_to("tags", "+".join(slugs)) if len(slugs) > 1 else path_to("tag", slugs[0])


def name_of(tags: Iterable[Tag]) -> str:
    return get_text_list([tag.name for tag in tags], gettext("and"))
