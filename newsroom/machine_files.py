"""The small files that machines ask for by name: ads.txt, humans.txt, security.txt, the manifest, favicon.ico.

robots.txt names the sitemaps and stands beside them (articles/pages/sitemaps).
"""

import json
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from newsroom import theme
from newsroom.models import SiteIdentity
from newsroom.responses import for_all_readers

TEXT = "text/plain; charset=utf-8"
EXPIRES_MONTHS = 6  # RFC 9116 wants less than a year; it says so itself, so nobody has to renew it


@require_safe
def ads(request: HttpRequest) -> HttpResponse:
    return _text(request, SiteIdentity.current().ads_txt)


@require_safe
def humans(request: HttpRequest) -> HttpResponse:
    return _text(request, SiteIdentity.current().humans_txt)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It expires at the begin of a month, so that it has the same bytes, and the same ETag, for a month."""
    contact = SiteIdentity.current().security_contact
    if not contact:
        raise Http404("Nobody is named.")
    lines = [
        f"Contact: {contact if '://' in contact else f'mailto:{iri_to_uri(contact)}'}",
        f"Expires: {_expires(timezone.now()):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE.partition('-')[0]}",
        f"Canonical: {settings.SITE_URL.rstrip('/')}{reverse('security-txt')}",
    ]
    return _text(request, "\n".join(lines), until=_month_after(timezone.now(), 1))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    site = SiteIdentity.current()
    told = {
        "name": site.name,
        "short_name": site.name if len(site.name) <= 12 else site.name[:12].rsplit(" ", 1)[0],
        "description": site.description or site.tagline,
        "lang": settings.LANGUAGE_CODE,
        "dir": "rtl" if get_language_info(settings.LANGUAGE_CODE.partition("-")[0])["bidi"] else "ltr",
        "start_url": reverse("home"),
        "scope": reverse("home"),
        "display": "minimal-ui",  # a reader wants the way back, and addresses to hand on
        "background_color": theme.LIGHT[0],
        "theme_color": theme_colours(site)[0],
        "icons": [{"src": site.icons.png(size), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)],
    }
    text = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/manifest+json; charset=utf-8")
    return for_all_readers(request, response, keys=(), until=None)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers and feed readers look by themselves; pages name the icons by their own addresses."""
    response = HttpResponse(SiteIdentity.current().icons.ico(), content_type="image/x-icon")
    return for_all_readers(request, response, keys=(), until=None)


def theme_colours(site: SiteIdentity) -> tuple[str, str]:
    """What browsers paint around the page, light and dark."""
    light, dark = theme.accents(site)
    return light or theme.LIGHT[0], dark or theme.DARK[0]


def _text(request: HttpRequest, text: str, until: datetime | None = None) -> HttpResponse:
    """As it was written; not found where nothing was."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Http404("Nothing was written for this file.")
    return for_all_readers(request, HttpResponse(f"{text}\n", content_type=TEXT), keys=(), until=until)


def _expires(now: datetime) -> datetime:
    return _month_after(now, EXPIRES_MONTHS)


def _month_after(now: datetime, months: int) -> datetime:
    """The begin of the month so many months on."""
    number = now.astimezone(UTC).year * 12 + now.astimezone(UTC).month - 1 + months
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
