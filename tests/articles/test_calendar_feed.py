"""The calendar as calendar programs read it: valid, up to date, for nobody but its person."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from articles.models import Article, CalendarToken, Section, SectionLimit
from articles.models.calendar_token import MOST
from newsroom import pagecache
from newsroom.models import AuditEntry
from tests.articles.calendar_days import CALENDAR, FORWARD, berlin

pytestmark = pytest.mark.django_db

People = dict[str, User]
FEEDS = f"{CALENDAR}feeds/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def address(user: User, query: str = "") -> str:
    return f"/calendar/{CalendarToken.make(user)[1]}.ics{query}"


def events(client: Client, url: str) -> dict[str, Any]:
    answer = client.get(url)
    assert answer.status_code == 200
    return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def names(client: Client, url: str) -> set[str]:
    return {str(one["summary"]) for one in events(client, url).values()}


def test_it_says_what_the_calendar_says(client: Client, editor: User, make_article: Any, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    summer = berlin(FORWARD + 3 * DAY, 9)
    make_article("Due; with, signs\\ and “quotes”", due_at=summer, assignee=editor, priority=1)
    make_article("Planned").publish(at=summer, until=summer + DAY)
    make_article("Out " + "very long " * 15).publish()
    answer = client.get(address(editor))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert (calendar["version"], str(calendar["x-wr-timezone"])) == ("2.0", "Europe/Berlin")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n")) and answer.content.endswith(
        b"END:VCALENDAR\r\n"
    )
    found = {str(one["summary"]).partition(":")[0]: one for one in calendar.walk("VEVENT")}
    assert set(found) == {"Due", "Goes live", "Ends", "Published"}
    due = found["Due"]
    assert str(due["summary"]) == "Due: Due; with, signs\\ and “quotes”"
    assert due["dtstart"].dt == summer and "09:00 (Europe/Berlin, UTC+2)" in due["description"]  # M03
    assert due["priority"] == 1 and "rosa" in due["description"] and due["class"] == "CONFIDENTIAL"
    assert str(due["url"]).endswith(f"/admin/articles/article/{Article.objects.earliest('pk').pk}/change/")
    for one in calendar.walk("VEVENT"):
        assert one["uid"] and one["dtstamp"].dt <= timezone.now() and one["sequence"] >= 0
        assert one["transp"] == "TRANSPARENT"


def test_a_moved_event_is_the_same_event_in_a_newer_state(client: Client, editor: User, make_article: Any) -> None:
    at = timezone.now().replace(microsecond=0) + DAY
    article = make_article("Planned", due_at=at)
    article.publish(at=at)
    url = address(editor)
    (uid,) = before = events(client, url)
    article.reschedule(at=at + DAY)
    after = events(client, url)
    assert list(after) == [uid]
    assert after[uid]["sequence"] > before[uid]["sequence"] and after[uid]["dtstart"].dt == at + DAY
    assert after[uid]["dtstamp"].dt >= before[uid]["dtstamp"].dt


def test_an_event_stays_itself_when_it_goes_live(client: Client, editor: User, make_article: Any) -> None:
    article = make_article("Planned")
    article.publish(at=timezone.now() + HOUR)
    url = address(editor)
    (planned,) = events(client, url)
    article.publish()
    out = {uid: str(one["summary"]) for uid, one in events(client, url).items()}
    assert out == {planned: "Published: Planned"}  # nothing is left to plan


def test_it_changes_only_when_something_changes(client: Client, editor: User, make_article: Any) -> None:
    make_article("Planned").publish(at=timezone.now() + HOUR)
    url = address(editor)
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    make_article("Another", due_at=timezone.now() + HOUR)
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_filters_in_the_address(client: Client, people: People, make_article: Any) -> None:
    editor, now = people["editor"], timezone.now()
    music = Section.objects.create(name="Music", slug="music")
    make_article("Mine", due_at=now + HOUR, assignee=editor)
    make_article("Music", due_at=now + HOUR, section=music)
    url = address(editor)
    assert names(client, url) == {"Due: Mine", "Due: Music"}
    assert names(client, f"{url}?person=me") == {"Due: Mine"}
    assert names(client, f"{url}?section={music.pk}") == {"Due: Music"}
    assert names(client, f"{url}?kind=published") == set()
    assert names(client, f"{url}?person=x&section=y&kind=%FF") == {"Due: Mine", "Due: Music"}


def test_it_shows_what_its_person_may_see_at_that_moment(client: Client, people: People, make_article: Any) -> None:
    now = timezone.now()
    make_article("Canary", due_at=now + HOUR)
    make_article("Canary planned").publish(at=now + HOUR)
    make_article("Mine", due_at=now + HOUR, created_by=people["contributor"])
    assert names(client, address(people["contributor"])) == {"Due: Mine"}
    url = address(people["editor"])
    assert len(names(client, url)) == 3
    SectionLimit.objects.create(user=people["editor"], section=Section.objects.create(name="Music", slug="music"))
    assert names(client, url) == set()
    people["editor"].groups.clear()
    assert names(client, url) == set()


def test_all_that_does_not_work_answers_alike(client: Client, people: People) -> None:
    """C02: wrong, revoked, of somebody who left or has no desk any more."""
    editor = people["editor"]
    urls = [address(editor) for _ in range(2)]
    tokens = CalendarToken.objects.order_by("pk")
    tokens[0].revoke(by=editor)
    gone, no_desk = people["writer"], people["publisher"]
    urls = [urls[0], address(gone), address(no_desk), "/calendar/x.ics", f"/calendar/{'A' * 43}.ics", "/calendar/é.ics"]
    User.objects.filter(pk=gone.pk).update(is_active=False)
    User.objects.filter(pk=no_desk.pk).update(is_staff=False)
    answers = [client.get(url) for url in urls]
    for answer in answers:
        assert (answer.status_code, answer.content) == (404, answers[0].content)
        assert dict(answer.headers) == dict(answers[0].headers)
        assert answer["Cache-Control"] == "private, no-store" and "noindex" in answer["X-Robots-Tag"]


def test_no_cache_keeps_it_and_no_session_begins(client: Client, editor: User) -> None:
    url = address(editor)
    for answer in (
        client.get(url),
        client.head(url),
        client.get(url, headers={"If-None-Match": client.get(url)["ETag"]}),
    ):
        assert answer["Cache-Control"] == "private, no-store" and "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer" and not answer.cookies
    assert client.post(url).status_code == 405


def test_a_login_of_somebody_else_shows_no_more(client: Client, people: People, make_article: Any) -> None:
    make_article("Not for a contributor", due_at=timezone.now())
    client.force_login(people["administrator"])
    assert names(client, address(people["contributor"])) == set()


def test_the_database_does_not_hold_the_secret(editor: User) -> None:
    token, secret = CalendarToken.make(editor, "Phone")
    assert len(secret) >= 43  # 256 bits
    row = CalendarToken.objects.values().get(pk=token.pk)
    assert secret not in str(row) and secret not in str(list(AuditEntry.objects.values()))
    assert "ip" not in " ".join(row)


def test_it_tells_when_it_was_used_but_does_not_write_each_time(client: Client, editor: User) -> None:
    url = address(editor)
    client.get(url)
    first = CalendarToken.objects.get().last_used_at
    client.get(url)
    assert first is not None and CalendarToken.objects.get().last_used_at == first


# --- the page -------------------------------------------------------------------------------------------------------


def test_an_address_is_shown_once_renewed_and_ended(
    client: Client, editor: User, make_article: Any, film: Section
) -> None:
    make_article("Due", due_at=timezone.now())
    client.force_login(editor)
    made = client.post(FEEDS, {"note": "Phone", "person": "me", "section": [film.pk]})
    shown = made.context["address"]
    assert shown.endswith(f".ics?section={film.pk}&person=me")
    path = shown.partition(":8000")[2]
    assert Client().get(path).status_code == 200
    again = client.get(FEEDS)
    assert "Phone" in again.content.decode() and path.split("/")[2][:20] not in again.content.decode()
    assert "no-store" in made["Cache-Control"]

    token = CalendarToken.objects.get()
    assert "stops working at once" in client.get(f"{FEEDS}{token.pk}/renew/").content.decode()
    assert Client().get(path).status_code == 200  # asking changes nothing
    renewed = client.post(f"{FEEDS}{token.pk}/renew/").context["address"]
    assert renewed != shown and renewed.endswith(f"?section={film.pk}&person=me")
    assert Client().get(path).status_code == 404
    new = CalendarToken.objects.working().get()  # type: ignore[attr-defined]
    assert client.post(f"{FEEDS}{new.pk}/end/").status_code == 302
    assert Client().get(renewed.partition(":8000")[2]).status_code == 404
    assert client.post(f"{FEEDS}{new.pk}/end/").status_code == 404
    acts = AuditEntry.objects.filter(act__startswith="calendar").order_by("pk").values_list("act", flat=True)
    assert list(acts) == [f"calendar_address_{act}" for act in ("made", "revoked", "made", "revoked")]


def test_nobody_touches_the_addresses_of_others(client: Client, people: People) -> None:
    token, _ = CalendarToken.make(people["editor"], "Canary")
    client.force_login(people["administrator"])
    assert "Canary" not in client.get(FEEDS).content.decode()
    for act in ("renew", "end", "nonsense"):
        assert client.get(f"{FEEDS}{token.pk}/{act}/").status_code == 404
        assert client.post(f"{FEEDS}{token.pk}/{act}/").status_code == 404
    assert CalendarToken.objects.get().revoked_at is None


def test_there_is_an_end_to_addresses(client: Client, editor: User) -> None:
    client.force_login(editor)
    for _ in range(MOST):
        assert client.post(FEEDS, {"note": "x" * 500}).status_code == 200
    answer = client.post(FEEDS)
    assert answer.status_code == 400 and "End one that you don’t use" in answer.content.decode()
    assert CalendarToken.objects.count() == MOST


def test_who_may_see_no_articles_makes_no_address(client: Client) -> None:
    client.force_login(User.objects.create_user("pictures", password="a long password", is_staff=True))
    assert client.get(FEEDS).status_code == client.post(FEEDS).status_code == 403
    assert not CalendarToken.objects.exists()


def test_the_queries_do_not_grow(client: Client, people: People, make_article: Any) -> None:
    url = address(people["editor"])

    def fill(numbers: range) -> None:
        for n in numbers:
            make_article(f"Due {n}", due_at=timezone.now())
            make_article(f"Planned {n}").publish(at=timezone.now() + HOUR, until=timezone.now() + DAY)

    def count() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    fill(range(1))
    pagecache.Remembered.forget()
    before = count()
    fill(range(1, 30))
    assert count() == before <= 10
