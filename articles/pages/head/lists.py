"""The head of pages that are lists: home, sections, tags, authors, archives, whatever comes."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from authors.models import Author
from images.models import Image
from newsroom.models import SiteIdentity

from ..metadata import absolute
from . import schema
from .head import Crumb, FeedLink, Head
from .share import share_picture


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
    picture: Image | None = None,
    parents: Sequence[Crumb] = (),
    feeds: Sequence[FeedLink] = (),
    is_indexed: bool = True,
    kind: str = "CollectionPage",
) -> Head:
    """Of page `number` of the list at the path `address`; each page is its own canonical one. `items` are what it shows,
    in their order; `parents` the steps between the front page and the list; `kind` schema.org's name of such a page.
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
        picture=share_picture(picture, picture.alt if picture else ""),
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
    portrait = author.portrait
    return Head(
        title=page_title(author.name, number),
        description=Truncator(about).chars(200),
        address=address,
        kind="profile",
        picture=share_picture(portrait, portrait.alt if portrait else ""),
        crumbs=(home_crumb(), Crumb(author.name, author.get_absolute_url())),
        feeds=feeds,
        data=(profile, schema.item_list(url, (item.get_absolute_url() for item in items)), schema.website()),
    )


def page_title(title: str, number: int) -> str:
    if number == 1:
        return title
    return gettext("%(title)s, page %(number)s") % {"title": title, "number": number}


def page_address(address: str, number: int) -> str:
    return address if number == 1 else f"{address}?page={number}"
