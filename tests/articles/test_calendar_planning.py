"""Planning: an idea with a brief, for somebody, until some time; taken up, it is an article to write."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Notification, Section, SectionLimit, Stage
from tests.articles.calendar_days import BACK, CALENDAR, FORWARD, berlin

pytestmark = pytest.mark.django_db

People = dict[str, User]
PLAN = f"{CALENDAR}plan/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_berlin(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"


def plan(client: Client, **fields: Any) -> Any:
    return client.post(PLAN, {"headline": "Night trains", "priority": "2", **fields})


def test_an_idea_is_planned_for_somebody(client: Client, people: People, film: Section) -> None:
    client.force_login(people["editor"])
    day = FORWARD - 20 * DAY
    writer = people["writer"]
    answer = plan(
        client, headline="  Night\ttrains ", brief="Why they are back.\nTwo sources.", section=film.pk,
        assignee=writer.pk, due_date=str(day), due_time="11:30", priority="1",
    )  # fmt: skip
    assert answer.status_code == 302 and answer["Location"] == CALENDAR
    idea = Article.objects.get()
    assert (idea.headline, idea.stage, idea.section, idea.assignee) == ("Night trains", Stage.IDEA, film, writer)
    assert (idea.due_at, idea.priority, idea.created_by) == (berlin(day, 11, 30), 1, people["editor"])
    assert idea.brief.replace("\r", "") == "Why they are back.\nTwo sources."
    assert [one.event for one in idea.revisions.order_by("number")] == ["saved", "assigned"]
    assert Notification.objects.get().to == writer
    page = client.get(CALENDAR, {"date": str(day), "view": "day"}).content.decode()
    assert "Night trains" in page and "Idea" in page


def test_an_idea_without_a_date_waits_beside_the_calendar(client: Client, people: People) -> None:
    client.force_login(people["editor"])
    plan(client)
    page = client.get(CALENDAR)
    assert [one.headline for one in page.context["ideas"]] == ["Night trains"]
    assert "It waits beside the calendar" in page.content.decode()


def test_a_contributor_proposes_for_himself_only(client: Client, people: People) -> None:
    contributor = people["contributor"]
    client.force_login(contributor)
    assert plan(client, assignee=people["writer"].pk).status_code == 400
    assert not Article.objects.exists()
    assert plan(client, assignee=contributor.pk, due_date=str(FORWARD), due_time="10:00").status_code == 302
    idea = Article.objects.get()
    assert (idea.assignee, idea.due_at) == (contributor, berlin(FORWARD, 10))
    page = client.get(PLAN).content.decode()
    assert people["writer"].username not in page.partition('name="assignee"')[2].partition("</select>")[0]


def test_work_of_other_sections_is_not_given_away(client: Client, people: People, film: Section) -> None:
    """The verb refuses, and then nothing is planned at all."""
    music = Section.objects.create(name="Music", slug="music")
    SectionLimit.objects.create(user=people["editor"], section=film)
    client.force_login(people["editor"])
    answer = plan(client, section=music.pk, assignee=people["writer"].pk)
    assert answer.status_code == 400 and "You may not give work of this section" in answer.content.decode()
    assert not Article.objects.exists() and not Notification.objects.exists()
    assert plan(client, section=film.pk, assignee=people["writer"].pk).status_code == 302


def test_who_may_not_add_articles_may_not_plan(client: Client, people: People) -> None:
    user = people["writer"]
    user.groups.clear()
    user.user_permissions.set([])
    from tests.rights import rights

    user.user_permissions.set(rights(["view_article"]))
    client.force_login(user)
    assert client.get(PLAN).status_code == plan(client).status_code == 403
    assert "Plan an idea" not in client.get(CALENDAR).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"headline": ""}, "required"),
        ({"headline": " \t "}, "required"),
        ({"headline": "x" * 201}, "at most 200"),
        ({"section": "999"}, "Select a valid choice"),
        ({"assignee": "nobody"}, "Select a valid choice"),
        ({"priority": "9"}, "Select a valid choice"),
        ({"due_date": "2027-02-30"}, "valid date"),
        ({"due_date": "9999-12-31"}, "is probably a slip"),
        ({"due_date": str(FORWARD), "due_time": "02:30"}, "does not exist"),
        ({"due_date": str(FORWARD), "due_time": "late"}, "valid time"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, editor: User, fields: Any, words: str) -> None:
    """M01 among them."""
    client.force_login(editor)
    answer = plan(client, **fields)
    assert answer.status_code == 400 and words in answer.content.decode()
    assert not Article.objects.exists()


def test_a_due_hour_that_comes_twice_means_the_first(client: Client, editor: User) -> None:
    """Half an hour earlier harms nobody who has to deliver."""
    client.force_login(editor)
    plan(client, due_date=str(BACK), due_time="02:30")
    assert Article.objects.get().due_at == berlin(BACK, 2, 30)


def test_the_way_back_stays_in_the_calendar(client: Client, editor: User) -> None:
    client.force_login(editor)
    inside = f"{CALENDAR}?view=week&date=2027-03-01"
    assert plan(client, back=inside)["Location"] == inside
    for outside in (
        "https://evil.test/",
        "//evil.test/",
        "/admin/logout/",
        f"{CALENDAR[:-1]}.evil.test/",
        "javascript:1",
    ):
        assert plan(client, back=outside)["Location"] == CALENDAR


def test_a_day_is_filled_in(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert 'value="2027-03-01"' in client.get(PLAN, {"date": "2027-03-01"}).content.decode()
    assert client.get(PLAN, {"date": "2027-02-31"}).status_code == 200


def test_an_idea_is_taken_up(client: Client, people: People, make_article: Any) -> None:
    idea = make_article("Idea", stage="idea")
    url = f"{CALENDAR}{idea.pk}/take-up/"
    client.force_login(people["contributor"])
    assert client.post(url).status_code == 403
    client.force_login(people["editor"])
    assert client.get(url).status_code == 405
    answer = client.post(url)
    assert answer["Location"] == f"/admin/articles/article/{idea.pk}/change/"
    idea = Article.objects.get(pk=idea.pk)
    assert (idea.stage, idea.assignee) == (Stage.DRAFT, people["editor"])
    assert "Only an idea can be taken up" in client.post(url, follow=True).content.decode()


# --- pressed twice ------------------------------------------------------------------------------------------------


def form_name(client: Client, url: str = PLAN) -> str:
    found: str = client.get(url).content.decode().partition('name="form_name" value="')[2].partition('"')[0]
    assert len(found) == 36
    return found


@pytest.mark.parametrize("url", [PLAN, CALENDAR])
def test_the_same_form_posted_twice_plans_one_idea(client: Client, people: People, url: str) -> None:  # K03
    client.force_login(people["editor"])
    name, writer = form_name(client, url), people["writer"]
    asked: dict[str, Any] = {"form_name": name, "assignee": writer.pk, "due_date": str(FORWARD), "due_time": "09:00"}
    first, second = plan(client, **asked), plan(client, **asked)
    assert first["Location"] == second["Location"] == CALENDAR
    idea = Article.objects.get()
    assert idea.revisions.filter(event="saved").count() == Notification.objects.count() == 1


def test_another_idea_in_the_same_form_is_another_idea(client: Client, people: People) -> None:
    """Whoever goes back in the browser and writes on must not lose it."""
    client.force_login(people["editor"])
    name = form_name(client)
    for headline in ("Night trains", "Day trains", "Night trains"):
        assert plan(client, headline=headline, form_name=name).status_code == 302
    assert sorted(Article.objects.values_list("headline", flat=True)) == ["Day trains", "Night trains"]
    assert plan(client, form_name=form_name(client)).status_code == 302  # the same words, meant anew
    assert Article.objects.count() == 3


def test_what_was_refused_can_be_sent_again(client: Client, people: People, film: Section) -> None:
    SectionLimit.objects.create(user=people["editor"], section=film)
    music = Section.objects.create(name="Music", slug="music")
    client.force_login(people["editor"])
    asked: dict[str, Any] = {"form_name": form_name(client), "section": music.pk, "assignee": people["writer"].pk}
    assert plan(client, **asked).status_code == 400
    SectionLimit.objects.all().delete()
    assert plan(client, **asked).status_code == 302 and Article.objects.count() == 1


def test_a_form_belongs_to_its_person(client: Client, people: People) -> None:
    client.force_login(people["editor"])
    name = form_name(client)
    plan(client, form_name=name)
    client.force_login(people["writer"])
    plan(client, form_name=name)
    assert Article.objects.count() == 2


@pytest.mark.parametrize("name", ["", "x" * 5000, "\u202e", "1"])
def test_any_name_is_answered(client: Client, editor: User, name: str) -> None:
    client.force_login(editor)
    assert plan(client, form_name=name).status_code == 302 and Article.objects.count() == 1
