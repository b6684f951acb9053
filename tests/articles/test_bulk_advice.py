"""What the house rules warn of, at an act on many: counted and shown before the last word, and after it."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import BulkAct
from tests.articles.breaking_rules import only
from tests.articles.test_bulk import choose, confirm, only_act, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [BulkAct.Kind.PUBLISH, BulkAct.Kind.SCHEDULE])
def test_it_is_counted_and_stands_at_its_article(
    kind: str, client: Any, people: dict[str, User], make_article: Any
) -> None:
    only("standfirst-missing", "should")
    articles = [make_article("Bare"), make_article("Bare too"), make_article("Whole", standfirst="Why read on.")]
    client.force_login(people["publisher"])
    choose(client, kind, articles)
    when = {"at_0": "2031-01-02", "at_1": "10:00:00"} if kind == BulkAct.Kind.SCHEDULE else {}
    client.post(page_of(only_act()), when)
    before = client.get(page_of(only_act()))
    after = client.get(page_of(confirm(client, only_act())))
    for page in (before, after):
        text = page.content.decode()
        assert "2 of them are worth a second look" in text
        assert text.count("<strong>Worth a second look:</strong> It has no standfirst.") == 2
        advised = {row.title: bool(row.advice) for row in page.context["rows"]["done"]}
        assert advised == {"Bare": True, "Bare too": True, "Whole": False}


def test_where_nothing_goes_out_nothing_is_advised(client: Any, people: dict[str, User], make_article: Any) -> None:
    only("standfirst-missing", "should")
    client.force_login(people["publisher"])
    choose(client, BulkAct.Kind.SUBMIT, [make_article("Bare")])
    client.post(page_of(only_act()))
    assert "second look" not in client.get(page_of(only_act())).content.decode()


def test_acts_from_before_there_was_advice_are_still_read(people: dict[str, User], make_article: Any) -> None:
    article = make_article("Old")
    act = BulkAct.begin(BulkAct.Kind.PUBLISH, [article.pk], by=people["publisher"])
    act.checked = [[article.pk, "done", ""]]
    act.save()
    assert [one.advice for one in act.results()] == [""]
    assert act.to_do() == [article.pk]
