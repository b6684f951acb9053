"""The index made anew: after an upgrade, past the verbs, interrupted, beside an import."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles.models import Article, PublishedArticle, SearchEntry, SearchTask
from articles.models.rebuilding import left_for_later
from articles.models.searching import rebuilding
from articles.models.searching.documents import Filing
from articles.models.searching.finding import search
from articles.models.searching.keeping import settle
from articles.models.searching.question import Question
from articles.models.searching.rebuilding import rebuild
from tests.conftest import MakeArticle

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def found(text: str) -> list[str]:
    hits = search(Question.read(text)).hits
    rows = PublishedArticle.objects.in_bulk([hit.published for hit in hits])
    return sorted(rows[hit.published].headline for hit in hits)


def lose_everything() -> None:
    SearchEntry.objects.all().delete()


def test_what_was_there_before_search_is_found(make_article: MakeArticle) -> None:
    for number in range(3):
        make_article(f"Amber {number}").publish(at=timezone.now() + number * DAY - 2 * DAY)
    make_article("Amber, ended").publish(at=timezone.now() - 2 * DAY, until=timezone.now() - DAY)
    lose_everything()
    assert found("amber") == []
    call_command("rebuild_search")
    assert found("amber") == ["Amber 0", "Amber 1", "Amber 2"]
    assert [step.mended for step in rebuild()] == [0] and not SearchTask.objects.exists()


def test_what_was_written_past_the_verbs_is_mended(make_article: MakeArticle) -> None:
    for headline in ("Amber", "Beryl", "Topaz"):
        make_article(headline).publish()
    PublishedArticle.objects.filter(headline="Amber").update(headline="Jasper")
    PublishedArticle.objects.filter(headline="Beryl").update(live_until=timezone.now())
    PublishedArticle.objects.filter(headline="Topaz").delete()
    list(rebuild())
    assert found("amber OR jasper OR beryl OR topaz") == ["Jasper"]
    assert SearchEntry.objects.count() == 1 and words_kept() == 1


def words_kept() -> int:
    if connection.vendor == "postgresql":
        return SearchEntry.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_search_plain")
        return int(cursor.fetchone()[0])


def test_words_of_no_entry_are_swept_away(make_article: MakeArticle) -> None:
    make_article("Amber").publish()
    SearchEntry.objects.all()._raw_delete(connection.alias)  # type: ignore[attr-defined]
    list(rebuild())
    assert words_kept() == 1


def test_an_interrupted_run_goes_on_where_it_was(make_article: MakeArticle, monkeypatch: Any) -> None:
    monkeypatch.setattr(rebuilding, "AT_ONCE", 2)
    for number in range(5):
        make_article(f"Amber {number}").publish()
    lose_everything()
    steps = rebuild()
    assert next(steps).done == 2
    steps.close()
    lose_everything()  # to see what the next run looks at
    assert [step.done for step in rebuild() if step.what == "articles"] == [4, 5]
    assert len(found("amber")) == 3
    list(rebuild(anew=True))
    assert len(found("amber")) == 5


def test_what_an_import_publishes_is_found_and_costs_a_few_queries_together(
    make_article: MakeArticle, django_assert_max_num_queries: Any
) -> None:
    articles = [make_article(f"Amber {number}", tags=("Stones",)) for number in range(6)]
    with left_for_later():
        for article in articles:
            article.publish(at=timezone.now() - DAY)
        assert not SearchEntry.objects.exists()
    assert len(found("amber stones")) == 6
    again = Article.objects.get(pk=articles[0].pk)
    again.headline = "Beryl"
    again.save()
    with left_for_later():
        again.publish()
    assert len(found("amber")) == 5 and found("beryl") == ["Beryl"]


def test_an_article_whose_versions_did_not_change_costs_one_query(
    make_article: MakeArticle, django_assert_num_queries: Any
) -> None:
    article = make_article("Amber")
    article.publish()
    versions = PublishedArticle.objects.filter(article=article).in_bulk()
    with django_assert_num_queries(1):
        settle(article.pk, versions, Filing([], []), timezone.now())
