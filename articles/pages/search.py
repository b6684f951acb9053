"""The page of search. A form that works without JavaScript; answers that every reader gets alike."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models.published import HOME_KEY
from articles.models.searching.characters import BEGIN, END
from articles.models.searching.documents import language
from articles.models.searching.finding import MOST, Found, search
from articles.models.searching.question import Question, TooLong
from articles.models.searching.spelling import did_you_mean
from articles.models.section import Section
from newsroom.models import SiteIdentity

from .head import Head, head_of_list
from .head.lists import page_title
from .search_filters import Narrowed, narrowed
from .showing import keys_of_cards, show

_MARKED = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
_SIGNS = str.maketrans("", "", BEGIN + END)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """At most eight queries, however much is found: the sections; a tag; an author; two to find, three to show. Where
    nothing is found, three that look for what was meant.
    """
    sections = list(Section.objects.order_by("name"))
    narrow = narrowed(request.GET, sections)
    problem, question = "", Question("")
    try:
        question = Question.read(request.GET.get("q", ""), language())
    except TooLong:
        problem = gettext("That is more than can be searched for at once. Try a few words.")
    number = _number(request.GET.get("page", "1"))
    found = search(question, narrow.filters) if narrow.filters is not None else search(Question(""))
    start = (number - 1) * settings.PAGE_SIZE
    items = found.cards(start, start + settings.PAGE_SIZE)
    if number > 1 and not items:
        raise Http404("There are no such results.")
    for card in items:
        card.found_headline = marked(card.found_headline)
        card.found_text = marked(card.found_text)
    meant = did_you_mean(question) if question and not found.count and not problem else ""
    context = {
        "question": question,
        "problem": problem,
        "narrow": narrow,
        "sections_to_choose": sections,
        "found": found,
        "page": _page(number, found, question, narrow),
        "cards": items,
        "most": MOST,
        "meant": {"text": meant, "address": _address(meant, narrow)} if meant else None,
        "everywhere": f"{reverse('search')}?{urlencode({'q': question.text})}",
        "head": _head(question, number, is_indexed=not request.GET),
        "address": reverse("search"),
    }
    # An empty page names nothing that it was narrowed to: that there is such a tag or author may be a secret still.
    keys = {HOME_KEY, *(narrow.keys if items else ()), *(one.key for one in sections)} | keys_of_cards(items)
    response = show(request, "articles/search.html", context, keys=keys)
    if problem and response.status_code == 200:
        response.status_code = 400
    if request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response


def _head(question: Question, number: int, *, is_indexed: bool) -> Head:
    """Results are nobody's to list; their canonical page is the empty form."""
    title = gettext("Search")
    about = gettext("Search everything that %(name)s has published.") % {"name": SiteIdentity.current().name}
    head = head_of_list(title, reverse("search"), description=about, is_indexed=is_indexed, kind="SearchResultsPage")
    if not question.text:
        return head
    asked = gettext("Search: %(text)s") % {"text": Truncator(question.text).chars(40)}
    return replace(head, title=page_title(asked, number))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6) or int(text) == 0:
        raise Http404("Not a page number.")
    return int(text)


def _page(number: int, found: Found, question: Question, narrow: Narrowed) -> dict[str, Any]:
    """As partials/pages.html wants it, but that the best comes first, not the newest."""
    last = max((found.count - 1) // settings.PAGE_SIZE + 1, 1)
    return {
        "number": number,
        "last": last,
        "previous": _address(question.text, narrow, number - 1) if number > 1 else "",
        "next": _address(question.text, narrow, number + 1) if number < last else "",
    }


def _address(text: str, narrow: Narrowed, number: int = 1) -> str:
    query = {"q": text} | {name: value for name, value in narrow.given.items() if value}
    if number > 1:
        query["page"] = str(number)
    return f"{reverse('search')}?{urlencode(query)}"


def marked(text: str) -> SafeString:
    """With <mark> where BEGIN and END stood; everything else escaped."""
    parts = _MARKED.split(text)  # outside, inside, outside …
    written = (
        f"<mark>{escape(part)}</mark>" if place % 2 else str(escape(part.translate(_SIGNS)))
        for place, part in enumerate(parts)
    )
    return mark_safe("".join(written))  # each part was escaped
