"""The newest articles of a query, as entries of a feed. Six queries, however many they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from articles.models.bylines import PublishedByline
from articles.models.published import PublishedArticle, PublishedArticleQuerySet
from articles.models.tags.tagging import PublishedTag, Tag
from articles.richtext import article_ids, image_ids
from articles.templatetags.articles import writers
from images.models import Image

from ..metadata import absolute
from ..showing import keys_of_cards
from .full_text import full_text
from .pictures import picture_of
from .telling import Entry, Person, Text

# Each with its whole text: programs ask every hour or so, and few papers publish more in that time.
IN_FEED = 20


@dataclass(frozen=True)
class Newest:
    """`keys` name all that the entries show, but for the articles themselves: the list's key, which whoever answers
    adds, is stamped whenever one of them changes, and a header has only so much room.
    """

    entries: tuple[Entry, ...]
    keys: frozenset[str]


def newest(rows: PublishedArticleQuerySet) -> Newest:
    """Of live articles in their order: rows, bylines, tags, corrections, pictures in texts, articles that texts link to."""
    names: Any = PublishedByline.objects.select_related("author").defer("author__biography", "author__links")
    articles = list(
        rows.select_related("section", "lead_image")
        .defer("key_terms", "seo_title", "seo_description")
        .prefetch_related(
            Prefetch("bylines", names),
            Prefetch("tagged_items", PublishedTag.objects.select_related("tag")),
            "corrections",
        )[:IN_FEED]
    )
    pictures = {number for article in articles for number in image_ids(article.body)}
    images = Image.objects.in_bulk(pictures) if pictures else {}
    links = {number for article in articles for number in article_ids(article.body)}
    linked = {one.article_id: one for one in _linked(links)} if links else {}
    entries = tuple(_entry(article, full_text(article, images=images, linked=linked)) for article in articles)
    return Newest(entries, frozenset(_keys(articles, images, linked.values())))


def _linked(numbers: set[int]) -> PublishedArticleQuerySet:
    live: PublishedArticleQuerySet = PublishedArticle.objects.live()
    return (
        live.filter(article_id__in=numbers).select_related("section").only("article_id", "headline", "slug", "section")
    )


def _entry(article: PublishedArticle, html: str) -> Entry:
    return Entry(
        id=entry_id(article.article_id),
        address=absolute(article.get_absolute_url()),
        title=article.headline,
        summary=article.standfirst,
        html=html,
        published=article.published_at,
        updated=article.updated_at or article.published_at,
        people=tuple(Person(one.name, absolute(one.get_absolute_url())) for one in writers(article)),
        tags=tuple(Text(tag.name) for tag in _tags_of(article)),
        picture=picture_of(article.lead_image, article.lead_alt, article.lead_caption),
        language=article.language,
    )


def entry_id(article_id: int, rest: str = "") -> str:
    """The same in every version of the article, and whatever its address becomes."""
    return f"{absolute('/')}#article-{article_id}{rest}"


def _tags_of(article: PublishedArticle) -> list[Tag]:
    return [item.tag for item in article.tagged_items.all() if item.tag.is_public]


def _keys(
    articles: Iterable[PublishedArticle], images: Iterable[int], linked: Iterable[PublishedArticle]
) -> Iterator[str]:
    articles = list(articles)
    yield from keys_of_cards(articles) - {article.key for article in articles}
    yield from (tag.key for article in articles for tag in _tags_of(article))
    yield from (f"image:{number}" for number in images)
    for one in linked:
        yield from (one.key, f"section:{one.section_id}")
