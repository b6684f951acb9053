"""The key terms of what readers see: found when it is published, and kept beside the tags, in the same way.

A word's row says in how many articles it is kept. That is counted as they are published, and anew by
`manage.py rebuild_terms`; a number that is a little off moves a logarithm a little.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import F

from articles.richtext import plain_text

from .words import KeyTerms, found_by, heaviest, words_of

if TYPE_CHECKING:
    from articles.models.published import PublishedArticle


AT_ONCE = 1000
# The versions whose terms and counts are found together, after many were published: see rebuilding.left_for_later.
later: "ContextVar[list[int] | None]" = ContextVar("later", default=None)


class Term(models.Model):
    """A word that some article is known by. `articles`: how many keep it."""

    word = models.CharField(max_length=60, unique=True)
    articles = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Term"]] = models.Manager()

    def __str__(self) -> str:
        return self.word


class PublishedTerm(models.Model):
    """One of the heaviest words of a published version: its place on a timeline, like that of a tag."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="published_items", db_index=False)
    content_object = models.ForeignKey("articles.PublishedArticle", on_delete=models.CASCADE, related_name="term_items")
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


def key_terms(headline: str, body: str, tags: int, *, articles: int | None = None) -> KeyTerms:
    """Of a text with so many tags, which need not be published. Two queries, a few milliseconds."""
    words = words_of(headline, plain_text(body), settings.LANGUAGE_CODE)
    weights, known = _weighed([words], articles)
    return KeyTerms(weights[0], {word: known[word] for word in list(weights[0])[: found_by(tags)] if word in known})


def found_in(
    versions: "Sequence[PublishedArticle]", tags: Sequence[int], *, articles: int | None = None
) -> list[KeyTerms]:
    """The key terms of what readers get, each with all its numbers: rows are made for words that are new to the site.
    `tags` says how many each version has. Two queries, four when there are new words; a thousand words a query.
    """
    words = [words_of(one.headline, plain_text(one.body), settings.LANGUAGE_CODE) for one in versions]
    weights, known = _weighed(words, articles)
    if new := {word for one in weights for word in one} - known.keys():
        known |= _made(new)
    return [
        KeyTerms(one, {word: known[word] for word in list(one)[: found_by(number)]})
        for one, number in zip(weights, tags, strict=True)
    ]


def _weighed(
    texts: Sequence[Mapping[str, float]], articles: int | None
) -> tuple[list[dict[str, float]], dict[str, int]]:
    """The heaviest words of each, and the numbers of those that the site knows."""
    all_words = list(set().union(*texts))
    kept_by: dict[str, int] = {}
    known: dict[str, int] = {}
    for start in range(0, len(all_words), AT_ONCE):
        rows = Term.objects.filter(word__in=all_words[start : start + AT_ONCE])
        for word, kept, pk in rows.values_list("word", "articles", "pk"):
            kept_by[word], known[word] = kept, pk
    number = articles or articles_there_are()
    return [heaviest(words, kept_by, number) for words in texts], known


def _made(words: Iterable[str]) -> dict[str, int]:
    """Safe when two publish the same new word at once: in one order, so that they wait for each other, never in a ring."""
    words = sorted(words)
    made: dict[str, int] = {}
    for start in range(0, len(words), AT_ONCE):
        some = words[start : start + AT_ONCE]
        Term.objects.bulk_create([Term(word=word) for word in some], ignore_conflicts=True)
        made |= dict(Term.objects.filter(word__in=some).values_list("word", "pk"))
    return made


def rows_for(version: "PublishedArticle", found: KeyTerms) -> "list[PublishedTerm]":
    """Its place on the timelines of its heaviest words; to be written by the caller."""
    return [
        PublishedTerm(content_object=version, term_id=pk, weight=found.weights[word], published_at=version.published_at)
        for word, pk in found.ids.items()
    ]


def step(model: Any, counter: str, name: str, *, less: Iterable[Any], more: Iterable[Any]) -> None:
    """Count one down or up, each row once. Rows are locked in the order of their numbers, so that two who publish at once
    wait for each other, and never in a ring.
    """
    down, up = set(less) - set(more), set(more) - set(less)
    if connection.vendor == "postgresql":
        _step_in_order(model, counter, name, down, up)
        return
    if down:
        model.objects.filter(**{f"{name}__in": down, f"{counter}__gt": 0}).update(**{counter: F(counter) - 1})
    if up:
        model.objects.filter(**{f"{name}__in": up}).update(**{counter: F(counter) + 1})


def _step_in_order(model: Any, counter: str, name: str, down: set[Any], up: set[Any]) -> None:
    """One statement, where locking by Django's objects and counting would be two or three. The order of an UPDATE is nobody's
    promise, that of its locked subquery is; and of a row that somebody else has counted meanwhile, it counts on from there.
    """
    if not (down or up):
        return
    table, of = model._meta.db_table, "id" if name == "pk" else name
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH mine AS MATERIALIZED (
                SELECT id, CASE WHEN {of} = ANY(%s) THEN 1 ELSE -1 END AS step FROM {table}
                WHERE {of} = ANY(%s) ORDER BY id FOR NO KEY UPDATE
            )
            UPDATE {table} SET {counter} = greatest({table}.{counter} + mine.step, 0) FROM mine WHERE {table}.id = mine.id""",
            [list(up), [*down, *up]],
        )
