"""Card: the words of a drawn share picture, and the address that follows from them."""

import hashlib
import unicodedata
from dataclasses import dataclass

from django.urls import reverse

from articles.models.published import PublishedArticle
from newsroom import theme
from newsroom.models import SiteIdentity

# Raise it when pictures are drawn otherwise: their addresses change with it.
VERSION = 1
SITE = "site:0"  # the key of the card that tells of nothing but the publication
LONGEST = 240  # characters; a picture of more is none
JOINERS = "\u200c\u200d"  # two marks without which Persian and Hindi are spelt wrong


@dataclass(frozen=True)
class Card:
    """`key` is that of the thing, like article:12; the rest is what the picture shows. `logo` is its file's name."""

    key: str
    title: str
    label: str
    site: str
    accent: str
    logo: str

    @property
    def digest(self) -> str:
        words = "\0".join((str(VERSION), self.key, self.title, self.label, self.site, self.accent, self.logo))
        return hashlib.blake2b(words.encode(errors="replace"), digest_size=10).hexdigest()

    @property
    def address(self) -> str:
        """A path. Other words have another, so that caches may keep the picture for ever."""
        kind, _, number = self.key.partition(":")
        return reverse("share-picture", args=[kind, number, self.digest])

    @property
    def folder(self) -> str:
        """In the storage; holds the one picture of the thing as it is now."""
        return f"share/{self.key.replace(':', '-')}"


def card_of(key: str, title: str, label: str = "") -> Card:
    """In the looks of the site. No query."""
    site = SiteIdentity.current()
    accent = theme.accents(site)[0] or theme.ACCENT
    return Card(key, _plain(title), _plain(label), _plain(site.name), accent, site.logo.name or "")


def card_of_article(article: PublishedArticle) -> Card:
    """`article` comes with its section."""
    return card_of(article.key, article.headline, article.section.name if article.section else "")


def site_card() -> Card:
    site = SiteIdentity.current()
    return card_of(SITE, site.tagline or site.name)


def _plain(text: str) -> str:
    """Without marks that nobody sees, some of which turn the reading direction, and not endless."""
    kept = (one for one in text if one in JOINERS or one.isspace() or not unicodedata.category(one).startswith("C"))
    words = " ".join("".join(kept).split())
    return words if len(words) <= LONGEST else words[:LONGEST].rstrip() + "…"
