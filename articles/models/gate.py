"""The gate: may this working copy go out? Asked by publishing on every path: button, list, schedule, import, command."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone

from articles.roles import Act
from newsroom.zoned_times import year_error

from .checks import Check, checks
from .house_rules import BLOCK, WARN
from .permits import may
from .published import PublishedArticle
from .rules import RULES

if TYPE_CHECKING:
    from .article import Article

Errors = dict[str, list[str]]


class Blocked(ValidationError):
    """The house rules say no. `checks` are the findings; whoever may override them can publish with a reason."""

    def __init__(self, found: list[Check]) -> None:
        super().__init__([ValidationError(check.text, code=check.id) for check in _once(found)])
        self.checks = found


def check(
    article: "Article", start: datetime, until: datetime | None, *, by: Any = None, override: str = ""
) -> list[Check]:
    """Raise when the article can't go out in this window; answer what was overridden, [] for nothing.

    ValidationError, by field, for what readers have no page without; that holds for everybody. `Blocked` for the house
    rules, which hold for people: what the site itself does, like an import, was decided elsewhere. With `override`, the
    reason why it goes out all the same, by who may (else PermissionDenied). At most eleven queries.
    """
    errors = window_errors(start, until) | content_errors(article)
    if errors:
        raise ValidationError(errors)
    if by is None:
        return []
    found = blocks(article, by=by, start=start, until=until)
    if not found or not override.strip():
        if found:
            raise Blocked(found)
        return []
    if not may(by, Act.OVERRIDE, article):
        raise PermissionDenied("Your login may not publish against the house rules.")
    return found


def window_errors(start: datetime, until: datetime | None) -> Errors:
    for field, moment in (("publish_at", start), ("publish_until", until)):
        if sentence := year_error(moment):
            return {field: [sentence]}
    if until is not None and until <= start:
        return {"publish_until": ["The end is not after the start. Choose a later end, or none."]}
    return {}


def content_errors(article: "Article") -> Errors:
    """What readers can't do without: one query."""
    errors: Errors = {}
    if not article.headline:
        errors["headline"] = [RULES["headline-missing"].text]
    if not article.section_id:
        errors["section"] = [RULES["section-missing"].text]
    if article.slug and address_is_taken(article):
        errors["slug"] = [RULES["address-taken"].text]
    return errors


def address_is_taken(article: "Article", slug: str = "") -> bool:
    """Is or will another article be live under this slug? Its own desk may have let go of it without publishing."""
    others = PublishedArticle.objects.filter(slug=slug or article.slug).exclude(article_id=article.pk)
    return others.filter(Q(live_until=None) | Q(live_until__gt=timezone.now())).exists()


def blocks(article: "Article", *, by: Any, start: datetime | None = None, until: datetime | None = None) -> list[Check]:
    """What the house rules would stop it for and somebody may override. At most ten queries."""
    found = checks(article, by=by, start=start, until=until)
    return [one for one in found if one.level == BLOCK and not RULES[one.id].is_fixed]


def advice(
    article: "Article", *, by: Any = None, start: datetime | None = None, until: datetime | None = None
) -> list[str]:
    """What an editor should hear but may decide, each sentence once. At most ten queries. Asked before it goes out:
    afterwards nobody has written anything that readers don't have.
    """
    found = checks(article, by=by, start=start, until=until)
    return [one.text for one in _once(found) if one.level == WARN]


def _once(found: list[Check]) -> list[Check]:
    return list({check.text: check for check in found}.values())
