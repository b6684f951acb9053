"""What happens to every request, before and after the views."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from newsroom.addresses import beside_missing, is_hidden, is_resting, notice_of
from newsroom.csp import as_header
from newsroom.models import Redirect
from newsroom.models.redirects import decoded

View = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: View) -> View:
    """PostgreSQL knows no NUL in text: as a filter's value it would be a server error. Refused at the door."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # A cookie may hold it escaped, too: the session's key is looked up as it comes.
        given = [request.path_info, *request.COOKIES.values()]
        if "%00" in request.META.get("QUERY_STRING", "") or any("\0" in text for text in given):
            return HttpResponse("This address holds a character that no page has.\n", "text/plain", status=400)
        return get_response(request)

    return middleware


def content_security_policy(get_response: View) -> View:
    """Django 6 brings its own; until then this sends the same setting, SECURE_CSP."""
    policy = as_header(settings.SECURE_CSP)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def old_addresses(get_response: View) -> View:
    """An address that nothing answers may be one that the public has seen: then 301, or 410 when it is gone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        query = request.META.get("QUERY_STRING", "")
        with_query = answer_for(request, f"{request.path}?{decoded(query)}") if query else None
        return with_query or answer_for(request, request.path) or _not_found(request, response)

    return middleware


def _not_found(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With what may have been meant; but not at the desk, not for who develops, who gets Django's page, and not in place of
    what a view answers itself, as for a share link that has ended.
    """
    match = request.resolver_match
    is_ours = not match or ("admin" not in match.namespaces and match.url_name != "media")
    is_own = response.has_header("Cache-Control") or not response["Content-Type"].startswith("text/html")
    if settings.DEBUG or is_own or not is_ours:
        return response
    context = beside_missing(request.path)
    return render(request, "404.html", context, status=404) if context else response


def answer_for(request: HttpRequest, old_address: str) -> HttpResponse | None:
    """The redirect or the 410 for an address that the public has seen; None for any other, and while its thing shows
    nothing. Five queries at most; of those that were written by hand one more for each further hop, and three at their end.

    Browsers keep 301 and 410 for ever unless told to ask again: what was moved or taken down may come back.
    """
    found = Redirect.objects.at(old_address)
    if found is None:
        return None
    target = found.leads_to()
    if target is not None and decoded(target) == old_address:
        return None  # the thing is here still, and does not answer: what it answered is right
    if target is not None and not found.key and is_hidden(decoded(target)):
        return None  # somebody wrote it for an article to come: until then it would tell of it
    if target is None and is_resting(found.key):
        return None
    response = HttpResponsePermanentRedirect(target) if target else gone(request, found.key)
    response["Cache-Control"] = "no-cache"
    return response


def gone(request: HttpRequest, key: str) -> HttpResponse:
    """What was the thing of this key is here no more."""
    context = {"notice": notice_of(key), "kind": key.partition(":")[0]}
    response = render(request, "410.html", context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response
