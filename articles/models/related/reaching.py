"""Reaching: beside which articles another one can come to stand.

Each takes the nearest of its timelines; so an article can be suggested only beside those that are near to it on one of
them, A_SIDE in front and A_SIDE behind, whatever the size of the site.
"""

from collections.abc import Collection
from datetime import datetime

from .candidates import TIMELINES, beside


def articles_beside(at: datetime, tags: Collection[int], terms: Collection[int]) -> set[int]:
    """Their numbers, for one that stands at `at` on these timelines. Two queries."""
    from articles.models.published import PublishedArticle

    features = [("tag", pk) for pk in sorted(tags)] + [("term", pk) for pk in sorted(terms)]
    versions: set[int] = set()
    for start in range(0, len(features), TIMELINES):
        versions |= {version for _place, version, _at in beside(at, features[start : start + TIMELINES])}
    return set(PublishedArticle.objects.filter(pk__in=versions).values_list("article_id", flat=True))
