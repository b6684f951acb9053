"""The key terms of what readers see: found when it is published, and kept beside the tags, in the same way.

A word's row says in how many articles it is kept. That is counted as they are published, and anew by
`manage.py rebuild_terms`; a number that is a little off moves a logarithm a little.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import F

from articles.richtext import plain_text

from .words import KEPT, STORED, KeyTerms, heaviest, words_of

if TYPE_CHECKING:
    from articles.models.published import PublishedArticle


class Term(models.Model):
    """A word that some article is known by. `articles`: how many keep it."""

    word = models.CharField(max_length=60, unique=True)
    articles = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Term"]] = models.Manager()

    def __str__(self) -> str:
        return self.word


class PublishedTerm(models.Model):
    """One of the STORED heaviest words of a published version: a timeline, like that of a tag."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="published_items", db_index=False)
    content_object = models.ForeignKey(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="term_items"
    )
    weight = models.FloatField()
    published_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PublishedTerm"]] = models.Manager()

    class Meta:
        indexes = (models.Index(fields=["term", "published_at", "content_object"], name="published_term_timeline"),)

    def __str__(self) -> str:
        return f"{self.term_id} of {self.content_object_id}"


def articles_there_are() -> int:
    """About how many articles the site has: the highest number, which an index knows. One query."""
    from articles.models.published import PublishedArticle

    found = PublishedArticle.objects.order_by("-article_id").values_list("article_id", flat=True).first()
    return int(found or 1)


def key_terms(headline: str, body: str, *, articles: int | None = None) -> KeyTerms:
    """Of a text that need not be published. Two queries, a few milliseconds."""
    words = words_of(headline, plain_text(body), settings.LANGUAGE_CODE)
    rows = Term.objects.filter(word__in=words).values_list("word", "articles", "pk")
    known = {word: (kept, pk) for word, kept, pk in rows}
    weights = heaviest(
        words, {word: kept for word, (kept, _pk) in known.items()}, articles or articles_there_are()
    )
    return KeyTerms(weights, {word: known[word][1] for word in list(weights)[:STORED] if word in known})


def keep_terms(published: "PublishedArticle", when: datetime | None) -> None:
    """Find them anew for this version. Within the transaction that writes it; six queries."""
    found = key_terms(published.headline, published.body)
    ids = _rows_of(found.weights)
    stored = KeyTerms(found.weights, {word: ids[word] for word in list(found.weights)[:STORED]})
    PublishedTerm.objects.filter(content_object=published).delete()
    PublishedTerm.objects.bulk_create(
        PublishedTerm(content_object=published, term_id=pk, weight=stored.weights[word], published_at=when)
        for word, pk in stored.ids.items()
    )
    published.key_terms = stored.written()
    type(published).objects.filter(pk=published.pk).update(key_terms=published.key_terms)


def _rows_of(words: Iterable[str]) -> dict[str, int]:
    """The numbers of these words; rows are made for new ones. Safe when two publish the same new word at once."""
    words = sorted(words)  # in one order, so that two who do this at once wait for each other and never in a ring
    Term.objects.bulk_create([Term(word=word) for word in words], ignore_conflicts=True)
    return dict(Term.objects.filter(word__in=words).values_list("word", "pk"))


def count_terms(gone: Iterable[str], come: Iterable[str]) -> None:
    """By the written terms of the versions that an article had before a verb and has after it."""
    before, after = (set().union(*(KeyTerms.read(text).weights for text in texts)) for texts in (gone, come))
    step(Term, "articles", "word", less=before - after, more=after - before)


def step(model: Any, counter: str, name: str, *, less: Iterable[Any], more: Iterable[Any]) -> None:
    """Count one down or up. Rows are locked in the order of their numbers, so that two never wait in a ring."""
    for values, by in ((set(less), -1), (set(more), 1)):
        if not values:
            continue
        rows = model.objects.filter(**{f"{name}__in": values})
        if connection.features.has_select_for_update:
            list(rows.select_for_update().order_by("pk").values_list("pk"))
        if by < 0:
            rows = rows.filter(**{f"{counter}__gt": 0})
        rows.update(**{counter: F(counter) + by})


__all__ = ["KEPT", "PublishedTerm", "Term", "articles_there_are", "count_terms", "keep_terms", "key_terms", "step"]
