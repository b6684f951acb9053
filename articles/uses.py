"""Tells the picture library which pictures articles lead with (see images/uses.py)."""

from django.db.models import QuerySet
from django.urls import reverse

from articles.models import Article, PublishedArticle
from images import uses


def _working_copies() -> QuerySet[Article]:
    return Article.objects.only("headline", "lead_image")


def _published() -> QuerySet[PublishedArticle]:
    """The last that ended included: the database keeps its picture from being deleted, too."""
    return PublishedArticle.objects.only("headline", "lead_image", "article")


def _desk(number: int) -> str:
    return reverse("admin:articles_article_change", args=[number])


def register_all() -> None:
    may = "articles.view_article"
    uses.register(
        "lead picture", _working_copies, "lead_image", label=_name, url=lambda row: _desk(row.pk), permission=may
    )
    uses.register(
        "lead picture, as published,",
        _published,
        "lead_image",
        label=_name,
        url=lambda row: _desk(row.article_id),
        permission=may,
    )


def _name(row: Article | PublishedArticle) -> str:
    return row.headline or "an article without a headline"
