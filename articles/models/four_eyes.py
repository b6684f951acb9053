"""Four eyes: nobody sends out alone what he wrote alone.

A second person has seen it who, since readers last got a version, saved a change of the text, or approved it as it is now.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Max

if TYPE_CHECKING:
    from .article import Article

_WRITING = ("saved", "restored")


def writers(article: "Article") -> set[int]:
    """The numbers of those who wrote what readers don't have yet. Two queries."""
    since = article.revisions.filter(number__gt=_last_out(article), event__in=_WRITING)
    return set(since.exclude(by=None).values_list("by", flat=True))


def _last_out(article: "Article") -> int:
    """The last revision that readers got, or will get: what was scheduled and then cancelled is neither. One query."""
    events = ("published", "scheduled", "unscheduled")
    last = dict(
        article.revisions.filter(event__in=events).order_by().values_list("event").annotate(number=Max("number"))
    )
    scheduled = last.get("scheduled", 0)
    return max(last.get("published", 0), scheduled if scheduled > last.get("unscheduled", 0) else 0)


def has_a_second_pair(article: "Article", by: Any) -> bool:
    """May `by` send it out as far as this rule is concerned? The site itself, which is nobody, may."""
    if by is None:
        return True
    seen_by = writers(article)
    if article.is_approved and article.approved_by_id:
        seen_by.add(article.approved_by_id)
    # Nobody: an import's, or not changed since it was out. Then nothing was written alone.
    return not seen_by or bool(seen_by - {by.pk})


def approves_alone(article: "Article", by: Any) -> bool:
    """Is `by` the only one who wrote what he is about to approve?"""
    return by is not None and writers(article) == {by.pk}
