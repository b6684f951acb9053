"""Moving an entry of the calendar to another day or time: what dragging, the dialog and Undo post."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime, parse_time

from articles.models import Article
from articles.models.rescheduling import Stale
from newsroom.zoned_times import YEARS, one_moment, written

from ..view import ArticleDesk
from .entries import MOVED_BY, Kind
from .wanted import person_name

DUE_AT = time(17)  # where an idea is dragged onto a day without saying when
SAID = {Kind.DUE: "is due", Kind.SCHEDULED: "goes live", Kind.ENDS: "ends"}


@dataclass(frozen=True)
class Move:
    """`seen`: where the person saw it; None for an idea without a date. `to` None takes the due date away."""

    kind: Kind
    seen: datetime | None
    to: datetime | None

    @classmethod
    def read(cls, body: bytes) -> "Move":
        """{kind, from, to} with whole moments, as Undo has them; or {kind, from, date, time?, which?} on the newsroom's
        clock: without a time it keeps its own. Raises ValidationError.
        """
        try:
            data = json.loads(body)
        except ValueError:
            data = None
        if not isinstance(data, dict) or str(data.get("kind")) not in set(MOVED_BY):
            raise ValidationError("This can't be moved. Load the calendar anew and try again.")
        kind, seen = Kind(str(data["kind"])), _moment(data.get("from"))
        to = _moment(data["to"]) if "to" in data else _on_the_clock(data, seen)
        if to is None and kind is not Kind.DUE:
            raise ValidationError({"date": "Choose a day."})
        return cls(kind, seen, to)


class Moving(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.calendar_move_view)
        return [path("calendar/<int:pk>/move/", view, name="articles_article_calendar_move"), *super().get_urls()]

    def calendar_move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """{message, undo} when it stands there now; {errors, code} when not, with 409 when somebody else was faster."""
        article = self.article_or_404(request, pk)
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        try:
            move = Move.read(request.body)
            carry_out(move, article, by=request.user)
        except Stale as error:
            return _refused(ValidationError(f"{error.messages[0]} {_by_whom(article)}".strip(), code="stale"), 409)
        except ValidationError as error:
            return _refused(error, 400)
        except PermissionDenied as error:
            return _refused(ValidationError(str(error) or "Your login may not do this."), 403)
        return JsonResponse({"message": _message(move, article), "undo": _undo(move)})


def carry_out(move: Move, article: Article, *, by: Any) -> None:
    """Through the verbs, which ask who it is. Raises Stale, ValidationError, PermissionDenied."""
    if move.kind is Kind.DUE:
        _set_due(move, article, by)
    elif move.to is not None and move.seen is None:
        raise Stale("It stands elsewhere by now.")
    elif move.to is not None and move.kind is Kind.SCHEDULED:
        article.reschedule(by=by, at=move.to, expected=move.seen)
    elif move.to is not None:
        article.reschedule_end(by=by, until=move.to, expected=move.seen)


def _set_due(move: Move, article: Article, by: Any) -> None:
    """Under the article's lock, so that nobody moves it between the look and the verb."""
    with transaction.atomic():
        row = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if row.due_at != move.seen:
            now = f"It is due on {written(row.due_at)} now" if row.due_at else "It has no due date any more"
            raise Stale(f"{now}: it was changed meanwhile.")
        row.assign(row.assignee, by=by, due_at=move.to, priority=row.priority)


def _on_the_clock(data: dict[str, Any], seen: datetime | None) -> datetime:
    try:
        day = parse_date(str(data.get("date") or ""))
        at = parse_time(_clock(data["time"])) if data.get("time") else None
    except ValueError:  # like 25:00
        day = at = None
    if not isinstance(day, date):
        raise ValidationError({"date": "Give the day and the time, like 2026-11-30 and 09:30."})
    if data.get("time") and at is None:
        raise ValidationError({"time": "Give the time like 09:30."})
    which = data.get("which") if data.get("which") in (0, 1) else None
    if at is None:
        at = timezone.localtime(seen).time() if seen else DUE_AT
    return on_the_clock(day, at, which)


def on_the_clock(day: date, at: time, which: int | None = None) -> datetime:
    """As `one_moment`; what is wrong is told at `date` or `time`. In UTC, as Python calls a repeated hour unequal to the
    same moment of another zone.
    """
    try:
        return one_moment(day, at, "" if which is None else which).astimezone(UTC)
    except ValidationError as error:
        raise ValidationError({"date" if error.code == "year" else "time": error}) from error


def _clock(text: Any) -> str:
    """'' for what is no time of day; an offset would be dropped without a word."""
    return text if isinstance(text, str) and re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", text) else ""


def _moment(text: Any) -> datetime | None:
    """A whole moment with its offset. Raises ValidationError for anything else but nothing."""
    if text in (None, ""):
        return None
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in YEARS:
        raise ValidationError({"date": "This is no moment that can be planned."})
    return moment


def _message(move: Move, article: Article) -> str:
    where = f"{SAID[move.kind]} on {written(move.to)}" if move.to else "has no due date any more"
    advice = f" Worth a second look: {' '.join(article.advice)}" if article.advice else ""
    return f"“{article.headline}” {where}.{advice}"


def _undo(move: Move) -> dict[str, str | None]:
    """What to post to have it back; nothing of it is trusted more than any other move."""
    back, here = (moment.isoformat() if moment else None for moment in (move.seen, move.to))
    return {"kind": move.kind.value, "from": here, "to": back}


def _by_whom(article: Article) -> str:
    last = article.revisions.select_related("by").first()
    return f"The last change is by {person_name(last.by)}." if last and last.by else ""


def _refused(error: ValidationError, status: int) -> JsonResponse:
    errors = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    codes = [one.code for one in _leaves(error) if one.code]
    return JsonResponse({"errors": errors, "code": codes[0] if codes else ""}, status=status)


def _leaves(error: ValidationError) -> list[ValidationError]:
    if hasattr(error, "error_dict"):
        return [one for several in error.error_dict.values() for one in several]
    return list(error.error_list)
