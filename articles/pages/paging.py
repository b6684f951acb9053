"""Pages of a list, without counting it: a count grows with the site, one row more does not."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from articles.models.lists import ArticleList
from articles.models.published import PublishedArticle

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    items: list[Row]
    number: int
    has_older: bool

    @property
    def newer(self) -> str:
        """The query string of the page before; '?' alone leads to the first."""
        return f"?page={self.number - 1}" if self.number > 2 else "?"

    @property
    def older(self) -> str:
        return f"?page={self.number + 1}"


def page_of(request: HttpRequest, rows: QuerySet[Row], size: int | None = None) -> Page[Row]:
    """The page that ?page= asks for, of a list that is never long: all that comes before it is walked over. Raises Http404
    for what is no page, whatever it holds.
    """
    number, size = page_number(request), size or settings.PAGE_SIZE
    start = (number - 1) * size
    return _page(list(rows[start : start + size + 1]), number, size)


def articles_of(request: HttpRequest, listed: ArticleList) -> Page[PublishedArticle]:
    """The same of a list of articles, however long. Three queries; five for a page that is far down."""
    number = page_number(request)
    size = settings.PAGE_SIZE
    return _page(listed.cards((number - 1) * size, size + 1), number, size)


def parts_of(request: HttpRequest, listed: ArticleList) -> tuple[Page[PublishedArticle], int]:
    """The same from the oldest on, as a series is read, and how many parts there are. Five queries."""
    number = page_number(request)
    items, total = listed.oldest((number - 1) * settings.PAGE_SIZE, settings.PAGE_SIZE)
    if not items and number > 1:
        raise Http404("This series has no such page.")
    return Page(items, number, total > number * settings.PAGE_SIZE), total


def _page(items: list[Row], number: int, size: int) -> Page[Row]:
    if not items and number > 1:
        raise Http404("This list has no such page.")
    return Page(items[:size], number, len(items) > size)


def page_number(request: HttpRequest) -> int:
    return _number(request.GET.get("page", "1"))


def _number(text: str) -> int:
    # Six digits are more pages than any list has, and fewer than any database's offset can hold.
    if not (text.isascii() and text.isdigit() and len(text) <= 6) or int(text) == 0:
        raise Http404("Not a page number.")
    return int(text)
