"""Laying out a front at the desk: the board, what its buttons do, the two forms, and what happens when two do it at once.

Every page works without script, as forms. With it, the same addresses are asked in the background and answer JSON: the
board as it stands now, a sentence to be read out, or the page of a clash.
"""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Article, Front, Section
from articles.models.fronts.laying_out import Clash, save_draft, set_aside
from articles.models.fronts.layout import Container, Layout, Shape
from articles.models.permits import visible_to
from images.models import Image

from ..saving.desk_scripts import desk_media
from ..writing.editor import allow_import_map, picture_urls
from ..writing.own_addresses import article_at
from .acts import do, place_of, slot_at, with_slot
from .board import Versions, board_of, laid
from .forms import ContainerForm, NativeMoment, SlotForm
from .place import FrontDesk, board_address, posted_number
from .stale import facts_of
from .summary import differences


class Laying(FrontDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("lay-out/<int:number>/", view(self.board_view), name="articles_front_lay_out"),
            path("lay-out/<int:number>/act/", view(self.act_view), name="articles_front_act"),
            path("lay-out/<int:number>/edit/", view(self.edit_view), name="articles_front_edit"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def board_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Fifteen queries, however many containers."""
        section = self.section_or_404(request, number)
        versions = Versions.of(self.front_of(section))
        board = board_of(versions.layout(section), versions.number, section, request.user)
        media = desk_media("front_board") + NativeMoment().media
        context = self._board_context(request, section, board=board, versions=versions, media=media)
        response = render(request, "admin/articles/front/lay_out.html", context)
        allow_import_map(response, media)
        return response

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """What a button says, done to the layout that the page had, and saved as the draft."""
        section = self.section_to_lay_out(request, number)
        data = request.POST
        try:
            mine, begun = _posted(data)
            act = data.get("act") or _entered(data, mine)
            if act == "take":
                set_aside(Front.objects.of(section), mine, by=request.user)
                return self._done(request, section, "Theirs stands. What you had is in the history.")
            if act == "keep":
                save_draft(Front.objects.of(section), mine, by=request.user, number=begun, keep_theirs=True)
                return self._done(request, section, "Yours stands. What they had is in the history.")
            done = do(mine, act, _article(data, act, request.user) if act.startswith("pick|") else None)
        except ValidationError as error:
            return self._refused(request, section, " ".join(error.messages))
        except Clash as clash:
            return self._clash(request, section, mine, clash)
        return self._save(request, section, done.layout, begun, done.said, done.focus)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def edit_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """?of=container “films”, or of its third card “films|2”: the form of what readers are told there."""
        section = self.section_to_lay_out(request, number)
        asked = request.POST if request.method == "POST" else request.GET
        try:
            if request.method == "POST":
                layout, begun = _posted(asked)
            else:
                versions = Versions.of(self.front_of(section))
                layout, begun = versions.layout(section), versions.number
                if begun != posted_number(asked.get("number", "")):
                    raise ValidationError("Somebody else changed this front meanwhile. Load its board again to see it.")
            form, title = _form_of(layout, asked.get("of", ""), request)
        except ValidationError as error:
            return self._refused(request, section, " ".join(error.messages))
        if request.method == "POST" and form.is_valid():
            changed, focus = _with_form(layout, asked.get("of", ""), form)
            return self._save(request, section, changed, begun, "The draft is saved.", focus)
        context = self.front_context(
            request,
            section,
            title,
            form=form,
            media=form.media,
            of=asked.get("of", ""),
            begun=begun,
            layout=json.dumps(layout.written()),
            pictures=json.dumps(picture_urls(self.admin_site.get_model_admin(Image).has_add_permission(request))),
        )
        status = 400 if form.errors else 200
        if _wants_json(request):
            html = render_to_string("admin/articles/front/edit_form.html", context, request=request)
            return JsonResponse({"form": html, "title": title}, status=200)
        return render(request, "admin/articles/front/edit.html", context, status=status)

    # --- saving and answering ---------------------------------------------------------------------------------------

    def _save(
        self, request: HttpRequest, section: Section | None, layout: Layout, begun: int, said: str, focus: str
    ) -> HttpResponse:
        try:
            save_draft(Front.objects.of(section), layout, by=request.user, number=begun)
        except Clash as clash:
            return self._clash(request, section, layout, clash)
        return self._done(request, section, said, focus)

    def _done(self, request: HttpRequest, section: Section | None, said: str, focus: str = "") -> HttpResponse:
        if not _wants_json(request):
            messages.success(request, said)
            place = focus.partition("|")[0]
            return HttpResponseRedirect(board_address(section) + (f"#box-{place}" if place else ""))
        return JsonResponse({"html": self._board_html(request, section), "said": said, "focus": focus})

    def _board_html(self, request: HttpRequest, section: Section | None) -> str:
        versions = Versions.of(self.front_of(section))
        board = board_of(versions.layout(section), versions.number, section, request.user)
        context = self._board_context(request, section, board=board, versions=versions)
        return render_to_string("admin/articles/front/board.html", context, request=request)

    def _board_context(self, request: HttpRequest, section: Section | None, **more: Any) -> dict[str, Any]:
        title = f"Front: {section.name if section else 'Home'}"
        return self.front_context(
            request, section, title, shapes=list(Shape), search=reverse("admin:articles_article_links"), **more
        )

    def _refused(self, request: HttpRequest, section: Section | None, sentence: str) -> HttpResponse:
        if _wants_json(request):
            return JsonResponse({"errors": {"__all__": [sentence]}}, status=400)
        context = self.front_context(request, section, "That could not be done", sentence=sentence)
        return render(request, "admin/articles/front/refused.html", context, status=400)

    def _clash(self, request: HttpRequest, section: Section | None, mine: Layout, clash: Clash) -> HttpResponse:
        """Both layouts, and the choice. Nothing is written until it is made, and then both are kept."""
        theirs = laid(clash.now, section)
        facts = facts_of([mine, theirs], request.user)
        context = self.front_context(
            request,
            section,
            "Somebody else changed this front",
            theirs=clash.now,
            their_number=clash.now.number if clash.now else 0,
            mine=json.dumps(mine.written()),
            changes=differences(
                theirs, mine, lambda slot: slot.headline or facts.of(slot).headline or f"Article {slot.article}"
            ),
        )
        if _wants_json(request):
            html = render_to_string("admin/articles/front/clash_choice.html", context, request=request)
            return JsonResponse({"clash": html, "title": context["title"]}, status=409)
        return render(request, "admin/articles/front/clash.html", context, status=409)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _posted(data: Any) -> tuple[Layout, int]:
    """The layout that the page had, and the number of the state that it was. Raises ValidationError."""
    try:
        layout = json.loads(data.get("layout", ""))
    except (ValueError, RecursionError):
        raise ValidationError("This page is not whole. Load it again.") from None
    return Layout.read(layout), posted_number(data.get("number", ""))


def _entered(data: Any, layout: Layout) -> str:
    """Enter in a field presses no button: then the field that isn't empty says what is meant."""
    return next((f"pick|{one.name}" for one in layout.containers if data.get(f"article-{one.name}", "").strip()), "")


def _article(data: Any, act: str, user: Any) -> int | None:
    """The one that is chosen, by its number or its address on our site. Raises ValidationError for what can't be found."""
    container = act.split("|")[1]
    text = (data.get("article") or data.get(f"article-{container}", "")).strip()
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else article_at(text[:2000])
    every: Any = Article.objects.order_by()
    if not number or not visible_to(user, every.filter(pk=number)).exists():
        raise ValidationError("There is no such article, or it is not yours to see.")
    return int(number)


def _form_of(layout: Layout, of: str, request: HttpRequest) -> tuple[Any, str]:
    data = request.POST if request.method == "POST" else None
    if "|" not in of:
        container: Container = layout.container(of)
        return ContainerForm(data, container=container, prefix="f"), f"Container “{container.label or container.name}”"
    slot = slot_at(layout, *place_of(of))
    own = facts_of([layout], request.user).of(slot).headline
    name = own or f"Article {slot.article}"
    return SlotForm(data, slot=slot, own_headline=own, prefix="f"), f"How “{name}” is said here"


def _with_form(layout: Layout, of: str, form: Any) -> tuple[Layout, str]:
    if "|" in of:
        return with_slot(layout, *place_of(of), form.made()), of
    made = form.made()
    changes = {name: getattr(made, name) for name in ("label", "shape", "tone", "how_many", "backfill")}
    return layout.with_container(of, **changes), of
