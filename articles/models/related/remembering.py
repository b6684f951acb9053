"""The suggestions beside an article that readers see, remembered until something that they hang on changes."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils import timezone

from newsroom.pagecache import marks

from . import question_about, suggestions
from .ranking import Suggestion
from .settings import RelatedSettings

if TYPE_CHECKING:
    from articles.models.published import PublishedArticle
    from articles.models.tags.tagging import Tag

KEPT = 12  # most sites show three: some may cease to be live
SECONDS = 600


def suggested(version: "PublishedArticle", tags: "Sequence[Tag]") -> list[Suggestion]:
    """For what readers see: KEPT of them, the best first. No query while they are remembered, six at most otherwise."""
    name = f"related:{version.pk}"
    kept = cache.get(name)
    if kept is not None:
        found, keys, stamped = kept
        if marks(keys) == stamped:
            return list(found)
    own = [
        f"related:{version.article_id}",
        f"article:{version.article_id}",
        RelatedSettings.key,
        *(t.key for t in tags),
    ]
    # Before the answer is found: a change meanwhile makes it stale, not wrong.
    began, before = time.time_ns(), marks(own)
    found = suggestions(*question_about(version, tags), KEPT)
    theirs = [f"article:{one.row.article}" for one in found]
    now = marks(theirs)
    if max(now, default=0) < began:
        cache.set(name, (found, [*own, *theirs], (*before, *now)), _seconds())
    return found


def _seconds() -> float:
    """Until something begins or ceases to be visible by itself, at the longest."""
    from articles.models.published import next_boundary

    until = next_boundary()
    left = (until - timezone.now()).total_seconds() if until else SECONDS
    return max(min(left, SECONDS), 0)


__all__ = ["KEPT", "suggested"]
