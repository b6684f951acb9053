"""The picture that stands beside a shared address: of the library, or drawn of the page's own words."""

from .cards import Card, card_of, card_of_article, site_card
from .picture import SharePicture, drawn, share_picture

__all__ = ["Card", "SharePicture", "card_of", "card_of_article", "drawn", "share_picture", "site_card"]
