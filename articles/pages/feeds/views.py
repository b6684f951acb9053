"""The feeds of the site, of a section and of an author. Those of tags and of corrections stand beside their pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models.published import HOME_KEY, PublishedArticle, PublishedArticleQuerySet
from articles.models.section import Section
from authors.models import Author
from newsroom.addresses import path_to
from newsroom.models import SiteIdentity

from ..metadata import absolute
from .forms import Form, answer, hubs
from .newest import newest
from .telling import Feed


def _live() -> PublishedArticleQuerySet:
    live: PublishedArticleQuerySet = PublishedArticle.objects.live()
    return live


@require_safe
def home(request: HttpRequest, form: Form) -> HttpResponse:
    """Six queries."""
    found, site = newest(_live().newest_first()), SiteIdentity.current()
    feed = Feed(absolute("/"), site.name, path_to("home"), site.description or site.tagline, found.entries, hubs())
    return answer(request, form, feed, {HOME_KEY} | found.keys)


@require_safe
def section(request: HttpRequest, form: Form, slug: str) -> HttpResponse:
    """Seven queries."""
    section = get_object_or_404(Section, slug=slug)
    found = newest(_live().in_section(section))
    feed = Feed(
        feed_id(section.key),
        title_of(section.name),
        section.get_absolute_url(),
        section.description,
        found.entries,
        hubs(),
    )
    return answer(request, form, feed, {section.key, section.list_key} | found.keys)


@require_safe
def author(request: HttpRequest, form: Form, slug: str) -> HttpResponse:
    """Seven queries. One without a live article is not found, as on the author's page."""
    author = get_object_or_404(Author, slug=slug)
    found = newest(_live().by(author))
    if not found.entries:
        raise Http404("This author has nothing published.")
    about = next(iter(author.paragraphs), author.role)
    feed = Feed(feed_id(author.key), title_of(author.name), author.get_absolute_url(), about, found.entries, hubs())
    return answer(request, form, feed, {author.key, f"list-author:{author.pk}"} | found.keys)


def feed_id(key: str) -> str:
    """Of the feed of a thing: its address may change, its number does not."""
    return f"{absolute('/')}#{key.replace(':', '-')}"


def title_of(name: str) -> str:
    return f"{SiteIdentity.current().name}: {name}"
