"""Head: what a view says of its page, once, for <title>, canonical address, Open Graph and schema.org alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale

from newsroom.models import SiteIdentity

from ..feeds.forms import feeds_of
from ..feeds.telling import FeedLink
from ..metadata import absolute
from ..share import SharePicture
from . import schema
from .languages import direction_of, tag_of

LONGEST_TITLE = 70


@dataclass(frozen=True)
class Crumb:
    """A step on the way from the front page; `address` is a path."""

    name: str
    address: str


@dataclass(frozen=True)
class Head:
    """Views hand it over as `head`; templates/head/head.html prints it. No query.

    `address` is the page's own path with its ?page=N; without one (a preview, an error) nothing tells of an address.
    `data` are nodes of schema.org that are this page's alone; the breadcrumbs are added from `crumbs`.
    """

    title: str
    description: str = ""
    address: str = ""
    kind: str = "website"  # Open Graph's type: website, article or profile
    picture: SharePicture | None = None
    crumbs: Sequence[Crumb] = ()
    feeds: Sequence[FeedLink] = ()
    is_indexed: bool = True
    language: str = ""  # of the text, as the settings name languages; empty: the site's
    first_at: str = ""  # where the text first appeared, if elsewhere: search engines are sent there
    properties: Sequence[tuple[str, str]] = ()  # more of Open Graph, like article:section
    data: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    window_title: str = ""  # in place of "title · site"

    @property
    def full_title(self) -> str:
        """With the site's name where there is room for it: search engines cut off what is longer."""
        if self.window_title:
            return self.window_title
        named = f"{self.title} · {SiteIdentity.current().name}"
        return named if len(named) <= LONGEST_TITLE else self.title

    @property
    def about(self) -> str:
        """The description; for what has none, the site's."""
        return self.description or SiteIdentity.current().description

    @property
    def url(self) -> str:
        return absolute(self.address) if self.address else ""

    @property
    def canonical(self) -> str:
        return (self.first_at or self.url) if self.address else ""

    @property
    def all_feeds(self) -> list[FeedLink]:
        """Its own, then the site's first."""
        return [*self.feeds, *(one for one in feeds_of()[:1] if one not in self.feeds)]

    @property
    def robots(self) -> str:
        """Google shows large pictures only where a page allows it."""
        return "max-image-preview:large" if self.is_indexed else "noindex"

    @property
    def hreflang(self) -> str:
        """The language, where search engines are told that this is the page in it: not of what they shall not list, nor
        of what first appeared elsewhere."""
        return tag_of(self.language) if self.is_indexed and self.address and not self.first_at else ""

    @property
    def lang(self) -> str:
        return tag_of(self.language)

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def locale(self) -> str:
        """Open Graph knows languages of a region alone, like en_GB."""
        locale = to_locale(self.language or get_language() or "")
        return locale if "_" in locale else ""

    @cached_property
    def json_ld(self) -> SafeString | str:
        """One graph of all that the page says of itself; '' when it says nothing."""
        nodes = [node for node in self.data if node]
        if self.address and len(self.crumbs) > 1:
            nodes.append(schema.breadcrumbs(self.url, [(crumb.name, crumb.address) for crumb in self.crumbs]))
        return schema.as_script(nodes) if nodes else ""
