"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from newsroom.models import SiteIdentity


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: the publication's identity, loaded when a template asks. `site_url`: its origin, from the settings."""
    return {"site": SimpleLazyObject(SiteIdentity.current), "site_url": settings.SITE_URL}
