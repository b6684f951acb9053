"""The preview: the working copy, as it was last saved, on the readers' own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models import Article, PublishedArticle
from articles.pages.article import ArticlePage


def show(request: HttpRequest, article: Article, back: str) -> HttpResponse:
    """Exactly what would be published, tags and bylines included. For no cache and no search engine."""
    published = PublishedArticle(
        article_id=article.pk,
        version=article.version,
        live_from=timezone.now(),
        published_at=article._annotated("first_published_at") or timezone.now(),
        **article.content(),
    )
    page = ArticlePage(
        published,
        bylines=list(article.bylines.select_related("author__portrait")),
        tags=list(article.tags.all()),
        corrections=list(article.corrections.all()),
    )
    response = render(request, "articles/article.html", {**page.context(), "preview": back})
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
