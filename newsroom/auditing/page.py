"""The log at the desk: a page to read, search and export. Nobody adds, changes or deletes anything here."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from newsroom.desk import DeskAdmin
from newsroom.models.audit import AuditEntry, log_export
from newsroom.spreadsheets import streamed

from . import words
from .reading import LogFilter, page
from .showing import changes_of, lines, who_of

ROWS_AT_ONCE = 2000
HEADS = ("When", "Who", "Their number", "Did what", "Kind of thing", "Its number", "Its name", "Reason", "What changed")


_limits: list[Callable[[Any], bool]] = []


def register_limit(is_limited: Callable[[Any], bool]) -> None:
    """It gets a person and answers whether he must not see all that the app above keeps: then he reads no log, which tells
    of all of it.
    """
    _limits.append(is_limited)


class LogAdmin(DeskAdmin):
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and not any(one(request.user) for one in _limits)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="newsroom_auditentry_export"), *super().get_urls()]

    @method_decorator(require_safe)
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """At most four queries, and one for each kind of thing on the page."""
        self._require_view(request)
        asked = LogFilter(request.GET)
        before = request.GET.get("before", "")
        found = page(asked, before) if asked.is_valid() else None
        question = request.GET.copy()
        question.pop("before", None)
        context = {
            **self.admin_site.each_context(request),
            "title": "Log of who did what",
            "opts": self.opts,
            "filter": asked,
            "page": found,
            "lines": lines(found.entries, request) if found else [],
            "question": question.urlencode(),
            "is_filtered": any(question.values()),
            "is_continued": bool(before),
            "zone": timezone.get_current_timezone_name(),
            **(extra_context or {}),
        }
        return render(request, "admin/newsroom/auditentry/log.html", context, status=200 if found else 400)

    @method_decorator(require_safe)
    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is no form: an entry is read on the page of what it is about."""
        self._require_view(request)
        entry = self.get_object(request, object_id)
        if entry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        address = reverse("admin:newsroom_auditentry_changelist")
        return HttpResponseRedirect(f"{address}?kind={entry.thing}&number={entry.thing_id}")

    @method_decorator(require_POST)
    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """All that the filter finds, however much. That it was taken is logged first."""
        self._require_view(request)
        asked = LogFilter(request.GET)
        if not asked.is_valid():
            self.message_user(request, "Nothing was exported: the filter makes no sense.", messages.ERROR)
            back = reverse("admin:newsroom_auditentry_changelist")
            return HttpResponseRedirect(f"{back}?{request.GET.urlencode()}")
        until = timezone.now()
        log_export(AuditEntry, "The log, as CSV", by=request.user, after=asked.in_words())
        entries = asked.everything().filter(at__lte=until).iterator(chunk_size=ROWS_AT_ONCE)
        return streamed(f"log-{timezone.localtime(until):%Y-%m-%d-%H%M}.csv", HEADS, _rows(entries))

    def _require_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def _rows(entries: Iterable[AuditEntry]) -> Iterator[tuple[Any, ...]]:
    for entry in entries:
        changes = "; ".join(f"{one.name}: {one.before or '–'} → {one.after or '–'}" for one in changes_of(entry))
        yield (
            timezone.localtime(entry.at).isoformat(" ", "seconds"), who_of(entry), entry.by_id,
            words.of_act(entry.act), words.of_kind(entry.thing), entry.thing_id, entry.thing_name, entry.reason, changes,
        )  # fmt: skip
