"""A kept state on the readers' own page: what it would look like, with today's pictures, names and addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models import Article, Byline, Correction, PublishedArticle, Section, Tag
from articles.models.snapshots import Snapshot
from articles.models.tags.order.resolving import tags_today
from articles.pages.article import ArticlePage
from authors.models import Author
from images.models import Image


def show(request: HttpRequest, article: Article, kept: Snapshot, *, bar: dict[str, Any]) -> HttpResponse:
    """`bar` is what the bar above it says: number, kept_at, back. Not saved anywhere; what the library no longer has is left out. For no cache and no search engine."""
    content = dict(kept.content)
    for name, rows in (("lead_image_id", Image.objects.all()), ("section_id", Section.objects.all())):
        if content.get(name) and not rows.filter(pk=content[name]).exists():
            content[name] = None
    published = PublishedArticle(
        article_id=article.pk,
        live_from=timezone.now(),
        published_at=article._annotated("first_published_at") or timezone.now(),
        **content,
    )
    published.tidy()  # kept long ago, or by another hand: through the same door as everything
    page = ArticlePage(published, bylines=_bylines(kept), tags=_tags(kept), corrections=_corrections(kept))
    response = render(
        request,
        "articles/article.html",
        {**page.context(), **bar, "preview": True, "preview_bar": "admin/articles/article/look_bar.html"},
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _bylines(kept: Snapshot) -> list[Byline]:
    authors = Author.objects.select_related("portrait").in_bulk({one.author_id for one in kept.bylines})
    rows = sorted(kept.bylines, key=lambda one: one.position)
    return [Byline(author=authors[one.author_id], role=one.role) for one in rows if one.author_id in authors]


def _tags(kept: Snapshot) -> list[Tag]:
    return tags_today(kept.tags)


def _corrections(kept: Snapshot) -> list[Correction]:
    return [
        Correction(kind=one.kind, text=one.text, noted_at=one.noted_at, place=one.place) for one in kept.corrections
    ]
