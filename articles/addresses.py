"""Teaches the site where readers find an article, a section and a tag (see newsroom/addresses.py)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import timezone

from articles.models.article import Article
from articles.models.published import PublishedArticle
from articles.models.section import Section
from articles.models.standing import StandingPage
from articles.models.tags.company import borne
from articles.models.tags.order.resolving import tags_today
from articles.models.tags.tagging import Tag
from articles.models.takedowns import notice_of
from authors.models import Author
from newsroom.addresses import register, register_hidden, register_notice, register_resting
from newsroom.models.addressable import FEEDS


def article(number: int) -> str | None:
    """Asked twice before it is given up: whoever publishes twice between a reader's look at the clock and his query has
    taken away the version of that instant.
    """
    for _ in range(2):
        found = PublishedArticle.objects.live().filter(article_id=number).select_related("section").first()
        if found is not None:
            return found.get_absolute_url()
    return None


def section(number: int) -> str | None:
    found = Section.objects.filter(pk=number).first()
    return found.get_absolute_url() if found else None


def standing_page(number: int) -> str | None:
    """None while readers are not to see it."""
    found = StandingPage.objects.filter(pk=number, is_public=True).first()
    return found.get_absolute_url() if found else None


def standing_page_is_resting(number: int) -> bool:
    return StandingPage.objects.filter(pk=number).exists()


def tag(number: int) -> str | None:
    """Of what it was merged into, if it was. None while no live article bears it: its very name may be an embargoed
    article's secret; and while readers are not to see it.
    """
    found = next(iter(tags_today([number])), None)
    if found is None or not found.is_public:
        return None
    if not PublishedArticle.objects.live().filter(tagged_items__tag=found).exists():
        return None
    return found.get_absolute_url()


def tag_is_resting(number: int) -> bool:
    """Hidden, or on nothing that readers see: tags come and go by themselves. Not what was retired or deleted."""
    found = next(iter(tags_today([number])), None)
    return found is not None and found.retired_at is None


def author(number: int) -> str | None:
    """None while nothing of theirs is live, for the same reason."""
    if not PublishedArticle.objects.live().filter(bylines__author_id=number).exists():
        return None
    return Author.objects.get(pk=number).get_absolute_url()


def is_hidden(path: str) -> bool:
    """Of an article that is there, but that readers never saw under this slug; of a tag or an author that is there without
    a live article, or of a tag or a page that readers are not to see. Three queries at most.
    """
    try:
        match = resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        return False
    slug, live = match.kwargs.get("slug"), PublishedArticle.objects.live()
    if match.url_name == "article":
        versions = PublishedArticle.objects.filter(slug=slug)
        if versions.filter(live_from__lte=timezone.now()).exists():
            return False
        return versions.exists() or Article.objects.filter(slug=slug).exists()
    page, _, _feed = (match.url_name or "").partition("-feed")  # what is so of a page is so of its feeds
    if page in {"tag", "tags"}:
        named = set(match.kwargs.get("slugs") or [slug])
        known = set(Tag.objects.filter(slug__in=named).values_list("slug", flat=True))
        return bool(known - set(borne().filter(slug__in=known).values_list("slug", flat=True)))
    if page == "section":
        return StandingPage.objects.filter(slug=slug, is_public=False).exists()
    if page == "author":
        return Author.objects.filter(slug=slug).exists() and not live.filter(bylines__author__slug=slug).exists()
    return False


def _below(find: Callable[[int], str | None], tail: str) -> Callable[[int], str | None]:
    """The feed of a thing: where its page is, and a step further."""

    def found(number: int) -> str | None:
        page = find(number)
        return page and f"{page}{tail}"

    return found


def register_all() -> None:
    register("article", article)
    register("standingpage", standing_page)
    register_resting("standingpage", standing_page_is_resting)
    register_resting("tag", tag_is_resting)
    for kind, find in (("section", section), ("tag", tag), ("author", author)):
        register(kind, find)
        for form, tail in FEEDS.items():
            register(f"{kind}-{form}", _below(find, tail))
    for form in FEEDS:
        register_resting(f"tag-{form}", tag_is_resting)
    register_notice("article", notice_of)
    register_hidden(is_hidden)
