"""The preview beside the form and the share links."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from . import preview
from .view import ArticleDesk


class Previewing(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        look = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/preview/", look, name="articles_article_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.article_or_404(request, pk)
        return preview.show(request, article, back=reverse("admin:articles_article_change", args=[pk]))
