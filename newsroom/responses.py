"""The one way a public page is answered: ETag, how long shared caches may keep it, the keys of what it shows."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.text import compress_string

FOREVER = 10**9  # seconds

# Bytes. A page goes out at a fifth of its size: on a telephone that is one round trip in place of three. Here and in no
# middleware, because what is compressed must hold no secret beside what an attacker can choose (BREACH): the desk's pages
# do, and what every reader gets alike does not.
LEAST_COMPRESSED = 500
_REFUSES_GZIP = re.compile(r"\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)")


def public_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, keys: Iterable[str], until: datetime | None
) -> HttpResponse:
    """Render a page that every reader gets alike.

    `keys` name what it shows; `until` is the next moment at which what is visible changes (None: none is planned).
    Shared caches keep it until then at the longest. Nothing may be read from the session on the way: a page that
    varied by cookie could not be shared.
    """
    return for_all_readers(request, render(request, template, context), keys=keys, until=until)


def for_all_readers(
    request: HttpRequest, response: HttpResponse, *, keys: Iterable[str], until: datetime | None
) -> HttpResponse:
    """The same for what is no template, like a feed."""
    compresses = len(response.content) >= LEAST_COMPRESSED and _takes_gzip(request)
    etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = f"W/{etag}" if compresses else etag  # weak: the same page, not the same bytes
    response["Cache-Control"] = _cache_control(until)
    named = sorted(set(keys) | {"site"})
    response["Surrogate-Key"] = " ".join(named)
    response["Cache-Tag"] = ",".join(named)
    patch_vary_headers(response, ["Accept-Encoding"])
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    if compresses and answer is response:
        response.content = compress_string(response.content)
        response["Content-Encoding"] = "gzip"
    return answer


def _takes_gzip(request: HttpRequest) -> bool:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return bool(re_accepts_gzip.search(accepted)) and not _REFUSES_GZIP.search(accepted)


def _cache_control(until: datetime | None) -> str:
    """Fresh for a while; then a stale copy may bridge the time it takes to make a new one, or an outage. Neither
    lasts past a planned change.
    """
    left = int((until - timezone.now()).total_seconds()) if until else FOREVER
    fresh = max(min(settings.PAGE_SHARED_SECONDS, left), 0)
    control = f"public, max-age=0, s-maxage={fresh}"
    if stale := max(left - fresh, 0):
        control += f", stale-while-revalidate={min(30, stale)}, stale-if-error={min(86400, stale)}"
    return control
