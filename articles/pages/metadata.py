"""Whole addresses of this site, for what is read elsewhere: feeds, search engines, shared links."""

from django.conf import settings


def absolute(path: str) -> str:
    """The path on this site's origin; what is a whole address already, as it is."""
    return path if "://" in path else f"{settings.SITE_URL.rstrip('/')}{path}"
