"""The one way a public page is answered: ETag, how long shared caches may keep it, the keys of what it shows."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers


def public_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, keys: Iterable[str], until: datetime | None
) -> HttpResponse:
    """Render a page that every reader gets alike.

    `keys` name what it shows; `until` is the next moment at which what is visible changes (None: none is planned).
    Shared caches keep it until then at the longest. Nothing may be read from the session on the way: a page that
    varied by cookie could not be shared.
    """
    response = render(request, template, context)
    response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response["Cache-Control"] = _cache_control(until)
    named = sorted(set(keys) | {"site"})
    response["Surrogate-Key"] = " ".join(named)
    response["Cache-Tag"] = ",".join(named)
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _cache_control(until: datetime | None) -> str:
    """Without a planned change a stale copy may bridge the time it takes to make a new one; with one, never."""
    seconds = settings.PAGE_SHARED_SECONDS
    if until is not None:
        left = int((until - timezone.now()).total_seconds())
        if left <= seconds:
            return f"public, max-age=0, s-maxage={max(left, 0)}"
    return f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate=30, stale-if-error=86400"
