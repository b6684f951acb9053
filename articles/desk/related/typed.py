"""The article as it stands in the form, as far as what is related to it hangs on that. Reads, and writes nothing."""

from typing import Any

from django.utils import timezone

from articles.models import Article, PublishedArticle, Tag, TagName
from articles.models.tags.names import folded
from articles.models.tags.order.resolving import tags_today

from ..saving.posted import number
from ..tag_field.asked import numbers_in, raw, understood

LONGEST_HEADLINE = 300
MOST_TAGS = 200


def version_saved(article: Article | None) -> tuple[PublishedArticle, list[Tag]]:
    """As it was saved last. Two queries."""
    if article is None:
        return _version(None, "", "", None), []
    return _version(article, article.headline, article.body, article.section_id), list(article.tags.all())


def version_typed(data: Any, article: Article | None) -> tuple[PublishedArticle, list[Tag]]:
    """As it stands in the posted form, whatever else is wrong in it; with tags that saving would make. Two queries, one
    more for names of tags.
    """
    asked = understood(raw(data))[:MOST_TAGS]
    names = {folded(one): one for one in asked if isinstance(one, str)}
    known = TagName.tags_of(list(names)) if names else {}
    new = [Tag(name=name) for key, name in names.items() if key not in known]
    tags = [*dict.fromkeys([*tags_today(numbers_in(asked)), *known.values()]), *new]
    headline, body = data.get("headline", "")[:LONGEST_HEADLINE], data.get("body", "")
    return _version(article, headline, body, number(data.get("section")) or None), tags


def _version(article: Article | None, headline: str, body: str, section: int | None) -> PublishedArticle:
    """As publishing now would make it."""
    at = article._annotated("first_published_at") if article is not None else None
    now = timezone.now()
    version = PublishedArticle(
        headline=headline,
        body=body,
        section_id=section,
        live_from=now,
        published_at=at or now,
    )
    if article is not None:
        version.article_id = article.pk
    return version
