"""kill -9 at every step of a verb: the article is wholly as it was or wholly as it should be, and the next turn of
`announce` makes the rest agree.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.announcing.running import run
from articles.models import Announcement, Article, Correction, Notification, PublishedArticle, Telling
from newsroom import pagecache
from newsroom.models import AuditEntry, Redirect

from .processes import killed_at, real_database  # noqa: F401

pytestmark = pytest.mark.usefixtures("real_database")


def state(article: Article) -> dict[str, Any]:
    """All that a verb writes, as plain values. Times only where they are the same before and after."""
    versions = PublishedArticle.objects.filter(article_id=article.pk).order_by("live_from")
    return {
        "live": [
            (one.version, one.headline, one.tags.count(), one.bylines.count(), one.corrections.count())
            for one in versions.live()
        ],
        "versions": [(one.version, one.live_from, one.live_until) for one in versions],
        "events": list(article.revisions.order_by("number").values_list("event", flat=True)),
        "log": AuditEntry.objects.filter(thing_id=str(article.pk)).count(),
        "announced": list(
            Announcement.objects.filter(article=article).order_by("due_at", "pk").values_list("what", "done_at")
        ),
        "addresses": Redirect.objects.filter(key=article.key).count(),
        "stage": Article.objects.get(pk=article.pk).stage,
    }


Verb = Callable[[Article, User], object]
LATER = timedelta(hours=5)

# What a verb does, and what there is afterwards: the headline that is live, how many versions, the new events, the stage.
VERBS: dict[str, tuple[Verb, str | None, int, list[str], str]] = {
    # It takes the place of the plan, which says the same.
    "publish": (lambda article, by: article.publish(by=by), "New", 2, ["published"], "draft"),
    # The plan takes the fix in, or is held where both changed one thing.
    "fix": (lambda article, by: article.publish(by=by), "Old", 3, ["published", "scheduled"], "draft"),
    "clash": (lambda article, by: article.publish(by=by), "Third", 2, ["published", "held"], "draft"),
    "schedule": (
        lambda article, by: article.publish(by=by, at=timezone.now() + LATER), "Old", 2, ["scheduled"], "draft"
    ),
    "withdraw": (lambda article, by: article.withdraw(by=by), None, 1, ["withdrawn"], "in_review"),
    "unschedule": (lambda article, by: article.unschedule(by=by), "Old", 1, ["unscheduled"], "in_review"),
    "take down": (lambda article, by: article.take_down(by=by, reason="Court."), None, 1, ["taken_down"], "in_review"),
}  # fmt: skip
# What is written before the verb.
FIRST: dict[str, dict[str, str]] = {"fix": {"headline": "Old", "kicker": "Fixed"}, "clash": {"headline": "Third"}}


@pytest.mark.parametrize("name", VERBS)
def test_a_process_that_is_killed_leaves_an_article_wholly_before_or_wholly_after(  # L01
    name: str, make_article: Any, editor: User
) -> None:
    verb, headline, versions, events, stage = VERBS[name]
    outcomes, died, point = [], True, 0
    while died:
        point += 1
        article = planned_update(make_article, point)
        for field, value in FIRST.get(name, {}).items():
            setattr(article, field, value)
        article.save()
        article.submit(by=editor)
        run()
        before, stamp = state(article), pagecache.stamps().read([article.key])
        died = killed_at(point, lambda article=article: verb(article, editor))
        after = state(article)
        outcomes.append(after != before)
        if after == before:
            continue
        assert [one[1:] for one in after["live"]] == ([(headline, 2, 1, 1)] if headline else [])
        assert (len(after["versions"]), after["events"]) == (versions, [*before["events"], *events])
        assert (after["log"], after["stage"]) == (before["log"] + len(events), stage)
        run()
        assert not Announcement.objects.ready(timezone.now()).exists()
        if name not in {"schedule", "unschedule"}:  # readers see something else; else it is told when they will
            assert pagecache.stamps().read([article.key]) > stamp
    assert len(outcomes) > 15
    # Nothing until the commit, all from then on; there are steps after it at which a process can die, too.
    assert outcomes == sorted(outcomes) and outcomes.count(True) > 2


def planned_update(make_article: Any, number: int) -> Article:
    """Live as "Old", rewritten to "New", which is planned for later."""
    article: Article = make_article("Old", slug=f"story-{number}", tags=("Noir", "Debuts"))
    Correction.objects.create(article=article, text="It was Tuesday.")
    article.publish(at=timezone.now() - timedelta(days=1))
    article.headline = "New"
    article.save()
    article.publish(at=timezone.now() + timedelta(hours=2))
    return article


def test_announcing_that_is_killed_anywhere_tells_each_once(make_article: Any, editor: User) -> None:  # L02
    articles = [make_article(f"No. {number}", slug=f"no-{number}", created_by=editor) for number in range(100)]
    for article in articles:
        article.publish()
    point, deaths = 5, 0
    while killed_at(point, run):
        deaths += 1
        point += 13
        assert deaths < 500
        # Its claim would end by itself five minutes later.
        Announcement.objects.exclude(claimed_at=None).update(claimed_at=timezone.now() - timedelta(minutes=6))
    run()
    assert deaths > 10
    told = list(Notification.objects.filter(kind="published").values_list("article_id", flat=True))
    assert sorted(told) == sorted(article.pk for article in articles)
    assert Announcement.objects.waiting().count() == 0
    assert Telling.objects.filter(channel="people").exclude(told_at=None).count() == 100
