"""An article in schema.org's words."""

from collections.abc import Sequence

from articles.models.corrections import CorrectionBase
from articles.models.published import PublishedArticle
from articles.models.tags.tagging import Tag
from articles.richtext import word_count
from authors.models import Author
from images.models import Image
from newsroom.languages import tag_of

from ..metadata import absolute
from .schema import Node, person, without_empty

# In these shapes Google wants a picture, to choose from; the names of the ladder's shapes.
RATIOS = ("16x9", "4x3", "1x1")


def news_article(
    article: PublishedArticle,
    authors: Sequence[Author],
    corrections: Sequence[CorrectionBase],
    tags: Sequence[Tag] = (),
) -> Node:
    """dateModified is the moment that readers are told: a minor fix does not move it."""
    address = absolute(article.get_absolute_url())
    return without_empty(
        {
            "@type": "NewsArticle",
            "@id": f"{address}#article",
            "headline": article.headline,
            "description": article.seo_description or article.standfirst,
            "mainEntityOfPage": article.canonical_url or address,
            "datePublished": article.published_at.isoformat(),
            "dateModified": (article.updated_at or article.published_at).isoformat(),
            "author": [person(one) for one in authors],
            "publisher": {"@id": absolute("/#publisher")},
            "image": pictures(article.lead_image),
            "articleSection": article.section.name if article.section else "",
            "keywords": [tag.name for tag in tags],
            "inLanguage": tag_of(""),
            "isAccessibleForFree": True,
            "wordCount": word_count(article.body),
            "correction": [_correction(one) for one in corrections],
        }
    )


def pictures(image: Image | None) -> list[str]:
    ladder = image.ladder if image else None
    return [absolute(ladder.of(shape, "jpg")[-1].url) for shape in RATIOS] if ladder else []


def _correction(correction: CorrectionBase) -> Node:
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": correction.noted_at.isoformat()}
