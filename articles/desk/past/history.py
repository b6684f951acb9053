"""The article's past at the desk: list, look, compare, restore."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from articles.models.restoring import what_is_missing
from articles.models.snapshots import Snapshot

from ..view import ArticleDesk
from . import looking
from .comparing import Comparison
from .states import NOW, READERS, history_page, in_order, revision_or_404, side

_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class History(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/history/compare/", guard(self.compare_view), name="articles_article_compare"),
            path("<int:pk>/history/<int:number>/", guard(self.look_view), name="articles_article_revision"),
            path("<int:pk>/history/<int:number>/restore/", guard(self.restore_view), name="articles_article_restore"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.article_or_404(request, _number(unquote(object_id)))
        published_only = request.GET.get("only") == "published"
        before = request.GET.get("before", "")
        page = history_page(article, before=_number(before) if before else None, published_only=published_only)
        context = {"history": page, "published_only": published_only, "before": before} | (extra_context or {})
        return self._render(request, "history", article, f"History of “{article}”", context)

    @method_decorator(require_safe)
    def look_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = self.article_or_404(request, pk)
        revision = revision_or_404(article, number)
        try:
            kept = Snapshot.read(revision.data)
        except ValidationError as error:
            return self._back(request, article, error)
        back = reverse("admin:articles_article_history", args=[pk])
        return looking.show(request, article, kept, bar={"number": number, "kept_at": revision.at, "back": back})

    @method_decorator(require_safe)
    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.article_or_404(request, pk)
        old, new = in_order(request.GET.get("old", ""), request.GET.get("new", NOW))
        if not old or old == new:
            self.message_user(request, "Choose two different versions to compare.", messages.WARNING)
            return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))
        try:
            before, after = side(article, old), side(article, new)
        except ValidationError as error:
            return self._back(request, article, error)
        context = {
            "before": before,
            "after": after,
            "sides": [before, after],
            "comparison": Comparison(before.snapshot, after.snapshot, reader=request.user),
            "is_live": article._annotated("live_version") is not None,
        }
        return self._render(request, "compare", article, f"{before.name} and {after.name}", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """The question, with what will change; posted, the answer. Only a POST changes anything."""
        article = self.article_or_404(request, pk, to="change")
        revision = revision_or_404(article, number)
        try:
            if request.method != "POST":
                return self._ask(request, article, number)
            version = request.POST.get("version", "")
            opened_version = int(version) if _NUMBER.fullmatch(version) else -1  # never opened: to be told, too
            return self._restored(
                request, article, number, article.restore(revision, by=request.user, opened_version=opened_version)
            )
        except ValidationError as error:
            if error.code != "stale":
                return self._back(request, article, error)
            told = _who_was_faster(article)
        except IntegrityError:
            # Between the check and the save another article took the address.
            told = "Somebody saved at the same moment; nothing was restored. Try again."
        self.message_user(request, told, messages.ERROR)
        return HttpResponseRedirect(reverse("admin:articles_article_restore", args=[pk, number]))

    def _ask(self, request: HttpRequest, article: Article, number: int) -> HttpResponse:
        before, after = side(article, NOW), side(article, str(number))
        opened = request.GET.get("version", "")
        context = {
            "revision": after.revision,
            "before": before,
            "after": after,
            "comparison": Comparison(before.snapshot, after.snapshot, reader=request.user),
            "left_out": what_is_missing(article, after.snapshot, by=request.user),
            "was_faster": _who_was_faster(article) if opened and opened != str(article.version) else "",
        }
        return self._render(request, "restore", article, f"Restore version {number}?", context)

    def _restored(self, request: HttpRequest, article: Article, number: int, restored: Any) -> HttpResponse:
        if restored.revision is None:
            self.message_user(request, f"The working copy is like version {number} already.", messages.INFO)
        else:
            self.log_change(request, article, f"Restored version {number}.")
            told = f"Version {number} is the working copy again. Readers see it once you publish."
            self.message_user(request, told, messages.SUCCESS)
        for sentence in restored.left_out:
            self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _back(self, request: HttpRequest, article: Article, error: ValidationError) -> HttpResponse:
        self.message_user(request, " ".join(error.messages), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article.pk]))

    def _render(
        self, request: HttpRequest, template: str, article: Article, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "title": title,
            "may_restore": self.has_change_permission(request, article),
            "READERS": READERS,
            "NOW": NOW,
        }
        response = render(request, f"admin/articles/article/{template}.html", common | context)
        response["Cache-Control"] = "private, no-store"
        return response


def _number(text: str) -> int:
    """A number from an address or a form. Raises Http404 for anything else: nobody is led there."""
    if not _NUMBER.fullmatch(text):
        raise Http404("There is no such thing.")
    return int(text)


def _who_was_faster(article: Article) -> str:
    last = article.revisions.select_related("by").first()
    who = last.by.get_username() if last and last.by else "Somebody"
    return (
        f"{who} changed this article after you had opened its history, and nothing is restored yet. "
        "Look at what is different now, and restore again if you still want to."
    )
