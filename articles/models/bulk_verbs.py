"""What a bulk act does to one of its articles: the same verbs that the form's buttons call, with what was chosen for all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from .article import Article
from .refiling import refile
from .section import Section
from .status import Status
from .tags.names import TagName, folded
from .tags.order.resolving import tags_today, targets
from .tags.tagging import Tag
from .tags.vocabulary import Vocabulary


class DoesNotApply(Exception):
    """There is nothing to do: its text says how it is."""


def perform(kind: str, article: Article, chosen: dict[str, Any], *, place: int, by: Any, note: str = "") -> str:
    """Do it, and say what was done beyond the act's name. `place`: its number among those that it is done to.

    Raises what the verbs raise, and DoesNotApply.
    """
    return _VERBS[kind](article, chosen, place, by, note)


def moment_of(chosen: dict[str, Any], place: int) -> datetime:
    """When the article at this place goes live: all at one time, or one after the other."""
    first = parse_datetime(chosen["at"])
    if first is None:
        raise ValidationError("No time was chosen.")
    return first + timedelta(minutes=int(chosen.get("every") or 0) * place)


def _submit(article: Article, chosen: dict[str, Any], place: int, by: Any, note: str) -> str:
    article.submit(by=by, note=note)
    return ""


def _approve(article: Article, chosen: dict[str, Any], place: int, by: Any, note: str) -> str:
    article.approve(by=by, note=note)
    return ""


def _assign(article: Article, chosen: dict[str, Any], place: int, by: Any, note: str) -> str:
    """What was left open stays as it is for each."""
    to = _person(article, chosen["assignee"])
    due_at = parse_datetime(chosen["due_at"]) if chosen.get("due_at") else article.due_at
    priority = int(chosen.get("priority") or article.priority)
    if not article.assign(to, by=by, due_at=due_at, priority=priority, note=note):
        raise DoesNotApply("It is assigned like that already.")
    words = [f"to {to.get_full_name() or to.get_username()}" if to else "to nobody"]
    return ", ".join([*words, f"due {_shown(due_at)}"] if due_at else words)


def _person(article: Article, assignee: str) -> Any:
    if not assignee:
        return article.assignee
    if assignee == "nobody":
        return None
    person = get_user_model()._default_manager.filter(pk=assignee, is_active=True, is_staff=True).first()
    if person is None:
        raise ValidationError("The person that was chosen is no longer at the desk.")
    return person


def _section(article: Article, chosen: dict[str, Any], place: int, by: Any, note: str) -> str:
    section = Section.objects.filter(pk=chosen["section"]).first()
    if section is None:
        raise ValidationError("The section that was chosen is no longer there.")
    return _refiled(article, by, note, section=section)


def _tags(article: Article, chosen: dict[str, Any], place: int, by: Any, note: str) -> str:
    add, remove = _meant(chosen["add"], by), tags_today(chosen["remove"])
    if retired := [f"“{tag}”" for tag in add if tag.retired_at is not None]:
        raise ValidationError(f"Retired meanwhile, and not to be added any more: {', '.join(retired)}.")
    return _refiled(article, by, note, add=add, remove=remove)


def _meant(chosen: list[int | str], by: Any) -> list[Tag]:
    """The tags of these numbers and names, as they are called today, in their order. Those that there are not are made:
    by who still may. Two queries; for names one more, and two where a tag is made.
    """
    names = {one: folded(one) for one in chosen if isinstance(one, str)}
    made: dict[str, Tag] = {}
    if names:
        is_new = set(names.values()) - TagName.tags_of(names.values()).keys()
        if is_new and not Vocabulary.current().may_create(by):
            raise PermissionDenied("Your login may not make new tags.")
        made = Tag.objects.by_folded(names)
    meaning = targets(one for one in chosen if isinstance(one, int))
    found = Tag.objects.in_bulk(set(meaning.values()))
    tags = [made[names[one]] if isinstance(one, str) else found.get(meaning.get(one, 0)) for one in chosen]
    return list(dict.fromkeys(tag for tag in tags if tag is not None))


def _refiled(article: Article, by: Any, note: str, **filing: Any) -> str:
    told = refile(article, by=by, note=note, **filing)
    if not told:
        raise DoesNotApply("It is filed like that already.")
    return told


def _schedule(article: Article, chosen: dict[str, Any], place: int, by: Any, note: str) -> str:
    at = moment_of(chosen, place)
    if at <= timezone.now():
        raise ValidationError(f"Its time, {_shown(at)}, has passed.")
    article.publish(by=by, at=at, note=note)
    return f"goes live {_shown(at)}"


def _publish(article: Article, chosen: dict[str, Any], place: int, by: Any, note: str) -> str:
    if article.status == Status.PUBLISHED:
        raise DoesNotApply("Readers see this version already.")
    article.publish(by=by, note=note)
    return ""


def _withdraw(article: Article, chosen: dict[str, Any], place: int, by: Any, note: str) -> str:
    if not article.withdraw(by=by, note=note):
        raise DoesNotApply("Readers don't see it, and nothing is scheduled.")
    return ""


def _shown(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j M Y, H:i T")


_VERBS: dict[str, Callable[[Article, dict[str, Any], int, Any, str], str]] = {
    "submit": _submit,
    "approve": _approve,
    "assign": _assign,
    "section": _section,
    "tags": _tags,
    "schedule": _schedule,
    "publish": _publish,
    "withdraw": _withdraw,
}
