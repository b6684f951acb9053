"""BulkActs: the acts in the list's menu, and the page on which one is chosen for, looked at, confirmed and told.

    chosen in the list → (what for: section, tags, person, time) → what will happen to which → done, with what was refused

Each step is a POST and leads to the same address, which shows where the act stands; so it can be left and come back to.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from articles.models import BulkAct
from articles.models.bulk import MOST, RIGHTS
from articles.models.permits import may

from ..view import ArticleDesk
from ..writing.editor import allow_import_map
from . import showing
from .forms import AssignForm, Choosing, NoteForm, ScheduleForm, SectionForm
from .tags_form import TagsForm

# A request works for about so long; then the page comes back, says how far it is, and goes on.
SECONDS = 2.0
RUNNING = "bulk_act_begun"  # in the session: saves every list a query
Action = Callable[[Any, HttpRequest, Any], HttpResponse | None]
FORMS: dict[str, type[Choosing]] = {
    BulkAct.Kind.SECTION: SectionForm,
    BulkAct.Kind.TAGS: TagsForm,
    BulkAct.Kind.ASSIGN: AssignForm,
    BulkAct.Kind.SCHEDULE: ScheduleForm,
}


class BulkActs(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.bulk_view)
        return [path("bulk/<int:pk>/", page, name="articles_article_bulk"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Action, str, str]]:  # type: ignore[override]
        """Those that this person may do to some article. Deleting is none of them: that is done one by one."""
        if IS_POPUP_VAR in request.GET:
            return {}
        return {
            f"bulk_{kind}": (_action(kind), f"bulk_{kind}", f"{kind.label}…")
            for kind in BulkAct.Kind
            if may(request.user, RIGHTS[kind])
        }

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Says so when one of this person's was left in the middle. One query, for who began one since logging in."""
        if request.method == "GET" and request.session.get(RUNNING):
            left = BulkAct.objects.filter(by=request.user.pk, confirmed_at__isnull=False, finished_at=None).first()
            if left is None:
                del request.session[RUNNING]
            else:
                done, of = left.progress
                address = reverse("admin:articles_article_bulk", args=[left.pk])
                sentence = '“{}” stopped after {} of {} articles. <a href="{}">Go on</a>'
                told = format_html(sentence, left.get_kind_display(), done, of, address)
                messages.warning(request, told)
        response = super().changelist_view(request, extra_context)
        act: BulkAct | None = getattr(request, "bulk_act", None)
        if act is not None and act.is_going_on:
            act.go_on(seconds=SECONDS)  # here, because the list's action is one transaction
        return response

    def begin_bulk_act(self, request: HttpRequest, kind: str, queryset: Any) -> HttpResponse | None:
        """Of what was chosen, what is in the list that this person sees, in its order: other numbers are passed over."""
        numbers = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        if len(numbers) > MOST:
            told = f"At most {MOST} articles at once: choose fewer, or narrow the list with a filter. Nothing was done."
            self.message_user(request, told, messages.ERROR)
            return None
        across = request.POST.get("select_across") == "1"
        chosen = len(numbers) if across else len(set(request.POST.getlist(ACTION_CHECKBOX_NAME)))
        if not numbers:
            told = "None of what you chose is there any more, or it is not yours to see. Nothing was done."
            self.message_user(request, told, messages.ERROR)
            return None
        left_out = chosen - len(numbers)
        act = BulkAct.begin(kind, numbers, by=request.user, left_out=left_out, back=request.GET.urlencode())
        request.bulk_act = act  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("admin:articles_article_bulk", args=[act.pk]))

    # --- the page --------------------------------------------------------------------------------------------------

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def bulk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        act = BulkAct.objects.filter(pk=pk, by=request.user.pk).first()
        if act is None:
            raise Http404("There is no such act of yours.")
        if not may(request.user, act.right):
            raise PermissionDenied
        if act.confirmed_at and not act.finished_at:
            request.session[RUNNING] = True
        form = self._form(request, act)
        if request.method == "POST":
            if (answer := self._said(request, act, form)) is not None:
                return answer
            status = 400
        else:
            status = 200
        context = {
            **self.admin_site.each_context(request),
            **showing.context(act, request.user),
            "opts": self.opts,
            "media": self.media + (form.media if form else NoteForm().media),
            "form": form,
            "note_form": None if act.kind in NoteForm.EXCEPT else NoteForm(label_suffix=""),
            "back": _list(act),
        }
        response = render(request, "admin/articles/article/bulk.html", context, status=status)
        allow_import_map(response, context["media"])
        return response

    def _form(self, request: HttpRequest, act: BulkAct) -> Any:
        """What is to be chosen, while it is: not for an act that needs no choice, nor once that is made."""
        if act.kind not in FORMS or (act.chosen is not None and request.GET.get("choose") != "1") or act.confirmed_at:
            return None
        posted = request.POST if request.method == "POST" else None
        return FORMS[act.kind](posted, user=request.user, chosen=act.chosen)

    def _said(self, request: HttpRequest, act: BulkAct, form: Any) -> HttpResponse | None:
        """What the pressed button says, then as much work as fits into a request. None: the form has errors."""
        if form is not None:
            if not form.is_valid():
                return None
            act.choose(form.chosen())
        elif "_confirm" in request.POST and not act.confirmed_at:
            note = NoteForm(request.POST)
            request.session[RUNNING] = True
            act.confirm(note.cleaned_data["note"] if note.is_valid() else "")
        if act.is_going_on:
            act.go_on(seconds=SECONDS)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse(showing.as_json(act))
        return HttpResponseRedirect(reverse("admin:articles_article_bulk", args=[act.pk]))


def _action(kind: str) -> Action:
    def begin(desk: BulkActs, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return desk.begin_bulk_act(request, kind, queryset)

    return begin


def _list(act: BulkAct) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{act.back}".rstrip("?")
