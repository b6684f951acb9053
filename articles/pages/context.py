"""What every public page shows besides its own: the navigation, and links to what the paper says of itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models.section import Section
from articles.models.standing import in_footer
from newsroom.pagecache import Remembered

_sections: Remembered[list[Section]] = Remembered(
    "navigation", lambda: list(Section.objects.filter(in_navigation=True))
)


def sections_of_navigation() -> list[Section]:
    """No query on most pages."""
    return _sections.get()


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`sections` of the navigation, `standing_pages` of the footer: loaded when a template asks, no query on most pages."""
    return {"sections": SimpleLazyObject(_sections.get), "standing_pages": SimpleLazyObject(in_footer)}
