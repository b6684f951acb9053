"""Videos that this newsroom has used before: recommended ones and those in the text of recent articles."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from articles.models import Article
from articles.richtext.embeds import PROVIDERS
from articles.richtext.references import embeds

from ..view import ArticleDesk

MOST_FOUND = 12
RECENT = 400  # articles that are looked through: their texts are read, so this bounds the time
VIDEOS = {provider.name for provider in PROVIDERS.values() if provider.verb == "Watch"}


class VideoSearch(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        mine = path("videos/", self.admin_site.admin_view(self.videos_view), name="articles_article_videos")
        return [mine, *super().get_urls()]

    def videos_view(self, request: HttpRequest) -> Any:
        """?q=words → {"results": [{url, title, headline}]}, those used last first, each once. Two queries; the texts
        of the newest articles are read only until enough is found."""
        return require_GET(self._videos)(request)

    def _videos(self, request: HttpRequest) -> JsonResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "")[:200].lower().split()[:8]
        results: dict[str, dict[str, str]] = {}
        for video in self._used(request):
            told = f"{video['title']} {video['url']} {video['headline']}".lower()
            if all(word in told for word in words):
                results.setdefault(video["url"], video)
            if len(results) == MOST_FOUND:
                break
        return JsonResponse({"results": list(results.values())})

    def _used(self, request: HttpRequest) -> Iterator[dict[str, str]]:
        mine = self.get_queryset(request).prefetch_related(None)
        # The numbers first: sorted with their texts, all texts of the site would be read.
        newest = list(mine.order_by("-updated_at", "-pk").values_list("pk", flat=True)[:RECENT])
        fields = ("headline", "recommended_videos", "body")
        rows = Article.objects.filter(pk__in=newest).order_by("-updated_at", "-pk").values_list(*fields)
        for headline, recommended, body in rows.iterator(chunk_size=50):
            for link in recommended:
                yield {"url": link["url"], "title": link["title"], "headline": headline}
            for embed in embeds(body):
                if embed.provider in VIDEOS and embed.url:
                    yield {"url": embed.url, "title": embed.caption or headline, "headline": headline}
