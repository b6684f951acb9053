"""Processes that do something to the same article at the same moment. Run by test_races.py; prints JSON."""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import django

django.setup()

from articles.models import Article, PublishedArticle, Section  # noqa: E402
from articles.models.status import Status  # noqa: E402
from tests.articles.children import let_go  # noqa: E402


def at_once(*acts: Callable[[], object]) -> int:
    """Each in a process of its own, all begun at one moment. How many failed; their reasons go to stderr."""
    let_go()
    start = time.time() + 0.05
    pids = []
    for act in acts:
        pid = os.fork()
        if pid == 0:
            failed = 1
            try:
                time.sleep(max(0.0, start - time.time()))
                act()
                failed = 0
            except Exception:
                traceback.print_exc()
            finally:
                let_go()
                os._exit(failed)
        pids.append(pid)
    return sum(os.waitpid(pid, 0)[1] != 0 for pid in pids)


def one_headline(times: int) -> dict[str, Any]:
    failed = at_once(*[lambda: Article.objects.create(headline="The same headline")] * times)
    made = Article.objects.filter(headline="The same headline")
    return {"failed": failed, "made": made.count(), "addresses": made.values("slug").distinct().count()}


def publish_and_withdraw(times: int) -> dict[str, Any]:
    """Whoever came last, readers see that; the history tells both, in that order."""
    section, _ = Section.objects.get_or_create(slug="film", defaults={"name": "Film"})
    ends: dict[str, int] = {}
    failed = wrong = 0
    for number in range(times):
        article = Article.objects.create(headline=f"Raced {number}", section=section)
        article.publish()
        failed += at_once(article.publish, article.withdraw)
        row = Article.objects.with_status().get(pk=article.pk)
        last = row.revisions.order_by("number").last()
        assert last is not None
        ends[last.event] = ends.get(last.event, 0) + 1
        numbers = list(row.revisions.order_by("number").values_list("number", flat=True))
        live = PublishedArticle.objects.live().filter(article=article).count()
        is_right = {
            "published": live == 1 and row.status == Status.PUBLISHED,
            "withdrawn": live == 0 and row.status == Status.WITHDRAWN,
        }[last.event]
        wrong += not is_right or numbers != [1, 2, 3]
    return {"failed": failed, "wrong": wrong, "ends": ends}


def approve_and_send_back(times: int) -> dict[str, Any]:
    failed = wrong = 0
    for number in range(times):
        article = Article.objects.create(headline=f"Judged {number}")
        article.submit()
        failed += at_once(article.approve, lambda one=article: one.send_back(note="No"))  # type: ignore[misc]
        row = Article.objects.get(pk=article.pk)
        last = row.revisions.order_by("number").last()
        assert last is not None
        wrong += {"approved": "approved", "sent_back": "draft"}[last.event] != row.stage
    return {"failed": failed, "wrong": wrong}


if __name__ == "__main__":
    found = {
        "one headline": one_headline(20),
        "publish and withdraw": publish_and_withdraw(50),
        "approve and send back": approve_and_send_back(20),
    }
    json.dump(found, sys.stdout)
