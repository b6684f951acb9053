"""Rebuilding what is kept beside what readers see: key terms, dates, counts of tags and of lists. `manage.py rebuild_terms`
asks for it, after an upgrade, after a change of language, or when somebody wrote past the verbs.

Publishing goes on meanwhile. Each batch is a transaction of its own, and what is done is remembered with it: a run that
was interrupted goes on where it was.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from .article import Article
from .months import ListMonth, count_anew
from .published import PublishedArticle, PublishedArticleQuerySet
from .related import PublishedTerm, RelatedSettings, Term
from .related.terms import articles_there_are, found_in, later, rows_for
from .related.words import KeyTerms
from .searching import keeping as searching
from .searching.entries import SearchEntry
from .stepping import Step
from .tags.tagging import PublishedTag, Tag

BATCH = 200
TAGS, WORDS = 200, 1000


def rebuild(*, anew: bool = False) -> Iterator[Step]:
    """All of it, step by step. `anew`: from the beginning, whatever an interrupted run had done."""
    if anew:
        _remember(None)
    yield from _terms()
    yield from _over()
    yield from _uses()
    yield from _words()
    yield from _months()
    _remember(None)


@contextmanager
def left_for_later() -> Iterator[None]:
    """What is published within, as by an import, is settled at its end, all together: in a third of the time."""
    token = later.set([])
    try:
        yield
    finally:
        versions = later.get() or []
        later.reset(token)
        for start in range(0, len(versions), BATCH):
            _catch_up(versions[start : start + BATCH])


def _catch_up(versions: list[int]) -> None:
    batch = list(PublishedArticle.objects.filter(pk__in=versions).order_by("pk"))
    _keep(batch)
    own = PublishedArticle.objects.filter(article__in=[version.article_id for version in batch])
    _search(own)
    for table in (PublishedTag, PublishedTerm):
        over = own.filter(live_until__lte=timezone.now()).values("pk")
        table.objects.filter(content_object__in=over, published_at__isnull=False).update(published_at=None)
    tags = PublishedTag.objects.filter(content_object__in=own.values("pk")).order_by().values_list("tag", flat=True)
    _count_uses(sorted(set(tags)))


def _search(own: PublishedArticleQuerySet) -> None:
    """All versions of these articles, which may have been there before."""
    now = timezone.now()
    with transaction.atomic():
        searching.drop(SearchEntry.objects.filter(published__in=own.filter(live_until__lte=now).values("pk")))
        searching.keep(list(own.filter(Q(live_until=None) | Q(live_until__gt=now))))


def _remember(place: int | None) -> None:
    RelatedSettings.objects.get_or_create(pk=1)
    RelatedSettings.objects.filter(pk=1).update(rebuilt_up_to=place)


def _current(now: Any) -> Any:
    return PublishedArticle.objects.filter(Q(live_until=None) | Q(live_until__gt=now))


def _terms() -> Iterator[Step]:
    """The words of what readers have or will have, from the oldest on; each weighed by what is counted by then."""
    now = timezone.now()
    settings = RelatedSettings.objects.first()
    place = (settings and settings.rebuilt_up_to) or 0
    total = _current(now).count()
    done, mended = _current(now).filter(pk__lte=place).count(), 0
    while True:
        rows = _current(now).filter(pk__gt=place).order_by("pk")
        batch = list(rows.only("headline", "body", "published_at", "article_id", "key_terms")[:BATCH])
        if not batch:
            return
        place = batch[-1].pk
        mended += _keep(batch, remembering=place)
        done += len(batch)
        yield Step("articles", done, total, mended)


def _keep(batch: list[PublishedArticle], *, remembering: int | None = None) -> int:
    """Words are found before the transaction, which is short. An article that is being published this moment is waited
    for, and left to that publishing where its version has gone, or was written anew in its place.
    """
    articles = articles_there_are()
    tagged = PublishedTag.objects.filter(content_object__in=[version.pk for version in batch]).order_by()
    tags = Counter(tagged.values_list("content_object_id", flat=True))
    terms = found_in(batch, [tags[version.pk] for version in batch], articles=articles)
    found = {version.pk: own for version, own in zip(batch, terms, strict=True)}
    with transaction.atomic():
        numbers = sorted({version.article_id for version in batch})
        list(Article.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))
        read = {version.pk: (version.headline, version.body) for version in batch}
        there = PublishedArticle.objects.filter(pk__in=found).in_bulk()
        there = {pk: now for pk, now in there.items() if (now.headline, now.body) == read[pk]}
        off = _differing(there, found)
        changed = [version for version in batch if version.pk in off]
        before = Counter(word for version in changed for word in KeyTerms.read(there[version.pk].key_terms).weights)
        after = Counter(word for version in changed for word in found[version.pk].weights)
        if any(off.values()):
            PublishedTerm.objects.filter(content_object__in=[pk for pk, has_rows in off.items() if has_rows]).delete()
        for version in changed:
            version.key_terms = found[version.pk].written()
            version.published_at = there[version.pk].published_at
        PublishedArticle.objects.bulk_update(changed, ["key_terms"])
        PublishedTerm.objects.bulk_create(row for version in changed for row in rows_for(version, found[version.pk]))
        _add({word: after[word] - before[word] for word in {*before, *after}})
        dates = _redate(there)
        if remembering is not None:
            _remember(remembering)
    return len(off.keys() | dates)


def _differing(there: dict[int, PublishedArticle], found: dict[int, KeyTerms]) -> dict[int, bool]:
    """Which of them are not kept as they were found, and whether they have rows. One query."""
    rows: dict[int, set[int]] = {pk: set() for pk in there}
    for pk, term in PublishedTerm.objects.filter(content_object__in=there).values_list("content_object_id", "term_id"):
        rows[pk] |= {term}
    return {
        pk: bool(rows[pk])
        for pk, stored in there.items()
        if stored.key_terms != found[pk].written() or rows[pk] != set(found[pk].ids.values())
    }


def _redate(there: dict[int, PublishedArticle]) -> set[int]:
    """Rows whose date is not that of their version."""
    wrong: set[int] = set()
    for table in (PublishedTag, PublishedTerm):
        off = table.objects.filter(content_object__in=there).order_by()
        off = off.exclude(published_at=F("content_object__published_at"), published_at__isnull=False)
        wrong |= set(off.values_list("content_object_id", flat=True))
    for pk in wrong:
        for table in (PublishedTag, PublishedTerm):
            table.objects.filter(content_object=pk).update(published_at=there[pk].published_at)
    return wrong


def _add(words: dict[str, int]) -> None:
    """In the order of their numbers, as publishing does."""
    moved = {word: by for word, by in words.items() if by}
    rows = list(Term.objects.select_for_update().filter(word__in=moved).order_by("pk"))
    for row in rows:
        row.articles = max(row.articles + moved[row.word], 0)
    _keep_counts(rows)


def _keep_counts(rows: list[Term]) -> None:
    """Over the rows that are there, which bulk_update would need ten times as long for."""
    Term.objects.bulk_create(rows, update_conflicts=True, update_fields=["articles"], unique_fields=["word"])


def _over() -> Iterator[Step]:
    """Rows of versions that are over have no date."""
    now, mended = timezone.now(), 0
    for table in (PublishedTag, PublishedTerm):
        while True:
            off = table.objects.filter(published_at__isnull=False, content_object__live_until__lte=now).order_by()
            ids = list(off.values_list("pk", flat=True)[:WORDS])
            if not ids:
                break
            mended += table.objects.filter(pk__in=ids).update(published_at=None)
            yield Step("rows that are over", mended, mended, mended)


def _uses() -> Iterator[Step]:
    """On how many articles each tag is. Exact, also while others publish: its row is locked before it is counted."""
    total, done, mended, place = Tag.objects.count(), 0, 0, 0
    while ids := list(Tag.objects.filter(pk__gt=place).order_by("pk").values_list("pk", flat=True)[:TAGS]):
        place = ids[-1]
        mended += _count_uses(ids)
        done += len(ids)
        yield Step("tags", done, total, mended)


def _count_uses(ids: list[int]) -> int:
    mended = 0
    with transaction.atomic():
        rows = Tag.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        kept = dict(rows.values_list("pk", "uses"))
        dated = PublishedTag.objects.filter(tag__in=ids, published_at__isnull=False).order_by()
        counts = dict(dated.values_list("tag").annotate(n=Count("content_object__article", distinct=True)))
        for pk, uses in kept.items():
            if uses != counts.get(pk, 0):
                mended += Tag.objects.filter(pk=pk).update(uses=counts.get(pk, 0))
    return mended


def _words() -> Iterator[Step]:
    """In how many articles each word is kept. What is published while this counts may be missed: it is a logarithm."""
    counts: Counter[str] = Counter()
    articles: dict[int, set[str]] = {}
    rows = PublishedArticle.objects.filter(term_items__published_at__isnull=False).distinct().order_by("article_id")
    for article, text in rows.values_list("article_id", "key_terms").iterator(chunk_size=2000):
        if article not in articles:
            for words in articles.values():
                counts.update(words)
            articles = {article: set()}
        articles[article] |= set(KeyTerms.read(text).weights)
    for words in articles.values():
        counts.update(words)
    total, done, mended, place = Term.objects.count(), 0, 0, 0
    while batch := list(Term.objects.filter(pk__gt=place).order_by("pk")[:WORDS]):
        place = batch[-1].pk
        off = [row for row in batch if row.articles != counts[row.word]]
        for row in off:
            row.articles = counts[row.word]
        _keep_counts(off)
        mended += len(off)
        done += len(batch)
        yield Step("words", done, total, mended)


def _months() -> Iterator[Step]:
    """How many articles of each month each list has. Exact, also while others publish: they wait."""
    mended = count_anew()
    total = ListMonth.objects.count()
    yield Step("months of lists", total, total, mended)
