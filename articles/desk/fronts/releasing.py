"""Letting a front out at the desk: previews of draft and live, publishing, undoing, the history. Plain pages and forms."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Front, FrontVersion, Section
from articles.models.fronts.laying_out import (
    Clash,
    discard_draft,
    publish,
    restore,
    undo,
)
from articles.models.fronts.layout import Layout
from articles.models.permits import sees_all
from articles.pages.fronts import context_of, filled
from newsroom import csp
from newsroom.slugs import one_line

from ..previews.preview import for_nobody_else
from .board import Versions, laid
from .place import FrontDesk, board_address, posted_number
from .stale import facts_of
from .summary import differences

_page = method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
SHOWN = 50


class Releasing(FrontDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        at = "lay-out/<int:number>/"
        return [
            path(f"{at}preview/", view(self.preview_view), name="articles_front_preview"),
            path(f"{at}publish/", view(self.publish_view), name="articles_front_publish"),
            path(f"{at}undo/", view(self.undo_view), name="articles_front_undo"),
            path(f"{at}discard/", view(self.discard_view), name="articles_front_discard"),
            path(f"{at}versions/", view(self.versions_view), name="articles_front_versions"),
            path(f"{at}versions/<int:version>/restore/", view(self.restore_view), name="articles_front_restore"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def preview_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """The readers' page with another layout. ?of=draft, live or the number of a version; ?at=moment: as it will be
        then, which shows what is planned, so only to who may see every article. A moment that is over is now: what was
        taken down since is not to be read again.
        """
        section = self.section_or_404(request, number)
        front = self.front_of(section)
        of = request.GET.get("of", "draft")
        layout = self._layout_to_show(front, section, of)
        now, moment = timezone.now(), _moment(request.GET.get("at", ""))
        if moment is not None and moment <= now:
            moment = None
        if moment is not None and not sees_all(request.user):
            raise PermissionDenied("What is planned is shown to those who may see every article.")
        page = filled(layout, moment or now, section)
        bar = {
            "of": {"draft": "the draft", "live": "what readers see now"}.get(of, f"version {of}"),
            "at": moment,
            "back": board_address(section),
        }
        template = "articles/section.html" if section else "articles/home.html"
        response = render(request, template, {**context_of(page, section), "front_preview": bar})
        response["X-Frame-Options"] = "SAMEORIGIN"
        csp.allow(response, frame_ancestors=["'self'"])
        return for_nobody_else(response)

    def _layout_to_show(self, front: Front | None, section: Section | None, of: str) -> Layout:
        versions = Versions.of(front)
        if of in {"draft", "live"}:
            return versions.layout(section) if of == "draft" else laid(versions.live, section)
        return laid(_version(front, int(of) if of.isascii() and of.isdecimal() and len(of) < 19 else 0), section)

    @_page
    def publish_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """GET: what publishing changes, and what is wrong with it. POST: do it, if it is still what was looked at."""
        section = self.section_to_publish(request, number)
        front = self.front_of(section)
        if request.method == "POST":
            return self._let_out(
                request,
                section,
                lambda begun: publish(
                    _found(front), by=request.user, number=begun, note=one_line(request.POST.get("note", "")[:1000])
                ),
                "Readers see the new front.",
            )
        versions = Versions.of(front)
        draft, live = versions.layout(section), laid(versions.live, section)
        facts = facts_of([draft, live], request.user)
        warnings = facts.warnings(draft)
        slots = {(one.name, place): slot for one in draft.containers for place, slot in enumerate(one.slots)}

        def name(slot: Any) -> str:
            return slot.headline or facts.of(slot).headline or f"Article {slot.article}"

        context = self.front_context(
            request,
            section,
            f"Publish the front of {section.name if section else 'the home page'}?",
            versions=versions,
            changes=differences(live, draft, name),
            warnings=[(name(slots[place]), said) for place, said in warnings.items()],
        )
        return render(request, "admin/articles/front/publish.html", context)

    @_page
    def undo_view(self, request: HttpRequest, number: int) -> HttpResponse:
        section = self.section_to_publish(request, number)
        front = self.front_of(section)
        if request.method == "POST":
            return self._let_out(
                request,
                section,
                lambda begun: undo(_found(front), by=request.user, number=begun),
                "Readers see what they saw before. What you took back is in the history.",
            )
        versions = Versions.of(front)
        context = self.front_context(request, section, "Go back to what readers saw before?", versions=versions)
        return render(request, "admin/articles/front/undo.html", context)

    @_page
    def discard_view(self, request: HttpRequest, number: int) -> HttpResponse:
        section = self.section_to_lay_out(request, number)
        front = self.front_of(section)
        if request.method == "POST":
            return self._let_out(
                request,
                section,
                lambda begun: discard_draft(_found(front), by=request.user, number=begun),
                "The draft is discarded; it is kept in the history.",
            )
        context = self.front_context(request, section, "Discard the draft?", versions=Versions.of(front))
        return render(request, "admin/articles/front/discard.html", context)

    @method_decorator(require_safe)
    def versions_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Newest first. Three queries."""
        section = self.section_or_404(request, number)
        front = self.front_of(section)
        rows = front.versions.select_related("made_by").order_by("-changed_at", "-pk")[: SHOWN + 2] if front else ()
        context = self.front_context(request, section, "History of this front", rows=list(rows))
        return render(request, "admin/articles/front/versions.html", context)

    @_page
    def restore_view(self, request: HttpRequest, number: int, version: int) -> HttpResponse:
        section = self.section_to_lay_out(request, number)
        front = self.front_of(section)
        row = _version(front, version)
        if request.method == "POST":
            restore(row.front, row, by=request.user)
            messages.success(request, "The draft is what this version was. Readers see it once it is published.")
            return HttpResponseRedirect(board_address(section))
        context = self.front_context(
            request, section, "Take up this version as the draft?", row=row, versions=Versions.of(front)
        )
        return render(request, "admin/articles/front/restore.html", context)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _let_out(self, request: HttpRequest, section: Section | None, act: Any, said: str) -> HttpResponse:
        try:
            act(posted_number(request.POST.get("number", "")))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except Clash:
            messages.warning(
                request, "Somebody else changed this front meanwhile. Look at it once more. Nothing was done."
            )
        else:
            messages.success(request, said)
        return HttpResponseRedirect(board_address(section))


def _found(front: Front | None) -> Front:
    if front is None:
        raise ValidationError("Nobody has laid out this front yet.")
    return front


def _version(front: Front | None, number: int) -> FrontVersion:
    row = (
        front.versions.select_related("front", "made_by").filter(pk=number).first()
        if front and number < 2**63
        else None
    )
    if row is None:
        raise Http404("This front has no such version.")
    return row


def _moment(text: str) -> datetime | None:
    """As a browser's field writes it, in the site's zone; None for what is no moment."""
    try:
        moment = parse_datetime(text[:40])
        return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
    except (ValueError, OverflowError):
        return None
