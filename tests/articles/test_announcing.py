"""Telling others at the moment of publication: each once, whatever happens in between."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.announcing import channels as channels_of
from articles.announcing.running import run
from articles.management.commands.announce import until_next
from articles.models import Announcement, Article, Notification, Telling
from articles.models.announcements import MOST_TRIES
from newsroom import pagecache
from newsroom.models import AuditEntry

from .clock import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: Any) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def story(make_article: Any, people: dict[str, User]) -> Article:
    article: Article = make_article("The harbour", created_by=people["writer"])
    return article


def waiting(article: Article) -> list[tuple[str, Any]]:
    return list(Announcement.objects.waiting().filter(article=article).order_by("due_at").values_list("what", "due_at"))


def turn() -> dict[str, int]:
    """What one run made of announcements; mails have tests of their own."""
    return {name: count for name, count in run().items() if name in ("told", "failed", "given_up") and count}


def told(kind: str) -> list[str]:
    return list(Notification.objects.filter(kind=kind).order_by("pk").values_list("article__headline", flat=True))


class Failing(channels_of.Channel):
    name = "failing"
    broken = True
    heard: list[int]

    def __init__(self) -> None:
        self.heard = []

    def tell(self, announcement: Announcement) -> str:
        if self.broken:
            raise OSError("no line")
        self.heard.append(announcement.pk)
        return "heard"


@pytest.fixture
def failing(monkeypatch: Any) -> Failing:
    one = Failing()
    usual = channels_of.channels
    monkeypatch.setattr("articles.announcing.running.channels", lambda: [one, *usual()])
    return one


# --- what is planned to be told --------------------------------------------------------------------------------


def test_the_verbs_plan_what_is_to_be_told_and_forget_what_is_no_longer_so(clock: Clock, story: Article) -> None:
    start, end = clock.now + timedelta(hours=1), clock.now + timedelta(hours=5)
    story.publish(at=start, until=end)
    assert waiting(story) == [("appeared", start), ("ended", end)]
    later = clock.now + timedelta(hours=2)
    story.publish(at=later)
    assert waiting(story) == [("appeared", later)]
    story.unschedule()
    assert waiting(story) == []
    now = clock.goes(minutes=1)
    story.publish()
    assert waiting(story) == [("appeared", now)]
    update = clock.now + timedelta(hours=1)
    story.publish(at=update)
    assert waiting(story) == [("appeared", now), ("replaced", update)]
    gone = clock.goes(minutes=1)
    story.withdraw()
    assert waiting(story) == [("appeared", now), ("ended", gone)]


def test_an_end_is_not_told_where_the_next_version_follows_on_it(clock: Clock, story: Article) -> None:
    story.publish(until=clock.now + timedelta(hours=3))
    clock.goes(minutes=1)
    story.publish(at=clock.now + timedelta(hours=1))
    assert [what for what, _ in waiting(story)] == ["appeared", "replaced"]


def test_what_is_planned_knows_the_keys_of_all_pages_that_will_have_shown_it(clock: Clock, make_article: Any) -> None:
    article = make_article(tags=("Noir",))
    article.publish(at=clock.now + timedelta(hours=1))
    article.tags.set(["Comedy"])
    clock.goes(minutes=1)
    article.publish(at=clock.now + timedelta(hours=2))
    keys = Announcement.objects.waiting().get().keys
    assert article.key in keys and "list-home" in keys
    assert len([key for key in keys if key.startswith("list-tag:")]) == 2


def test_what_is_rolled_back_is_not_announced(clock: Clock, story: Article, people: dict[str, User]) -> None:
    with pytest.raises(Exception, match="may not"):
        story.publish(by=people["writer"])
    assert not Announcement.objects.exists()


# --- telling ---------------------------------------------------------------------------------------------------


def test_who_wrote_it_hears_that_it_is_out_and_who_sent_it_out_does_not(
    clock: Clock, story: Article, people: dict[str, User]
) -> None:
    story.publish(by=people["publisher"])
    assert turn() == {"told": 1}
    assert [(one.to, one.kind, one.by) for one in Notification.objects.all()] == [
        (people["writer"], "published", people["publisher"])
    ]
    assert not turn() and Notification.objects.count() == 1
    own = story.pk and Article.objects.create(headline="Mine", section=story.section, created_by=people["publisher"])
    own.publish(by=people["publisher"])
    turn()
    assert told("published") == ["The harbour"]


def test_nothing_is_told_before_its_moment(clock: Clock, story: Article) -> None:
    story.publish(at=clock.now + timedelta(hours=1))
    assert not turn()
    clock.goes(minutes=59, seconds=59)
    assert not turn() and not told("published")
    clock.goes(seconds=1)
    assert turn() == {"told": 1} and told("published") == ["The harbour"]


def test_after_hours_of_silence_all_is_told_in_the_order_in_which_it_happened(  # M09
    clock: Clock, make_article: Any, people: dict[str, User]
) -> None:
    begun = clock.now
    for hours in (3, 1, 2):
        make_article(f"At {hours}", created_by=people["writer"]).publish(at=begun + timedelta(hours=hours))
    clock.goes(hours=7)
    assert turn() == {"told": 3}
    assert told("published") == ["At 1", "At 2", "At 3"]
    assert list(Announcement.objects.order_by("pk").values_list("due_at", flat=True)) == [
        begun + timedelta(hours=hours) for hours in (3, 1, 2)
    ]


def test_what_is_no_longer_so_is_told_to_caches_only(clock: Clock, story: Article) -> None:
    story.publish(at=clock.now + timedelta(hours=1))
    clock.goes(hours=2)
    story.withdraw()
    turn()
    assert told("published") == [] and told("withdrawn") == ["The harbour"]
    first = Announcement.objects.earliest("due_at")
    assert dict(first.tellings.values_list("channel", "note"))["people"] == "no longer so"
    assert first.done_at


def test_a_clock_that_is_put_back_or_forward_tells_nothing_twice(clock: Clock, story: Article) -> None:  # M05
    story.publish(at=clock.now + timedelta(minutes=30))
    clock.goes(hours=1)
    assert turn() == {"told": 1}
    clock.goes(hours=-1)
    assert not turn()
    story.publish()  # what is out lies ahead again
    assert turn() == {"told": 1}
    clock.goes(days=1)
    assert not turn()
    assert told("published") == ["The harbour"] * 2 and story.published_versions.live(clock.now).count() == 1
    clock.goes(days=-2)
    story.withdraw()
    assert Announcement.objects.exclude(done_at=None).count() == 2  # what was told stays told
    clock.goes(days=2)
    assert not turn() and not story.published_versions.live(clock.now).exists()


def test_a_clock_that_is_put_back_keeps_no_claim_and_no_pause_alive(
    clock: Clock, story: Article, failing: Failing
) -> None:  # M05
    story.publish()
    clock.goes(days=1)
    assert Announcement.objects.get().take()
    clock.goes(hours=-12)
    assert turn() == {"failed": 1}
    clock.goes(hours=-6)
    failing.broken = False
    assert turn() == {"told": 1}


def test_the_pages_that_showed_it_are_out_of_date_when_a_moment_passes(
    clock: Clock, story: Article, django_capture_on_commit_callbacks: Any
) -> None:
    story.publish(at=clock.now + timedelta(hours=1))
    before = pagecache.stamps().read([story.key, "list-home"])
    clock.goes(hours=2)
    with django_capture_on_commit_callbacks(execute=True):
        turn()
    after = pagecache.stamps().read([story.key, "list-home"])
    assert after[0] > before[0] and after[1] > before[1]


# --- failures --------------------------------------------------------------------------------------------------


def test_a_channel_that_fails_keeps_no_other_and_no_other_article_from_being_told(
    clock: Clock, story: Article, make_article: Any, people: dict[str, User], failing: Failing
) -> None:
    story.publish()
    make_article("Another", created_by=people["writer"]).publish()
    assert turn() == {"failed": 2}
    assert sorted(told("published")) == ["Another", "The harbour"]
    clock.goes(seconds=29)
    failing.broken = False
    assert not turn()
    clock.goes(seconds=2)
    assert turn() == {"told": 2}
    assert len(failing.heard) == 2 and len(told("published")) == 2


def test_one_article_that_fails_does_not_stop_the_rest(
    clock: Clock, story: Article, make_article: Any, people: dict[str, User], monkeypatch: Any
) -> None:
    story.publish()
    make_article("Another", created_by=people["writer"]).publish()
    right = channels_of.People.tell

    def tell(self: Any, announcement: Announcement) -> str:
        if announcement.article_id == story.pk:
            Notification.objects.create(to=people["writer"], article=story, kind="published")
            raise ValueError("poison")
        return right(self, announcement)

    monkeypatch.setattr(channels_of.People, "tell", tell)
    assert turn() == {"failed": 1, "told": 1}
    assert told("published") == ["Another"]  # the half that was written is gone


def test_what_nobody_takes_is_given_up_after_growing_pauses_and_can_be_tried_again(
    client: Any, clock: Clock, story: Article, failing: Failing, people: dict[str, User]
) -> None:
    story.publish(by=people["publisher"])
    pauses = []
    for _ in range(MOST_TRIES):
        began = clock.now
        while not turn():
            clock.goes(seconds=30)
        pauses.append((clock.now - began).total_seconds())
    row = Announcement.objects.get()
    assert row.gave_up_at and row.tries == MOST_TRIES and "no line" in row.last_error
    assert pauses == sorted(pauses) and pauses[-1] >= 3600
    clock.goes(days=1)
    assert not turn()
    client.force_login(people["publisher"])
    url = "/admin/articles/announcement/"
    assert "Given up after 10 tries: failing: no line" in client.get(f"{url}?state=given_up").content.decode()
    failing.broken = False
    client.post(url, {"action": "try_again", "_selected_action": [row.pk]})
    assert turn() == {"told": 1}
    assert len(told("published")) == 1  # at the first try: only what failed is told again


def test_a_claim_of_a_dead_process_ends_by_itself(clock: Clock, story: Article) -> None:  # L12
    story.publish()
    assert Announcement.objects.get().take() and not Announcement.objects.get().take()
    assert not turn()
    clock.goes(minutes=6)
    assert turn() == {"told": 1}


def test_who_lost_his_claim_writes_nothing(clock: Clock, story: Article) -> None:
    from articles.announcing.running import tell
    from articles.models.claims import ClaimLost

    story.publish()
    slow = Announcement.objects.get()
    assert slow.take()
    clock.goes(minutes=6)
    assert turn() == {"told": 1}
    Telling.objects.all().delete()
    with pytest.raises(ClaimLost):
        tell(slow, [channels_of.People()])
    assert len(told("published")) == 1 and not Telling.objects.exists()


# --- the command and the list ----------------------------------------------------------------------------------


def test_the_command_says_what_it_did_and_fails_when_not_all_was_told(
    clock: Clock, story: Article, failing: Failing, capsys: Any
) -> None:
    call_command("announce")
    assert capsys.readouterr().out == "Nothing was due.\n"
    story.publish()
    with pytest.raises(CommandError, match="Not all"):
        call_command("announce")
    assert "1 failed" in capsys.readouterr().out


def test_the_loop_wakes_for_the_next_moment(clock: Clock, story: Article) -> None:
    assert until_next(15) == 15
    story.publish(at=clock.now + timedelta(seconds=20))
    assert until_next(15) == 15
    clock.goes(seconds=17)
    assert until_next(15) == 3
    clock.goes(seconds=3)
    assert turn() == {"told": 1} and until_next(15) == 15


def test_the_list_of_announcements_is_for_publishers_of_their_sections(
    client: Any, clock: Clock, story: Article, people: dict[str, User]
) -> None:
    from articles.models import Section, SectionLimit

    story.publish()
    row = Announcement.objects.get()
    url = f"/admin/articles/announcement/{row.pk}/change/"
    client.force_login(people["editor"])
    assert client.get("/admin/articles/announcement/").status_code == client.get(url).status_code == 403
    client.force_login(people["publisher"])
    assert "The harbour" in client.get("/admin/articles/announcement/").content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"what": "ended", "_save": "Save"}).status_code == 403
    SectionLimit.objects.create(user=people["publisher"], section=Section.objects.create(name="Music", slug="music"))
    assert "The harbour" not in client.get("/admin/articles/announcement/").content.decode()
    assert client.get(url).status_code == 302  # as for what is not there


def test_the_queries_of_the_list_do_not_grow(client: Any, clock: Clock, editor: User, make_article: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/articles/announcement/").status_code == 200
        return len(queries)

    client.force_login(editor)
    make_article("First").publish(by=editor)
    turn()
    count()
    few = count()
    for number in range(30):
        make_article(f"No. {number}").publish(by=editor)
    turn()
    assert count() == few <= 8


def test_a_turn_that_told_something_is_in_the_log(story: Article, failing: Failing, capsys: Any) -> None:
    def logged() -> list[Any]:
        return list(AuditEntry.objects.filter(thing_name="announce").order_by("pk").values_list("thing", "after"))

    call_command("announce")
    assert not logged()
    story.publish()
    with pytest.raises(CommandError):
        call_command("announce")
    mailed: list[Any] = [("command", {"mails sent": 1})]
    assert logged() == mailed  # what failed is tried again; the heartbeat tells of that
    failing.broken = False
    Announcement.objects.update(next_try_at=None)
    for _ in range(2):
        call_command("announce")
        assert logged() == [*mailed, ("command", {"told": 1})]


def test_what_is_brought_from_elsewhere_is_no_news(make_article: Any) -> None:
    """Three thousand old articles at once would be three thousand mails and pings. Their ends are told all the same."""
    make_article("Of last year").publish(at=timezone.now() - timedelta(days=300))
    assert not Announcement.objects.exists()
    make_article("Of last year, and it ends").publish(
        at=timezone.now() - timedelta(days=300), until=timezone.now() + timedelta(days=3)
    )
    assert list(Announcement.objects.waiting().values_list("what", flat=True)) == ["ended"]
