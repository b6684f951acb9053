"""Every house rule at every weight on every way to the readers. Neither rules nor ways are chosen here: a rule joins by
being in RULES, and then wants an article that breaks it (breaking_rules.py).
"""

import html
import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, BulkAct, PublishedArticle
from articles.models.bulk import Outcome
from articles.models.rules import RULES
from tests.articles.breaking_rules import BREAKS, only, sentence_of
from tests.articles.test_stale_saves import opened

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
AT = (timezone.now() + 400 * DAY).replace(microsecond=0, second=0)


class Answer(NamedTuple):
    """Did it go through? And all that was told."""

    is_done: bool
    told: str


def by_verb(article: Article, verb: Callable[[], Any]) -> Answer:
    try:
        verb()
    except ValidationError as error:
        return Answer(False, " ".join(error.messages))
    return Answer(True, " ".join(article.advice))


def publish(article: Article, by: User) -> Answer:
    return by_verb(article, lambda: article.publish(by=by))


def schedule(article: Article, by: User) -> Answer:
    return by_verb(article, lambda: article.publish(by=by, at=AT))


def _form(article: Article, by: User, **pressed: str) -> Answer:
    client = Client()
    client.force_login(by)
    url = reverse("admin:articles_article_change", args=[article.pk])
    answer: Any = client.post(url, opened(client, url, **pressed))
    is_done = PublishedArticle.objects.filter(article=article).exists()
    if is_done:  # the page that follows would say what is said here
        return Answer(True, " ".join(str(one) for one in get_messages(answer.wsgi_request)))
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    told = [str(one) for one in page.context["messages"]] + [one.text for one in page.context.get("stopped_by", ())]
    return Answer(False, " ".join(told))


def form_publish(article: Article, by: User) -> Answer:
    return _form(article, by, _publish="1")


def form_schedule(article: Article, by: User) -> Answer:
    at = timezone.localtime(AT)
    return _form(
        article, by, _schedule="1", publish_at_0=at.date().isoformat(), publish_at_1=at.time().isoformat("seconds")
    )


def _bulk(kind: str, article: Article, by: User, chosen: Any = None) -> Answer:
    """The check and the act say the same."""
    act = BulkAct.begin(kind, [article.pk], by=by)
    if chosen:
        act.choose(chosen)
    act.go_on(seconds=0)
    [checked] = act.results()
    act.confirm()
    act.go_on(seconds=0)
    [done] = act.results()
    assert checked == done
    return Answer(done.outcome is Outcome.DONE, f"{done.said} {done.advice}")


def bulk_publish(article: Article, by: User) -> Answer:
    return _bulk(BulkAct.Kind.PUBLISH, article, by)


def bulk_schedule(article: Article, by: User) -> Answer:
    return _bulk(BulkAct.Kind.SCHEDULE, article, by, {"at": AT.isoformat()})


def _calendar(article: Article, by: User, kind: str, seen: Any, to: Any) -> Answer:
    client = Client()
    client.force_login(by)
    body = {"kind": kind, "from": seen.isoformat(), "to": to.isoformat()}
    url = reverse("admin:articles_article_calendar_move", args=[article.pk])
    answer = client.post(url, json.dumps(body), content_type="application/json")
    said = answer.json()
    return Answer(answer.status_code == 200, said.get("message") or json.dumps(said["errors"], ensure_ascii=False))


def calendar_start(article: Article, by: User) -> Answer:
    article.publish(at=AT)
    return _calendar(article, by, "scheduled", AT, AT + DAY)


def calendar_end(article: Article, by: User) -> Answer:
    article.publish(until=AT)
    return _calendar(article, by, "ends", AT, AT + DAY)


def bring_back(article: Article, by: User) -> Answer:
    article.publish()
    article.take_down(reason="A letter")
    return by_verb(article, lambda: article.bring_back(by=by))


def site_itself(article: Article, by: User) -> Answer:
    """An import: what it brings was decided elsewhere."""
    return by_verb(article, lambda: article.publish(at=timezone.now() - DAY))


def command(article: Article, by: User) -> Answer:
    article.publish()
    out = StringIO()
    try:
        call_command("check_articles", stdout=out)
    except CommandError as error:
        return Answer(True, f"{out.getvalue()} {error}")
    return Answer(True, out.getvalue())


SENDING = (publish, schedule, form_publish, form_schedule, bulk_publish, bulk_schedule)
OF_A_VERSION = (calendar_start, calendar_end, bring_back)
WAYS = (*SENDING, *OF_A_VERSION, site_itself, command)
ASKED = [name for name, rule in RULES.items() if not rule.is_fixed and not rule.is_of_the_browser]


class _TakenBack(Exception):
    pass


def tried(way: Callable[[Article, User], Answer], article: Article, by: User) -> Answer:
    """As if it had not been done: the next weight begins from the same."""
    answer = None
    try:
        with transaction.atomic():
            answer = way(Article.objects.get(pk=article.pk), by)
            raise _TakenBack
    except _TakenBack:
        assert answer is not None
        return Answer(answer.is_done, html.unescape(answer.told))


def expected(rule: str, way: Any, level: str) -> Answer:
    """Whether it goes through, and (as a word, '' for not) whether the rule's sentence is told."""
    if way is site_itself:
        return Answer(True, "")
    if RULES[rule].is_of_the_sender and way not in SENDING:
        return Answer(True, "")
    if level in ("nice", "off"):  # a hint is for who writes
        return Answer(True, "")
    return Answer(level == "should" or way is command, "told")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("rule", ASKED)
def test_a_rule_weighs_the_same_on_every_way_out(
    rule: str, way: Any, make_article: Any, people: dict[str, User]
) -> None:
    article = BREAKS[rule](make_article, people["publisher"])
    for level in ("must", "should", "nice", "off"):
        only(rule, level)
        answer = tried(way, article, people["publisher"])
        got = Answer(answer.is_done, "told" if sentence_of(rule) in answer.told else "")
        assert got == expected(rule, way, level), (level, answer)


def test_no_rule_is_left_out() -> None:
    assert set(BREAKS) == set(ASKED), "write an article that breaks it into breaking_rules.py"
