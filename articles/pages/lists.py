"""The pages that are lists: author. Home and sections begin with a front (fronts.py), tags have a file of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import lists
from authors.models import Author

from .feeds.forms import feeds_of
from .head import head_of_author
from .paging import articles_of
from .showing import keys_of_cards, show


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author without a live article is not found: who it is may be an embargoed article's secret."""
    author = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    page = articles_of(request, lists.by(author))
    if not page.items:
        raise Http404("This author has nothing published.")
    keys = {author.key, f"list-author:{author.pk}"} | keys_of_cards(page.items)
    head = head_of_author(author, page.items, number=page.number, feeds=feeds_of(author))
    return show(request, "authors/author.html", {"author": author, "page": page, "head": head}, keys=keys)
