"""The article as it stands in the form, as far as what is related to it hangs on that. Reads, and writes nothing."""

from typing import Any

from django.utils import timezone

from articles.models import Article, PublishedArticle, Tag

from ..saving.posted import number, tags_posted

LONGEST_HEADLINE = 300
MOST_TAGS = 200


def version_saved(article: Article | None) -> tuple[PublishedArticle, list[Tag]]:
    """As it was saved last. Two queries."""
    if article is None:
        return _version(None, "", "", None), []
    tags = article.tags.filter(retired_at=None)
    return _version(article, article.headline, article.body, article.section_id), list(tags)


def version_typed(data: Any, article: Article | None) -> tuple[PublishedArticle, list[Tag]]:
    """As it stands in the posted form, whatever else is wrong in it. Two queries."""
    rows = Tag.objects.filter(pk__in=tags_posted(data)[:MOST_TAGS], retired_at=None).select_related("merged_into")
    # A form that was opened before a merge still holds the number of the tag that is no more.
    tags = list(dict.fromkeys(tag.merged_into or tag for tag in rows))
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
