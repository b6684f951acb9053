"""What stands in sitemaps, by kind. Each kind is split in files by ranges of its rows' numbers.

Ranges of numbers, not pages of a list: a page's beginning is found only by counting all rows before it, and each new
article would move all others along by one, so that every file changed whenever anything was published. So an article
stays in its file for ever, and old files rest. A file may hold 50,000 addresses by the protocol; a fifth of that is made
in well under a second, and can be fetched whole by anybody.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse

from articles.models import archive
from articles.models.archive import Period
from articles.models.pictures import PublishedPicture
from articles.models.published import PublishedArticle, PublishedArticleQuerySet
from articles.models.section import Section
from articles.models.standing import StandingPage
from articles.models.tags.tagging import Tag
from authors.models import Author
from images.models import Image

from ..archive import address_of
from ..feeds.pictures import rendition_of
from ..metadata import absolute
from .writing import Place

IN_FILE = 10_000
AT_ONCE = 1000  # rows in memory
MOST_IMAGES = 1000  # of one page, by Google's rules


class Kind(Protocol):
    """One kind of places, in files by number."""

    name: str

    def files(self) -> Iterator[int]:
        """The numbers of those in which something is."""

    def in_file(self, number: int) -> Iterator[Place]: ...


@dataclass
class Rows:
    """`rows` are those that readers may see, numbered by `number`; `places` tells of some of them."""

    name: str
    number: str
    rows: Callable[[], QuerySet[Any]]
    places: Callable[[QuerySet[Any]], Iterator[Place]]

    def files(self) -> Iterator[int]:
        """The numbers of the files in which something is. One look-up in an index for each, and one more."""
        start = 0
        while True:
            later = self.rows().filter(**{f"{self.number}__gte": start}).order_by(self.number)
            found = later.values_list(self.number, flat=True).first()
            if found is None:
                return
            yield found // IN_FILE
            start = (found // IN_FILE + 1) * IN_FILE

    def in_file(self, number: int) -> Iterator[Place]:
        """AT_ONCE rows are in memory at a time."""
        start = number * IN_FILE
        within = {f"{self.number}__gte": start, f"{self.number}__lt": start + IN_FILE}
        return self.places(self.rows().filter(**within).order_by(self.number))


def own_articles() -> PublishedArticleQuerySet:
    """Live, and not told of as another site's (a canonical address elsewhere)."""
    live: PublishedArticleQuerySet = PublishedArticle.objects.live()
    return live.filter(canonical_url="")


def _articles(rows: QuerySet[Any]) -> Iterator[Place]:
    """A query for each AT_ONCE articles, and one for the pictures in their texts."""
    of_image = [f"image__{name}" for name in _FILE]
    pictures = PublishedPicture.objects.select_related("image").only("published", *of_image)
    needed = rows.select_related("section", "lead_image").only(
        "article_id", "slug", "published_at", "updated_at", "section__slug", *(f"lead_image__{name}" for name in _FILE)
    )
    for article in needed.prefetch_related(Prefetch("text_pictures", pictures)).iterator(chunk_size=AT_ONCE):
        images = [article.lead_image, *(one.image for one in article.text_pictures.all())]
        yield Place(
            # Not by path_to, which would forget the addresses of the pages for ten thousand that nobody asks for.
            absolute(reverse("article", args=[article.section.slug, article.slug])),
            article.updated_at or article.published_at,
            _addresses(images),
        )


_FILE = ("digest", "width", "height", "focal_x", "focal_y", "credit", "has_avif")


def _addresses(images: list[Image | None]) -> tuple[str, ...]:
    files = dict.fromkeys(rendition_of(image) for image in images if image is not None)
    return tuple(absolute(file.url) for file in files if file)[:MOST_IMAGES]


def _sections() -> QuerySet[Section]:
    return _with_newest(Section.objects.all(), _newest("section"))


def _authors() -> QuerySet[Author]:
    """Those with a live article, as on their pages."""
    return _with_newest(Author.objects.all(), _newest("bylines__author", "bylines__published_at"))


def _tags() -> QuerySet[Tag]:
    """Those that readers are shown and that are on a live article, as on their pages."""
    return _with_newest(Tag.objects.for_readers(), _newest("tagged_items__tag", "tagged_items__published_at"))


def _newest(through: str, by: str = "published_at") -> Subquery:
    """When the newest live article came that leads there: one walk of the index in whose order the page lists them."""
    rows = PublishedArticle.objects.live().filter(**{through: OuterRef("pk")}).order_by(f"-{by}")
    return Subquery(rows.values("published_at")[:1])


def _with_newest(rows: QuerySet[Any], newest: Subquery) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(newest=newest).filter(newest__isnull=False)
    return found


def _lists(rows: QuerySet[Any]) -> Iterator[Place]:
    """A list changes when something new comes into it."""
    for row in rows.only("pk", "slug").iterator(chunk_size=AT_ONCE):
        yield Place(absolute(row.get_absolute_url()), row.newest)


def _standing(rows: QuerySet[Any]) -> Iterator[Place]:
    for page in rows.only("pk", "slug", "updated_at").iterator(chunk_size=AT_ONCE):
        yield Place(absolute(page.get_absolute_url()), page.updated_at)


class Site:
    """The pages that are always there. One file."""

    name = "site"
    ADDRESSES = ("home", "corrections", "authors", "archive")

    def files(self) -> Iterator[int]:
        return iter([0])

    def in_file(self, number: int) -> Iterator[Place]:
        if number == 0:
            yield from (Place(absolute(reverse(name))) for name in self.ADDRESSES)


class Archive:
    """A year, its months and its days on which something appeared; a file for each year. Three queries for the years,
    sixteen at most for one of them.
    """

    name = "archive"

    def files(self) -> Iterator[int]:
        return iter(archive.years())

    def in_file(self, number: int) -> Iterator[Place]:
        if number not in archive.years():
            return
        yield self._place(Period(number))
        for month, count in enumerate(archive.months(number), start=1):
            if count:
                period = Period(number, month)
                yield self._place(period)
                yield from (self._place(Period(number, month, day)) for day in sorted(period.days()))

    @staticmethod
    def _place(period: Period) -> Place:
        return Place(absolute(address_of(period)))


_KINDS: tuple[Kind, ...] = (
    Site(),
    Rows("articles", "article_id", own_articles, _articles),
    Rows("sections", "pk", _sections, _lists),
    Rows("authors", "pk", _authors, _lists),
    Rows("tags", "pk", _tags, _lists),
    Rows("pages", "pk", lambda: StandingPage.objects.filter(is_public=True), _standing),
    Archive(),
)
KINDS = {one.name: one for one in _KINDS}
