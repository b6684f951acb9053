"""Notes beside an article: a thread in the form, written to without leaving it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Note
from articles.models.notes import may_be_mentioned, note_down

from .saving.desk_scripts import desk_media
from .saving.people import name_of
from .view import ArticleDesk

SHOWN = 200  # the newest


class Noting(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/notes/", view(require_POST(self.note_view)), name="articles_article_note"),
            path(
                "<int:pk>/notes/<int:number>/",
                view(require_POST(self.resolve_view)),
                name="articles_article_note_resolve",
            ),
            path("<int:pk>/people/", view(require_safe(self.people_view)), name="articles_article_people"),
            *super().get_urls(),
        ]

    def note_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST text. Whoever may see an article may note. The thread anew for the page's script, else the form."""
        article = self.article_or_404(request, pk)
        try:
            note_down(article, request.POST.get("text", ""), by=request.user)
        except ValidationError as error:
            return self._refused(request, article, error.message_dict)
        return self._thread(request, article)

    def resolve_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """POST act=resolve, reopen, or delete, which is for who wrote it."""
        article = self.article_or_404(request, pk)
        note = article.notes.filter(pk=number).first()
        if note is None and _is_script(request):
            return JsonResponse({"errors": {"note": ["It is gone: who wrote it has deleted it."]}}, status=404)
        if note is None:
            raise Http404("This article has no such note.")
        act = request.POST.get("act")
        try:
            if act == "delete":
                note.take_back(by=request.user)
            else:
                note.resolve(by=request.user, is_resolved=act != "reopen")
        except ValidationError as error:
            return self._refused(request, article, {"note": error.messages})
        return self._thread(request, article)

    def people_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET ?q=ro: who can be mentioned, {"people": [{"username", "name"}]}."""
        article = self.article_or_404(request, pk)
        people = may_be_mentioned(article, request.user, request.GET.get("q", "")[:150].strip())
        return JsonResponse({"people": [{"username": one.username, "name": name_of(one)} for one in people]})

    def _thread(self, request: HttpRequest, article: Article) -> HttpResponse:
        if _is_script(request):
            thread = notes_of(article)
            html = render_to_string("admin/articles/article/notes_list.html", thread, request=request)
            return JsonResponse({"html": html, "open": thread["open_notes"]})
        return _to_the_notes(article)

    def _refused(self, request: HttpRequest, article: Article, errors: dict[str, list[str]]) -> HttpResponse:
        if _is_script(request):
            return JsonResponse({"errors": errors}, status=400)
        self.message_user(request, " ".join(sentence for said in errors.values() for sentence in said), messages.ERROR)
        return _to_the_notes(article)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        if article is not None:
            context |= notes_of(article)
            context["media"] += desk_media("notes")  # also where one may only look
            article.notifications.filter(to=request.user.pk, read_at=None).mark_read()
        return super().render_change_form(request, context, *args, **kwargs)


def notes_of(article: Article) -> dict[str, Any]:
    """One query."""
    newest = list(article.notes.select_related("by", "resolved_by").order_by("-at", "-pk")[:SHOWN])
    notes: list[Note] = newest[::-1]
    return {"original": article, "notes": notes, "open_notes": sum(note.resolved_at is None for note in notes)}


def _to_the_notes(article: Article) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('admin:articles_article_change', args=[article.pk])}#notes")


def _is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
