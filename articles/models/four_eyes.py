"""Four eyes: nobody sends out alone what he changed alone.

Whoever sends it out is one pair of eyes. The second pair is any of these, of somebody else:

- whoever changed the text since readers last got a version, when the one who sends it out has changed nothing since:
  then he is the second pair himself, and need not have written a word;
- whoever wrote in it, too: a save since then that changed something. One that changed nothing is no look at it, nor is
  a state of the past that was put back: those words were read when they were written, by whoever wrote them;
- whoever approved it as it is now. An approval of other words counts for nothing.

What was sent out is what readers have or will get, whatever its window is moved to; a schedule that was cancelled sent
nothing. What is word for word what was sent out last needs nobody: it was seen then. What the site itself wrote, like an
import, was not written alone, and the site itself may send out anything.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Max

from .snapshots import Snapshot

if TYPE_CHECKING:
    from .article import Article


class Hands(NamedTuple):
    """Numbers of people. `changed`: by whose act it is no longer what was sent out; `wrote`: whose words are in it."""

    changed: set[int]
    wrote: set[int]


def hands(article: "Article") -> Hands:
    """Who had a hand in what readers don't have yet. Two queries, a third when a state of the past was put back."""
    sent = article.published_versions.aggregate(last=Max("version"))["last"] or 0
    changed, wrote, was_put_back = _since(article, sent)
    if was_put_back:
        # Their words may be older than what was sent out last. Too many are asked for a second pair, rather than none.
        changed |= _since(article, 0)[0]
    return Hands(changed, wrote)


def _since(article: "Article", version: int) -> tuple[set[int], set[int], bool]:
    """The first revision of each version tells who made it: the others saved it again as it was. One query."""
    made: dict[int, tuple[str, int | None]] = {}
    rows = article.revisions.filter(version__gt=version).order_by("number")
    for number, event, by in rows.values_list("version", "event", "by"):
        made.setdefault(number, (event, by))
    saved = {by for event, by in made.values() if event == "saved" and by is not None}
    restored = {by for event, by in made.values() if event == "restored" and by is not None}
    return saved | restored, saved, any(event == "restored" for event, _ in made.values())


def has_a_second_pair(article: "Article", by: Any) -> bool:
    """May `by` send it out as far as this rule is concerned? Two queries; ten at most before it is refused."""
    if by is None or not _alone(article, by):
        return True
    if article.is_approved and article.approved_by_id not in (None, by.pk):
        return True
    return _is_what_was_sent(article)


def approves_alone(article: "Article", by: Any) -> bool:
    """Is `by` the only one who wrote what he is about to approve?"""
    return by is not None and _alone(article, by)


def _alone(article: "Article", by: Any) -> bool:
    """Has he changed it, and nobody else written in it?"""
    found = hands(article)
    return by.pk in found.changed and not found.wrote - {by.pk}


def _is_what_was_sent(article: "Article") -> bool:
    """Word for word. Only asked before it is refused: seven queries at most."""
    last = article.published_versions.order_by("-version").first()
    return last is not None and Snapshot.of_published(last) == Snapshot.of_article(article)
