"""Series: parts in the order in which they are read, on the tag's page and on their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(make_article):
    """Three parts, the last to come tomorrow."""
    articles = [make_article(f"Part {name}", slug=f"part-{name}", tags=("The long read",)) for name in "abc"]
    Tag.objects.filter(name="The long read").update(kind=Tag.Kind.SERIES)
    for number, article in enumerate(articles):
        article.publish(
            at=timezone.now() + timedelta(days=number - 2, minutes=5)
            if number < 2
            else timezone.now() + timedelta(days=1)
        )
    return articles


def test_its_page_begins_with_the_first_part(client, series):
    page = client.get("/tags/the-long-read/")
    assert [one.headline for one in page.context["page"].items] == ["Part a", "Part b"]
    told = page.content.decode()
    assert "Part 1 of 2" in told and "Part 2 of 2" in told and "Part c" not in told


def test_each_part_tells_its_place_and_what_stands_beside_it(client, series, make_article):
    series[2].publish()
    told = client.get("/film/part-b/").content.decode()
    assert (
        "Part 2 of 3" in told
        and 'rel="prev" href="/film/part-a/"' in told
        and 'rel="next" href="/film/part-c/"' in told
    )
    first = client.get("/film/part-a/")
    assert "Part 1 of 3" in first.content.decode() and 'rel="prev"' not in first.content.decode()
    tag = Tag.objects.get()
    assert {tag.list_key, f"link:{series[1].pk}"} <= set(first["Surrogate-Key"].split())


def test_one_alone_is_no_part_and_hidden_series_are_not_told(client, series):
    series[1].withdraw()
    assert "Part 1 of" not in client.get("/film/part-a/").content.decode()
    series[1].publish()
    Tag.objects.update(is_hidden=True)
    assert "Part 1 of" not in client.get("/film/part-a/").content.decode()


def test_one_query_more_than_without(client, make_article, django_assert_num_queries):
    plain, part = make_article("Plain", tags=("A",)), make_article("Part", tags=("S",))
    other = make_article("Other", tags=("S",))
    Tag.objects.filter(name="S").update(kind=Tag.Kind.SERIES)
    for one in (plain, part, other):
        one.publish()
    counts = []
    for one in (plain, part):
        client.get(one.public_url())
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(one.public_url())
        counts.append(len(queries))
    assert counts[1] == counts[0] + 1


@pytest.mark.parametrize("count", [1, 30])
def test_its_page_costs_seven_queries_and_its_pages_are_the_whole(client, make_article, settings, count, django_assert_num_queries):  # fmt: skip
    settings.PAGE_SIZE = 7
    for number in range(count):
        make_article(f"Number {number}", tags=("S",)).publish()
    Tag.objects.update(kind=Tag.Kind.SERIES)
    client.get("/tags/s/")
    found = []
    for number in range(1, (count - 1) // 7 + 2):
        with django_assert_num_queries(7):
            page = client.get(f"/tags/s/?page={number}").context["page"]
        found += [one.headline for one in page.items]
    assert found == [f"Number {number}" for number in range(count)] and not page.has_older
    assert client.get(f"/tags/s/?page={(count - 1) // 7 + 2}").status_code == 404
