"""Tells the picture library which pictures are portraits (see images/uses.py)."""

from django.db.models import QuerySet
from django.urls import reverse

from authors.models import Author
from images import uses


def _authors() -> QuerySet[Author]:
    return Author.objects.defer("biography", "links")


def _desk(author: Author) -> str:
    return reverse("admin:authors_author_change", args=[author.pk])


def register_all() -> None:
    uses.register("portrait", _authors, "portrait", label=str, url=_desk, permission="authors.view_author")
