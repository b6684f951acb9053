"""Where search engines ask: the index, its files, the news, robots.txt."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.published import HOME_KEY, PublishedArticleQuerySet, next_boundary
from newsroom.models import SiteIdentity
from newsroom.responses import for_all_readers

from ..metadata import absolute
from .kinds import KINDS, own_articles
from .writing import News, Place, urlset
from .writing import index as sitemap_index

# What Google News takes: younger than two days, a thousand at most.
NEWS_LASTS, MOST_NEWS = timedelta(hours=48), 1000
# For readers with a link, people with a login, and programs of either; of search results there is no end.
NOT_FOR_ROBOTS = ("/preview/", "/calendar/", "/search/")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A look-up for each file that there is, and nine more: 100,000 articles are ten files."""
    addresses = [
        reverse("sitemap-file", args=[kind.name, number]) for kind in KINDS.values() for number in kind.files()
    ]
    if _news().exists():
        addresses.append(reverse("sitemap-news"))
    return _answer(request, sitemap_index(absolute(one) for one in addresses))


@require_safe
def file(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Two queries for each thousand articles; one for each other kind. Not found when nothing is in it."""
    places = KINDS[kind].in_file(int(number)) if kind in KINDS else iter(())
    first = next(places, None)
    if first is None:
        raise Http404("There is no such sitemap.")
    return _answer(request, urlset(_and_then(first, places)))


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """One query. Empty when two days brought nothing, as Google News wants it."""
    site = SiteIdentity.current().name
    places = (
        Place(
            absolute(article.get_absolute_url()),
            article.updated_at or article.published_at,
            news=News(site, _language(article.language), article.published_at, article.headline),
        )
        for article in _news()[:MOST_NEWS]
    )
    return _answer(request, urlset(places))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """No query."""
    hidden = [reverse("admin:index"), *NOT_FOR_ROBOTS]
    lines = ["User-agent: *", *(f"Disallow: {one}" for one in hidden), ""]
    lines += [f"Sitemap: {absolute(reverse(name))}" for name in ("sitemap", "sitemap-news")]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    return for_all_readers(request, response, keys=(), until=None)


def _news() -> PublishedArticleQuerySet:
    since = timezone.now() - NEWS_LASTS
    rows = own_articles().filter(published_at__gt=since).newest_first().select_related("section")
    return rows.only("article_id", "headline", "slug", "language", "published_at", "updated_at", "section__slug")


def _language(language: str) -> str:
    """As Google News writes it: Chinese by its writing, all others without the country."""
    code = (language or settings.LANGUAGE_CODE).lower().replace("_", "-")
    if code.startswith("zh"):
        return "zh-tw" if any(part in code for part in ("tw", "hant", "hk")) else "zh-cn"
    return code.partition("-")[0]


def _and_then(first: Place, others: Iterator[Place]) -> Iterator[Place]:
    yield first
    yield from others


def _answer(request: HttpRequest, parts: Iterable[str]) -> HttpResponse:
    """Whole, as its ETag is made of its bytes: a file's few megabytes at the most."""
    response = HttpResponse("".join(parts), content_type="application/xml; charset=utf-8")
    return for_all_readers(request, response, keys={HOME_KEY, "navigation", "standing-pages"}, until=next_boundary())
