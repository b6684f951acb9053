"""The calendar as calendar programs read it (RFC 5545), under an address that is a secret. No session, no login."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from articles.models import CalendarToken, Priority
from newsroom.models import SiteIdentity
from newsroom.slugs import CONTROL_CHARACTERS
from newsroom.zoned_times import written

from .entries import Entry, Kind, entries
from .picture import section_looks
from .wanted import Wanted, all_sections

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
ASK_AGAIN = timedelta(minutes=15)
_PRIORITIES = {Priority.URGENT: 1, Priority.NORMAL: 5, Priority.LOW: 9}


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What its person may see at this moment. Wrong, revoked, of somebody who left: all get the same 404."""
    token = CalendarToken.objects.by_secret(secret)
    if token is None:
        return _for_nobody_else(HttpResponse("There is no calendar here.\n", "text/plain", status=404))
    token.seen()
    content = feed_of(token.user, Wanted.of(request.GET))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    response["Content-Disposition"] = 'inline; filename="newsroom.ics"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    return _for_nobody_else(answer)


def feed_of(user: Any, wanted: Wanted) -> bytes:
    """Ten queries at most. The same until something changes, so that its ETag is."""
    now = timezone.now()
    looks = section_looks(all_sections())
    calendar = Calendar()
    name = f"{_clean(SiteIdentity.current().name)}: calendar"
    zone = timezone.get_current_timezone_name()
    for key, value in (
        ("prodid", "-//Newsroom//Editorial calendar//EN"), ("version", "2.0"), ("calscale", "GREGORIAN"),
        ("name", name), ("x-wr-calname", name), ("x-wr-timezone", zone),
    ):  # fmt: skip
        calendar.add(key, value)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for entry in entries(user, now - BACK, now + AHEAD, wanted, revised=True).entries:
        calendar.add_component(_event(entry, looks.get(entry.section_id, looks[None])[0]))
    return bytes(calendar.to_ical())


def _event(entry: Entry, section: str) -> Event:
    """Times in UTC: right in every program and in every week, whatever zone its person is in. The words tell the
    newsroom's own time. What is due takes nobody's time, so the event has no length and does not make busy.
    """
    event = Event()
    event.add("uid", _uid(entry))
    event.add("dtstamp", (entry.revised_at or entry.moment).replace(microsecond=0))
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.moment.replace(microsecond=0))
    event.add("summary", _clean(f"{entry.label}: {entry.headline}"))
    event.add("description", _clean("\n".join(_lines(entry, section))))
    event.add("categories", [_clean(section), str(entry.kind.label)])
    event.add("url", settings.SITE_URL + reverse("admin:articles_article_change", args=[entry.article_id]))
    event.add("status", "CONFIRMED" if entry.kind is Kind.PUBLISHED else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("class", "CONFIDENTIAL")
    if entry.kind is Kind.DUE:
        event.add("priority", _PRIORITIES.get(Priority(entry.priority), 5))
    return event


def _uid(entry: Entry) -> str:
    """The same from being planned to being out; an update of what is out has its own."""
    name = "update" if entry.kind is Kind.SCHEDULED and entry.is_update else _UIDS[entry.kind]
    return f"{name}-{entry.article_id}@{urlsplit(settings.SITE_URL).hostname}"


_UIDS = {Kind.DUE: "due", Kind.SCHEDULED: "out", Kind.PUBLISHED: "out", Kind.ENDS: "ends"}


def _lines(entry: Entry, section: str) -> list[str]:
    lines = [f"{entry.label} {written(entry.moment)}", section]
    lines += [f"Stage: {entry.note}"] if entry.note else []
    return [*lines, entry.people] if entry.people else lines


def _clean(text: str) -> str:
    return CONTROL_CHARACTERS.sub("", text)


def _for_nobody_else(response: Any) -> Any:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
