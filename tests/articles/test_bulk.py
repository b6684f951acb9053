"""Many articles at once: by the verbs, one by one, checked before and told after, and never more than one may."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.bulk import acts
from articles.models import Article, BulkAct, PublishedArticle, Section, SectionLimit, Stage, Tag
from articles.models import bulk as bulk_module
from articles.models.bulk import Outcome
from articles.models.status import Status
from articles.roles import Role
from newsroom.models import AuditEntry

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
People = dict[str, User]
Kind = BulkAct.Kind


def choose(client: Any, kind: str, articles: list[Article], **also: Any) -> Any:
    """What the list's menu sends."""
    form = {"action": f"bulk_{kind}", "_selected_action": [one.pk for one in articles], **also}
    return client.post(LIST, form)


def page_of(act: BulkAct) -> str:
    return f"{LIST}bulk/{act.pk}/"


def only_act() -> BulkAct:
    return BulkAct.objects.get()


def confirm(client: Any, act: BulkAct, note: str = "") -> BulkAct:
    assert client.post(page_of(act), {"_confirm": "1", "note": note}).status_code == 302
    while BulkAct.objects.get(pk=act.pk).is_going_on:
        client.post(page_of(act))
    return BulkAct.objects.get(pk=act.pk)


def outcomes(act: BulkAct) -> dict[int, tuple[str, str]]:
    return {one.article_id: (one.outcome.value, one.said) for one in act.results()}


def publish_now(client: Any, articles: list[Article]) -> BulkAct:
    assert choose(client, Kind.PUBLISH, articles).status_code == 302
    act = only_act()
    client.get(page_of(act))
    client.post(page_of(act))
    return confirm(client, act)


def statuses(*articles: Article) -> list[str]:
    return [Article.objects.with_status().get(pk=one.pk).status for one in articles]


# --- the way ----------------------------------------------------------------------------------------------------


def test_nothing_happens_before_it_is_confirmed_and_the_page_says_what_will(
    client: Any, people: People, make_article: Any
) -> None:
    client.force_login(people["publisher"])
    good, bad = make_article("Good"), make_article("Has no section", section=None)
    out = make_article("Out already")
    out.publish()
    response = choose(client, Kind.PUBLISH, [good, bad, out])
    act = only_act()
    assert response.url == page_of(act)
    client.post(page_of(act))
    before = AuditEntry.objects.count()
    page = client.get(page_of(act))
    text = page.content.decode()
    assert "<strong>1 article will be published.</strong>" in text and "1 is refused" in text
    assert [row.title for row in page.context["rows"]["done"]] == ["Good"]
    [refused] = page.context["rows"]["refused"]
    assert (refused.title, "section" in refused.said.lower()) == ("Has no section", True)
    assert [row.said for row in page.context["rows"]["same"]] == ["Readers see this version already."]
    assert statuses(good, bad, out) == [Status.DRAFT, Status.DRAFT, Status.PUBLISHED]
    assert not good.revisions.exists() and AuditEntry.objects.count() == before
    done = confirm(client, act)
    assert {pk: outcome for pk, (outcome, _) in outcomes(done).items()} == {
        good.pk: "done", bad.pk: "refused", out.pk: "same"}  # fmt: skip
    assert statuses(good, bad, out) == [Status.PUBLISHED, Status.DRAFT, Status.PUBLISHED]
    assert [one.by.username for one in good.revisions.all()] == ["publisher"]
    assert "1 article published." in client.get(page_of(act)).content.decode()
    assert out.revisions.filter(event="published").count() == 1


def test_a_check_leaves_no_trace(make_article: Any, people: People) -> None:
    article = make_article("A story", tags=("Noir",), created_by=people["writer"])
    version = article.version
    for kind, chosen in {
        Kind.SUBMIT: {}, Kind.APPROVE: {}, Kind.PUBLISH: {},
        Kind.SECTION: {"section": Section.objects.create(name="Music").pk},
        Kind.TAGS: {"add": [Tag.objects.create(name="Sea").pk], "remove": [Tag.objects.get(name="Noir").pk]},
        Kind.ASSIGN: {"assignee": str(people["editor"].pk)},
        Kind.SCHEDULE: {"at": (timezone.now() + timedelta(days=1)).isoformat()},
    }.items():  # fmt: skip
        act = BulkAct.begin(kind, [article.pk], by=people["publisher"])
        act.choose(chosen)
        act.go_on(seconds=1)
        assert [one.outcome for one in act.results()] == [Outcome.DONE], (kind, act.results())
    article.refresh_from_db()
    assert (article.version, article.stage, article.assignee, article.section.name) == (
        version,
        Stage.DRAFT,
        None,
        "Film",
    )
    assert [tag.name for tag in article.tags.all()] == ["Noir"]
    assert not article.revisions.exists() and not article.notifications.exists()
    assert not AuditEntry.objects.exists() and not PublishedArticle.objects.exists()


def test_each_act_does_what_its_verb_does(client: Any, people: People, make_article: Any) -> None:
    client.force_login(people["publisher"])
    articles = [make_article(f"Story {n}", created_by=people["writer"]) for n in range(3)]

    def run(kind: str, **choice: Any) -> BulkAct:
        BulkAct.objects.all().delete()
        assert choose(client, kind, articles).status_code == 302
        if choice:
            assert client.post(page_of(only_act()), choice).status_code == 302
        else:
            client.post(page_of(only_act()))
        done = confirm(client, only_act(), note="All of them")
        assert {outcome for outcome, _ in outcomes(done).values()} == {"done"}, outcomes(done)
        return done

    run(Kind.SUBMIT)
    assert statuses(*articles) == [Status.IN_REVIEW] * 3
    run(Kind.APPROVE)
    assert statuses(*articles) == [Status.APPROVED] * 3
    assert articles[0].revisions.first().note == "All of them"
    run(Kind.ASSIGN, assignee=people["editor"].pk, due_at_0="2030-01-02", due_at_1="10:00", priority="1")
    articles[0].refresh_from_db()
    assert (articles[0].assignee, articles[0].priority, articles[0].due_at.year) == (people["editor"], 1, 2030)
    run(Kind.ASSIGN, priority="3")
    articles[0].refresh_from_db()
    assert (articles[0].assignee, articles[0].priority, articles[0].due_at.year) == (people["editor"], 3, 2030)
    run(Kind.SCHEDULE, at_0="2030-01-02", at_1="10:00:00", every="20")
    planned = list(PublishedArticle.objects.order_by("live_from").values_list("article__headline", "live_from"))
    assert [name for name, _ in planned] == ["Story 2", "Story 1", "Story 0"]  # the list's order: newest change first
    assert [at - planned[0][1] for _, at in planned] == [timedelta(minutes=20 * n) for n in range(3)]
    run(Kind.PUBLISH)
    assert statuses(*articles) == [Status.PUBLISHED] * 3
    run(Kind.WITHDRAW)
    assert statuses(*articles) == [Status.WITHDRAWN] * 3
    assert articles[0].revisions.first().note == "All of them"


def test_sections_and_tags_are_changes_of_the_content(client: Any, people: People, make_article: Any) -> None:
    client.force_login(people["editor"])
    music, sea = Section.objects.create(name="Music"), Tag.objects.create(name="Sea")
    one, other = make_article("One", tags=("Noir",)), make_article("Other", section=music, tags=("Sea",))
    version = one.version
    choose(client, Kind.SECTION, [one, other])
    client.post(page_of(only_act()), {"section": music.pk})
    act = confirm(client, only_act())
    assert outcomes(act) == {one.pk: ("done", "Film → Music"), other.pk: ("same", "It is filed like that already.")}
    one.refresh_from_db()
    assert (one.section, one.version, one.revisions.count()) == (music, version + 1, 1)
    assert (one.revisions.get().event, one.revisions.get().note) == ("saved", "Film → Music")
    BulkAct.objects.all().delete()
    choose(client, Kind.TAGS, [one, other])
    noir = Tag.objects.get(name="Noir")
    client.post(page_of(only_act()), {"add": [sea.pk], "remove": [noir.pk]})
    act = confirm(client, only_act())
    assert outcomes(act) == {one.pk: ("done", "+Sea, −Noir"), other.pk: ("same", "It is filed like that already.")}
    assert [tag.name for tag in one.tags.all()] == ["Sea"]
    version, one = one.version, Article.objects.get(pk=one.pk)
    assert one.version > version and one.revisions.first().version == one.version
    assert AuditEntry.objects.filter(act="saved", thing_id=one.pk).first().after["tags"] == ["Sea"]


def test_a_form_that_was_open_meanwhile_keeps_the_new_tags(client: Any, people: People, make_article: Any) -> None:
    """A form that is older than a bulk act is merged, not obeyed."""
    client.force_login(people["editor"])
    article = make_article("A story", tags=("Noir",))
    opened = client.get(f"{LIST}{article.pk}/change/").context["adminform"].form
    data = {
        name: opened.initial.get(name) or "" for name in ("opened_version", "base", "form_name", "headline", "body")
    }
    data |= {"tags": opened.initial["tags"], "section": article.section_id, "slug": article.slug, "standfirst": "New",
             "recommended_videos": "", "corrections-TOTAL_FORMS": 0, "corrections-INITIAL_FORMS": 0}  # fmt: skip
    [byline] = article.bylines.all()
    data |= {"bylines-TOTAL_FORMS": 1, "bylines-INITIAL_FORMS": 1, "bylines-0-id": byline.pk, "bylines-0-role": "writer",
             "bylines-0-article": article.pk, "bylines-0-author": byline.author_id, "bylines-0-position": 0}  # fmt: skip
    choose(client, Kind.TAGS, [article])
    client.post(page_of(only_act()), {"add": [Tag.objects.create(name="Sea").pk]})
    confirm(client, only_act())
    assert client.post(f"{LIST}{article.pk}/change/", data).status_code == 302
    article.refresh_from_db()
    assert article.standfirst == "New" and {tag.name for tag in article.tags.all()} == {"Noir", "Sea"}


# --- who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.CONTRIBUTOR, {"submit", "section", "tags"}),
        (Role.WRITER, {"submit", "section", "tags"}),
        (Role.EDITOR, {"submit", "approve", "assign", "section", "tags"}),
        (Role.PUBLISHER, set(Kind.values)),
        (Role.ADMINISTRATOR, set(Kind.values)),
    ],
)
def test_the_menu_offers_what_the_role_may(
    role: Role, offered: set[str], client: Any, people: People, make_article: Any
) -> None:
    user = people[role.lower()]
    client.force_login(user)
    article = make_article(created_by=user)
    choices = client.get(LIST).context["action_form"].fields["action"].choices
    assert {name.removeprefix("bulk_") for name, _ in choices if name} == offered
    for kind in set(Kind.values) - offered:
        assert choose(client, kind, [article]).status_code in (200, 302)
    assert choose(client, "delete_selected", [article], post="yes").status_code in (200, 302)
    assert not BulkAct.objects.exists() and Article.objects.filter(pk=article.pk).exists()


def test_forged_numbers_are_passed_over(client: Any, people: People, make_article: Any, film: Section) -> None:
    """B04: only what is in this person's list is acted on, and the count is true."""
    editor = people["editor"]
    SectionLimit.objects.create(user=editor, section=film)
    mine, hidden = make_article("In film"), make_article("In music", section=Section.objects.create(name="Music"))
    client.force_login(editor)
    response = choose(
        client, Kind.APPROVE, [mine, hidden], _selected_action=[mine.pk, hidden.pk, 10**9, 10**30, "x", "", "-1"]
    )
    act = only_act()
    assert (response.url, act.articles, act.left_out) == (page_of(act), [mine.pk], 2)
    confirmed = confirm(client, act)
    assert statuses(mine, hidden) == [Status.APPROVED, Status.DRAFT] and len(confirmed.results()) == 1
    BulkAct.objects.all().delete()
    assert choose(client, Kind.APPROVE, [hidden]).status_code == 302
    assert "not yours to see" in client.get(LIST).content.decode() and not BulkAct.objects.exists()


def test_selecting_all_takes_only_what_the_person_sees_under_the_filter(
    client: Any, people: People, make_article: Any, film: Section
) -> None:
    """B04: select_across=1"""
    editor = people["editor"]
    SectionLimit.objects.create(user=editor, section=film)
    seen = [make_article(f"Film {n}") for n in range(3)]
    out = make_article("Film, and out")
    out.publish()
    make_article("In music", section=Section.objects.create(name="Music"))
    client.force_login(editor)
    form = {"action": "bulk_approve", "select_across": "1", "_selected_action": [seen[0].pk]}
    client.post(f"{LIST}?status=draft", form)
    act = only_act()
    assert set(act.articles) == {one.pk for one in seen} and act.left_out == 0
    assert act.back == "status=draft"


def test_a_row_cannot_be_added_by_a_forged_formset(client: Any, editor: User, make_article: Any) -> None:
    """B04: form-TOTAL_FORMS +1 with a new row."""
    article = make_article()
    client.force_login(editor)
    form = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 1, "form-0-id": article.pk, "form-0-headline": "x",
            "form-1-headline": "Forged", "_save": "Save"}  # fmt: skip
    client.post(LIST, form)
    assert [one.headline for one in Article.objects.all()] == ["A story"]


def test_what_one_may_see_but_not_change_is_refused_in_a_sentence(
    client: Any, people: People, make_article: Any
) -> None:
    writer = people["writer"]
    mine, theirs = make_article("Mine", created_by=writer), make_article("Theirs")
    client.force_login(writer)
    choose(client, Kind.SUBMIT, [mine, theirs])
    act = confirm(client, only_act())
    assert outcomes(act)[theirs.pk] == ("refused", "Your login may not do this: submit it for review.")
    assert statuses(mine, theirs) == [Status.IN_REVIEW, Status.DRAFT]


def test_nothing_is_filed_where_one_does_not_reach(
    client: Any, people: People, make_article: Any, film: Section
) -> None:
    music, editor = Section.objects.create(name="Music"), people["editor"]
    SectionLimit.objects.create(user=editor, section=film)
    article = make_article()
    client.force_login(editor)
    choose(client, Kind.SECTION, [article])
    assert client.post(page_of(only_act()), {"section": music.pk}).status_code == 400
    act = only_act()
    act.choose({"section": music.pk})  # past the form
    act.go_on(seconds=1)
    assert [one.said for one in act.results()] == ["Your login may not file anything in Music."]


def test_an_act_is_its_persons_own(client: Any, people: People, make_article: Any) -> None:
    act = BulkAct.begin(Kind.PUBLISH, [make_article().pk], by=people["publisher"])
    for who in ("administrator", "editor"):
        client.force_login(people[who])
        assert client.get(page_of(act)).status_code == 404
        assert client.post(page_of(act), {"_confirm": "1"}).status_code == 404
    people["publisher"].groups.clear()
    client.force_login(people["publisher"])
    assert client.post(page_of(act), {"_confirm": "1"}).status_code == 403
    client.logout()
    assert client.get(page_of(act)).status_code == 302


def test_what_moved_out_of_sight_meanwhile_is_not_named(
    client: Any, people: People, make_article: Any, film: Section
) -> None:
    editor = people["editor"]
    SectionLimit.objects.create(user=editor, section=film)
    article = make_article("Of a secret investigation")
    client.force_login(editor)
    choose(client, Kind.APPROVE, [article])
    Article.objects.filter(pk=article.pk).update(section=Section.objects.create(name="Music"))
    page = client.get(page_of(only_act())).content.decode()
    assert "secret investigation" not in page and "your login may not see" in page


def test_a_right_that_is_lost_in_the_middle_ends_it(people: People, make_article: Any) -> None:
    articles = [make_article(f"Story {n}") for n in range(2)]
    act = BulkAct.begin(Kind.PUBLISH, [one.pk for one in articles], by=people["publisher"])
    act.go_on(seconds=9)
    act.confirm()
    act.go_on(seconds=0)
    people["publisher"].groups.clear()
    act.go_on(seconds=9)
    assert [one.outcome for one in act.results()] == [Outcome.DONE, Outcome.REFUSED]
    assert statuses(*articles) == [Status.PUBLISHED, Status.DRAFT]


# --- limits, trouble, words --------------------------------------------------------------------------------------


def test_more_than_the_most_is_refused_in_a_sentence(
    client: Any, people: People, make_article: Any, monkeypatch: Any
) -> None:
    for module in (acts, bulk_module):
        monkeypatch.setattr(module, "MOST", 2)
    client.force_login(people["publisher"])
    articles = [make_article(f"Story {n}") for n in range(3)]
    response = client.post(
        LIST, {"action": "bulk_publish", "select_across": "1", "_selected_action": [articles[0].pk]}, follow=True
    )
    assert "At most 2 articles at once" in response.content.decode() and not BulkAct.objects.exists()


def test_an_act_that_was_interrupted_goes_on_where_it_was(client: Any, people: People, make_article: Any) -> None:
    client.force_login(people["publisher"])
    articles = [make_article(f"Story {n}") for n in range(3)]
    act = BulkAct.begin(Kind.PUBLISH, [one.pk for one in articles], by=people["publisher"])
    act.go_on(seconds=9)
    act.confirm()
    act.go_on(seconds=0)
    assert (act.progress, statuses(*articles)) == ((1, 3), [Status.PUBLISHED, Status.DRAFT, Status.DRAFT])
    page = client.get(page_of(act)).content.decode()
    assert "Done: 1 of 3 articles" in page and "Continue" in page
    assert "stopped after 1 of 3 articles" in client.get(LIST).content.decode()
    answer = client.post(page_of(act), headers={"Accept": "application/json"}).json()
    assert answer == {"done": 3, "of": 3, "said": "Done: 3 of 3 articles", "is_going_on": False}
    assert "stopped after" not in client.get(LIST).content.decode()
    assert [one.revisions.count() for one in articles] == [1, 1, 1]


def test_pressing_confirm_twice_does_it_once(client: Any, people: People, make_article: Any) -> None:
    client.force_login(people["publisher"])
    article = make_article()
    act = publish_now(client, [article])
    confirm(client, act)
    client.post(page_of(act), {"_confirm": "1"})
    assert article.revisions.filter(event="published").count() == 1


def test_one_that_fails_leaves_the_others_and_itself_whole(people: People, make_article: Any, monkeypatch: Any) -> None:
    articles = [make_article(f"Story {n}") for n in range(3)]
    act = BulkAct.begin(Kind.PUBLISH, [one.pk for one in articles], by=people["publisher"])
    act.go_on(seconds=9)
    act.confirm()
    articles[0].delete()
    Article.objects.filter(pk=articles[1].pk).update(section=None)
    act.go_on(seconds=9)
    assert [one.outcome for one in act.results()] == [Outcome.REFUSED, Outcome.REFUSED, Outcome.DONE]
    assert act.results()[0].said == "It was deleted meanwhile."
    assert not articles[1].revisions.exists() and PublishedArticle.objects.count() == 1


def test_a_fault_in_the_middle_of_an_article_leaves_it_as_it_was(
    people: People, make_article: Any, monkeypatch: Any
) -> None:
    article = make_article()
    act = BulkAct.begin(Kind.PUBLISH, [article.pk], by=people["publisher"])
    act.go_on(seconds=9)
    act.confirm()

    def fault(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(Article, "put_at", fault)
        with pytest.raises(RuntimeError):
            act.go_on(seconds=9)
    assert (statuses(article), article.revisions.count(), PublishedArticle.objects.count()) == ([Status.DRAFT], 0, 0)
    act.go_on(seconds=9)
    assert statuses(article) == [Status.PUBLISHED] and act.finished_at


def test_what_one_chooses_badly_is_told_at_the_field(client: Any, people: People, make_article: Any) -> None:
    client.force_login(people["publisher"])
    article = make_article()
    for kind, choice, words in (
        (Kind.SCHEDULE, {"at_0": "2001-01-01", "at_1": "10:00"}, "has passed"),
        (Kind.SCHEDULE, {"at_0": "soon", "at_1": ""}, "valid"),
        (Kind.SCHEDULE, {"at_0": "2030-01-01", "at_1": "10:00", "every": "-5"}, "greater"),
        (Kind.TAGS, {}, "at least one tag"),
        (Kind.TAGS, {"add": ["x", "9" * 40]}, "not a valid value"),
        (Kind.TAGS, {"add": ["new:Lido"], "remove": ["new:Lido"]}, "There is no tag “Lido”"),
        (Kind.TAGS, {"add": ["new:" + "x" * 101]}, "too long for a tag"),
        (Kind.ASSIGN, {}, "Choose a person"),
        (Kind.ASSIGN, {"assignee": "999999"}, "not one of the available"),
        (Kind.SECTION, {"section": "\x00"}, ""),
    ):
        BulkAct.objects.all().delete()
        choose(client, kind, [article])
        response = client.post(page_of(only_act()), choice)
        assert response.status_code == 400 and words in response.content.decode(), (kind, choice)
        assert only_act().chosen is None


def test_what_was_chosen_can_be_chosen_again_until_it_is_confirmed(
    client: Any, people: People, make_article: Any
) -> None:
    client.force_login(people["publisher"])
    article, music = make_article(), Section.objects.create(name="Music")
    choose(client, Kind.SECTION, [article])
    act = only_act()
    client.post(page_of(act), {"section": music.pk})
    again = client.get(f"{page_of(act)}?choose=1").context["form"]
    assert again.initial == {"section": music.pk}
    confirm(client, act)
    client.post(f"{page_of(act)}?choose=1", {"section": article.section_id})
    assert client.get(f"{page_of(act)}?choose=1").context["form"] is None
    assert Article.objects.get().section == music


def test_headlines_are_text_wherever_they_are_told(client: Any, people: People, make_article: Any) -> None:
    """D04"""
    client.force_login(people["publisher"])
    bad = "<img src=x onerror=alert(1)>"
    Tag.objects.create(name=bad)
    music = Section.objects.create(name=bad)
    articles = [make_article(bad), make_article(f"{bad} too", section=music)]
    choose(client, Kind.SECTION, articles)
    pages = [client.get(page_of(only_act()))]
    client.post(page_of(only_act()), {"section": music.pk})
    pages.append(client.get(page_of(only_act())))
    confirm(client, only_act(), note=bad)
    pages += [client.get(page_of(only_act())), client.get(LIST), client.get("/admin/newsroom/auditentry/")]
    for page in pages:
        assert "<img src=x" not in page.content.decode() and page.status_code == 200


# --- what it costs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.PUBLISH, Kind.SUBMIT, Kind.WITHDRAW])
def test_the_queries_of_an_article_do_not_grow_with_their_number(kind: str, people: People, make_article: Any) -> None:
    def cost(count: int) -> tuple[int, int]:
        articles = [make_article(f"Story {count} {n}") for n in range(count)]
        if kind == Kind.WITHDRAW:
            for article in articles:
                article.publish()
        act = BulkAct.begin(kind, [one.pk for one in articles], by=people["publisher"])
        with CaptureQueriesContext(connection) as checking:
            act.go_on(seconds=99)
        act.confirm()
        with CaptureQueriesContext(connection) as doing:
            act.go_on(seconds=99)
        assert act.finished_at and {one.outcome for one in act.results()} == {Outcome.DONE}
        return len(checking), len(doing)

    cost(1)
    small, large = cost(2), cost(12)
    for few, many in zip(small, large, strict=True):
        assert many / 12 <= few / 2, (small, large)


def test_the_page_of_many_costs_what_that_of_one_does(client: Any, people: People, make_article: Any) -> None:
    client.force_login(people["publisher"])

    def cost(count: int) -> int:
        act = BulkAct.begin(
            Kind.PUBLISH, [make_article(f"S {count} {n}").pk for n in range(count)], by=people["publisher"]
        )
        act.go_on(seconds=99)
        client.get(page_of(act))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(act))
        return len(queries)

    assert cost(20) == cost(1)
