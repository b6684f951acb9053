"""Timelines: where an article stands among those of its tags and of its key terms, and how many each of these has.

A tag's row (PublishedTag) and a term's (PublishedTerm) carry the date of a version that readers have or will have, and no
date once it is over. Every verb that changes what readers see begins with `Timelines.of` and ends with `settle`: dates,
counts (those of lists by month, too: months.py), and the pages beside which the article is suggested from now on, or no
longer. What ends by itself has no verb: `let_go` settles it when it is announced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from newsroom import pagecache

from .bylines import signed
from .months import Place, places_of, recount
from .published import PublishedArticle
from .related.reaching import articles_beside, articles_that_pin
from .related.terms import PublishedTerm, Term, later, step
from .related.words import KeyTerms
from .searching import keeping as searching
from .searching.documents import Filing
from .tags.tagging import PublishedTag, Tag

if TYPE_CHECKING:
    from .article import Article


class Row(NamedTuple):
    """A version's place on the timeline of a tag or a term."""

    version: int
    thing: int
    at: datetime | None


Rows = list[Row]
BOTH = (PublishedTag, PublishedTerm)
READ = ("article_id", "section_id", "live_from", "live_until", "published_at", "key_terms")


@dataclass(frozen=True)
class Standing:
    """By what an article can be found: its tags, the terms of its timelines, all words that it keeps, its dates, and the
    sections it is in, outside which a site may suggest nothing.
    """

    tags: frozenset[int] = frozenset()
    terms: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    dates: frozenset[datetime] = frozenset()
    sections: frozenset[int | None] = frozenset()

    @classmethod
    def of(cls, versions: "Iterable[PublishedArticle]") -> "Standing":
        """Of these versions together. Two queries, none for none."""
        by_pk = {version.pk: version for version in versions}
        return cls.told(by_pk, *(_rows(table, by_pk) for table in BOTH)) if by_pk else cls()

    @classmethod
    def told(cls, versions: "Mapping[int, PublishedArticle]", tags: Rows, terms: Rows) -> "Standing":
        """By what the rows of these versions say."""
        tags, terms = ([row for row in rows if row.at is not None] for rows in (tags, terms))
        words = [KeyTerms.read(versions[pk].key_terms).weights for pk in {row.version for row in terms}]
        dated = {row.version for row in [*tags, *terms]}
        return cls(
            frozenset(row.thing for row in tags),
            frozenset(row.thing for row in terms),
            frozenset().union(*words),
            frozenset(row.at for row in [*tags, *terms] if row.at is not None),
            frozenset(versions[pk].section_id for pk in dated),
        )


@dataclass(frozen=True)
class Timelines:
    """The standing of one article as it was before a verb. Under the article's lock, within the verb's transaction."""

    article: "Article"
    before: Standing
    places: set[Place]
    is_first: bool = False

    @classmethod
    def of(cls, article: "Article", versions: "Iterable[PublishedArticle]") -> "Timelines":
        """Three queries, none for an article that readers never had."""
        by_pk = {version.pk: version for version in versions}
        if not by_pk:
            return cls(article, Standing(), set(), is_first=True)
        tags, terms = (_rows(table, by_pk) for table in BOTH)
        filing = _filing(by_pk, tags)
        return cls(article, Standing.told(by_pk, tags, terms), places_of(by_pk.values(), filing.tags, filing.bylines))

    def settle(self, now: datetime, written: "Written | None" = None) -> None:
        """After the versions were written; what search knows of them, too. Five queries, and a few for what changed: one less
        where what was just written is told, and four less where it is the first version of all.
        """
        first = written if self.is_first else None
        versions = {first.version.pk: first.version} if first else self._versions()
        tag_rows = first.tags if first else _rows(PublishedTag, versions)
        filing = _filing(versions, tag_rows)
        places = places_of(versions.values(), filing.tags, filing.bylines)
        if later.get() is not None:
            recount(self.places, places)
            return
        searching.settle(self.article.pk, versions, filing, now, new=written.version if written else None)
        tag_rows = _dated(PublishedTag, tag_rows, versions, now)
        term_rows = _dated(PublishedTerm, first.terms if first else _rows(PublishedTerm, versions), versions, now)
        recount(self.places, places)
        after = Standing.told(versions, tag_rows, term_rows)
        if after == self.before:
            return
        step(Tag, "uses", "pk", less=self.before.tags, more=after.tags)
        step(Term, "articles", "word", less=self.before.words, more=after.words)
        moved = (self.before.dates, self.before.sections) != (after.dates, after.sections)
        tags, terms = self.before.tags ^ after.tags, self.before.terms ^ after.terms
        if moved:
            tags, terms = self.before.tags | after.tags, self.before.terms | after.terms
        beside = {pk for at in self.before.dates | after.dates for pk in articles_beside(at, tags, terms)}
        if after.dates and not self.before.dates:
            beside |= articles_that_pin(self.article.pk)
        pagecache.purge(*(f"related:{pk}" for pk in beside))

    def _versions(self) -> dict[int, PublishedArticle]:
        return PublishedArticle.objects.filter(article_id=self.article.pk).only(*READ).in_bulk()


@dataclass(frozen=True)
class Written:
    """A version that a verb has just written, and its rows on the timelines."""

    version: PublishedArticle
    tags: Rows
    terms: Rows

    @classmethod
    def of(cls, version: PublishedArticle, tags: Iterable[PublishedTag], terms: Iterable[PublishedTerm]) -> "Written":
        return cls(
            version,
            [Row(version.pk, row.tag_id, row.published_at) for row in tags],
            [Row(version.pk, row.term_id, row.published_at) for row in terms],
        )


def let_go(article: "Article") -> bool:
    """Of versions that ended by themselves: as if a verb had ended them now. False where nothing of them stands on a
    timeline. Two queries then.
    """
    now = timezone.now()
    over = PublishedArticle.objects.filter(article_id=article.pk, live_until__lte=now)
    stands = (table.objects.filter(content_object__in=over, published_at__isnull=False) for table in BOTH)
    if not any(rows.exists() for rows in stands):
        return False
    with transaction.atomic():
        working = type(article).objects.select_for_update(of=("self",)).get(pk=article.pk)
        Timelines.of(working, PublishedArticle.objects.filter(article_id=working.pk).only(*READ)).settle(timezone.now())
    return True


def _filing(versions: Iterable[int], tags: Rows) -> Filing:
    """One query."""
    return Filing([(row.version, row.thing) for row in tags], signed(versions))


def _rows(table: Any, versions: Iterable[int]) -> Rows:
    name = "tag_id" if table is PublishedTag else "term_id"
    rows = table.objects.filter(content_object__in=list(versions)).order_by()
    return [Row(*values) for values in rows.values_list("content_object_id", name, "published_at")]


def _dated(table: Any, rows: Rows, versions: "Mapping[int, PublishedArticle]", now: datetime) -> Rows:
    """The rows as they are after the dates were written that were not so yet: most often none."""
    for pk, version in versions.items():
        is_over = version.live_until is not None and version.live_until <= now
        at = None if is_over else version.published_at
        if any(row.version == pk and row.at != at for row in rows):
            table.objects.filter(content_object=pk).update(published_at=at)
            rows = [row._replace(at=at) if row.version == pk else row for row in rows]
    return rows
