"""The gate, asked for the time at which readers would have it: moved in the calendar, linked to, and what
was overridden for the same words before.
"""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, PublishedArticle, gate
from articles.models.check_facts import CheckFacts
from articles.models.checks import checks
from newsroom.models import AuditEntry
from tests.articles.breaking_rules import image, only, set_rules
from tests.articles.test_stale_saves import opened

pytestmark = pytest.mark.django_db

People = dict[str, User]
DAY = timedelta(days=1)
RIGHTS = "before the article comes out"


@pytest.fixture
def now() -> datetime:
    return timezone.now().replace(microsecond=0)


def lent(days: int, **fields: Any) -> Any:
    """A picture whose rights end in so many days."""
    return image(rights_expire_on=timezone.localdate() + days * DAY, **fields)


def editor_who_publishes(people: People) -> User:
    """He may not override."""
    people["editor"].user_permissions.add(Permission.objects.get(codename="publish_article"))
    return User.objects.get(pk=people["editor"].pk)


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_a_plan_is_not_moved_past_the_rights_to_its_picture(make_article: Any, people: People, now: datetime) -> None:
    article = make_article(lead_image=lent(60))
    article.publish(at=now + DAY, until=now + 90 * DAY)
    Article.objects.filter(pk=article.pk).update(lead_image=None)  # the plan is asked, not what the desk has by now
    only("lead-rights", "must")
    article = Article.objects.get(pk=article.pk)
    with pytest.raises(gate.Blocked, match=RIGHTS) as refused:
        article.reschedule(by=people["publisher"], at=now + 70 * DAY)
    assert [one.id for one in refused.value.checks] == ["lead-rights"]
    assert PublishedArticle.objects.get().live_from == now + DAY
    assert not article.revisions.filter(note__contains="moved").exists()


def test_an_end_is_not_moved_past_the_rights_but_nearer(make_article: Any, people: People, now: datetime) -> None:
    article = make_article(body=f'<p>A</p><figure data-image="{lent(20).pk}"></figure>')
    article.publish(until=now + 10 * DAY)
    only("picture-rights", "must")
    publisher = people["publisher"]
    article.reschedule_end(by=publisher, until=now + 15 * DAY)
    with pytest.raises(gate.Blocked, match="while the article is out"):
        article.reschedule_end(by=publisher, until=now + 30 * DAY)
    article.reschedule_end(until=now + 30 * DAY)  # the site itself
    article.reschedule_end(by=publisher, until=now + 25 * DAY)  # still too long, but shorter than it was
    assert PublishedArticle.objects.get().live_until == now + 25 * DAY


def test_the_calendar_says_why_and_nothing_moved(
    client: Client, make_article: Any, people: People, now: datetime
) -> None:
    article = make_article(lead_image=lent(60))
    article.publish(at=now + DAY)
    only("lead-rights", "must")
    client.force_login(people["publisher"])
    url = reverse("admin:articles_article_calendar_move", args=[article.pk])
    body = {"kind": "scheduled", "from": (now + DAY).isoformat(), "to": (now + 70 * DAY).isoformat()}
    answer = client.post(url, json.dumps(body), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "lead-rights")
    assert RIGHTS in answer.json()["errors"]["__all__"][0]
    assert PublishedArticle.objects.get().live_from == now + DAY


def test_another_article_that_took_the_address_stops_the_move(make_article: Any, people: People, now: datetime) -> None:
    article = make_article(slug="mine")
    article.publish(at=now + DAY)
    other = make_article(slug="other")
    other.publish()
    PublishedArticle.objects.filter(article=other).update(slug="mine")
    with pytest.raises(ValidationError, match="another article by this address"):
        article.reschedule(by=people["publisher"], at=now + 2 * DAY)


# --- what was overridden --------------------------------------------------------------------------------------------


def test_what_was_overridden_for_a_version_is_not_asked_again(make_article: Any, people: People, now: datetime) -> None:
    only("standfirst-missing", "must")
    publisher = people["publisher"]
    article = make_article(lead_image=lent(60))
    article.publish(by=publisher, at=now + DAY, override="Breaking")
    set_rules(lead_rights="must")
    for days in (2, 3):
        article.reschedule(by=editor_who_publishes(people), at=now + days * DAY)
    with pytest.raises(gate.Blocked) as refused:
        article.reschedule(by=publisher, at=now + 70 * DAY)
    assert [one.id for one in refused.value.checks] == ["lead-rights"]
    article.reschedule(by=publisher, at=now + 70 * DAY, override="The agency agreed")
    assert [one.reason for one in AuditEntry.objects.filter(act="overridden")] == ["The agency agreed", "Breaking"]
    note = article.revisions.first().note
    assert "The agency agreed" in note and "moved from" in note
    article.reschedule(by=publisher, at=now + 71 * DAY)


def test_other_words_are_asked_again(make_article: Any, people: People, now: datetime) -> None:
    only("standfirst-missing", "must")
    article = make_article()
    article.publish(by=people["publisher"], at=now + DAY, override="Breaking")
    article.kicker = "New"
    article.save()
    with pytest.raises(gate.Blocked):
        article.publish(by=people["publisher"], at=now + DAY)


def test_who_may_not_override_can_not_while_moving(make_article: Any, people: People, now: datetime) -> None:
    article = make_article()
    article.publish(at=now + DAY)
    only("standfirst-missing", "must")
    with pytest.raises(PermissionDenied):
        article.reschedule(by=editor_who_publishes(people), at=now + 2 * DAY, override="Because")
    assert PublishedArticle.objects.get().live_from == now + DAY


def test_a_long_reason_is_whole_in_the_log_and_shortened_in_sight(make_article: Any, people: People) -> None:
    only("standfirst-missing", "must")
    reason = ("The minister died. " * 30)[: gate.LONGEST_REASON].strip()
    article = make_article()
    article.publish(by=people["publisher"], override=reason, note="n" * 250)
    note = article.revisions.first().note
    assert len(note) == 300 and note.endswith("…") and note.startswith("Against the house rules, because: The minister")
    assert AuditEntry.objects.get(act="overridden").reason == reason
    assert reason in AuditEntry.objects.get(act="published").reason


def test_a_reason_that_is_too_long_is_refused_not_cut(make_article: Any, people: People, client: Client) -> None:
    only("standfirst-missing", "must")
    article = make_article()
    with pytest.raises(ValidationError, match="500 characters at most"):
        article.publish(by=people["publisher"], override="x" * (gate.LONGEST_REASON + 1))
    client.force_login(people["publisher"])
    url = reverse("admin:articles_article_change", args=[article.pk])
    answer = client.post(url, opened(client, url, _publish="1", override_reason="x" * 501))
    assert "override_reason" in answer.context["adminform"].form.errors
    assert 'maxlength="500"' in client.get(f"{url}?refused=publish").content.decode()
    assert not PublishedArticle.objects.exists()


# --- links ------------------------------------------------------------------------------------------------------------


def test_a_link_has_to_lead_somewhere_when_the_article_comes_out(make_article: Any, now: datetime) -> None:
    later, ends, out = make_article("Later", slug="later"), make_article("Ends", slug="ends"), make_article("Out")
    later.publish(at=now + 5 * DAY)
    ends.publish(until=now + 5 * DAY)
    out.publish()
    linking = make_article("Linking", slug="linking")

    def is_lost(target: Article, days: int) -> bool:
        linking.body = f'<p><a data-article="{target.pk}" href="/x/">it</a></p>'
        start = now + days * DAY if days else None
        return "link-unpublished" in [one.id for one in checks(linking, start=start)]

    assert [is_lost(later, days) for days in (0, 4, 5, 6)] == [True, True, False, False]
    assert [is_lost(ends, days) for days in (0, 4, 5, 6)] == [False, False, True, True]
    assert [is_lost(out, days) for days in (0, 4, -4)] == [False] * 3
    out.publish(at=now + 5 * DAY)  # an update: no hole between the two
    assert not any(is_lost(out, days) for days in (0, 5, 6))


# --- once a request ---------------------------------------------------------------------------------------------------


def test_the_checks_run_once_for_a_form(client: Client, make_article: Any, people: People, monkeypatch: Any) -> None:
    article = make_article(created_by=people["publisher"])
    only("standfirst-missing", "must")
    client.force_login(people["publisher"])
    url = reverse("admin:articles_article_change", args=[article.pk])
    asked: list[int] = []
    about = CheckFacts.about
    monkeypatch.setattr(CheckFacts, "about", lambda rows: asked.append(1) or about(rows))
    for address in (url, f"{url}?refused=publish"):
        asked.clear()
        page = client.get(address).context
        assert page["checks"] and page["blocked_by"] and len(asked) == 1
    data = opened(client, url, _publish="1", override_reason="Now")
    asked.clear()
    assert client.post(url, data).status_code == 302
    assert len(asked) == 1 and PublishedArticle.objects.live().exists()


def test_moving_costs_the_same_for_a_long_text(make_article: Any, people: People, now: datetime) -> None:
    picture = lent(400)

    def count(number: int) -> int:
        article = make_article(
            f"Story {number}", body=f'<p>A</p><figure data-image="{picture.pk}"></figure>' * number, lead_image=picture
        )
        article.publish(at=now + DAY)
        with CaptureQueriesContext(connection) as queries:
            article.reschedule(by=people["publisher"], at=now + 2 * DAY)
        return len(queries)

    count(1)
    assert count(1) == count(30)
