"""Overriding: what was let out against the house rules, and why. Kept with the state that went out, and in the log.

What was overridden for a version stays so: it can be moved in the calendar without being asked the same again. Asked
anew is what a new window brings, like other words on the rights to a picture.
"""

from typing import TYPE_CHECKING, Any

from newsroom.models.audit import log

from .checks import Check
from .rules import RULES

if TYPE_CHECKING:
    from .article import Article

KEY = "overridden"


def keep_override(
    article: "Article", kept: dict[str, Any], found: list[Check], reason: str, note: str = "", *, by: Any
) -> str:
    """Into the data that is about to be kept, and into the log, which has the reason whole. The note for the history."""
    kept[KEY] = [*kept.get(KEY, ()), *([one.id, one.words] for one in found)]
    log(KEY, article, by=by, after={"rules": [one.id for one in found]}, reason=reason.strip())
    return " · ".join(filter(None, [f"Against the house rules, because: {reason.strip()}", note]))


def settled(article: "Article", version: int) -> list[Check]:
    """What was overridden when this version was sent out. One query."""
    rows = article.revisions.sent_out().filter(version=version, **{f"data__{KEY}__isnull": False})
    pairs = [pair for kept in rows.values_list(f"data__{KEY}", flat=True) for pair in kept]
    return [Check(str(rule), str(words)) for rule, words in pairs if rule in RULES]
