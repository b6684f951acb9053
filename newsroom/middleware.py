"""What happens to every request, before and after the views."""

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.encoding import iri_to_uri

from newsroom.models import Redirect

View = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: View) -> View:
    """PostgreSQL knows no NUL in text: as a filter's value it would be a server error. Refused at the door."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse("This address holds a character that no page has.\n", "text/plain", status=400)
        return get_response(request)

    return middleware


def content_security_policy(get_response: View) -> View:
    """Django 6 brings its own; until then this sends the same setting, SECURE_CSP."""
    policy = "; ".join(" ".join([name, *sources]) for name, sources in settings.SECURE_CSP.items())

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
        path = unquote(request.path)
        query = unquote(request.META.get("QUERY_STRING", ""))
        return (answer_for(request, f"{path}?{query}") if query else None) or answer_for(request, path) or response

    return middleware


def answer_for(request: HttpRequest, old_address: str) -> HttpResponse | None:
    """The redirect or the 410 for an address that the public has seen; None for any other. At most three queries."""
    found = Redirect.objects.at(old_address)
    if found is None:
        return None
    target = found.leads_to()
    if target is None or unquote(target) == old_address:
        return render(request, "410.html", status=410)
    return HttpResponsePermanentRedirect(iri_to_uri(target))
