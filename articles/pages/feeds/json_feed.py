"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from django.conf import settings

from newsroom.models import SiteIdentity

from ..metadata import absolute
from .telling import Entry, Feed, Person


def write(feed: Feed, own: str) -> str:
    """`own` is the address at which this is."""
    site = SiteIdentity.current()
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": absolute(feed.page),
        "feed_url": own,
        "description": feed.about,
        "icon": absolute(site.icons.png(512)),
        "favicon": absolute(site.icons.png(192)),
        "authors": [{"name": site.name, "url": absolute("/")}],
        "language": settings.LANGUAGE_CODE,
        "hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps({name: value for name, value in told.items() if value or name == "items"}, ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    told = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "image": entry.picture.address if entry.picture else "",
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "authors": [_person(person) for person in entry.people],
        "tags": [tag.text for tag in entry.tags],
        "language": entry.language,
    }
    return {name: value for name, value in told.items() if value or name == "content_html"}


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "url": person.address}
