"""The three forms of a feed, and where they are: RSS at <page>/feed/, the others one step further."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext

from articles.models.published import PublishedArticle, next_boundary
from articles.models.tags.tagging import Tag
from newsroom.addresses import path_to
from newsroom.models import SiteIdentity
from newsroom.models.addressable import FEEDS
from newsroom.responses import for_all_readers

from ..metadata import absolute
from ..tags_together import address_of, name_of
from . import atom, json_feed, rss
from .telling import Feed, FeedLink


@dataclass(frozen=True)
class Form:
    """`name` ends the names of its addresses: home-feed, home-feed-atom."""

    name: str
    label: str
    type: str
    write: Callable[[Feed, str], str]

    @property
    def tail(self) -> str:
        return FEEDS[self.name]


FORMS = (
    Form("feed", "RSS", "application/rss+xml", rss.write),
    Form("feed-atom", "Atom", "application/atom+xml", atom.write),
    Form("feed-json", "JSON", "application/feed+json", json_feed.write),
)


def feed_paths(page: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """The addresses of a page's feed. The view gets the form as `form`."""
    return [path(f"{page}{one.tail}", view, {"form": one}, name=f"{name}-{one.name}") for one in FORMS]


def answer(request: HttpRequest, form: Form, feed: Feed, keys: Iterable[str]) -> HttpResponse:
    """As a page is answered: for all readers alike, until the next planned change."""
    own = absolute(f"{feed.page}{form.tail}")
    response = HttpResponse(form.write(feed, own), content_type=f"{form.type}; charset=utf-8")
    if feed.hubs:  # WebSub asks for them here as well: a program needn't read the feed to find them
        links = [*((hub, "hub") for hub in feed.hubs), (own, "self")]
        response["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for address, relation in links)
    return for_all_readers(request, response, keys=keys, until=next_boundary())


def hubs() -> tuple[str, ...]:
    return tuple(settings.WEBSUB_HUBS)


def feeds_of(thing: Any = None) -> list[FeedLink]:
    """The feeds of a section, a tag, several tags (a list), an author, or "corrections"; of the site itself without a
    thing. No query.
    """
    found = _page_of(thing)
    if found is None:
        return []
    page, name = found
    name = name or SiteIdentity.current().name
    return [FeedLink(f"{name} ({one.label})", f"{page}{one.tail}", one.type) for one in FORMS]


def _page_of(thing: Any) -> tuple[str, str] | None:
    if thing is None:
        return path_to("home"), ""
    if thing == "corrections":
        return path_to("corrections"), gettext("Corrections")
    if isinstance(thing, list | tuple):
        tags = [one for one in thing if isinstance(one, Tag)]
        return (address_of(tags), name_of(tags)) if tags else None
    if isinstance(thing, PublishedArticle):
        return _page_of(thing.section) if thing.section else None
    return (thing.get_absolute_url(), str(thing)) if hasattr(thing, "get_absolute_url") else None
