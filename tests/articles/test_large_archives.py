"""The lists that readers ask for most are walks of an index also where a database knows that there are very many articles:
SQLite then used to find all that have begun by the index of beginnings, and to sort them for each page.
"""

import pytest
from django.db import connection

from articles.models import PublishedArticle, Section
from articles.pages.more import lines_beside

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what SQLite knows of its tables is written by hand here"),
]
# As ANALYZE counts in a site of 150,000 articles with one section: how many rows, and how many of them are alike in the
# first column, in the first two, and so on. What is not named is alike in nothing.
ROWS = 150_000
ALIKE = {
    "published_section_newest": f"{ROWS} 1 1",
    "published_newest": "1 1",
    "articles_publishedarticle_section_id_": f"{ROWS}",
    "articles_publishedarticle_lead_image_id_": f"{ROWS}",
    "sqlite_autoindex_articles_publishedarticle_1": "1 1",
}


@pytest.fixture
def many(film):
    """The statistics of very many, without them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_section")
        cursor.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'articles_publishedarticle'")
        for (index,) in cursor.fetchall():
            alike = next((counts for name, counts in ALIKE.items() if index.startswith(name)), "1")
            row = ["articles_publishedarticle", index, f"{ROWS} {alike}"]
            cursor.execute("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", row)
        cursor.execute("ANALYZE sqlite_schema")
        yield
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


def sorts(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [step for *_, step in cursor.fetchall() if "ORDER BY" in step]


def test_the_home_page_and_a_section_sort_nothing(many, film):
    live = PublishedArticle.objects.live()
    for rows in (live.newest_first().cards()[:21], live.in_section(film).cards()[:21]):
        assert not sorts(*rows.query.sql_with_params())


def test_nor_does_more_from_the_section(many, film):
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        lines_beside(film, None, {1, 2, 3})
    [(sql, values)] = asked
    assert not sorts(sql, values)


def test_a_section_is_still_that_section(many, film, make_article):
    other = Section.objects.create(name="Books", slug="books")
    make_article("Here").publish()
    make_article("There", section=other).publish()
    assert [one.headline for one in PublishedArticle.objects.live().in_section(film).cards()] == ["Here"]
