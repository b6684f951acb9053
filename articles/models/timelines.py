"""Timelines: where an article stands among those of its tags and of its key terms, and how many each of these has.

A tag's row (PublishedTag) and a term's (PublishedTerm) carry the date of a version that readers have or will have, and no
date once it is over. Every verb that changes what readers see begins with `Timelines.of` and ends with `settle`: dates,
counts, and the pages beside which the article is suggested from now on, or no longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from newsroom import pagecache

from .published import PublishedArticle
from .related.reaching import articles_beside
from .related.terms import PublishedTerm, Term, later, step
from .related.words import KeyTerms
from .tags.tagging import PublishedTag, Tag

if TYPE_CHECKING:
    from .article import Article


@dataclass(frozen=True)
class Standing:
    """By what an article can be found: its tags, the terms of its timelines, all words that it keeps, its dates."""

    tags: frozenset[int] = frozenset()
    terms: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    dates: frozenset[datetime] = frozenset()

    @classmethod
    def of(cls, versions: "Iterable[PublishedArticle]") -> "Standing":
        """Of these versions together. Two queries, none for none."""
        by_pk = {version.pk: version for version in versions}
        if not by_pk:
            return cls()
        dated = Q(content_object__in=list(by_pk), published_at__isnull=False)
        tags = PublishedTag.objects.filter(dated).values_list("content_object_id", "tag_id", "published_at")
        terms = PublishedTerm.objects.filter(dated).values_list("content_object_id", "term_id", "published_at")
        tag_rows, term_rows = list(tags.order_by()), list(terms)
        words = [KeyTerms.read(by_pk[pk].key_terms).weights for pk in {pk for pk, _term, _at in term_rows}]
        return cls(
            frozenset(tag for _pk, tag, _at in tag_rows),
            frozenset(term for _pk, term, _at in term_rows),
            frozenset().union(*words),
            frozenset(at for _pk, _thing, at in [*tag_rows, *term_rows]),
        )


@dataclass(frozen=True)
class Timelines:
    """The standing of one article as it was before a verb. Under the article's lock, within the verb's transaction."""

    article: "Article"
    before: Standing

    @classmethod
    def of(cls, article: "Article", versions: "Iterable[PublishedArticle]") -> "Timelines":
        """Two queries, none for an article that readers never had."""
        return cls(article, Standing.of(versions))

    def settle(self, now: datetime) -> None:
        """After the versions were written. Four queries, and a few for what changed."""
        if later.get() is not None:
            return
        versions = list(
            PublishedArticle.objects.filter(article_id=self.article.pk).only(
                "article_id", "live_from", "live_until", "published_at", "key_terms"
            )
        )
        for table in (PublishedTag, PublishedTerm):
            _date(table, versions, now)
        after = Standing.of(versions)
        if after == self.before:
            return
        step(Tag, "uses", "pk", less=self.before.tags, more=after.tags)
        step(Term, "articles", "word", less=self.before.words, more=after.words)
        moved = self.before.dates != after.dates
        tags, terms = self.before.tags ^ after.tags, self.before.terms ^ after.terms
        if moved:
            tags, terms = self.before.tags | after.tags, self.before.terms | after.terms
        for at in self.before.dates | after.dates:
            pagecache.purge(*(f"related:{pk}" for pk in articles_beside(at, tags, terms)))


def _date(table: Any, versions: "list[PublishedArticle]", now: datetime) -> None:
    """Write the dates that are not so yet: most often none."""
    wanted = {
        version.pk: None if version.live_until is not None and version.live_until <= now else version.published_at
        for version in versions
    }
    rows = table.objects.filter(content_object__in=list(wanted)).order_by()
    there = set(rows.values_list("content_object_id", "published_at").distinct())
    for pk, at in wanted.items():
        if any(version == pk and date != at for version, date in there):
            table.objects.filter(content_object=pk).update(published_at=at)
