"""The log's page: who may see it, what it finds, what it costs; and the file that is taken from it."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, SectionLimit, Tag
from articles.roles import THINGS, Role
from newsroom.auditing import reading
from newsroom.models import AuditEntry
from newsroom.models.audit import log
from newsroom.spreadsheets import BYTE_ORDER_MARK, cell

pytestmark = pytest.mark.django_db

PAGE, EXPORT = "/admin/newsroom/auditentry/", "/admin/newsroom/auditentry/export/"
DAY = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def desk(client: Any, editor: User) -> Any:
    client.force_login(editor)
    AuditEntry.objects.all().delete()  # that she came
    return client


def entry(number: int = 1, **values: Any) -> AuditEntry:
    about = {"act": "changed", "thing": "articles.tag", "thing_name": f"Tag {number}", "at": DAY}
    return AuditEntry.objects.create(**{**about, **values})


def names(response: Any) -> list[str]:
    assert response.status_code == 200
    return [line.entry.thing_name for line in response.context["lines"]]


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))


# --- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_who_may_see_the_log_says_the_table(role: Role, client: Any, people: dict[str, User]) -> None:
    """J08"""
    least = next(thing.view for thing in THINGS if thing.model == "newsroom.auditentry")
    assert least is not None
    order = list(Role)
    expected = 200 if order.index(role) >= order.index(least) else 403
    client.force_login(people[role.lower()])
    one = entry()
    assert client.get(PAGE).status_code == expected
    assert client.post(EXPORT).status_code == expected
    assert client.get(f"{PAGE}{one.pk}/change/").status_code == (302 if expected == 200 else 403)
    assert (b"auditentry" in client.get("/admin/").content) == (expected == 200)


@pytest.mark.parametrize("who", ["editor", "publisher", "administrator", "superuser"])
def test_nobody_adds_changes_or_deletes_an_entry_at_the_desk(who: str, client: Any, people: Any, editor: User) -> None:
    """J08: not even with every permission."""
    client.force_login(editor if who == "superuser" else people[who])
    one = entry()
    form = {
        "act": "x",
        "thing": "y",
        "by_name": "z",
        "post": "yes",
        "action": "delete_selected",
        "_selected_action": one.pk,
    }
    for address in ("", "add/", f"{one.pk}/change/", f"{one.pk}/delete/"):
        assert client.post(f"{PAGE}{address}", form).status_code in (403, 405), address
    for address in ("add/", f"{one.pk}/delete/"):
        assert client.get(f"{PAGE}{address}").status_code == 403, address
    one.refresh_from_db()
    assert (one.act, one.by_name) == ("changed", "")
    assert client.get(EXPORT).status_code in (403, 405)


def test_what_an_editor_does_is_there_with_before_and_after(
    client: Any, people: dict[str, User], make_article: Any
) -> None:
    """J08: publishes, edits, deletes, changes a role; who, what, when, before and after."""
    publisher, administrator = people["publisher"], people["administrator"]
    article: Article = make_article("A story", created_by=publisher)
    article.record("saved", by=publisher)
    article.headline = "Another"
    article.save()
    article.record("saved", by=publisher)
    article.publish(by=publisher)
    tag = Tag.objects.create(name="Noir")
    client.force_login(publisher)
    client.post(f"/admin/articles/tag/{tag.pk}/delete/", {"post": "yes"})
    client.force_login(administrator)
    group = administrator.groups.get()
    client.post(f"/admin/auth/user/{people['writer'].pk}/change/", {"username": "writer", "is_active": "on",
                "groups": [group.pk], "date_joined_0": "2026-01-01", "date_joined_1": "10:00"})  # fmt: skip
    found = {(line.who, line.act, line.kind) for line in client.get(PAGE).context["lines"]}
    assert {("publisher", "Saved", "article"), ("publisher", "Published", "article"), ("publisher", "Deleted", "tag"),
            ("administrator", "Changed", "user"), ("administrator", "Logged in", "user")} <= found  # fmt: skip
    page = client.get(f"{PAGE}?kind=articles.article&number={article.pk}&act=saved")
    changes = [(change.name, change.before, change.after) for change in page.context["lines"][0].changes]
    assert changes == [("headline", "A story", "Another"), ("revision", "1", "2")]
    assert page.context["lines"][0].entry.at <= timezone.now()


# --- what it finds -------------------------------------------------------------------------------------------------


def test_it_is_filtered_by_who_act_kind_days_and_words(desk: Any, editor: User, people: dict[str, User]) -> None:
    kim = people["writer"]
    entry(1, by_id=kim.pk, by_name="writer")
    entry(2, act="deleted", reason="It was a Ｄouble, sadly")
    entry(3, thing="images.image")
    entry(4, at=DAY + timedelta(days=1))
    entry(5, by_id=999_999, by_name="gone")
    assert names(desk.get(PAGE, {"who": kim.pk})) == ["Tag 1"]
    assert names(desk.get(PAGE, {"who": "site"})) == ["Tag 4", "Tag 3", "Tag 2"]
    assert names(desk.get(PAGE, {"who": 999_999})) == ["Tag 5"]
    assert "gone (no longer at the desk)" in desk.get(PAGE, {"who": 999_999}).content.decode()
    assert names(desk.get(PAGE, {"act": "deleted"})) == ["Tag 2"]
    assert names(desk.get(PAGE, {"kind": "images.image"})) == ["Tag 3"]
    assert names(desk.get(PAGE, {"since": "2026-03-06"})) == ["Tag 4"]
    assert names(desk.get(PAGE, {"until": "2026-03-05", "q": "tag 3"})) == ["Tag 3"]
    assert names(desk.get(PAGE, {"q": "SADLY"})) == ["Tag 2"]
    assert names(desk.get(PAGE, {"who": "site", "kind": "articles.tag", "act": "changed"})) == ["Tag 4"]
    assert names(desk.get(PAGE, {"act": "never_heard_of"})) == []


@pytest.mark.parametrize(
    "question",
    [{"since": "yesterday"}, {"since": "0001-01-01"}, {"until": "9999-12-31"}, {"who": "-1"}, {"who": "1" * 40},
     {"since": "2026-03-06", "until": "2026-03-05"}, {"q": "x" * 101}],
)  # fmt: skip
def test_nonsense_is_refused_in_a_sentence(question: dict[str, str], desk: Any) -> None:
    response = desk.get(PAGE, question)
    assert response.status_code == 400 and b"errornote" in response.content
    exported = desk.post(f"{EXPORT}?{'&'.join(f'{key}={value}' for key, value in question.items())}")
    assert exported.status_code == 302 and not AuditEntry.objects.filter(act="exported").exists()


@pytest.mark.parametrize(
    "before", ["x", "~", "2026-03-05~1", "2026-03-05T12:00:00+00:00~x", "9" * 400, "2026-99-99T99:99~1"]
)
def test_a_place_that_is_none_shows_the_newest(before: str, desk: Any) -> None:
    entry()
    assert names(desk.get(PAGE, {"before": before})) == ["Tag 1"]


def test_pages_follow_each_other_without_gap_or_double(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "PAGE", 3)
    for number in range(8):
        entry(number, at=DAY + timedelta(minutes=number // 3))  # some at the same moment
    expected = list(AuditEntry.objects.values_list("thing_name", flat=True))
    seen, before = [], ""
    while True:
        response = desk.get(PAGE, {"before": before} if before else {})
        seen += names(response)
        before = response.context["page"].older
        if not before:
            break
    assert seen == expected and len(seen) == 8


def test_words_are_looked_for_bit_by_bit_and_the_page_says_how_far(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "WINDOW", 4)
    for number in range(10):
        entry(number, at=DAY + timedelta(minutes=number))
    response = desk.get(PAGE, {"q": "tag 5"})
    assert names(response) == [] and "Look further back" in response.content.decode()
    response = desk.get(PAGE, {"q": "tag 5", "before": response.context["page"].older})
    assert names(response) == ["Tag 5"]


def test_a_link_leads_there_only_while_it_is_there(desk: Any, editor: User) -> None:
    tag = Tag.objects.create(name="Noir")
    for thing_id in (tag.pk, tag.pk + 1, "9" * 39, "none", ""):
        entry(thing_id=str(thing_id))
    entry(thing="gone.model", thing_id="1")
    entry(thing="command", thing_id="")
    urls = [line.url for line in desk.get(PAGE).context["lines"]]
    assert sorted(filter(None, urls)) == [f"/admin/articles/tag/{tag.pk}/change/"]


def test_names_and_reasons_are_text(desk: Any, editor: User) -> None:
    """D04"""
    bad = "<img src=x onerror=alert(1)>"
    log("changed", editor, before={bad: bad}, after={bad: [bad]}, reason=bad)
    entry(act=bad[:40], thing_name=bad, by_name=bad)
    page = desk.get(PAGE, {"q": bad}).content.decode()
    assert "<img" not in page and "&lt;img src=x" in page


def test_the_page_costs_the_same_with_one_entry_and_with_fifty(desk: Any, editor: User, make_article: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE, {"q": "a"})
        return len(queries)

    log("changed", editor)
    make_article().record("saved", by=editor)
    desk.get(PAGE)
    few = cost()
    for _ in range(48):
        log("changed", editor, after={"a": 1})
    assert cost() == few <= 9


def test_the_histories_lead_into_the_log(desk: Any, make_article: Any, people: Any, client: Any) -> None:
    article, tag = make_article(), Tag.objects.create(name="Noir")
    link = f"{PAGE}?kind=articles.article&amp;number={article.pk}"
    assert link in desk.get(f"/admin/articles/article/{article.pk}/history/").content.decode()
    assert (
        f"?kind=articles.tag&amp;number={tag.pk}" in desk.get(f"/admin/articles/tag/{tag.pk}/history/").content.decode()
    )
    client.force_login(people["editor"])
    assert link not in client.get(f"/admin/articles/article/{article.pk}/history/").content.decode()


# --- the file ------------------------------------------------------------------------------------------------------


def test_the_file_holds_what_the_filter_finds_and_is_logged(desk: Any, editor: User) -> None:
    entry(1, before={"name": "Old"}, after={"name": "New"})
    entry(2, act="deleted")
    response = desk.post(f"{EXPORT}?act=changed")
    assert response.streaming and response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"] and "no-store" in response["Cache-Control"]
    [row] = rows_of(response)
    assert (row["Its name"], row["What changed"], row["Who"]) == ("Tag 1", "name: Old → New", "The site")
    assert row["When"].startswith("2026-03-05 12:00:00")
    told = AuditEntry.objects.get(act="exported")
    assert (told.by_name, told.after) == ("rosa", {"act": "changed"})


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str, desk: Any) -> None:
    assert cell(f"{start}1+1") == f"'{start}1+1"
    entry(thing_name=f"{start}HYPERLINK(1)", reason=f"{start}2", by_name=f"{start}cmd")
    [row] = rows_of(desk.post(EXPORT))
    assert (row["Its name"], row["Reason"], row["Who"]) == (f"'{start}HYPERLINK(1)", f"'{start}2", f"'{start}cmd")
    assert cell("1+1") == "1+1" and cell(None) == "" and cell(-5) == "'-5"


def test_the_file_is_made_while_it_is_sent(desk: Any) -> None:
    """In the memory of some rows: no row is read before the first line is asked for."""
    AuditEntry.objects.bulk_create(AuditEntry(act="x", thing="y", thing_name=str(n)) for n in range(5000))
    with CaptureQueriesContext(connection) as queries:
        response = desk.post(EXPORT)
        asked = [one["sql"] for one in queries if "newsroom_auditentry" in one["sql"] and "SELECT" in one["sql"]]
    assert asked == []
    assert len(rows_of(response)) == 5000


def test_whose_work_is_limited_to_sections_reads_no_log(
    client: Client, people: dict[str, User], film: Any
) -> None:  # B08
    """It tells of articles that this person must not see, by their headlines and words."""
    for role in ("publisher", "administrator"):
        client.force_login(people[role])
        assert client.get(PAGE).status_code == 200
        SectionLimit.objects.create(user=people[role], section=film)
        for answer in (
            client.get(PAGE),
            client.post(EXPORT),
            client.get(f"{PAGE}1/change/"),
            client.get(f"{PAGE}1/history/"),
        ):
            assert answer.status_code == 403 or answer["Location"] == "/admin/"
        assert b"auditentry" not in client.get("/admin/").content
