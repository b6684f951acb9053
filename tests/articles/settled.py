"""What must hold of the rows by which articles are found, as related ones and by search, whatever was done."""

from collections import Counter
from datetime import UTC, datetime

from articles.models import ListMonth, PublishedArticle, PublishedTag, PublishedTerm, SearchEntry, Tag, Term
from articles.models.related.words import FEWEST, TIMELINES, KeyTerms


def assert_counted() -> None:
    """Each list has as many articles of each month as have versions without an end in it."""
    true: Counter[tuple[str, str]] = Counter()
    for version in PublishedArticle.objects.filter(live_until=None):
        lists = {"list-home", f"list-section:{version.section_id}"}
        lists |= {f"list-tag:{row.tag_id}" for row in version.tagged_items.all()}
        lists |= {f"list-author:{row.author_id}" for row in version.bylines.all()}
        month = f"{version.published_at.astimezone(UTC):%Y-%m}"
        true.update((name, month) for name in lists)
    rows = ListMonth.objects.exclude(articles=0)
    assert {(row.list, f"{row.month:%Y-%m}"): row.articles for row in rows} == dict(true)


def assert_found_in_their_time(now: datetime, since: datetime) -> None:
    """Search knows each version that is not over, and from when until when readers have it. What has ended by itself since
    a verb last ran may be in it still, until somebody sweeps.
    """
    columns = ("pk", "live_from", "live_until")
    entries = set(SearchEntry.objects.values_list(*columns))
    lasting, lasted = (
        set(PublishedArticle.objects.exclude(live_until__lte=at).values_list(*columns)) for at in (now, since)
    )
    assert entries >= lasting, f"not, or not so, in search: {lasting - entries}"
    assert entries <= lasted, f"over, or not so, but in search: {entries - lasted}"


def assert_settled(now: datetime, since: datetime | None = None) -> None:
    """Dates stand on the rows of versions that are not over, and on those alone; what is counted is so.

    What has ended by itself after `since`, when a verb last ran, still has its dates.
    """
    assert_counted()
    since = since or now
    assert_found_in_their_time(now, since)
    uses: dict[int, set[int]] = {}
    words: dict[str, set[int]] = {}
    for version in PublishedArticle.objects.all():
        is_over = version.live_until is not None and version.live_until <= since
        date = None if is_over else version.published_at
        rows = list(version.tagged_items.all())
        terms = list(version.term_items.all())
        assert {row.published_at for row in [*rows, *terms]} <= {date}
        known = KeyTerms.read(version.key_terms)
        assert {row.term.word for row in terms} == set(list(known.weights)[: len(known.ids)]) == set(known.ids)
        # Tags may have come and gone since its words were found, by merging or by hand of the desk.
        assert min(FEWEST, len(known.weights)) <= len(known.ids) <= TIMELINES
        if not is_over:
            for row in rows:
                uses.setdefault(row.tag_id, set()).add(version.article_id)
            for word in known.weights:
                words.setdefault(word, set()).add(version.article_id)
    assert {tag.pk: tag.uses for tag in Tag.objects.all() if tag.uses} == {pk: len(own) for pk, own in uses.items()}
    assert Counter({row.word: row.articles for row in Term.objects.all() if row.articles}) == Counter(
        {word: len(own) for word, own in words.items()}
    )
    assert PublishedTag.objects.count() >= sum(len(own) for own in uses.values())
    assert (
        PublishedTerm.objects.filter(published_at__isnull=False).count() <= TIMELINES * PublishedArticle.objects.count()
    )
