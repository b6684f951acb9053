"""All that an act on tags may touch, as values: to compare what was before with what is after undoing."""

from typing import Any

from articles.models import Article, ArticleTag, PublishedTag, Revision, Tag, TagName
from newsroom.models import Redirect


def state() -> dict[str, Any]:
    return {
        "desk": sorted(ArticleTag.objects.values_list("pk", "tag", "content_object")),
        "readers": sorted(PublishedTag.objects.values_list("pk", "tag", "content_object", "published_at"), key=str),
        "names": sorted(TagName.objects.values_list("folded", "name", "tag")),
        "tags": sorted(
            Tag.objects.values_list("pk", "name", "folded_name", "slug", "parent", "merged_into", "retired_at", "uses"),
            key=str,
        ),
        "redirects": sorted(Redirect.objects.values_list("path", "key", "since")),
        "versions": sorted(Article.objects.values_list("pk", "version")),
        "revisions": Revision.objects.count(),
    }


def uses_are_right() -> bool:
    """Is `uses` of every tag the number of articles that readers have or will have it on?"""
    dated = PublishedTag.objects.filter(published_at__isnull=False)
    counted: dict[int, set[int]] = {}
    for tag, article in dated.values_list("tag", "content_object__article"):
        counted.setdefault(tag, set()).add(article)
    return all(len(counted.get(pk, ())) == uses for pk, uses in Tag.objects.values_list("pk", "uses"))
