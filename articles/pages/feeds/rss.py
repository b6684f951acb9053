"""RSS 2.0 with the modules that readers' programs know: content:encoded, dc:creator, media:content, atom:link."""

from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape

from ..metadata import absolute
from .telling import Entry, Feed, Picture


class _Rss(Rss201rev2Feed):
    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for hub in self.feed["hubs"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        # Names without an e-mail address: <author> must have one.
        for person in entry.people:
            handler.addQuickElement("dc:creator", person.name)
        if entry.language:
            handler.addQuickElement("dc:language", entry.language)
        handler.addQuickElement("content:encoded", entry.html)
        if entry.picture:
            _picture(handler, entry.picture)


def _picture(handler: Any, picture: Picture) -> None:
    """media:content rather than an enclosure, which must tell how many bytes it has: a look at a file for each entry."""
    size = {"width": str(picture.width), "height": str(picture.height)}
    handler.startElement("media:content", {"url": picture.address, "type": "image/jpeg", "medium": "image", **size})
    for name, text in (("description", picture.caption or picture.alt), ("credit", picture.credit)):
        if text:
            handler.addQuickElement(f"media:{name}", text)
    handler.endElement("media:content")


def write(feed: Feed, own: str) -> str:
    """`own` is the address at which this is."""
    rss = _Rss(
        feed.title,
        absolute(feed.page),
        feed.about or feed.title,
        language=settings.LANGUAGE_CODE,
        feed_url=own,
        hubs=feed.hubs,
        updated=feed.updated,
    )
    for entry in feed.entries:
        rss.add_item(
            entry.title,
            entry.address,
            escape(entry.summary),  # which is HTML in RSS, as a standfirst is not
            unique_id=entry.id,
            unique_id_is_permalink=False,
            pubdate=entry.published,
            categories=[tag.text for tag in entry.tags],
            entry=entry,
        )
    return rss.writeString("utf-8")
