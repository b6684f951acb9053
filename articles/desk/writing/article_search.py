"""Finding an article to link to or to show as a card: by words, by numbers, by an address of ours."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET

from articles.models import Article, PublishedArticle
from articles.models.status import Status

from ..listing import list_time
from ..view import ArticleDesk
from .own_addresses import article_at

MOST_FOUND = 12
MOST_NUMBERS = 100  # of the articles that one text names; the editor asks again for more
_MOST_WORDS, _LONGEST_WORD = 8, 60


class ArticleSearch(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        mine = path("links/", self.admin_site.admin_view(self.links_view), name="articles_article_links")
        return [mine, *super().get_urls()]

    def links_view(self, request: HttpRequest) -> Any:
        """?q=words | ?ids=1,2 | ?url=address → {"results": [{id, headline, url, status, …}]}, newest first.

        At most three queries for words and numbers, nine for an address.
        """
        return require_GET(self._links)(request)

    def _links(self, request: HttpRequest) -> JsonResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        ask = request.GET
        if "ids" in ask:
            numbers = [int(one) for one in ask["ids"].split(",")[:MOST_NUMBERS] if one.isdecimal() and len(one) < 19]
        elif "url" in ask:
            numbers = [number for number in [article_at(ask["url"][:2000])] if number]
        else:
            numbers = self._found(request, ask.get("q", ""))
        return JsonResponse({"results": self._told(request, numbers)})

    def _rows(self, request: HttpRequest) -> QuerySet[Article]:
        """Those that this person's list has, without what only the list shows."""
        return self.get_queryset(request).prefetch_related(None).order_by()

    def _found(self, request: HttpRequest, text: str) -> list[int]:
        """The numbers first and alone: so the database sorts no texts, and asks the status of none that it won't show."""
        rows = self._rows(request)
        for word in text.split()[:_MOST_WORDS]:
            rows = rows.filter(_has_word(word[:_LONGEST_WORD]))
        out = PublishedArticle.objects.filter(article=OuterRef("pk")).order_by("-live_from").values("published_at")[:1]
        newest = rows.annotate(newest=Coalesce(Subquery(out), "updated_at")).order_by("-newest", "-pk")
        return list(newest.values_list("pk", flat=True)[:MOST_FOUND])

    def _told(self, request: HttpRequest, numbers: list[int]) -> list[dict[str, Any]]:
        """In the order of the numbers; left out what is gone or not this person's to see."""
        rows = {article.pk: article for article in self._rows(request).filter(pk__in=numbers)} if numbers else {}
        seen = (rows[number] for number in numbers if number in rows)
        return [as_result(article) for article in seen if self.has_view_permission(request, article)]


def _has_word(word: str) -> Q:
    """In headline, slug or standfirst, whatever its case: SQLite folds only A to Z by itself."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    wanted = Q()
    for spelling in spellings:
        for field in ("headline", "slug", "standfirst"):
            wanted |= Q(**{f"{field}__icontains": spelling})
    return wanted


def as_result(article: Any) -> dict[str, Any]:
    """What the editor shows of an article from `with_status()`. No query."""
    status = article.status
    return {
        "id": article.pk,
        "headline": article.headline,
        "url": article.get_absolute_url() if article.section else "",
        "status": status,
        "status_label": status.label,
        "live": status in {Status.PUBLISHED, Status.CHANGED},
        "date": list_time(article.first_published_at or article.planned_from or article.updated_at),
        "thumbnail": article.lead_image.thumbnail_url if article.lead_image else "",
        "edit_url": reverse("admin:articles_article_change", args=[article.pk]),
    }
