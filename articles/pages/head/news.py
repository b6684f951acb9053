"""An article in schema.org's words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from articles.models.corrections import CorrectionBase
from articles.models.kinds import Kind, Reviewed
from articles.models.published import PublishedArticle
from articles.models.tags.tagging import Tag
from articles.richtext import updates_in, word_count
from authors.models import Author
from images.models import Image

from ..metadata import absolute
from ..share import card_of_article, drawn
from .languages import tag_of
from .schema import Node, person, without_empty

# In these shapes Google wants a picture, to choose from; the names of the ladder's shapes.
RATIOS = ("16x9", "4x3", "1x1")
# Besides NewsArticle, which each of them is and which all readers know.
TYPES: dict[str, list[str]] = {
    Kind.ANALYSIS: ["AnalysisNewsArticle"],
    Kind.OPINION: ["OpinionNewsArticle"],
    Kind.REVIEW: ["ReviewNewsArticle"],
    Kind.LIVE: ["LiveBlogPosting"],
}
MOST_UPDATES = 30
LIVE_COVERAGE_ENDS_AFTER = timedelta(days=1)  # without an update


def news_article(
    article: PublishedArticle,
    authors: Sequence[Author],
    corrections: Sequence[CorrectionBase],
    tags: Sequence[Tag] = (),
) -> Node:
    """dateModified is the moment that readers are told: a minor fix does not move it."""
    address = absolute(article.get_absolute_url())
    types = ["NewsArticle", *TYPES.get(article.kind, [])]
    node: Node = {
        "@type": types,
        "@id": f"{address}#article",
        "headline": article.headline,
        "description": article.seo_description or article.standfirst,
        "mainEntityOfPage": article.canonical_url or address,
        "datePublished": written(article.published_at),
        "dateModified": written(article.updated_at or article.published_at),
        "author": [person(one) for one in authors],
        "publisher": {"@id": absolute("/#publisher")},
        "image": pictures(article.lead_image) or [drawn(card_of_article(article)).url],
        "articleSection": article.section.name if article.section else "",
        "keywords": [tag.name for tag in tags],
        "inLanguage": tag_of(article.language),
        "isAccessibleForFree": True,
        "wordCount": word_count(article.body),
        "correction": [_correction(one) for one in corrections],
    }
    if article.kind == Kind.REVIEW and article.reviewed:
        node |= _review(article)
        types.append("Review")  # the one that search engines show stars for
    elif article.kind == Kind.LIVE:
        node |= _coverage(article, address)
    if len(types) == 1:
        node["@type"] = "NewsArticle"
    return without_empty(node)


def written(moment: datetime) -> str:
    """To the second: HTML knows no finer than a thousandth, and nobody asks for it."""
    return moment.isoformat(timespec="seconds")


def pictures(image: Image | None) -> list[str]:
    ladder = image.ladder if image else None
    return [absolute(ladder.of(shape, "jpg")[-1].url) for shape in RATIOS] if ladder else []


def _correction(correction: CorrectionBase) -> Node:
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": written(correction.noted_at)}


def _review(article: PublishedArticle) -> Node:
    """Stars are kept in halves: 7 of them are 3.5 of 5."""
    rating = article.rating and {
        "@type": "Rating",
        "ratingValue": article.rating / 2,
        "bestRating": 5,
        "worstRating": 0.5,
    }
    kind = article.reviewed_kind or Reviewed.WORK
    return {"itemReviewed": {"@type": str(kind), "name": article.reviewed}, "reviewRating": rating}


def _coverage(article: PublishedArticle, address: str) -> Node:
    """The newest updates; and when they began. It has ended when nothing has come for a day."""
    updates = sorted(updates_in(article.body), key=lambda one: one.at, reverse=True)
    newest = max([one.at for one in updates], default=article.updated_at or article.published_at)
    node: Node = {
        "coverageStartTime": written(min([article.published_at, *(one.at for one in updates)])),
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "headline": one.headline,
                "datePublished": written(one.at),
                "url": f"{address}#{one.anchor}",
                "articleBody": one.text,
            }
            for one in updates[:MOST_UPDATES]
        ],
    }
    if newest + LIVE_COVERAGE_ENDS_AFTER < timezone.now():
        node["coverageEndTime"] = written(newest)
    return node
