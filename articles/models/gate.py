"""The gate: may this working copy go out? Asked by publishing on every path: button, schedule, import, command."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from newsroom.zoned_times import YEARS

from .checks import RULES, SHOULD, checks
from .published import PublishedArticle

if TYPE_CHECKING:
    from .article import Article

Errors = dict[str, list[str]]


def check(article: "Article", start: datetime, until: datetime | None) -> None:
    """Raise ValidationError, by field, when the article can't go out in this window."""
    errors = window_errors(start, until) | content_errors(article)
    if errors:
        raise ValidationError(errors)


def window_errors(start: datetime, until: datetime | None) -> Errors:
    for field, moment in (("publish_at", start), ("publish_until", until)):
        if moment is not None and moment.year not in YEARS:
            return {field: [f"Choose a year from {YEARS.start} to {YEARS.stop - 1}; {moment.year} is probably a slip."]}
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


def address_is_taken(article: "Article") -> bool:
    """Is or will another article be live under this slug? Its own desk may have let go of it without publishing."""
    others = PublishedArticle.objects.filter(slug=article.slug).exclude(article_id=article.pk)
    return others.filter(Q(live_until=None) | Q(live_until__gt=timezone.now())).exists()


def advice(article: "Article") -> list[str]:
    """What an editor should hear but may decide, each sentence once. At most six queries."""
    return list(dict.fromkeys(check.text for check in checks(article) if check.level == SHOULD))
