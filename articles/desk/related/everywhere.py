"""Muting an article everywhere: it is suggested beside no other, until somebody takes that back."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from articles.models import RelatedChoice
from articles.models.permits import require
from articles.models.related.choosing import mute_everywhere
from articles.roles import Act

from ..saving.people import clock, name_of
from ..view import ArticleDesk


class MutingEverywhere(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        mine = self.admin_site.admin_view(self.mute_everywhere_view)
        return [
            path("<int:pk>/mute-everywhere/", mine, name="articles_article_mute_everywhere"),
            *super().get_urls(),
        ]

    def mute_everywhere_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks. POST act=mute or act=again: {"said": "…"} for the page's script, else back to the article."""
        article = self.article_or_404(request, pk)
        require(request.user, Act.APPROVE, article)
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": "Suggested beside no article",
                "original": article,
                "opts": self.opts,
                "muted": RelatedChoice.objects.filter(source=None, target=article).select_related("by").first(),
            }
            return render(request, "admin/articles/article/related_everywhere.html", context)
        act = request.POST.get("act")
        if act not in {"mute", "again"}:
            return JsonResponse({"errors": {"act": ["Say act=mute, or act=again."]}}, status=400)
        mute_everywhere(article, by=request.user, is_muted=act == "mute")
        name = f"“{article.headline}”"
        said = f"{name} is suggested nowhere now." if act == "mute" else f"{name} may be suggested again."
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"said": said})
        self.message_user(request, said)
        return HttpResponseRedirect(f"{reverse('admin:articles_article_change', args=[pk])}#related")

    def muted_everywhere_told(self, article: Any) -> str:
        """“Rosa muted it everywhere on 3 Nov, 14:31”, for the article's own form. One query."""
        row = RelatedChoice.objects.filter(source=None, target=article).select_related("by").first()
        return (
            f"{name_of(row.by)} muted this article everywhere ({clock(row.at)}): it is suggested beside none."
            if row
            else ""
        )
