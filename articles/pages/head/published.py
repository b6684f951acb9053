"""The head of an article's page."""

from collections.abc import Sequence

from articles.models.corrections import CorrectionBase
from articles.models.published import PublishedArticle
from articles.models.tags.tagging import Tag
from authors.models import Author

from ..feeds.forms import feeds_of
from ..metadata import absolute
from ..share import card_of_article, drawn, share_picture
from .head import Crumb, Head
from .lists import home_crumb
from .news import news_article
from .schema import organisation


def head_of_article(
    article: PublishedArticle,
    authors: Sequence[Author],
    corrections: Sequence[CorrectionBase],
    tags: Sequence[Tag] = (),
) -> Head:
    """No query: `article` has its section and lead picture, `authors` are who is named as its writers, each with a
    portrait; `tags` are those that readers see. Not for what is not published, which may have no address yet.
    """
    section = article.section
    assert section is not None  # the gate lets nothing out without
    address = article.get_absolute_url()
    properties = [("article:published_time", article.published_at.isoformat(timespec="seconds"))]
    if article.updated_at:
        properties.append(("article:modified_time", article.updated_at.isoformat(timespec="seconds")))
    properties.append(("article:section", section.name))
    properties += [("article:author", absolute(author.get_absolute_url())) for author in authors]
    properties += [("article:tag", tag.name) for tag in tags]
    return Head(
        title=article.seo_title or article.headline,
        description=article.seo_description or article.standfirst,
        address=address,
        kind="article",
        language=article.language,
        picture=share_picture(article.lead_image, article.lead_alt) or drawn(card_of_article(article)),
        crumbs=(home_crumb(), Crumb(section.name, section.get_absolute_url()), Crumb(article.headline, address)),
        feeds=feeds_of(section),
        first_at=article.canonical_url,
        properties=properties,
        data=(news_article(article, authors, corrections, tags), organisation()),
    )
