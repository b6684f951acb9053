"""What the database refuses because somebody else did something at the same instant: a deadlock, a lock that did not come,
a row that has just gone. Not a fault of the site's, and nothing is half done: every act is one transaction.

So it is told as what it is, instead of as a server error. The log has the details.
"""

import logging
from collections.abc import Callable

from django.db import Error, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

# PostgreSQL's own names: deadlock, serialisation failure, lock not available.
_IN_EACH_OTHERS_WAY = {"40P01", "40001", "55P03"}
# A foreign key, a unique constraint: the form's own checks were true a moment ago.
_OVERTAKEN = {"23503", "23505"}


def kind_of(error: BaseException) -> str:
    """`busy`: the same once more will work. `overtaken`: look again first. '' for whatever is no collision."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    text = "" if state else str(error)
    if isinstance(error, OperationalError) and (state in _IN_EACH_OTHERS_WAY or "is locked" in text):
        return "busy"
    if isinstance(error, IntegrityError) and (
        state in _OVERTAKEN or text.startswith(("FOREIGN KEY constraint", "UNIQUE constraint"))
    ):
        return "overtaken"
    return ""


class TellOfCollisions:
    """Only of what was posted: a page that can't be read is a server error, and a reader has nothing to lose."""

    STATUS = {"busy": 503, "overtaken": 409}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        kind = kind_of(error) if isinstance(error, Error) and request.method not in {"GET", "HEAD"} else ""
        if not kind:
            return None
        log.error("Nothing was saved by a request to %s: %s", request.path, kind, exc_info=error)
        # Like the page of a server error: without anything that asks the database.
        response = HttpResponse(render_to_string("collision.html", {"kind": kind}), status=self.STATUS[kind])
        response["Cache-Control"] = "no-store"
        if kind == "busy":
            response["Retry-After"] = "1"
        return response
