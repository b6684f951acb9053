"""Feeds of articles: the newest of a list, each with its standfirst, for any program that reads Atom."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from articles.models.published import PublishedArticle, next_boundary
from articles.templatetags.articles import writers
from newsroom.models import SiteIdentity
from newsroom.responses import for_all_readers

from .metadata import absolute
from .showing import keys_of_cards

IN_FEED = 30


class SteadyAtomFeed(Atom1Feed):
    """The same bytes as long as it tells the same: Django dates an empty feed from the moment it is asked for."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


class ArticlesFeed(Feed):
    """Of `articles`, rows of `cards()`: it asks the database for nothing. `page` is the address of the list itself."""

    feed_type = SteadyAtomFeed

    def __init__(self, title: str, page: str, articles: Iterable[PublishedArticle], about: str = "") -> None:
        self.name, self.page, self.articles, self.about = title, page, articles, about

    def title(self) -> str:
        return f"{SiteIdentity.current().name}: {self.name}"

    def subtitle(self) -> str:
        return self.about

    def link(self) -> str:
        return absolute(self.page)

    def feed_url(self) -> str:
        return absolute(f"{self.page}feed/")

    def items(self) -> list[PublishedArticle]:
        return list(self.articles)

    def item_title(self, item: Any) -> str:
        return str(item.headline)

    def item_description(self, item: Any) -> str:
        """Escaped, because a feed's summary is HTML and a standfirst is not."""
        return escape(item.standfirst)

    def item_link(self, item: Any) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """The same in every version of the article, and whatever its address becomes."""
        return f"{absolute('/')}#article-{item.article_id}"

    def item_author_name(self, item: Any) -> str:
        return ", ".join(author.name for author in writers(item))

    def item_pubdate(self, item: Any) -> datetime:
        moment: datetime = item.published_at
        return moment

    def item_updateddate(self, item: Any) -> datetime:
        moment: datetime = item.updated_at or item.published_at
        return moment


def answer(request: HttpRequest, feed: ArticlesFeed, keys: Iterable[str]) -> HttpResponse:
    """As a page is answered: for all readers alike, until the next planned change."""
    keys = {*keys, *keys_of_cards(feed.articles)}
    return for_all_readers(request, feed(request), keys=keys, until=next_boundary())
