"""The front pages: home, and the first page of each section. Their other pages are plain lists of the newest."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import lists
from articles.models.fronts.default import default_layout
from articles.models.fronts.filling import FrontPage, fill
from articles.models.fronts.front import FrontVersion, front_key
from articles.models.fronts.layout import Layout
from articles.models.published import HOME_KEY, PublishedArticle
from articles.models.section import Section
from newsroom.middleware import answer_for

from . import standing
from .context import sections_of_navigation
from .feeds.forms import feeds_of
from .head import head_of_home, head_of_list
from .paging import Page, articles_of
from .showing import keys_of_cards, show


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Also where WordPress addresses of the form /?p=123 arrive: they never reach a 404. Six queries."""
    number = request.GET.get("p") or request.GET.get("page_id") or ""
    if number.isascii() and number.isdigit():
        if answer := answer_for(request, f"/?p={number[:20]}"):
            return answer
        raise Http404("No article had this number.")
    if not is_first(request):
        page = articles_of(request, lists.everything())
        return show(request, "articles/home.html", _context(page, None), keys={HOME_KEY} | keys_of_cards(page.items))
    return _front(request, "articles/home.html", None, {HOME_KEY})


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Seven queries. Or the page of the paper itself that has this address."""
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        return standing.page(request, slug)
    keys = {section.key, section.list_key}
    if not is_first(request):
        page = articles_of(request, lists.in_section(section))
        return show(request, "articles/section.html", _context(page, section), keys=keys | keys_of_cards(page.items))
    return _front(request, "articles/section.html", section, keys)


def is_first(request: HttpRequest) -> bool:
    return request.GET.get("page", "1") == "1"


def _front(request: HttpRequest, template: str, section: Section | None, keys: set[str]) -> HttpResponse:
    now = timezone.now()
    layout = live_layout(section)
    front = filled(layout, now, section)
    keys = keys | {front_key(section)} | keys_of_front(layout, front)
    return show(request, template, context_of(front, section), keys=keys, until=layout.next_moment(now))


def live_layout(section: Section | None) -> Layout:
    """What readers have; where nobody laid out anything, the site's own. One query."""
    stored = FrontVersion.objects.live_layout(section)
    return layout_or_default(stored, section)


def layout_or_default(layout: Layout | None, section: Section | None) -> Layout:
    """An empty layout is none: its page is the latest."""
    if layout is not None and layout.containers:
        return layout
    if section is not None:
        return default_layout()
    return default_layout((one.pk, one.name) for one in sections_of_navigation())


def filled(layout: Layout, moment: datetime, section: Section | None) -> FrontPage:
    """Five queries at most: those of `fill`, and one for sections that fill a container and aren't in the navigation."""
    wanted = {one.backfill.section for one in layout.containers if one.backfill and one.backfill.section}
    known = {one.pk: one for one in sections_of_navigation() if one.pk in wanted}
    if missing := wanted - known.keys():
        known |= Section.objects.in_bulk(missing)
    return fill(layout, moment, section.pk if section else None, sections=known)


def context_of(front: FrontPage, section: Section | None) -> dict[str, Any]:
    """What the templates of a front get; `page` is as that of every list."""
    return {"front": front, **_context(Page(front.articles, 1, front.has_older), section)}


def _context(page: Page[PublishedArticle], section: Section | None) -> dict[str, Any]:
    if section is None:
        head = head_of_home(page.items, number=page.number, feeds=feeds_of())
    else:
        address, about = section.get_absolute_url(), section.description
        head = head_of_list(
            section.name,
            address,
            page.items,
            number=page.number,
            description=about,
            thing=section.key,
            feeds=feeds_of(section),
        )
    return {"section": section, "page": page, "head": head}


def keys_of_front(layout: Layout, front: FrontPage) -> set[str]:
    """All that is shown, and the lists that fill it up."""
    keys = keys_of_cards(front.articles)
    for container in layout.containers:
        if (rule := container.backfill) is not None:
            keys |= {f"{kind}:{rule.section}" for kind in ("section", "list-section") if rule.section}
            keys |= {f"list-tag:{number}" for number in (*rule.tags, *rule.without)}
            if rule.author:
                keys.add(f"list-author:{rule.author}")
    # What was picked and isn't live is no part of the page; once it is published again the page changes.
    return keys | {f"article:{slot.article}" for slot in layout.slots}
