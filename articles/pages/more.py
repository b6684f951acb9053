"""“More from …”: a few headlines of the article's section and of its first author, under the related cards."""

from collections.abc import Collection
from dataclasses import dataclass

from articles.models.published import PublishedArticle, PublishedArticleQuerySet
from articles.models.section import Section
from articles.models.shown import link_key
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

    The newest stand under every page of the section. So such a page hangs neither on the section's list nor on these
    articles, or each publication and each small change would throw away all pages of the section; but on the keys of
    their links (`link:12`), stamped when a headline or an address changes or the article goes. So a line may lack the
    very newest for as long as shared caches keep a page (PAGE_SHARED_SECONDS, never past the next planned change); but
    what stands in it is right.
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
    """The links that they name, and their sections, which are part of their addresses."""
    rows = [row for line in lines for row in line.articles]
    return {link_key(row.article_id) for row in rows} | {f"section:{row.section_id}" for row in rows}
