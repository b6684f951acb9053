"""The editorial calendar: what stands where, for whom, and at what cost."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.calendar import entries as entries_module
from articles.desk.calendar.entries import Kind, entries
from articles.desk.calendar.periods import View, chosen_day, period
from articles.desk.calendar.wanted import Wanted
from articles.models import Article, Byline, PublishedArticle, Section, SectionLimit
from articles.models.permits import may
from articles.models.reaching import decidable_by
from articles.roles import ARTICLES, Act, Reach, Role
from authors.models import Author
from newsroom import pagecache
from tests.articles.calendar_days import BACK, BERLIN, CALENDAR, FORWARD, berlin
from tests.rights import rights

pytestmark = pytest.mark.django_db

People = dict[str, User]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def found(user: Any, query: str = "", start: datetime | None = None, end: datetime | None = None) -> list[Any]:
    now = timezone.now()
    return entries(user, start or now - 40 * DAY, end or now + 40 * DAY, Wanted.of(QueryDict(query))).entries


def told(user: Any, query: str = "") -> list[tuple[str, str]]:
    return [(one.kind.value, one.headline) for one in found(user, query)]


# --- what stands in it ----------------------------------------------------------------------------------------------


def test_each_kind_stands_at_its_own_date(editor: User, make_article: Any) -> None:
    now = timezone.now()
    make_article("Due", due_at=now + HOUR)
    make_article("Planned").publish(at=now + 2 * HOUR, until=now + 3 * HOUR)
    make_article("Out").publish()
    make_article("Nothing of it")
    assert told(editor) == [("published", "Out"), ("due", "Due"), ("scheduled", "Planned"), ("ends", "Planned")]


def test_what_goes_out_shows_the_version_that_goes_out(editor: User, make_article: Any) -> None:
    article = make_article("First")
    article.publish()
    article.headline = "Second"
    article.save()
    article.publish(at=timezone.now() + HOUR)
    article.headline = "Third, half finished"
    article.save()
    out, planned = found(editor)
    assert (out.headline, planned.headline, planned.is_update, planned.label) == (
        "First", "Second", True, "Update goes live",
    )  # fmt: skip
    assert [one.kind for one in found(editor)] == [Kind.PUBLISHED, Kind.SCHEDULED]  # no end: the update follows


def test_what_is_due_is_met_by_what_goes_out(editor: User, make_article: Any) -> None:
    article = make_article("Due", due_at=timezone.now() + HOUR)
    article.publish(at=timezone.now() + 2 * HOUR)
    assert told(editor) == [("scheduled", "Due")]
    article.headline = "Due, an update"
    article.save()  # a newer version is being written: its date stands again
    assert ("due", "Due, an update") in told(editor)
    article.publish()
    article.withdraw()
    assert told(editor) == [("due", "Due, an update")]


def test_what_is_late_says_so(editor: User, make_article: Any) -> None:
    make_article("Late", due_at=timezone.now() - HOUR)
    make_article("In time", due_at=timezone.now() + HOUR, stage="idea")
    late, in_time = found(editor)
    assert (late.label, in_time.label, in_time.is_idea) == ("Overdue", "Due", True)


def test_withdrawn_and_ended_do_not_stand_in_it(editor: User, make_article: Any) -> None:
    withdrawn = make_article("Withdrawn")
    withdrawn.publish()
    withdrawn.withdraw()
    make_article("Ended").publish(at=timezone.now() - 2 * DAY, until=timezone.now() - DAY)
    assert told(editor) == []


# --- who sees what --------------------------------------------------------------------------------------------------


def test_nobody_sees_or_counts_what_he_may_not_see(client: Client, people: People, make_article: Any) -> None:
    now = timezone.now()
    music = Section.objects.create(name="Music", slug="music")
    for n in range(3):
        make_article(f"Canary due {n}", due_at=now, section=music)
        make_article(f"Canary idea {n}", stage="idea", section=music)
        make_article(f"Canary planned {n}", section=music).publish(at=now + HOUR, until=now + 2 * HOUR)
        make_article(f"Canary out {n}", section=music).publish()
    make_article("Mine", due_at=now, created_by=people["contributor"])
    make_article("In film", due_at=now)
    SectionLimit.objects.create(user=people["editor"], section=Section.objects.get(slug="film"))
    seen = {role: {name for _, name in told(user)} for role, user in people.items()}
    assert seen["contributor"] == {"Mine"}
    assert seen["editor"] == {"Mine", "In film"}
    assert len(seen["writer"]) == 11
    for view in View:
        client.force_login(people["editor"])
        page = client.get(CALENDAR, {"view": view})
        assert "Canary" not in page.content.decode() and "more</a>" not in page.content.decode(), view
        assert page.context["ideas"] == []


def test_only_who_may_see_articles_comes_in(client: Client) -> None:
    user = User.objects.create_user("pictures", password="a long password", is_staff=True)
    client.force_login(user)
    assert client.get(CALENDAR).status_code == 403
    user.user_permissions.set(rights(["view_article"]))
    assert client.get(CALENDAR).status_code == 200
    client.logout()
    assert client.get(CALENDAR).status_code == 302


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", [Act.ASSIGN, Act.PUBLISH, Act.APPROVE])
def test_a_query_knows_who_may_decide_as_may_does(
    role: Role, act: Act, people: People, make_article: Any, film: Section
) -> None:
    user = people[role.lower()]
    music = Section.objects.create(name="Music", slug="music")
    author = Author.objects.create(name="With a login", user=user)
    rows = [make_article("Mine", created_by=user), make_article("Theirs"), make_article("Elsewhere", section=music)]
    rows.append(make_article("My name", section=music))
    Byline.objects.create(article=rows[-1], author=author)
    for limited in (False, True):
        if limited:
            SectionLimit.objects.create(user=user, section=film)
        fresh = User.objects.get(pk=user.pk)
        expected = {row.pk for row in rows if may(fresh, act, row)}
        assert set(decidable_by(fresh, act, Article.objects.all()).values_list("pk", flat=True)) == expected  # type: ignore[arg-type]
        assert bool(expected) == (ARTICLES[act].reach(role) is not Reach.NONE)


def test_a_right_without_reach_ends_at_ones_own(make_article: Any, author: Author) -> None:
    """No role of the table has it so, but a site may give it so."""
    user = User.objects.create_user("solo", password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["publish_article", "view_article"]))
    mine = make_article("Mine", assignee=user)
    make_article("Theirs")
    assert list(decidable_by(user, Act.PUBLISH, Article.objects.all())) == [mine]  # type: ignore[arg-type]
    assert may(user, Act.PUBLISH, mine)


def test_only_what_one_may_move_can_be_dragged(people: People, make_article: Any) -> None:
    now = timezone.now()
    make_article("Due", due_at=now + HOUR)
    make_article("Planned").publish(at=now + HOUR, until=now + 2 * HOUR)
    make_article("Out").publish()
    for role, movable in (("writer", set()), ("editor", {"due"}), ("publisher", {"due", "scheduled", "ends"})):
        assert {one.kind.value for one in found(people[role]) if one.may_move} == movable


# --- filters --------------------------------------------------------------------------------------------------------


def test_filters_by_section_person_and_kind(people: People, editor: User, make_article: Any, film: Section) -> None:
    now = timezone.now()
    music = Section.objects.create(name="Music", slug="music")
    stage = Section.objects.create(name="Stage", slug="stage")
    writer = people["writer"]
    make_article("Film", due_at=now, assignee=writer)
    make_article("Music", section=music, due_at=now, created_by=writer)
    make_article("Stage", section=stage, due_at=now, created_by=writer, assignee=editor)
    signed = make_article("Signed", section=stage)
    Byline.objects.create(article=signed, author=Author.objects.create(name="W", user=writer))
    signed.publish()

    def names(query: str, user: Any = editor) -> set[str]:
        return {name for _, name in told(user, query)}

    assert names(f"section={film.pk}&section={music.pk}") == {"Film", "Music"}
    assert names(f"person={writer.pk}") == names("person=me", writer) == {"Film", "Music", "Signed"}
    assert names("person=nobody") == {"Music", "Signed"}
    assert names("kind=published") == {"Signed"}
    assert names(f"section={stage.pk}&person=me") == {"Stage"}
    for nonsense in ("section=x&person=y&kind=z", f"section={'9' * 30}", "person=²", "section=%00", "kind="):
        assert len(names(nonsense)) == 4, nonsense


def test_filters_stay_while_one_goes_around(client: Client, editor: User, film: Section) -> None:
    client.force_login(editor)
    query = f"section={film.pk}&person=me&kind=due"
    page = client.get(f"{CALENDAR}?view=week&{query}")
    assert page.context["wanted"].query == query
    for name in ("previous_url", "next_url", "today_url"):
        assert page.context[name].endswith(query) and "view=week" in page.context[name]


# --- days and zones -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "setting", "first"),
    [("en-gb", "", "Mon"), ("en-us", "", "Sun"), ("de", "", "Mon"), ("en-gb", "SUNDAY", "Sun"), ("en-us", "SATURDAY", "Sat")],
)  # fmt: skip
def test_weeks_begin_as_the_site_is_used_to(settings: Any, language: str, setting: str, first: str) -> None:
    settings.LANGUAGE_CODE, settings.WEEK_STARTS = language, setting
    from django.utils import translation

    with translation.override(language):
        for view in (View.MONTH, View.WEEK):
            shown = period(view, date(2027, 3, 10))
            assert shown.days[0].strftime("%a") == first and len(shown.days) % 7 == 0
            assert shown.start <= date(2027, 3, 10) < shown.end


def test_months_join_without_a_hole() -> None:
    day = date(2026, 1, 31)
    for _ in range(30):
        shown = period(View.MONTH, day)
        assert shown.start <= shown.day.replace(day=1) and shown.next == period(View.MONTH, shown.next).day
        assert period(View.MONTH, shown.next).previous == shown.day.replace(day=1)
        day = shown.next


@pytest.mark.parametrize("text", ["", "x", "2026-02-31", "0001-01-01", "9999-12-31", "2026-13-01", "2026-11-25T10:00"])
def test_nonsense_for_a_day_is_today(client: Client, editor: User, text: str) -> None:
    assert chosen_day(text) == timezone.localdate()
    client.force_login(editor)
    assert client.get(CALENDAR, {"date": text, "view": "nonsense"}).status_code == 200


def test_weeks_with_a_change_of_clocks_are_right(
    settings: Any, client: Client, editor: User, make_article: Any
) -> None:
    """M01, M03, M07: the day and the hour on the newsroom's clock, in every week of the year."""
    settings.TIME_ZONE = "Europe/Berlin"
    client.force_login(editor)
    for day, note in ((FORWARD, "Clocks go forward"), (BACK, "Clocks go back")):
        make_article(f"First of {day}", due_at=berlin(day, 0, 5))
        make_article(f"Last of {day}", due_at=berlin(day, 23, 55))
        make_article(f"Next after {day}", due_at=berlin(day + DAY, 0, 5))
        page = client.get(CALENDAR, {"view": "week", "date": str(day)})
        days = {one.date: one for one in page.context["days"]}
        assert len(days) == 7
        assert [one.headline for one in days[day].entries] == [f"First of {day}", f"Last of {day}"]
        assert [f"{one.local:%H:%M}" for one in days[day].entries] == ["00:05", "23:55"]
        assert days[day].clocks == note and sum(bool(one.clocks) for one in days.values()) == 1
        after = client.get(CALENDAR, {"view": "day", "date": str(day + DAY)}).context["days"][0]
        assert [one.headline for one in after.entries] == [f"Next after {day}"]
        assert page.context["zone"] == (
            "Europe/Berlin (CET, then CEST)" if day == FORWARD else "Europe/Berlin (CEST, then CET)"
        )


def test_a_summer_time_planned_in_winter_keeps_its_hour(
    settings: Any, client: Client, editor: User, make_article: Any
) -> None:
    """M03"""
    settings.TIME_ZONE = "Europe/Berlin"
    summer = date(timezone.now().year + 1, 7, 1)
    make_article("Summer").publish(at=berlin(summer, 9))
    client.force_login(editor)
    page = client.get(CALENDAR, {"view": "list", "date": str(summer)}).content.decode()
    assert f'<time datetime="{summer}T09:00:00+02:00">09:00</time>' in page and "CEST" in page


def test_what_is_at_midnight_stands_on_one_day_only(
    settings: Any, editor: User, client: Client, make_article: Any
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    day = FORWARD - 10 * DAY
    make_article("Midnight", due_at=berlin(day, 0))
    client.force_login(editor)
    shown = client.get(CALENDAR, {"view": "month", "date": str(day)}).context["days"]
    assert [one.date for one in shown if one.entries] == [day]


# --- the page -------------------------------------------------------------------------------------------------------


def test_a_full_day_leads_to_all_of_it(client: Client, editor: User, make_article: Any) -> None:
    for n in range(7):
        make_article(f"Due {n}", due_at=timezone.now())
    client.force_login(editor)
    month = client.get(CALENDAR, {"view": "month"}).content.decode()
    assert "+4 more" in month and month.count('class="entry ') == 3
    assert client.get(CALENDAR, {"view": "day"}).content.decode().count('class="entry ') == 7


def test_more_than_can_be_shown_is_said(client: Client, editor: User, make_article: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(entries_module, "MOST", 2)
    for n in range(3):
        make_article(f"Due {n}", due_at=timezone.now())
    client.force_login(editor)
    page = client.get(CALENDAR, {"view": "list"}).content.decode()
    assert "not all is shown" in page and "Due 2" not in page


def test_an_empty_calendar_reads_well(client: Client, editor: User, make_article: Any) -> None:
    client.force_login(editor)
    for view in View:
        page = client.get(CALENDAR, {"view": view}).content.decode()
        assert "Nothing is due, scheduled or published in these days." in page and "Every idea has its day." in page
    filtered = client.get(CALENDAR, {"person": "me"}).content.decode()
    assert "Nothing with this filter in these days." in filtered and "Show all" in filtered


def test_phones_get_the_list_first(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert client.get(CALENDAR).context["period"].view == View.MONTH
    for headers in ({"User-Agent": "Mozilla/5.0 (iPhone) Mobile/15E148"}, {"Sec-CH-UA-Mobile": "?1"}):
        assert client.get(CALENDAR, headers=headers).context["period"].view == View.LIST
        assert client.get(CALENDAR, {"view": "week"}, headers=headers).context["period"].view == View.WEEK


def test_headlines_and_briefs_are_escaped(client: Client, editor: User, make_article: Any) -> None:
    """D02"""
    bad = '"><script>alert(1)</script>'
    User.objects.filter(pk=editor.pk).update(first_name=bad)
    Section.objects.create(name=bad[:80], slug="bad")
    make_article(bad, due_at=timezone.now(), assignee=editor, brief=bad, section=Section.objects.get(slug="bad"))
    make_article(bad, stage="idea", assignee=editor, brief=bad)
    client.force_login(editor)
    for view in View:
        assert "<script>alert" not in client.get(CALENDAR, {"view": view}).content.decode()


@pytest.mark.parametrize("view", View)
def test_the_queries_do_not_grow(client: Client, people: People, film: Section, author: Author, view: View) -> None:
    """With 1 and with 30 of each kind, for whom limits are asked, too."""
    SectionLimit.objects.create(user=people["publisher"], section=film)

    def fill(numbers: range) -> None:
        now = timezone.now()
        for n in numbers:
            common = {"section": film, "assignee": people["writer"] if n % 2 else None}
            Article.objects.create(headline=f"Due {n}", due_at=now, **common)
            Article.objects.create(headline=f"Idea {n}", stage="idea", **common)
            for live_from, until in ((now - HOUR, now + HOUR), (now + HOUR, now + 2 * HOUR)):
                article = Article.objects.create(headline=f"Out {n}", **common)
                Byline.objects.create(article=article, author=author)
                PublishedArticle.objects.create(
                    article=article, version=1, live_from=live_from, live_until=until, published_at=live_from,
                    **article.content(),
                )  # fmt: skip

    def count(user: User) -> int:
        client.force_login(user)
        client.get(CALENDAR, {"view": view})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(CALENDAR, {"view": view}).status_code == 200
        return len(queries)

    fill(range(1))
    pagecache.Remembered.forget()
    before = count(people["publisher"]), count(people["administrator"])
    fill(range(1, 30))
    assert (count(people["publisher"]), count(people["administrator"])) == before
    assert max(before) <= 16


def test_the_desks_first_page_leads_to_it(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert f'href="{CALENDAR}"' in client.get("/admin/").content.decode()


def test_berlin_is_what_the_tests_mean() -> None:
    assert FORWARD.isoweekday() == BACK.isoweekday() == 7
    assert datetime.combine(FORWARD, datetime.min.time(), tzinfo=BERLIN).tzname() == "CET"
