"""All corrections of what readers can read now: a page and a feed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models.corrections import PublishedCorrection
from articles.models.published import HOME_KEY, PublishedArticle
from newsroom.addresses import path_to

from .feeds.forms import Form, answer, feeds_of, hubs
from .feeds.newest import entry_id
from .feeds.telling import Entry, Feed
from .feeds.views import feed_id, title_of
from .head import head_of_list
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
        feeds=feeds_of("corrections"),
    )
    return show(request, "articles/all_corrections.html", {"page": page, "head": head}, keys=keys)


@require_safe
def feed(request: HttpRequest, form: Form) -> HttpResponse:
    """One query."""
    told = list(public_corrections()[:IN_FEED])
    page = path_to("corrections")
    feed = Feed(
        feed_id("corrections"),
        title_of(gettext("Corrections")),
        page,
        gettext("What we got wrong, and what is right."),
        _entries(told),
        hubs(),
    )
    return answer(request, form, feed, {HOME_KEY, *(f"section:{one.published.section_id}" for one in told)})


def _entries(told: list[PublishedCorrection]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            id=entry_id(one.published.article_id, f"-{one.noted_at:%Y%m%dT%H%M%S%f}"),
            address=absolute(one.published.get_absolute_url()),
            title=f"{one.get_kind_display()}: {one.published.headline}",
            summary=one.text,
            html=f"<p>{escape(one.text)}</p>",
            published=one.noted_at,
            updated=one.noted_at,
        )
        for one in told
    )
