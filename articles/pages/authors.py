"""All who write: those of whom readers can read something now, by name."""

from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models.bylines import PublishedByline
from articles.models.published import HOME_KEY, PublishedArticle
from authors.models import Author
from newsroom.addresses import path_to

from .head import head_of_list
from .paging import page_of
from .showing import show

ON_A_PAGE = 100


def published_authors() -> Any:
    """An author without a live article is not among them: who it is may be an embargoed article's secret. Each is asked
    for one live byline, the newest first: as a value, for of a mere EXISTS PostgreSQL makes a join with all articles.
    """
    live: Any = PublishedArticle.objects.live().filter(pk=OuterRef("published")).order_by()
    signed = PublishedByline.objects.filter(Exists(live), author=OuterRef("pk")).order_by("-published_at")
    newest = Subquery(signed.values("pk")[:1])
    return (
        Author.objects.alias(newest=newest)
        .filter(newest__isnull=False)
        .select_related("portrait")
        .defer("links", "email")
    )


@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    """One query."""
    page = page_of(request, published_authors(), size=ON_A_PAGE)
    head = head_of_list(
        gettext("Authors"),
        path_to("authors"),
        page.items,
        number=page.number,
        description=gettext("Everybody who writes here."),
    )
    keys = {
        HOME_KEY,
        *(one.key for one in page.items),
        *(f"image:{one.portrait_id}" for one in page.items if one.portrait_id),
    }
    return show(request, "authors/authors.html", {"page": page, "head": head}, keys=keys)
