"""The page behind a share link: for people without a login, told apart by nothing but the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import ShareLink

from . import preview


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Expired, revoked, forged, taken down: all get the same page, which tells nothing of any article."""
    link = ShareLink.objects.by_token(token)
    if link is None:
        ended = render(request, "articles/share_ended.html", status=404)
        return preview.for_nobody_else(ended, referrer="no-referrer")
    if is_a_reading(request):
        link.count_use()
    if link.revision is None:
        page = preview.page_of_working_copy(link.article)
    else:
        page = preview.page_of_revision(link.revision)
    bar = {"until": link.expires_at, "kept_at": link.revision.at if link.revision else None}
    return preview.for_nobody_else(preview.answer(request, page, bar), referrer="no-referrer")


def is_a_reading(request: HttpRequest) -> bool:
    """Not a look at the headers, not a browser that fetches ahead."""
    said = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return request.method == "GET" and not any(word in said.lower() for word in ("prefetch", "preview", "prerender"))
