"""Search on SQLite: FTS5. Two tables of words: one for English, which knows plurals and endings (Porter), one for all
other languages. An article is in that of the language the site had when it was written (`rebuild_search` moves it).

The row's number is the entry's place, so that FTS5 itself walks from the newest and stops: the work is bounded by the
limit, not by the number of matches. The tables hold their own text: what is deleted needs no old words for it.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from .characters import BEGIN, END, spaced, unspaced
from .documents import Document, Naming
from .engine import BODY, HEADLINE, NAMES, STANDFIRST, Asked, Hit, Marked
from .entries import SearchEntry
from .question import Group, Question, Term

TOKENIZERS = {
    "articles_search_plain": "unicode61 remove_diacritics 2",
    "articles_search_english": "porter unicode61 remove_diacritics 2",
}
TEXTS, HEADINGS = "{headline standfirst names body}", "{headline names}"
SWEPT = 1000


class SQLite:
    def write(self, documents: Sequence[Document]) -> None:
        SearchEntry.objects.bulk_create([one.entry for one in documents])
        for table in TOKENIZERS:
            rows: list[Any] = [
                (one.place, *map(spaced, (one.headline, one.standfirst, one.naming.names, one.body)), one.naming.filed)
                for one in sorted(documents, key=lambda one: one.place)  # else FTS5 writes each by itself
                if table_for(one.language) == table
            ]
            if rows:
                with connection.cursor() as cursor:
                    cursor.executemany(
                        f"INSERT OR REPLACE INTO {table} (rowid, headline, standfirst, names, body, filed)"
                        " VALUES (%s, %s, %s, %s, %s, %s)",
                        rows,
                    )

    def rename(self, namings: Sequence[tuple[int, int, str, Naming]]) -> None:
        for table in TOKENIZERS:
            rows: list[Any] = [
                (spaced(naming.names), naming.filed, place)
                for _version, place, language, naming in sorted(namings, key=lambda one: one[1])
                if table_for(language) == table
            ]
            if rows:
                with connection.cursor() as cursor:
                    cursor.executemany(f"UPDATE {table} SET names = %s, filed = %s WHERE rowid = %s", rows)

    def forget(self, places: Sequence[int]) -> None:
        if places:
            marks = ", ".join(["%s"] * len(places))
            with connection.cursor() as cursor:
                for table in TOKENIZERS:
                    cursor.execute(f"DELETE FROM {table} WHERE rowid IN ({marks})", list(places))

    def find(self, asked: Asked, limit: int, *, in_headings: bool = False) -> list[Hit]:
        table, filters = table_for(asked.language), asked.filters
        among, values = "", []
        for sign, place in ((">=", filters.first), ("<", filters.end)):
            if place is not None:
                among += f" AND {table}.rowid {sign} %s"
                values.append(place)
        # Plus nothing: else SQLite might begin with the entries' own indexes, and ask FTS5 for each.
        sql = f"""SELECT e.published_id, e.place, -bm25({table}, {HEADLINE}, {STANDFIRST}, {NAMES}, {BODY}, 0)
            FROM {table} CROSS JOIN articles_searchentry e ON e.place = {table}.rowid
            WHERE {table} MATCH %s{among} AND +e.live_from <= %s AND (e.live_until IS NULL OR e.live_until > %s)
            ORDER BY {table}.rowid DESC LIMIT %s"""
        at = connection.ops.adapt_datetimefield_value(asked.at)
        expression = written(asked.question, HEADINGS if in_headings else TEXTS, filters.filed)
        with connection.cursor() as cursor:
            cursor.execute(sql, [expression, *values, at, at, limit])
            return [Hit(*row) for row in cursor.fetchall()]

    def mark(self, asked: Asked, hits: Sequence[Hit]) -> dict[int, Marked]:
        if not hits:
            return {}
        table, by_place = table_for(asked.language), {hit.place: hit.published for hit in hits}
        marks = ", ".join(["%s"] * len(hits))
        parts = [f"highlight({table}, {column}, %s, %s)" for column in (0, 1)]
        sql = f"""SELECT rowid, {", ".join(parts)}, snippet({table}, 3, %s, %s, '…', 40) FROM {table}
            WHERE {table} MATCH %s AND rowid IN ({marks})"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [*([BEGIN, END] * 3), written(asked.question, TEXTS), *by_place])
            rows = cursor.fetchall()
        return {
            by_place[place]: Marked(
                unspaced(headline), unspaced(text if BEGIN in text or not standfirst else standfirst)
            )
            for place, headline, standfirst, text in rows
        }

    def sweep(self) -> int:
        count = 0
        with connection.cursor() as cursor:
            for table in TOKENIZERS:
                cursor.execute(
                    f"""SELECT d.id FROM {table}_docsize d LEFT JOIN articles_searchentry e ON e.place = d.id
                    WHERE e.place IS NULL OR (e.language = 'english') <> %s LIMIT {SWEPT}""",
                    [table == table_for("english")],
                )
                places = [place for (place,) in cursor.fetchall()]
                cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(place,) for place in places])
                count += len(places)
        return count

    def create(self, schema_editor: Any) -> None:
        for table, tokenizer in TOKENIZERS.items():
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(headline, standfirst, names, body, filed,"
                f" tokenize = '{tokenizer}')"
            )

    def drop(self, schema_editor: Any) -> None:
        for table in TOKENIZERS:
            schema_editor.execute(f"DROP TABLE {table}")


def table_for(language: str) -> str:
    return "articles_search_english" if language == "english" else "articles_search_plain"


def written(question: Question, columns: str, filed: Sequence[str] = ()) -> str:
    """In FTS5's language. Only words of ours are in it, each in quotes: nothing typed can be an operator."""
    one_of = " OR ".join(f"({_group(group, columns)})" for group in question.groups)
    return " AND ".join([f"({one_of})", *(f'filed : "{one}"' for one in filed)])


def _group(group: Group, columns: str) -> str:
    """What must not be there may be nowhere, wherever else is looked."""
    wanted = " AND ".join(_term(term, columns) for term in group if not term.is_not)
    return " NOT ".join([f"({wanted})", *(_term(term, TEXTS) for term in group if term.is_not)])


def _term(term: Term, columns: str) -> str:
    return f'{columns} : "{" ".join(term.words)}"'
