"""The pages that are lists: home, section, author. Those of tags have a file of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import lists
from articles.models.published import HOME_KEY
from articles.models.section import Section
from authors.models import Author
from newsroom.middleware import answer_for

from . import standing
from .head import head_of_author, head_of_home, head_of_list
from .paging import articles_of
from .showing import keys_of_cards, show


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest. Also where WordPress addresses of the form /?p=123 arrive: they never reach a 404."""
    number = request.GET.get("p") or request.GET.get("page_id") or ""
    if number.isascii() and number.isdigit():
        if answer := answer_for(request, f"/?p={number[:20]}"):
            return answer
        raise Http404("No article had this number.")
    page = articles_of(request, lists.everything())
    context = {"page": page, "head": head_of_home(page.items, number=page.number)}
    return show(request, "articles/home.html", context, keys={HOME_KEY} | keys_of_cards(page.items))


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Or the page of the paper itself that has this address."""
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        return standing.page(request, slug)
    page = articles_of(request, lists.in_section(section))
    keys = {section.key, section.list_key} | keys_of_cards(page.items)
    address, about = section.get_absolute_url(), section.description
    head = head_of_list(section.name, address, page.items, number=page.number, description=about, thing=section.key)
    return show(request, "articles/section.html", {"section": section, "page": page, "head": head}, keys=keys)


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author without a live article is not found: who it is may be an embargoed article's secret."""
    author = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    page = articles_of(request, lists.by(author))
    if not page.items:
        raise Http404("This author has nothing published.")
    keys = {author.key, f"list-author:{author.pk}"} | keys_of_cards(page.items)
    head = head_of_author(author, page.items, number=page.number)
    return show(request, "authors/author.html", {"author": author, "page": page, "head": head}, keys=keys)
