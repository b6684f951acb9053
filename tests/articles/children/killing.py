"""A process that is killed while it publishes: at every statement, at the commit, after it. Run by test_killed.py.

It works on the database that DATABASE_URL names, forks for each death, and prints what it found as JSON:
{act: {"points": how often it was killed, "before": n, "after": n, "torn": [descriptions]}}
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, PublishedArticle, Section  # noqa: E402
from authors.models import Author  # noqa: E402
from newsroom import pagecache  # noqa: E402
from newsroom.models import Redirect  # noqa: E402
from tests.articles.children import let_go  # noqa: E402

Act = Callable[[Article], object]
SOON = timezone.now() + timedelta(days=1)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fresh(*acts: Act) -> Article:
    """An article with all around it, at which these acts were done."""
    Article.objects.filter(slug="story").delete()
    section, _ = Section.objects.get_or_create(slug="film", defaults={"name": "Film"})
    author, _ = Author.objects.get_or_create(slug="ines", defaults={"name": "Inês"})
    article = Article.objects.create(headline="A story", slug="story", section=section, body="<p>Text.</p>")
    article.bylines.create(author=author)
    article.tags.set(["Noir", "Rain"])
    article.corrections.create(text="It was Tuesday.")
    for act in acts:
        act(article)
        article.headline += "!"
        article.save()
    return article


def clear(article: Article) -> None:
    PublishedArticle.objects.filter(article=article).delete()
    Redirect.objects.filter(key=article.key).delete()
    article.delete()


def state(article: Article) -> dict[str, Any]:
    """All that a half publishing would show in."""
    rows = PublishedArticle.objects.filter(article=article).order_by("live_from")
    row = Article.objects.get(pk=article.pk)
    return {
        "stage": row.stage,
        "revisions": list(row.revisions.order_by("number").values_list("number", "event")),
        "redirects": Redirect.objects.filter(key=article.key).count(),
        "notifications": row.notifications.count(),
        "versions": [
            [
                one.headline,
                one.live_until is not None and one.live_until <= timezone.now(),
                one.live_from > timezone.now(),
                one.tags.count(),
                one.bylines.count(),
                one.corrections.count(),
            ]
            for one in rows
        ],
    }


def killed_at(point: str, article: Article, act: Act) -> bool:
    """In a process of its own: was it killed before the act was done?"""
    let_go()
    pid = os.fork()
    if pid == 0:
        arm(point)
        act(article)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def arm(point: str) -> None:
    if point == "commit":
        connection._commit = die  # type: ignore[method-assign]
    elif point == "stamps":
        pagecache.stamps = die  # type: ignore[assignment]
    else:
        left = int(point)

        def count(execute: Any, *args: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                die()
            return execute(*args)

        connection.execute_wrappers.append(count)


def ways(prepare: tuple[Act, ...], act: Act) -> dict[str, Any]:
    article = fresh(*prepare)
    before = state(article)
    act(article)
    after = state(article)
    clear(article)
    assert before != after
    found: dict[str, Any] = {"points": 0, "before": 0, "after": 0, "torn": []}
    numbered, is_more = 0, True
    points = iter(["commit", "stamps"])
    while True:
        point = str(numbered) if is_more else next(points, "")
        if not point:
            return found
        article = fresh(*prepare)
        was_killed = killed_at(point, article, act)
        now = state(article)
        clear(article)
        if not was_killed:  # it has no further statement; or no page shows what it did, and it stamps nothing
            assert point != "commit"
            is_more = False
            continue
        numbered += 1
        found["points"] += 1
        if now in (before, after):
            found["before" if now == before else "after"] += 1
        else:
            found["torn"].append({"point": point, "found": now})


def publish(article: Article) -> object:
    return article.publish()


def schedule(article: Article) -> object:
    return article.publish(at=SOON)


ACTS: dict[str, tuple[tuple[Act, ...], Act]] = {
    "publish": ((), publish),
    "publish again beside a planned one": ((publish, schedule), publish),
    "schedule": ((publish,), schedule),
    "withdraw": ((publish, schedule), lambda article: article.withdraw()),
    "cancel the schedule": ((publish, schedule), lambda article: article.unschedule()),
    "approve": ((), lambda article: article.approve()),
}

if __name__ == "__main__":
    json.dump({name: ways(*act) for name, act in ACTS.items()}, sys.stdout)
