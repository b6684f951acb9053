"""The head of pages that are lists: home, sections, tags, authors, archives, whatever comes."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from authors.models import Author
from images.models import Image
from newsroom.models import SiteIdentity

from ..feeds.telling import FeedLink
from ..metadata import absolute
from ..share import SharePicture, card_of, drawn, share_picture, site_card
from . import schema
from .head import Crumb, Head


class Addressed(Protocol):
    def get_absolute_url(self) -> str: ...


def home_crumb() -> Crumb:
    return Crumb(gettext("Home"), reverse("home"))


def head_of_list(
    title: str,
    address: str,
    items: Iterable[Addressed] = (),
    *,
    number: int = 1,
    description: str = "",
    thing: str = "",
    picture: Image | None = None,
    parents: Sequence[Crumb] = (),
    feeds: Sequence[FeedLink] = (),
    is_indexed: bool = True,
    kind: str = "CollectionPage",
) -> Head:
    """Of page `number` of the list at the path `address`; each page is its own canonical one. `items` are what it shows,
    in their order; `thing` is the key of what the list is of, like section:3, for a share picture where there is no
    `picture`, its own; `parents` the steps between the front page and the list; `kind` schema.org's name of such a page.
    """
    here = page_address(address, number)
    url = absolute(here)
    page = {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": page_title(title, number),
        "description": description,
        "isPartOf": {"@id": absolute("/#website")},
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
        "mainEntity": schema.item_list(url, (item.get_absolute_url() for item in items)),
    }
    return Head(
        title=page_title(title, number),
        description=description,
        address=here,
        picture=_picture_of(picture) or drawn(card_of(thing, title) if thing else site_card()),
        crumbs=(home_crumb(), *parents, Crumb(title, address)),
        feeds=feeds,
        is_indexed=is_indexed,
        data=(schema.without_empty(page), schema.website()),
    )


def head_of_home(items: Iterable[Addressed], *, number: int = 1, feeds: Sequence[FeedLink] = ()) -> Head:
    """The front page is also what search engines know the site by: its name, its publisher, its search."""
    site = SiteIdentity.current()
    address = page_address(reverse("home"), number)
    title = page_title(site.name, number)
    listed = schema.item_list(absolute(address), (item.get_absolute_url() for item in items))
    return Head(
        title=title,
        description=site.description,
        address=address,
        picture=drawn(site_card()),
        feeds=feeds,
        data=(schema.website(with_search=True), schema.organisation(), listed),
        window_title=f"{site.name}: {site.tagline}" if site.tagline and number == 1 else title,
    )


def head_of_author(
    author: Author, items: Iterable[Addressed], *, number: int = 1, feeds: Sequence[FeedLink] = ()
) -> Head:
    address = page_address(author.get_absolute_url(), number)
    url = absolute(address)
    about = author.paragraphs[0] if author.paragraphs else ""
    who: dict[str, Any] = schema.person(author)
    if about:
        who["description"] = about
    profile = {
        "@type": "ProfilePage",
        "@id": url,
        "url": url,
        "name": page_title(author.name, number),
        "isPartOf": {"@id": absolute("/#website")},
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
        "mainEntity": who,
    }
    return Head(
        title=page_title(author.name, number),
        description=Truncator(about).chars(200),
        address=address,
        kind="profile",
        picture=_picture_of(author.portrait) or drawn(card_of(author.key, author.name, author.role)),
        crumbs=(home_crumb(), Crumb(author.name, author.get_absolute_url())),
        feeds=feeds,
        data=(profile, schema.item_list(url, (item.get_absolute_url() for item in items)), schema.website()),
    )


def _picture_of(image: Image | None) -> SharePicture | None:
    return share_picture(image, image.alt) if image else None


def page_title(title: str, number: int) -> str:
    if number == 1:
        return title
    return gettext("%(title)s, page %(number)s") % {"title": title, "number": number}


def page_address(address: str, number: int) -> str:
    return address if number == 1 else f"{address}?page={number}"
