"""An archive of fifteen years that grows from ten thousand articles to a million: what related articles are found in.

Written past the verbs and past Django's objects, as the rows are that publishing would leave. Bodies are short: nothing
that is measured here reads them.
"""

import itertools
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

YEARS = timedelta(days=15 * 365)
END = datetime(2026, 11, 1, tzinfo=UTC)
TAGS, WORDS, KEPT = 30_000, 20_000, 40
BATCH = 20_000
# Of each thousand articles so many have the first tags, besides those by a Zipf law.
COMMON = {1: 300, 2: 100}


def grow(to: int) -> None:
    """Up to so many live articles. Adds to what is there."""
    from django.db.models import Max

    from articles.models import PublishedArticle, Section, Tag

    if not Tag.objects.exists():
        Section.objects.create(name="News", slug="news")
        insert(
            Tag,
            ({"id": n, "name": f"Tag {n}", "slug": f"tag-{n}", "folded_name": f"tag{n}"} for n in range(1, TAGS + 1)),
        )
        _terms()
    there = PublishedArticle.objects.aggregate(most=Max("pk"))["most"] or 0
    for first in range(there + 1, to + 1, BATCH):
        _batch(range(first, min(first + BATCH, to + 1)))
    count()


def _terms() -> None:
    from articles.models import Term

    insert(Term, ({"id": n, "word": word(n)} for n in range(1, WORDS + 1)))


def word(number: int) -> str:
    return f"w{number:x}"


TAG_LAW = list(itertools.accumulate(1 / (rank + 10) for rank in range(TAGS)))
WORD_LAW = list(itertools.accumulate(1 / (rank + 200) for rank in range(WORDS)))


def _batch(numbers: range) -> None:
    from articles.models import Article, PublishedArticle, PublishedTag, PublishedTerm, Section
    from articles.models.related.words import found_by

    section = Section.objects.get()
    articles, versions, tags, terms = [], [], [], []
    for n in numbers:
        chance = random.Random(n)
        at = END - YEARS * chance.random()
        known, own = key_terms(chance), tags_of(chance)
        found = list(known)[: found_by(len(own))]
        text = {
            "headline": f"Headline {n} on {' '.join(list(known)[:5])}",
            "slug": f"headline-{n}",
            "section_id": section.pk,
        }
        articles.append({"id": n, "created_at": at, "updated_at": at, **text})
        versions.append(
            {
                "id": n, "article_id": n, "version": 1, "live_from": at, "published_at": at, **text,
                "key_terms": written(known, found),
            }
        )  # fmt: skip
        tags += [{"tag_id": tag, "content_object_id": n, "published_at": at} for tag in own]
        terms += [
            {"term_id": term_number(one), "content_object_id": n, "weight": known[one] / 1000, "published_at": at}
            for one in found
        ]
    for model, rows in (
        (Article, articles),
        (PublishedArticle, versions),
        (PublishedTag, tags),
        (PublishedTerm, terms),
    ):
        insert(model, rows)


def tags_of(chance: random.Random) -> set[int]:
    found = set(chance.choices(range(1, TAGS + 1), cum_weights=TAG_LAW, k=chance.randint(3, 8)))
    return found | {tag for tag, of_thousand in COMMON.items() if chance.random() * 1000 < of_thousand}


def key_terms(chance: random.Random) -> dict[str, int]:
    """The rarer the heavier, most often."""
    found = set(chance.choices(range(WORDS), cum_weights=WORD_LAW, k=KEPT))
    heaviest = sorted(found, key=lambda number: -number * chance.random())
    return {word(one + 1): max(350 - 7 * place, 20) for place, one in enumerate(heaviest)}


def term_number(one: str) -> int:
    return int(one[1:], 16)


def written(known: dict[str, int], found_by: list[str]) -> str:
    ids = " ".join(str(term_number(one)) for one in found_by)
    return f"{' '.join(known)}|{' '.join(map(str, known.values()))}|{ids}"


def count() -> None:
    """What publishing counts, and what every database does by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_tag SET uses = (SELECT count(*) FROM articles_publishedtag p WHERE p.tag_id = articles_tag.id)"
        )
        cursor.execute(
            "UPDATE articles_term SET articles = 5 * (SELECT count(*) FROM articles_publishedterm p"
            " WHERE p.term_id = articles_term.id)"
        )
        if connection.vendor == "postgresql":
            for table in ("article", "publishedarticle", "publishedtag", "publishedterm", "tag", "term"):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('articles_{table}', 'id'),"
                    f" (SELECT coalesce(max(id), 1) FROM articles_{table}))"
                )
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")


def insert(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Rows that name only what is not usual in them."""
    from django.db import connection

    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (not field.primary_key or _numbered(rows))
    ]
    usual = {field.column: field.get_default() for field in fields}
    table, columns = model._meta.db_table, [field.column for field in fields]
    prepared = (_values(fields, usual, row, connection) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for values in prepared:
                    copy.write_row(values)
        else:
            marks = ", ".join("?" for _ in columns)
            connection.connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", _tuples(prepared)
            )
            connection.connection.commit()


def _numbered(rows: Iterable[dict[str, Any]]) -> bool:
    return not isinstance(rows, list) or not rows or "id" in rows[0]


def _tuples(rows: Iterable[list[Any]]) -> Iterator[tuple[Any, ...]]:
    return (tuple(row) for row in rows)


def _values(fields: Any, usual: dict[str, Any], row: dict[str, Any], connection: Any) -> list[Any]:
    found = []
    for field in fields:
        value = row.get(field.column, usual[field.column])
        if isinstance(value, datetime):
            value = connection.ops.adapt_datetimefield_value(value) if connection.vendor == "sqlite" else value
        elif value is not None and not isinstance(value, int | float | str):
            value = field.get_db_prep_save(value, connection)
        found.append(value)
    return found
