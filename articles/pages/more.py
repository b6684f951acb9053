"""“More from …”: a few headlines of the article's section and of its first author, under the related cards."""

from collections.abc import Collection
from dataclasses import dataclass

from articles.models.published import PublishedArticle, PublishedArticleQuerySet
from articles.models.section import Section
from authors.models import Author

MOST = 4
ROLES = 2  # who wrote an article and took its pictures stands on it twice


@dataclass(frozen=True)
class Line:
    """`source` is the section or the author, whose page the heading leads to."""

    source: Section | Author
    articles: list[PublishedArticle]


def lines_beside(section: Section | None, author: Author | None, shown: Collection[int]) -> list[Line]:
    """The newest live articles of both, none of `shown` (numbers of articles) and none twice. A query for each.

    A page with such lines carries the keys of the articles that they name, not those of the lists: it goes out of date
    when one of these is withdrawn or renamed, but not whenever something is published in the section, or each
    publication would throw away every page of it. So a line may lack the very newest for as long as shared caches keep
    a page (PAGE_SHARED_SECONDS, never past the next planned change); nothing in it can be wrong meanwhile.
    """
    lines = []
    if section is not None:
        rows = _links().in_section(section).exclude(article_id__in=shown)
        lines.append(Line(section, list(rows[:MOST])))
        shown = {*shown, *(row.article_id for row in lines[0].articles)}
    if author is not None:
        rows = _links().filter(bylines__author=author).exclude(article_id__in=shown)
        newest = rows.order_by("-bylines__published_at", "-bylines__published_id")[: MOST * ROLES]
        lines.append(Line(author, list({row.pk: row for row in newest}.values())[:MOST]))
    return [line for line in lines if line.articles]


def _links() -> PublishedArticleQuerySet:
    live: PublishedArticleQuerySet = PublishedArticle.objects.live()
    return live.select_related("section").only("article_id", "headline", "slug", "section__slug")


def keys_of_lines(lines: Collection[Line]) -> set[str]:
    """The articles that they name, and their sections, which are part of their addresses."""
    rows = [row for line in lines for row in line.articles]
    return {row.key for row in rows} | {f"section:{row.section_id}" for row in rows}
