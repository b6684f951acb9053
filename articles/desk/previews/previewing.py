"""The preview: of what is saved, of what stands in the form, and for others by a link."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from articles.models import Article

from . import preview
from .share_panel import SharePanel
from .unsaved import page_of_form


class Previewing(SharePanel):
    def get_urls(self) -> list[URLPattern]:
        saved, new = (self.admin_site.admin_view(view) for view in (self.preview_view, self.preview_new_view))
        return [
            path("add/preview/", new, name="articles_article_preview_new"),
            path("<int:pk>/preview/", saved, name="articles_article_preview"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        if article is not None:
            context["open_share_links"] = article.share_links.open().count()
        return super().render_change_form(request, context, *args, **kwargs)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET: as it was last saved, for all who may look. POST: as it stands in the posted form, for who may write."""
        if request.method == "POST":
            return self._unsaved(request, self.article_or_404(request, pk, to="change"))
        page = preview.page_of_working_copy(self.article_or_404(request, pk))
        return preview.answer(request, page, {"back": reverse("admin:articles_article_change", args=[pk])})

    def preview_new_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        return self._unsaved(request, None)

    def _unsaved(self, request: HttpRequest, article: Article | None) -> HttpResponse:
        page, missing = page_of_form(self, request, article)
        return preview.answer(request, page, {"unsaved": True, "missing": missing}, framed=True)
