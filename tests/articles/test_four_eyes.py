"""Four eyes: who counts as the second pair, and who does not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, gate
from articles.models.four_eyes import has_a_second_pair
from tests.articles.breaking_rules import only, set_rules
from tests.articles.test_stale_saves import opened

pytestmark = pytest.mark.django_db

People = dict[str, User]
DAY = timedelta(days=1)


def writes(article: Article, by: User) -> None:
    """A save that changes something, as the form makes it."""
    article.body = f"{article.body}<p>{by} was here, {article.version}.</p>"
    article.save()
    article.record("saved", by=by)


def saves_as_it_is(article: Article, by: User) -> None:
    article.record("saved", by=by)


def approves(article: Article, by: User) -> None:
    article.approve(by=by)


def goes_out(article: Article, by: User) -> None:
    article.publish()


def is_planned(article: Article, by: User) -> None:
    article.publish(at=timezone.now() + DAY)


def moves_it(article: Article, by: User) -> None:
    article.reschedule(at=timezone.now() + 2 * DAY)


def cancels(article: Article, by: User) -> None:
    article.unschedule()


def puts_back_the_first(article: Article, by: User) -> None:
    article.restore(article.revisions.order_by("number").first(), by=by)


def fixes(article: Article, by: User) -> None:
    article.begin_fix(by=by)


def gives_up_the_fix(article: Article, by: User) -> None:
    article.end_fix(by=by)


Story = list[tuple[str, Callable[[Article, User], None]]]

# P is the one who sends it out in the end, E and A are others.
STORIES: dict[str, tuple[Story, bool]] = {
    "nobody wrote a word": ([], True),
    "alone": ([("P", writes)], False),
    "another wrote, P did not": ([("E", writes)], True),
    "both wrote": ([("E", writes), ("P", writes)], True),
    "P first, then another": ([("P", writes), ("E", writes)], True),
    "another saved it as it was": ([("P", writes), ("E", saves_as_it_is)], False),
    "another saved it as it was, P went on": ([("P", writes), ("E", saves_as_it_is), ("P", writes)], False),
    "P saved as it was what another wrote": ([("E", writes), ("P", saves_as_it_is)], True),
    "another approved it": ([("P", writes), ("E", approves)], True),
    "another approved other words": ([("P", writes), ("E", approves), ("P", writes)], False),
    "approved, then saved as it was": ([("P", writes), ("E", approves), ("P", saves_as_it_is)], True),
    "the help was for what is out": ([("E", writes), ("P", writes), ("E", goes_out), ("P", writes)], False),
    "out as it is": ([("P", writes), ("E", goes_out)], True),
    "planned as it is": ([("P", writes), ("E", is_planned)], True),
    "planned, and changed since": ([("E", writes), ("P", is_planned), ("P", writes)], False),
    "planned, changed, and the plan moved": ([("E", writes), ("E", is_planned), ("P", writes), ("E", moves_it)], False),
    "planned and cancelled": ([("P", writes), ("E", is_planned), ("E", cancels)], False),
    "another put back an old state of P's": ([("P", writes), ("P", writes), ("E", puts_back_the_first)], False),
    "another put back, P went on": (
        [("P", writes), ("P", writes), ("E", puts_back_the_first), ("P", writes)], False),
    "P put back his own": ([("P", writes), ("P", writes), ("P", puts_back_the_first)], False),
    "P put back what another wrote before": (
        [("E", writes), ("P", writes), ("E", goes_out), ("P", puts_back_the_first)], False),
    "another only began the fix": (
        [("E", writes), ("E", goes_out), ("E", writes), ("E", is_planned), ("E", fixes), ("P", writes)], False),
    "P only looked into the fix": (
        [("E", writes), ("E", goes_out), ("P", writes), ("E", is_planned), ("P", fixes), ("P", gives_up_the_fix)],
        True),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_who_is_a_second_pair(story: str, make_article: Any, people: People) -> None:
    who = {"P": people["publisher"], "E": people["editor"], "A": people["administrator"]}
    article = make_article()
    for name, does in STORIES[story][0]:
        does(article, who[name])
        article = Article.objects.get(pk=article.pk)
    only("four-eyes", "must")
    assert has_a_second_pair(article, who["P"]) == STORIES[story][1]
    if STORIES[story][1]:
        article.publish(by=who["P"])
    else:
        with pytest.raises(gate.Blocked, match="second pair of eyes"):
            article.publish(by=who["P"])
        article.publish(by=who["A"])  # who had no hand in it is the second pair


def test_a_form_saved_with_nothing_changed_is_no_look(make_article: Any, people: People) -> None:
    """By the form's own way, buttons that keep a state included."""
    article = make_article()
    writes(article, people["publisher"])
    url = reverse("admin:articles_article_change", args=[article.pk])
    for button in ("_continue", "_submit"):
        client = Client()
        client.force_login(people["editor"])
        assert client.post(url, opened(client, url, **{button: "1"})).status_code == 302
    assert not has_a_second_pair(Article.objects.get(pk=article.pk), people["publisher"])


def test_the_queries_do_not_grow_with_the_history(make_article: Any, people: People) -> None:
    article = make_article()

    def count(saves: int) -> int:
        for _ in range(saves):
            writes(article, people["publisher"])
        with CaptureQueriesContext(connection) as queries:
            has_a_second_pair(Article.objects.get(pk=article.pk), people["publisher"])
        return len(queries)

    assert count(1) == count(15) <= 9


def test_nobody_publishes_alone_what_he_wrote_alone(make_article: Any, people: People) -> None:
    set_rules(four_eyes="must")
    publisher, editor = people["publisher"], people["editor"]
    article = make_article(created_by=publisher)
    article.record("saved", by=publisher)
    for at in (None, timezone.now() + timedelta(days=1)):
        with pytest.raises(gate.Blocked, match="second pair of eyes"):
            article.publish(by=publisher, at=at)
    with pytest.raises(ValidationError, match="somebody else has to approve"):  # B12
        article.approve(by=publisher)
    article.approve(by=editor)
    article.publish(by=publisher)
