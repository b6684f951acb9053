"""Autosave and recovery: what was typed and not saved, kept for each person and form.

The browser's part is in static/articles/desk/. An autosave is never an article: no revision, no log, no page shows it,
and nobody but who typed it can read it. Saving the form, by whichever button, ends it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, Autosave

from . import once, snapshots
from .desk_scripts import desk_media
from .form_merge import FormMerge
from .once import CLOSED
from .people import ago, clock, newer_than
from .posted import number
from .stale import StaleSaves

MOST_DRAFTS = 20
SET_ASIDE = "-old"  # ends the name of what was offered for restoring while its person wrote on without answering


class Autosaving(StaleSaves):
    def get_urls(self) -> list[URLPattern]:
        view: Callable[..., Any] = self.admin_site.admin_view
        return [
            path("autosave/", view(self.unfinished_view), name="articles_article_unfinished"),
            path("autosave/<str:form>/", view(self.autosave_view), name="articles_article_autosave"),
            *super().get_urls(),
        ]

    # --- the endpoints ----------------------------------------------------------------------------------------------

    def unfinished_view(self, request: HttpRequest) -> HttpResponse:
        """This person's new articles that were never saved. One query."""
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        mine = Autosave.objects.filter(by=request.user, article=None).exclude(data=CLOSED)[:MOST_DRAFTS]
        return _answer({"drafts": [_draft(one) for one in mine]})

    def autosave_view(self, request: HttpRequest, form: str) -> HttpResponse:
        if not snapshots.FORM_NAME.fullmatch(form):
            raise Http404("No form has such a name.")
        article = self._article_of(request, form)
        if request.method == "POST":
            return self._keep(request, form, article)
        mine = Autosave.objects.filter(by=request.user).exclude(data=CLOSED)
        if request.method == "GET":
            rows = mine.filter(form__in=[form, f"{form}{SET_ASIDE}"])
            return _answer({"offers": [self._offer(request, row, article) for row in rows]})
        if request.method == "DELETE":
            mine.filter(form=form).delete()
            return _answer({})
        return HttpResponseNotAllowed(["GET", "POST", "DELETE"])

    def _article_of(self, request: HttpRequest, form: str) -> Article | None:
        """The article whose form this is, None for a new one. Raises PermissionDenied. One query at most.

        One that was deleted while it was open is a new one: what was typed must still be kept.
        """
        is_number = number(pk := form.removesuffix(SET_ASIDE)) > 0
        article = Article.objects.filter(pk=pk).first() if is_number else None
        allowed = self.has_change_permission(request, article) if article else self.has_add_permission(request)
        if not allowed and not (article is None and is_number and self.has_change_permission(request)):
            raise PermissionDenied
        return article

    def _keep(self, request: HttpRequest, form: str, article: Article | None) -> HttpResponse:
        """Three queries. Answers when it was kept."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > snapshots.MOST_BYTES:
            megabytes = snapshots.MOST_BYTES // 1024 // 1024
            return _refused(f"This is more than {megabytes} MB, too long to be kept here. Save it.", status=413)
        try:
            snapshot, about = snapshots.read(request.body)
        except snapshots.Unreadable as error:
            return _refused(str(error))
        if about.get("user") not in (None, request.user.pk):
            return _refused(f"You are logged in as {request.user} now; this was typed by somebody else.", status=409)
        row = Autosave.objects.filter(by=request.user, form=form).select_related("article").first()
        place = self._place_of(request, form, article, row, snapshot, _moment(about.get("kept_at")))
        if place is not None:
            opened = snapshots.first(snapshot, "opened_version")
            by: Any = request.user.pk
            kept = Autosave(
                by_id=by, article=place[1], form=place[0], data=snapshot, opened_version=number(opened[:9])
            )  # fmt: skip
            Autosave.objects.bulk_create(
                [kept], update_conflicts=True, unique_fields=["by", "form"],
                update_fields=["article", "data", "opened_version", "updated_at"],
            )  # fmt: skip
        now = timezone.now()
        is_gone = article is None and form.isdecimal()
        at = date_format(timezone.localtime(now), "H:i:s")
        return _answer({"at": at, "now": now.timestamp() * 1000, "is_gone": is_gone})

    def _place_of(
        self, request: HttpRequest, form: str, article: Article | None, row: Autosave | None,
        snapshot: snapshots.Snapshot, kept_at: datetime | None,
    ) -> tuple[str, Article | None] | None:  # fmt: skip
        """The name to keep it under, and the article. None when it is here already. One query at most.

        What was typed before the form was last saved or kept, in another window or on another machine, must neither
        replace that nor be lost: it is set aside, and offered if it holds anything that is not saved.
        """
        if row is not None and row.data == CLOSED and row.article is not None:
            return f"{row.article.pk}{SET_ASIDE}", row.article
        if kept_at is None or form.endswith(SET_ASIDE):
            return form, article
        is_older = row is not None and kept_at < row.updated_at
        if is_older and row is not None and row.data.get("fields") == snapshot["fields"]:
            return None
        mine = request.user.pk
        is_saved_since = article is not None and article.revisions.filter(by_id=mine, at__gt=kept_at).exists()
        return f"{form}{SET_ASIDE}" if is_older or is_saved_since else form, article

    def _offer(self, request: HttpRequest, row: Autosave, article: Article | None) -> dict[str, Any]:
        form_class, inlines = self.form_class_for(request, article), self.inlines_for(request, article)
        newer = newer_than(article, row.opened_version, request.user) if article else None
        return {
            **row.data,
            **_draft(row),
            "differences": snapshots.Differences(form_class, inlines, row.data, article).rows,
            "newer": newer,
        }

    # --- the form -----------------------------------------------------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("add") or self.has_change_permission(request, kwargs.get("obj")):
            context["media"] += desk_media("autosave")
            context["autosave_url"] = reverse("admin:articles_article_autosave", args=["FORM"])
            context["unfinished_url"] = reverse("admin:articles_article_unfinished") if kwargs.get("add") else ""
            context["now"] = timezone.now().isoformat()
            context["csrf_cookie"] = "" if settings.CSRF_USE_SESSIONS else settings.CSRF_COOKIE_NAME
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """A new article's form is posted once, however often the button was pressed."""
        name = request.POST.get("form_name", "")
        is_new = request.method == "POST" and object_id is None and self.has_add_permission(request)
        if not is_new or not snapshots.FORM_NAME.fullmatch(name):
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            article = once.made(once.claimed(request.user, name))
            if article is not None:
                return self._posted_again(request, article, extra_context)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _posted_again(self, request: HttpRequest, article: Article, extra_context: Any) -> HttpResponse:
        """The same once more: the answer once more. Something else: a change of the article, with all its care."""
        data = request.POST.copy()
        data["opened_version"], data["base"] = "0", ""
        data["slug"] = data.get("slug") or article.slug
        request.POST = data  # type: ignore[assignment]
        form_class, inlines = self.form_class_for(request, article), self.inlines_for(request, article)
        if FormMerge(form_class, inlines, data, article, 0).is_same:
            return self.response_add(request, article)
        url = reverse("admin:articles_article_change", args=[article.pk])
        return super().changeform_view(request, str(article.pk), url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._close(request, form.instance, form.cleaned_data.get("form_name") or "", change)

    def _close(self, request: HttpRequest, article: Article, form: str, change: bool) -> None:
        """It is saved: nothing of this form is left to recover. What was set aside of another one is."""
        mine = Autosave.objects.filter(by=request.user)
        mine.filter(form__in={str(article.pk), form} if change else {str(article.pk)}).exclude(data=CLOSED).delete()
        if not change and form:
            once.close(request.user, form, article)


def _draft(row: Autosave) -> dict[str, str]:
    headline = snapshots.first(row.data, "headline").strip()
    return {"form": row.form, "headline": headline, "at": clock(row.updated_at), "ago": ago(row.updated_at)}


def _moment(kept_at: Any) -> datetime | None:
    """When a browser kept a copy: milliseconds, by the server's clock as far as the browser knows it."""
    if not isinstance(kept_at, int | float) or not 0 < kept_at < 1e14:
        return None
    return datetime.fromtimestamp(kept_at / 1000, UTC)


def _answer(data: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _refused(sentence: str, status: int = 400) -> JsonResponse:
    return _answer({"errors": {"form": [sentence]}}, status)
