"""The articles' list: what its filters and its search find, and that its cost does not grow."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import finding, list_page
from articles.desk.listing import ArticleList
from articles.models import Article, Byline, Section, SectionLimit
from authors.models import Author

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


@pytest.fixture
def desk(client: Any, editor: User) -> Any:
    client.force_login(editor)
    return client


def found(desk: Any, **question: Any) -> set[str]:
    response = desk.get(LIST, question)
    assert response.status_code == 200
    return {one.headline for one in response.context["cl"].result_list}


def test_words_are_found_in_headline_address_standfirst_and_names(desk: Any, make_article: Any) -> None:
    make_article("The Harbour at night")
    make_article("Elsewhere", slug="by-the-harbour")
    make_article("Third", standfirst="Of a harbour, and of ships")
    fourth = make_article("Fourth")
    Byline.objects.create(article=fourth, author=Author.objects.create(name="Kim Harbour"))
    make_article("Nothing", body="<p>harbour</p>")
    assert found(desk, q="HARBOUR") == {"The Harbour at night", "Elsewhere", "Third", "Fourth"}
    assert found(desk, q="harbour night") == {"The Harbour at night"}
    assert found(desk, q="harbour kim") == {"Fourth"}
    assert found(desk, q='"harbour at"') == {"The Harbour at night"}
    assert found(desk, q="harbour Inês") == {"The Harbour at night", "Elsewhere", "Third", "Fourth"}
    assert found(desk, q="100% _") == set()


@pytest.mark.parametrize(
    "text", ['"', "''", '"" x', "%", "\\", "_", " ".join(["a"] * 2000), "'; DROP TABLE x; --", "🚀"]
)
def test_any_text_can_be_searched_for(text: str, desk: Any, make_article: Any) -> None:
    make_article("A story")
    found(desk, q=text)


def test_a_search_has_no_more_words_than_it_can_bear() -> None:
    assert len(finding.words_of("word " * 5000)) == finding.MOST_WORDS


def test_an_author_twice_in_the_byline_makes_one_row(desk: Any, make_article: Any, author: Author) -> None:
    Byline.objects.create(article=make_article("Once"), author=author, role="editor")
    response = desk.get(LIST, {"q": "Inês"})
    assert [one.headline for one in response.context["cl"].result_list] == ["Once"]


def test_articles_are_filtered_by_when_they_were_begun(desk: Any, make_article: Any) -> None:
    make_article("Old", created_at=datetime(2019, 6, 1, tzinfo=UTC))
    make_article("Last week", created_at=timezone.now() - timedelta(days=6))
    make_article("Now")
    assert found(desk, begun="2019") == {"Old"}
    assert found(desk, begun="week") == {"Last week", "Now"}
    assert found(desk, begun="day") == {"Now"}
    assert found(desk, begun="99999") == found(desk, begun="x") == found(desk) == {"Old", "Last week", "Now"}


def test_pages_are_looked_ahead_for_but_not_counted(desk: Any, make_article: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(list_page, "AHEAD", 2)
    monkeypatch.setattr(ArticleList, "list_per_page", 2)
    monkeypatch.setattr(ArticleList, "list_max_show_all", 3)
    made = [make_article(f"Story {n}") for n in range(9)]
    seen: list[str] = []
    for number in range(1, 6):
        response = desk.get(LIST, {"p": number} if number > 1 else {})
        cl = response.context["cl"]
        seen += [one.headline for one in cl.result_list]
        if number == 1:
            assert (str(cl.result_count), cl.paginator.num_pages) == ("6+", 4)
            assert "6+ articles" in response.content.decode()
    assert seen == [one.headline for one in reversed(made)]
    assert (cl.result_count, str(cl.result_count), cl.paginator.num_pages) == (9, "9", 5)
    assert desk.get(LIST, {"p": 6}).status_code == 302
    assert desk.get(LIST, {"p": 10**19}).status_code == 302
    assert len(desk.get(LIST, {"all": ""}).context["cl"].result_list) == 2  # too many to show at once


def test_the_cost_is_the_same_for_one_article_and_for_many(
    client: Any, people: Any, make_article: Any, film: Section
) -> None:
    editor = people["editor"]
    SectionLimit.objects.create(user=editor, section=film)
    client.force_login(editor)

    def cost(**question: str) -> int:
        client.get(LIST, question)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, question)
        return len(queries)

    make_article("One story").publish()
    questions: list[dict[str, str]] = [{}, {"status": "published"}, {"q": "story"}, {"lacks": "tags"}]
    few = [cost(**question) for question in questions]
    for number in range(30):
        make_article(f"Story {number}").publish()
    assert [cost(**question) for question in questions] == few and max(few) <= 12
    assert Article.objects.count() == 31
