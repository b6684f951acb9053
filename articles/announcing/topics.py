"""Topics, as WebSub calls them: the addresses of the feeds that a publication changes."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from newsroom.addresses import address_of
from newsroom.models.addressable import FEEDS

# By the key of the list that a feed follows: list-tag:12 is that of tag:12.
LIST = "list-"


def topics_of(keys: Iterable[str]) -> list[str]:
    """Of pages of these keys (Announcement.keys): the site's feeds and those of corrections, then those of the section,
    the authors and the tags that readers can see now, each in every form. Two or three queries for each list.

    Feeds of several tags together are not among them: every article would be in hundreds.
    """
    lists = sorted(key.removeprefix(LIST) for key in keys if key.startswith(LIST) and ":" in key)
    pages = [reverse("home"), reverse("corrections"), *filter(None, map(address_of, lists))]
    return [f"{settings.SITE_URL}{page}{tail}" for page in pages for tail in FEEDS.values()]
