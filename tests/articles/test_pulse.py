"""Whether announcing is at work is seen at the desk and by the system check, before a reader writes in."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks

from articles.announcing.pulse import Pulse
from articles.announcing.running import run
from articles.models import Announcement
from newsroom.models import Heartbeat

from .clock import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: Any) -> Clock:
    return Clock(monkeypatch)


def warnings() -> list[str]:
    return [found.msg for found in run_checks(databases=["default"]) if found.id == "articles.W001"]


def first_page(client: Any, user: User) -> str:
    client.force_login(user)
    text: str = client.get("/admin/").content.decode()
    return text


def test_a_quiet_line_says_when_it_was_last_heard_of(client: Any, clock: Clock, editor: User) -> None:
    run(every=15)
    clock.goes(seconds=12)
    page = first_page(client, editor)
    assert "12 seconds ago" in page and "pulse-late" not in page
    assert warnings() == []


def test_silence_is_told_at_the_desk_and_by_the_check(
    client: Any, clock: Clock, people: dict[str, User], editor: User
) -> None:
    run(every=15)
    clock.goes(minutes=2)
    assert not warnings()
    clock.goes(minutes=2)
    assert warnings() == ["Nobody is told of publications: announcing was last heard of 4 minutes ago."]
    assert "last heard of 4 minutes ago" in first_page(client, people["writer"])
    run(every=15)
    assert not warnings()


def test_from_cron_it_may_be_silent_for_a_while(clock: Clock) -> None:
    run()
    clock.goes(minutes=14)
    assert not warnings()
    clock.goes(minutes=2)
    assert len(warnings()) == 1


def test_what_never_ran_is_told_once_something_is_overdue(clock: Clock, make_article: Any) -> None:
    assert Pulse.take() == Pulse("has not run yet")
    make_article().publish()
    assert not warnings()
    clock.goes(minutes=11)
    assert warnings() == [
        "Nobody is told of publications: announcing has never run.",
        "1 announcement is overdue.",
    ]


def test_failures_and_what_was_given_up_are_told(clock: Clock, make_article: Any, monkeypatch: Any) -> None:
    def fail(*args: Any) -> str:
        raise OSError("disk full")

    make_article().publish()
    with monkeypatch.context() as broken:
        broken.setattr("articles.announcing.channels.Stamps.tell", fail)
        run()
    assert [one for one in warnings() if "disk full" in one]
    Announcement.objects.update(gave_up_at=clock.now)
    run()
    assert warnings() == ["1 announcement is given up, as nobody took it."]


def test_a_clock_that_was_put_back_hides_no_silence(clock: Clock) -> None:  # M05
    Heartbeat.beat("announce", every=15)
    clock.goes(hours=-1)
    assert len(warnings()) == 1


def test_who_sees_no_articles_is_not_bothered(client: Any, clock: Clock) -> None:
    Heartbeat.beat("announce", every=15)
    clock.goes(days=1)
    nobody = User.objects.create_user("ada", password="a long password", is_staff=True)
    assert "Nobody is told" not in first_page(client, nobody)


def test_the_check_asks_no_database_that_is_not_named_or_has_no_tables_yet(monkeypatch: Any, clock: Clock) -> None:
    Heartbeat.beat("announce", every=15)
    clock.goes(days=1)
    assert not [found for found in run_checks() if found.id == "articles.W001"]
    assert len(warnings()) == 1
    from django.db import connection

    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["django_migrations"])
    assert not warnings()


def test_it_costs_little_with_many_announcements(
    clock: Clock, make_article: Any, django_assert_num_queries: Any
) -> None:
    article = make_article()
    Announcement.objects.bulk_create(
        Announcement(article=article, what="appeared", due_at=clock.now - timedelta(hours=number), done_at=clock.now)
        for number in range(300)
    )
    with django_assert_num_queries(3):
        Pulse.take()
