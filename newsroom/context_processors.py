"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from newsroom.models import MenuLink, SiteIdentity


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: the publication's identity. `masthead_links`, `footer_links`: the links of its menus. Loaded when a template
    asks, which costs no query on most pages. `site_url`: its origin, from the settings.
    """
    return {
        "site": SimpleLazyObject(SiteIdentity.current),
        "site_url": settings.SITE_URL,
        "masthead_links": SimpleLazyObject(lambda: MenuLink.of(MenuLink.Place.MASTHEAD)),
        "footer_links": SimpleLazyObject(lambda: MenuLink.of(MenuLink.Place.FOOTER)),
    }
