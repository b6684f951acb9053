"""The preview: what is not published yet, on the readers' own page. For no cache and no search engine."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models import Article, Correction, PublishedArticle, PublishedByline, Revision, Section, Tag
from articles.models.bylines import BylineBase
from articles.models.corrections import CorrectionBase
from articles.models.related import Choices
from articles.models.tags.order.resolving import tags_today
from articles.pages.article import ArticlePage
from articles.pages.head import head_of_preview
from authors.models import Author
from images.models import Image
from newsroom import csp


def page_of_working_copy(article: Article) -> ArticlePage:
    """As it was last saved. Four queries, and those of the page."""
    return page_of(
        article,
        article.content(),
        bylines=list(article.bylines.select_related("author__portrait")),
        tags=list(article.tags.all()),
        corrections=list(article.corrections.all()),
    )


def page_of_revision(revision: Revision) -> ArticlePage:
    """As it was then. Tags, authors and pictures that have been deleted since are left out."""
    data = revision.data
    known = {field.attname for field in Article.content_fields()}
    content = {name: value for name, value in data.get("content", {}).items() if name in known}
    for name, model in (("section_id", Section), ("lead_image_id", Image)):
        if not model._default_manager.filter(pk=content.get(name) or 0).exists():
            content[name] = None
    numbers = [tag["id"] for tag in data.get("tags", [])]
    rows = sorted(data.get("bylines", []), key=lambda row: row["position"])
    authors = Author.objects.select_related("portrait").in_bulk([row["author_id"] for row in rows])
    moment = Correction._meta.get_field("noted_at")
    corrections = [
        Correction(
            kind=row["kind"],
            text=row["text"],
            noted_at=moment.to_python(row["noted_at"]),
            place=row.get("place", Correction.Place.BOTTOM),
        )
        for row in data.get("corrections", [])
    ]
    return page_of(
        revision.article,
        content,
        bylines=[
            PublishedByline(author=authors[row["author_id"]], role=row["role"])
            for row in rows
            if row["author_id"] in authors
        ],
        tags=tags_today(numbers),
        corrections=sorted(corrections, key=lambda correction: correction.noted_at),
    )


def page_of(
    article: Article,
    content: dict[str, Any],
    *,
    bylines: Sequence[BylineBase],
    tags: Sequence[Tag],
    corrections: Sequence[CorrectionBase],
    choices: Choices | None = None,
) -> ArticlePage:
    """Exactly what publishing this content now would show; with these related articles chosen, else with the saved ones.
    Nothing is written.
    """
    now = timezone.now()
    first_seen = article._annotated("first_published_at") if article.pk else None
    published = PublishedArticle(
        article_id=article.pk or 0,  # of no article, as long as it has none
        version=article.version,
        live_from=now,
        published_at=first_seen or now,
        updated_at=now if first_seen else None,
        **content,
    )
    published.tidy()
    return ArticlePage(published, bylines=bylines, tags=tags, corrections=corrections, choices=choices)


def answer(request: HttpRequest, page: ArticlePage, bar: dict[str, Any], *, framed: bool = False) -> HttpResponse:
    """`bar` is what the strip above the page says (preview_bar.html); `framed` lets the desk show it in a frame."""
    context = {**page.context(), "head": head_of_preview(page.article), "preview": bar}
    response = render(request, "articles/article.html", context)
    sources = {"frame_src": sorted(page.frame_hosts)} if page.frame_hosts else {}
    if framed:
        response["X-Frame-Options"] = "SAMEORIGIN"
        sources["frame_ancestors"] = ["'self'"]
    csp.allow(response, **sources)
    return for_nobody_else(response)


def for_nobody_else(response: HttpResponse, referrer: str = "same-origin") -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = referrer
    return response
