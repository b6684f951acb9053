"""Atom (RFC 4287)."""

from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from newsroom.models import SiteIdentity

from ..metadata import absolute
from .telling import Entry, Feed, Person


class _Atom(Atom1Feed):
    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for hub in self.feed["hubs"]:
            handler.addQuickElement("link", None, {"rel": "hub", "href": hub})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for person in entry.people:
            _person(handler, person)
        language = {"xml:lang": entry.language} if entry.language else {}
        handler.addQuickElement("content", entry.html, {"type": "html", **language})
        if entry.picture:
            handler.addQuickElement(
                "link", None, {"rel": "enclosure", "type": "image/jpeg", "href": entry.picture.address}
            )


def _person(handler: Any, person: Person) -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", person.name)
    if person.address:
        handler.addQuickElement("uri", person.address)
    handler.endElement("author")


def write(feed: Feed, own: str) -> str:
    """`own` is the address at which this is. The site is the author of what names none."""
    atom = _Atom(
        feed.title,
        absolute(feed.page),
        "",
        subtitle=feed.about or None,
        language=settings.LANGUAGE_CODE,
        author_name=SiteIdentity.current().name,
        author_link=absolute("/"),
        feed_url=own,
        feed_guid=feed.id,
        hubs=feed.hubs,
        updated=feed.updated,
    )
    for entry in feed.entries:
        atom.add_item(
            entry.title,
            entry.address,
            escape(entry.summary),  # which is written as HTML
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[tag.text for tag in entry.tags],
            entry=entry,
        )
    return atom.writeString("utf-8")
