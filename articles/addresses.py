"""Teaches the site where readers find an article, a section and a tag (see newsroom/addresses.py)."""

from articles.models.published import PublishedArticle
from articles.models.section import Section
from articles.models.tagging import Tag
from newsroom.addresses import register


def article(number: int) -> str | None:
    found = PublishedArticle.objects.live().filter(article_id=number).select_related("section").first()
    return found.get_absolute_url() if found else None


def section(number: int) -> str | None:
    found = Section.objects.filter(pk=number).first()
    return found.get_absolute_url() if found else None


def tag(number: int) -> str | None:
    found = Tag.objects.filter(pk=number).first()
    return found.get_absolute_url() if found else None


def register_all() -> None:
    register("article", article)
    register("section", section)
    register("tag", tag)
