"""Moving an entry of the calendar: through the verbs, on the newsroom's clock, never over somebody else's move."""

import json
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Article, Notification, PublishedArticle, Section, SectionLimit
from tests.articles.calendar_days import BACK, BERLIN, CALENDAR, FORWARD, berlin

pytestmark = pytest.mark.django_db

People = dict[str, User]
DAY = timedelta(days=1)
CARNIVAL = FORWARD - 20 * DAY  # an ordinary day, in winter


@pytest.fixture(autouse=True)
def in_berlin(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"


def move(client: Client, article: Article, kind: str, seen: datetime | None, **to: Any) -> Any:
    data = {"kind": kind, "from": seen.isoformat() if seen else None, **to}
    return client.post(f"{CALENDAR}{article.pk}/move/", json.dumps(data), content_type="application/json")


def due(article: Article) -> datetime | None:
    return Article.objects.get(pk=article.pk).due_at


def test_a_due_date_is_dragged_and_keeps_its_hour(client: Client, people: People, make_article: Any) -> None:
    """M03: from winter into summer it stays 09:30."""
    article = make_article("Due", due_at=berlin(CARNIVAL, 9, 30), assignee=people["writer"], priority=1)
    client.force_login(people["editor"])
    summer = FORWARD + 5 * DAY
    answer = move(client, article, "due", article.due_at, date=str(summer))
    assert answer.status_code == 200
    row = Article.objects.get(pk=article.pk)
    assert (row.due_at, row.assignee, row.priority) == (berlin(summer, 9, 30), people["writer"], 1)
    assert "09:30 (Europe/Berlin, UTC+2)" in answer.json()["message"]
    kept = row.revisions.first()
    assert kept is not None and (kept.event, kept.by) == ("assigned", people["editor"])
    assert not Notification.objects.exists()  # who works on it did not change


def test_undo_brings_back_the_very_moment(client: Client, people: People, make_article: Any) -> None:
    was = berlin(CARNIVAL, 9, 30).replace(second=12, microsecond=345678)
    article = make_article("Due", due_at=was)
    client.force_login(people["editor"])
    undo = move(client, article, "due", was, date=str(CARNIVAL + DAY)).json()["undo"]
    answer = client.post(f"{CALENDAR}{article.pk}/move/", json.dumps(undo), content_type="application/json")
    assert answer.status_code == 200 and due(article) == was


def test_an_idea_without_a_date_gets_one_and_loses_it_again(client: Client, people: People, make_article: Any) -> None:
    idea = make_article("Idea", stage="idea")
    client.force_login(people["editor"])
    undo = move(client, idea, "due", None, date=str(CARNIVAL)).json()["undo"]
    assert due(idea) == berlin(CARNIVAL, 17)
    client.post(f"{CALENDAR}{idea.pk}/move/", json.dumps(undo), content_type="application/json")
    assert due(idea) is None
    assert Article.objects.get(pk=idea.pk).stage == "idea"


def test_a_planned_version_is_moved_and_not_the_working_copy(client: Client, people: People, make_article: Any) -> None:
    article = make_article("As planned")
    article.publish(at=berlin(CARNIVAL, 18))
    article.headline = "Half finished"
    article.save()
    client.force_login(people["publisher"])
    answer = move(client, article, "scheduled", berlin(CARNIVAL, 18), date=str(CARNIVAL + DAY), time="07:15")
    assert answer.status_code == 200 and "07:15 (Europe/Berlin, UTC+1)" in answer.json()["message"]
    version = PublishedArticle.objects.get(article=article)
    assert (version.headline, version.live_from) == ("As planned", berlin(CARNIVAL + DAY, 7, 15))


def test_an_end_is_moved(client: Client, people: People, make_article: Any) -> None:
    article = make_article("Ends")
    article.publish(until=berlin(CARNIVAL, 18))
    client.force_login(people["publisher"])
    assert move(client, article, "ends", berlin(CARNIVAL, 18), date=str(CARNIVAL + DAY)).status_code == 200
    assert PublishedArticle.objects.get(article=article).live_until == berlin(CARNIVAL + DAY, 18)


@pytest.mark.parametrize("kind", ["published", "nonsense", None, 7, ["due"]])
def test_what_is_out_cannot_be_moved(client: Client, editor: User, make_article: Any, kind: Any) -> None:
    article = make_article("Out")
    article.publish()
    client.force_login(editor)
    assert move(client, article, kind, timezone.now(), date=str(CARNIVAL)).status_code == 400


def test_somebody_elses_move_is_told_not_overwritten(client: Client, people: People, make_article: Any) -> None:
    """K03-like: the second of two drags began from what is no longer so."""
    article = make_article("Due", due_at=berlin(CARNIVAL, 9))
    people["editor"].first_name, people["editor"].last_name = "Rosa", "Lindqvist"
    people["editor"].save()
    article.assign(None, by=people["editor"], due_at=berlin(CARNIVAL + DAY, 9))
    client.force_login(people["publisher"])
    answer = move(client, article, "due", berlin(CARNIVAL, 9), date=str(CARNIVAL + 2 * DAY))
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert "Rosa Lindqvist" in str(answer.json()["errors"]) and due(article) == berlin(CARNIVAL + DAY, 9)
    planned = make_article("Planned")
    planned.publish(at=berlin(CARNIVAL, 9))
    planned.reschedule(at=berlin(CARNIVAL + DAY, 9), by=people["publisher"])
    answer = move(client, planned, "scheduled", berlin(CARNIVAL, 9), date=str(CARNIVAL + 2 * DAY))
    assert answer.status_code == 409
    assert move(client, planned, "scheduled", None, date=str(CARNIVAL)).status_code == 409
    assert move(client, planned, "ends", berlin(CARNIVAL, 9), date=str(CARNIVAL)).status_code == 409


def test_a_time_that_the_clocks_skip_is_refused_with_a_hint(client: Client, editor: User, make_article: Any) -> None:
    """M01"""
    article = make_article("Planned")
    article.publish(at=berlin(CARNIVAL, 2, 30))
    client.force_login(editor)
    answer = move(client, article, "scheduled", berlin(CARNIVAL, 2, 30), date=str(FORWARD))
    assert (answer.status_code, answer.json()["code"]) == (400, "gap")
    assert "does not exist" in str(answer.json()["errors"]) and "03:00" in str(answer.json()["errors"])
    assert PublishedArticle.objects.get(article=article).live_from == berlin(CARNIVAL, 2, 30)


def test_a_time_that_comes_twice_asks_which(client: Client, editor: User, make_article: Any) -> None:
    article = make_article("Due", due_at=berlin(CARNIVAL, 2, 30))
    client.force_login(editor)
    answer = move(client, article, "due", article.due_at, date=str(BACK))
    assert (answer.status_code, answer.json()["code"]) == (400, "twice")
    for which in (0, 1):
        answer = move(client, article, "due", due(article), date=str(BACK), time="02:30", which=which)
        assert answer.status_code == 200
        assert due(article) == berlin(BACK, 2, 30, fold=which)
        assert ("UTC+2" if which == 0 else "UTC+1") in answer.json()["message"]
    first, second = (berlin(BACK, 2, 30, fold=fold).timestamp() for fold in (0, 1))
    assert second - first == 3600


@pytest.mark.parametrize(
    "to",
    [
        {}, {"date": ""}, {"date": None}, {"date": "tomorrow"}, {"date": "2027-02-30"}, {"date": "9999-12-31"},
        {"date": "0001-01-01"}, {"date": ["2027-03-01"]}, {"date": {"a": 1}}, {"date": "2027-03-01", "time": "25:00"},
        {"date": "2027-03-01", "time": "noon"}, {"to": "2027-03-01T09:00"},
        {"to": 7}, {"to": "9999-12-31T23:59:59+00:00"}, {"to": {}}, {"date": "2027-03-01", "from": "yesterday"},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_a_sentence(client: Client, editor: User, make_article: Any, to: Any) -> None:
    article = make_article("Due", due_at=berlin(CARNIVAL, 9))
    client.force_login(editor)
    answer = move(client, article, "due", article.due_at, **to)
    assert answer.status_code == 400 and any(answer.json()["errors"].values())
    assert due(article) == berlin(CARNIVAL, 9)


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '"x"', "7", "\x00", "{}", '{"kind": {}}'])
def test_no_body_is_a_server_error(client: Client, editor: User, make_article: Any, body: str) -> None:
    client.force_login(editor)
    url = f"{CALENDAR}{make_article('Due').pk}/move/"
    assert client.post(url, body, content_type="application/json").status_code == 400


def test_only_a_post_with_a_token_moves(editor: User, make_article: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    article = make_article("Due", due_at=berlin(CARNIVAL, 9))
    assert client.get(f"{CALENDAR}{article.pk}/move/").status_code == 405
    assert move(client, article, "due", article.due_at, date=str(CARNIVAL + DAY)).status_code == 403
    assert due(article) == berlin(CARNIVAL, 9)


def test_each_article_is_asked_for(client: Client, people: People, make_article: Any, film: Section) -> None:
    """B02: an address that nobody links to is still an address."""
    article = make_article("Due", due_at=berlin(CARNIVAL, 9))
    article.publish(at=berlin(CARNIVAL, 18), until=berlin(CARNIVAL + DAY, 18))
    moves = [("due", berlin(CARNIVAL, 9)), ("scheduled", berlin(CARNIVAL, 18)), ("ends", berlin(CARNIVAL + DAY, 18))]
    music = Section.objects.create(name="Music", slug="music")
    SectionLimit.objects.create(user=people["publisher"], section=music)
    before = PublishedArticle.objects.filter(article=article).values().get()
    refused = {"contributor": moves, "writer": moves, "editor": moves[1:], "publisher": moves}
    for role, kinds in refused.items():
        client.force_login(people[role])
        for kind, seen in kinds:
            answer = move(client, article, kind, seen, date=str(CARNIVAL + 3 * DAY))
            assert answer.status_code == 403, (role, kind)
    assert due(article) == berlin(CARNIVAL, 9)
    assert PublishedArticle.objects.filter(article=article).values().get() == before
    client.force_login(people["editor"])
    assert move(client, article, "due", berlin(CARNIVAL, 9), date=str(CARNIVAL + DAY)).status_code == 200
    assert move(client, Article(pk=10**6), "due", None, date=str(CARNIVAL)).status_code == 404
    client.logout()
    assert move(client, article, "due", None, date=str(CARNIVAL)).status_code == 302


def test_who_may_look_but_not_move_is_told_so(client: Client, people: People, make_article: Any) -> None:
    article = make_article("Due", due_at=berlin(CARNIVAL, 9))
    client.force_login(people["writer"])
    answer = move(client, article, "due", article.due_at, date=str(CARNIVAL + DAY))
    assert answer.status_code == 403 and "Your login may not" in str(answer.json()["errors"])


def test_the_page_carries_what_a_move_needs(client: Client, people: People, make_article: Any) -> None:
    article = make_article("Due", due_at=berlin(CARNIVAL, 9, 30))
    client.force_login(people["editor"])
    page = client.get(CALENDAR, {"date": str(CARNIVAL)}).content.decode()
    for part in (f'data-url="{CALENDAR}{article.pk}/move/"', f'data-date="{CARNIVAL}"', 'data-time="09:30"'):
        assert part in page
    seen = page.partition('data-from="')[2].partition('"')[0]
    assert datetime.fromisoformat(seen) == article.due_at
    client.force_login(people["writer"])
    assert 'draggable="true"' not in client.get(CALENDAR, {"date": str(CARNIVAL)}).content.decode()


def test_seconds_survive_a_drag(client: Client, editor: User, make_article: Any) -> None:
    was = datetime.combine(CARNIVAL, time(9, 30, 12, 345678), tzinfo=BERLIN)
    article = make_article("Planned")
    article.publish(at=was)
    client.force_login(editor)
    assert move(client, article, "scheduled", was, date=str(CARNIVAL + DAY)).status_code == 200
    moved = timezone.localtime(PublishedArticle.objects.get(article=article).live_from)
    assert moved.time() == was.time()
