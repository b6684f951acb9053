"""All corrections of what readers can read now: a page and a feed."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models.corrections import PublishedCorrection
from articles.models.published import HOME_KEY, PublishedArticle, next_boundary
from newsroom.models import SiteIdentity
from newsroom.responses import for_all_readers

from .feeds import SteadyAtomFeed
from .head import FeedLink, head_of_list
from .metadata import absolute
from .paging import page_of
from .showing import show

IN_FEED = 30


def public_corrections() -> "QuerySet[PublishedCorrection]":
    """Of live versions only, the newest first, each with its article and section. One query."""
    live: Any = PublishedArticle.objects.live()
    return (
        PublishedCorrection.objects.filter(published__in=live.values("pk"))
        .select_related("published__section")
        .order_by("-noted_at", "-pk")
    )


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    page = page_of(request, public_corrections())
    keys = {HOME_KEY, *(one.published.key for one in page.items)}
    head = head_of_list(
        gettext("Corrections"),
        reverse("corrections"),
        [one.published for one in page.items],
        number=page.number,
        description=gettext("What we got wrong, and what is right."),
        feeds=[FeedLink(gettext("Corrections"), reverse("corrections-feed"))],
    )
    return show(request, "articles/all_corrections.html", {"page": page, "head": head}, keys=keys)


class CorrectionsFeed(Feed):
    feed_type = SteadyAtomFeed

    def title(self) -> str:
        return f"{SiteIdentity.current().name}: corrections"

    def link(self) -> str:
        return absolute("/corrections/")

    def feed_url(self) -> str:
        return absolute("/corrections/feed/")

    def items(self) -> list[PublishedCorrection]:
        return list(public_corrections()[:IN_FEED])

    def item_title(self, item: Any) -> str:
        return f"{item.get_kind_display()}: {item.published.headline}"

    def item_description(self, item: Any) -> str:
        """Escaped, because a feed's summary is HTML and a correction is not."""
        return escape(item.text)

    def item_link(self, item: Any) -> str:
        return absolute(item.published.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """The same in every version of the article, and whatever its address becomes."""
        return f"{absolute('/')}#article-{item.published.article_id}-{item.noted_at:%Y%m%dT%H%M%S%f}"

    def item_pubdate(self, item: Any) -> datetime:
        moment: datetime = item.noted_at
        return moment

    def item_updateddate(self, item: Any) -> datetime:
        return self.item_pubdate(item)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    return for_all_readers(request, CorrectionsFeed()(request), keys={HOME_KEY}, until=next_boundary())
