"""The gate: may this go out in this window? Asked by every verb that carries something to the readers: publishing and
scheduling ask it of the working copy, moving what is planned and bringing back of that version. All paths go through
these verbs: button, list, calendar, import, command.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError

from articles.roles import Act
from newsroom.zoned_times import year_error

from .check_facts import article_number, not_ended
from .checks import Check, checks
from .house_rules import BLOCK, WARN
from .permits import may
from .published import PublishedArticle
from .rules import RULES

if TYPE_CHECKING:
    from .article import Article
    from .check_facts import Checkable

Errors = dict[str, list[str]]
LONGEST_REASON = 500  # the log keeps it whole


class Blocked(ValidationError):
    """The house rules say no. `checks` are the findings; whoever may override them can publish with a reason."""

    def __init__(self, found: list[Check]) -> None:
        super().__init__([ValidationError(check.text, code=check.id) for check in _once(found)])
        self.checks = found


@dataclass(frozen=True)
class Passed:
    """What was overridden, and what an editor should hear but may decide: sentences, each once."""

    overridden: list[Check] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


def check(
    row: "Checkable",
    start: datetime,
    until: datetime | None,
    *,
    by: Any = None,
    override: str = "",
    settled: Iterable[Check] = (),
) -> Passed:
    """Raise when the working copy, or this version of it, can't be before readers in this window.

    ValidationError, by field, for what readers have no page without; that holds for everybody. `Blocked` for the house
    rules, which hold for people: what the site itself does, like an import, was decided elsewhere. With `override`, the
    reason why it goes out all the same, by who may (else PermissionDenied). `settled` is what was overridden for these
    very words before: the same finding is not asked again. At most eight queries and those of four eyes; one for the site itself.
    """
    errors = window_errors(start, until) | content_errors(row)
    if errors:
        raise ValidationError(errors)
    if by is None:
        return Passed()
    if len(override.strip()) > LONGEST_REASON:
        raise ValidationError({"override_reason": f"Say it in {LONGEST_REASON} characters at most."})
    found = checks(row, by=by, start=start, until=until)
    known = {(one.id, one.words) for one in settled}
    stopping = [one for one in stops(found) if (one.id, one.words) not in known]
    if stopping and not override.strip():
        raise Blocked(stopping)
    if stopping and not may(by, Act.OVERRIDE, _article(row)):
        raise PermissionDenied("Your login may not publish against the house rules.")
    return Passed(stopping, advice_in(found))


def _article(row: "Checkable") -> "Article":
    return row.article if isinstance(row, PublishedArticle) else row


def window_errors(start: datetime, until: datetime | None) -> Errors:
    for name, moment in (("publish_at", start), ("publish_until", until)):
        if sentence := year_error(moment):
            return {name: [sentence]}
    if until is not None and until <= start:
        return {"publish_until": ["The end is not after the start. Choose a later end, or none."]}
    return {}


def content_errors(row: "Checkable") -> Errors:
    """What readers can't do without: one query."""
    errors: Errors = {}
    if not row.headline:
        errors["headline"] = [RULES["headline-missing"].text]
    if not row.section_id:
        errors["section"] = [RULES["section-missing"].text]
    if row.slug and address_is_taken(row):
        errors["slug"] = [RULES["address-taken"].text]
    return errors


def address_is_taken(row: "Checkable") -> bool:
    """Is or will another article be live under this slug? Its own desk may have let go of it without publishing."""
    others: bool = not_ended().filter(slug=row.slug).exclude(article_id=article_number(row)).exists()
    return others


def stops(found: Iterable[Check]) -> list[Check]:
    """What of these the house rules stop it for, and somebody may override."""
    return [one for one in found if one.level == BLOCK and not RULES[one.id].is_fixed]


def advice_in(found: Iterable[Check]) -> list[str]:
    """What of these an editor should hear but may decide, each sentence once."""
    return [one.text for one in _once(one for one in found if one.level == WARN)]


def _once(found: Iterable[Check]) -> list[Check]:
    return list({check.text: check for check in found}.values())
