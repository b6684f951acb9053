"""Reaching: beside which articles another one can come to stand.

Each takes the nearest of its timelines; so an article can be suggested only beside those that are near to it on one of
them, so many in front and behind as are read of it, whatever the size of the site.
"""

from collections.abc import Collection
from datetime import datetime

from .candidates import AT_ONCE, beside
from .choices import RelatedChoice

OWN = 2  # rows of one article at one date: its live version's and its planned one's


def articles_beside(at: datetime, tags: Collection[int], terms: Collection[int]) -> set[int]:
    """Their numbers, for one that stands at `at` on these timelines. Two queries, one more for each 80 timelines.

    Of one moment that more than twenty share, those with the highest numbers: there a list may be as old as what is
    remembered of it.
    """
    from articles.models.published import PublishedArticle

    features = [("tag", pk) for pk in sorted(tags)] + [("term", pk) for pk in sorted(terms)]
    versions: set[int] = set()
    for start in range(0, len(features), AT_ONCE):
        versions |= {version for _place, version, _at in beside(at, features[start : start + AT_ONCE], own=OWN)}
    return set(PublishedArticle.objects.filter(pk__in=versions).values_list("article_id", flat=True))


def articles_that_pin(article: int) -> set[int]:
    """Their numbers: beside them it stands whatever it shares. One query."""
    pins = RelatedChoice.objects.filter(target=article, kind=RelatedChoice.Kind.PIN, source__isnull=False)
    return set(pins.order_by().values_list("source", flat=True))
