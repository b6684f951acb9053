"""Search on PostgreSQL: full text. Beside each entry stand `vector`, all its words with weights, `heading`, those of its
headline, tags and authors, and `texts`: headline, standfirst and body, of which snippets are made.

Both indexes tell of whole words exactly, but not where they stand: all matches come from the index, narrow rows are sorted
by place, and only the newest are looked at more closely, phrases, weights and all. So the long vectors of but a few
hundred articles are read, however common a word is. That is why they are stored apart from their rows.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from newsroom.slugs import without_accents

from .characters import BEGIN, END, spaced, unspaced
from .documents import Document, Naming
from .engine import BODY, HEADLINE, NAMES, STANDFIRST, Asked, Hit, Marked
from .entries import SearchEntry
from .question import Group, Question, Term, words_in

WITH_PHRASES = 2000  # candidates, of which those are taken in which the words stand together
READ = 30_000  # characters of a text in which a snippet is looked for
WEIGHTS = f"{{{', '.join(str(weight / HEADLINE) for weight in (BODY, NAMES, STANDFIRST, HEADLINE))}}}"
COLUMNS = [str(field.column) for field in SearchEntry._meta.concrete_fields]
# A server that has no such dictionary finds words as they are written.
CONFIG = """coalesce((SELECT oid FROM pg_ts_config WHERE cfgname = %s AND pg_ts_config_is_visible(oid)),
    'pg_catalog.simple'::regconfig::oid)::regconfig"""


class PostgreSQL:
    def write(self, documents: Sequence[Document]) -> None:
        # Entry and words in one statement: a row that is written and then changed costs its place in every index twice.
        names = ", ".join(COLUMNS)
        values = ", ".join(["%s"] * len(COLUMNS))
        sql = f"""INSERT INTO articles_searchentry ({names}, texts, vector, heading)
            SELECT {values}, %s,
                setweight(to_tsvector(c, %s), 'A') || setweight(to_tsvector(c, %s), 'B')
                    || setweight(to_tsvector(c, %s), 'C') || to_tsvector(c, %s) || array_to_tsvector(%s),
                setweight(to_tsvector(c, %s), 'A') || to_tsvector(c, %s) || array_to_tsvector(%s)
            FROM (SELECT {CONFIG} AS c) AS config"""
        with connection.cursor() as cursor:
            if len(documents) == 1:  # publishing, where somebody waits: a pipeline costs more than it spares
                cursor.execute(sql, _values(documents[0]))
            else:
                cursor.executemany(sql, [_values(one) for one in documents])

    def rename(self, namings: Sequence[tuple[int, int, str, Naming]]) -> None:
        """Without reading the body again: what came from names bears its own weight."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"""UPDATE articles_searchentry SET
                vector = ts_filter(vector, '{{a,b,d}}') || setweight(to_tsvector(c, %s), 'C') || array_to_tsvector(%s),
                heading = ts_filter(heading, '{{a}}') || to_tsvector(c, %s) || array_to_tsvector(%s)
                FROM (SELECT {CONFIG} AS c) AS config WHERE published_id = %s""",
                [
                    (
                        folded_too(one.names),
                        filed_as(one),
                        folded_too(one.names),
                        filed_as(one),
                        language or "simple",
                        pk,
                    )
                    for pk, _place, language, one in namings
                ],
            )

    def forget(self, places: Sequence[int]) -> None:
        """They go with the entries."""

    def find(self, asked: Asked, limit: int, *, in_headings: bool = False) -> list[Hit]:
        question, filters = asked.question, asked.filters
        column = "heading" if in_headings else "vector"
        loose, loose_values = _query(question, asked.language, _words_anywhere, with_not=not in_headings)
        exact, exact_values = _query(question, asked.language, _phrase, with_not=True)
        places, place_values = "", []
        for sign, place in ((">=", filters.first), ("<", filters.end)):
            if place is not None:
                places += f" AND place {sign} %s"
                place_values.append(place)
        filed = " & ".join(f"'f:{one}'" for one in filters.filed)
        wanted = f"({loose}) && %s::tsquery" if filed else loose
        # By way of a subquery, so that no plan is made for words thought to be everywhere: reading every vector for
        # them would take seconds.
        sql = f"""WITH asked AS MATERIALIZED (SELECT {wanted} AS loose, {exact} AS exact)
            SELECT published_id, place, ts_rank(%s, vector, (SELECT exact FROM asked), 1) FROM (
                SELECT published_id, place, vector FROM articles_searchentry
                WHERE {column} @@ (SELECT loose FROM asked){places}
                    AND live_from <= %s AND (live_until IS NULL OR live_until > %s)
                ORDER BY place DESC LIMIT %s
            ) AS newest
            WHERE vector @@ (SELECT exact FROM asked) ORDER BY place DESC LIMIT %s"""
        candidates = WITH_PHRASES if question.has_phrases else limit
        values = [
            *loose_values, *([filed] if filed else []), *exact_values, WEIGHTS, *place_values, asked.at, asked.at,
            candidates, limit,
        ]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [Hit(*row) for row in cursor.fetchall()]

    def mark(self, asked: Asked, hits: Sequence[Hit]) -> dict[int, Marked]:
        if not hits:
            return {}
        query, values = _query(asked.question, asked.language, _phrase, with_not=False)
        around = f"StartSel={BEGIN}, StopSel={END}"
        sql = f"""SELECT e.published_id,
                ts_headline(c, e.texts[1], q, %s), ts_headline(c, e.texts[2], q, %s), ts_headline(c, left(e.texts[3], {READ}), q, %s)
            FROM articles_searchentry e, (SELECT {CONFIG} AS c, {query} AS q) AS asked
            WHERE e.published_id = ANY(%s)"""
        whole = f"{around}, HighlightAll=true"
        pieces = f'{around}, MaxFragments=2, MinWords=10, MaxWords=24, FragmentDelimiter=" … "'
        with connection.cursor() as cursor:
            config = asked.language or "simple"
            cursor.execute(sql, [whole, whole, pieces, config, *values, [hit.published for hit in hits]])
            rows = cursor.fetchall()
        return {
            published: Marked(unspaced(headline), unspaced(text if BEGIN in text or not standfirst else standfirst))
            for published, headline, standfirst, text in rows
        }

    def sweep(self) -> int:
        return 0

    def create(self, schema_editor: Any) -> None:
        schema_editor.execute(
            "ALTER TABLE articles_searchentry ADD COLUMN vector tsvector, ADD COLUMN heading tsvector,"
            " ADD COLUMN texts text[]"
        )
        schema_editor.execute(
            "ALTER TABLE articles_searchentry ALTER COLUMN vector SET STORAGE EXTERNAL,"
            " ALTER COLUMN heading SET STORAGE EXTERNAL, ALTER COLUMN names SET STORAGE EXTENDED"
        )
        schema_editor.execute("ALTER TABLE articles_searchentry SET (toast_tuple_target = 128)")
        for column in ("vector", "heading"):
            schema_editor.execute(
                f"CREATE INDEX search_{column} ON articles_searchentry USING gin ({column}) WITH (fastupdate = off)"
            )

    def drop(self, schema_editor: Any) -> None:
        for column in ("vector", "heading", "texts"):
            schema_editor.execute(f"ALTER TABLE articles_searchentry DROP COLUMN {column}")


def _values(document: Document) -> list[Any]:
    """In the order of `write`'s statement."""
    entry, texts = document.entry, (document.headline, document.standfirst, document.body)
    names, filed = folded_too(document.naming.names), filed_as(document.naming)
    headline, standfirst, body = map(folded_too, texts)
    return [
        *(getattr(entry, column) for column in COLUMNS),
        [spaced(text) for text in texts],
        *(headline, standfirst, names, body, filed),
        *(headline, names, filed),
        document.language or "simple",
    ]


def folded_too(text: str) -> str:
    """Its words; and behind them, without their accents, those that have some: Inês is found as Ines, too."""
    words = words_in(text)
    if not text.isascii():
        words += dict.fromkeys(bare for word in words if (bare := without_accents(word)) != word)
    return " ".join(words)


def filed_as(naming: Naming) -> list[str]:
    """With a sign that no word has."""
    return [f"f:{one}" for one in naming.filed.split()]


def _query(question: Question, language: str, write: Any, *, with_not: bool) -> tuple[str, list[Any]]:
    """An expression of a tsquery, and its values. Only words of ours go into it: nothing typed can be an operator."""
    config, values, groups = language or "simple", [], []
    for group in question.groups:
        parts = []
        for term in _of(group, with_not):
            part, words = write(term)
            parts.append(f"!!{part}" if term.is_not else part)
            values += [value for word in words for value in (config, word)]
        groups.append(f"({' && '.join(parts)})")
    return " || ".join(groups), values


def _of(group: Group, with_not: bool) -> list[Term]:
    return [term for term in group if with_not or not term.is_not]


def _phrase(term: Term) -> tuple[str, list[str]]:
    """As it was typed or without accents: typed with them, it is found where somebody left them out."""
    spelt = list(dict.fromkeys((" ".join(term.words), without_accents(" ".join(term.words)))))
    return f"({' || '.join([f'phraseto_tsquery({CONFIG}, %s)'] * len(spelt))})", spelt


def _words_anywhere(term: Term) -> tuple[str, list[str]]:
    """What the index can tell of a phrase. Not of one that must not be there: its words may be, apart."""
    if term.is_not and len(term.words) > 1:
        return "''::tsquery", []
    parts, values = [], []
    for word in term.words:
        part, words = _phrase(Term((word,)))
        parts.append(part)
        values += words
    return f"({' && '.join(parts)})", values
