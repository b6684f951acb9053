"""Assigning in the form, notes beside the article, what a person is told of."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, MailChoice, Note, Notification, Section, SectionLimit
from articles.models.notes import note_down
from tests.articles.test_stale_saves import opened

People = dict[str, User]
INBOX = "/admin/articles/article/inbox/"


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


@pytest.fixture
def draft(make_article: Any, people: People) -> Article:
    article: Article = make_article("A draft", created_by=people["writer"])
    return article


# --- notes --------------------------------------------------------------------------------------------------------


def test_a_note_tells_those_it_mentions_who_may_see_the_article(draft: Article, people: People) -> None:  # B13
    note_down(draft, "Ask @editor. And @contributor, @nobody, me@writer.org", by=people["publisher"])
    assert {one.to.username for one in Notification.objects.filter(kind="mentioned")} == {"editor"}


def test_a_note_is_somebody_s_and_says_something(draft: Article, people: People) -> None:
    for text, why in (("  ", "Write something"), ("x" * 2001, "at most")):
        with pytest.raises(ValidationError, match=why):
            note_down(draft, text, by=people["editor"])
    with pytest.raises(PermissionDenied):
        note_down(draft, "Hello", by=people["contributor"])
    assert not Note.objects.exists()


def test_the_thread_is_written_to_without_leaving_the_form(draft: Article, people: People) -> None:
    client = logged_in(people["editor"])
    url = reverse("admin:articles_article_note", args=[draft.pk])
    as_script = {"headers": {"accept": "application/json"}}
    html = client.post(url, {"text": "<script>alert(1)</script>"}, **as_script).json()["html"]
    assert "&lt;script&gt;" in html and "<script" not in html
    assert client.post(url, {"text": ""}, **as_script).json() == {"errors": {"text": ["Write something first."]}}
    assert client.post(url, {"text": "Plain"})["Location"] == f"{form_of(draft)}#notes"
    page = client.get(form_of(draft)).content.decode()
    assert "Plain" in page and "&lt;script&gt;alert(1)" in page
    assert client.get(url).status_code == 405


def test_done_and_opened_again(draft: Article, people: People) -> None:
    note = note_down(draft, "Second source?", by=people["editor"])
    url = reverse("admin:articles_article_note_resolve", args=[draft.pk, note.pk])
    writer = logged_in(people["writer"])
    writer.post(url, {"act": "resolve"})
    note.refresh_from_db()
    assert note.resolved_by == people["writer"]
    writer.post(url, {"act": "reopen"})
    note.refresh_from_db()
    assert note.resolved_at is None
    assert logged_in(people["contributor"]).post(url).status_code == 403
    other = reverse("admin:articles_article_note_resolve", args=[draft.pk, 999])
    assert writer.post(other).status_code == 404


def test_only_those_who_may_see_it_can_be_mentioned(draft: Article, people: People) -> None:
    url = reverse("admin:articles_article_people", args=[draft.pk])
    told = json.loads(logged_in(people["editor"]).get(url).content)["people"]
    assert {one["username"] for one in told} == {"writer", "publisher", "administrator"}
    assert logged_in(people["contributor"]).get(url).status_code == 403


def test_readers_and_revisions_know_nothing_of_notes(draft: Article, people: People, client: Client) -> None:
    note_down(draft, "Canarynote", by=people["editor"])
    draft.publish(by=people["publisher"])
    assert "Canarynote" not in client.get(draft.public_url()).content.decode()
    assert "Canarynote" not in json.dumps([one.data for one in draft.revisions.all()])


# --- assigning ----------------------------------------------------------------------------------------------------


def test_the_form_assigns_by_the_verb(draft: Article, people: People) -> None:
    client = logged_in(people["editor"])
    data = opened(client, form_of(draft), assignee=str(people["writer"].pk), priority="1", _continue="1")
    data |= {"due_at_0": "2030-05-01", "due_at_1": "10:00"}
    assert client.post(form_of(draft), data).status_code == 302
    draft.refresh_from_db()
    assert (draft.assignee, draft.priority, draft.due_at is not None) == (people["writer"], 1, True)
    assert draft.revisions.first().event == "assigned"
    assert Notification.objects.get(to=people["writer"]).kind == "assigned"
    count = draft.revisions.count()
    client.post(form_of(draft), opened(client, form_of(draft), _continue="1"))
    assert draft.revisions.count() == count


def test_a_form_that_was_open_long_does_not_take_back_what_others_assigned(draft: Article, people: People) -> None:
    client = logged_in(people["editor"])
    old = opened(client, form_of(draft), kicker="New", _continue="1")
    draft.assign(people["writer"], by=people["publisher"])
    assert client.post(form_of(draft), old).status_code == 302
    draft.refresh_from_db()
    assert (draft.assignee, draft.kicker) == (people["writer"], "New")


def test_who_may_not_assign_posts_it_in_vain(draft: Article, people: People) -> None:
    client = logged_in(people["writer"])
    data = opened(client, form_of(draft), kicker="Mine", _continue="1")
    data |= {"assignee": str(people["editor"].pk), "initial-assignee": "", "priority": "1"}
    assert client.post(form_of(draft), data).status_code == 302
    draft.refresh_from_db()
    assert (draft.assignee, draft.priority, draft.kicker) == (None, 2, "Mine")


# --- the inbox ------------------------------------------------------------------------------------------------------


def test_the_inbox_shows_what_one_may_still_see_and_counts_it(draft: Article, people: People) -> None:
    writer = logged_in(people["writer"])
    draft.submit(by=people["writer"])
    draft.send_back(by=people["editor"], note="Where is the second source?")
    page = writer.get("/admin/").content.decode()
    assert 'class="inbox-count">1' in page
    assert "Where is the second source?" in writer.get(INBOX).content.decode()
    writer.get(form_of(draft))  # whoever opens the article has read it
    assert "inbox-count" not in writer.get("/admin/").content.decode()
    contributor = logged_in(people["contributor"])
    Notification.objects.create(to=people["contributor"], kind="mentioned", article=draft, text="Canary")
    assert "Canary" not in contributor.get(INBOX).content.decode()


def test_reading_is_a_post_of_one_s_own(draft: Article, people: People) -> None:
    mine = Notification.objects.create(to=people["writer"], kind="approved", article=draft)
    logged_in(people["editor"]).post(f"{INBOX}read/", {"number": mine.pk})
    assert Notification.objects.unread().count() == 1
    writer = logged_in(people["writer"])
    assert writer.get(f"{INBOX}read/").status_code == 405
    writer.post(f"{INBOX}read/", {"number": "x"})
    assert Notification.objects.unread().count() == 1
    writer.post(f"{INBOX}read/")
    assert Notification.objects.unread().count() == 0


def test_following_a_notification_reads_it_and_leads_to_what_it_is_about(draft: Article, people: People) -> None:
    kinds = {"mentioned": f"{form_of(draft)}#notes", "sent_back": form_of(draft)}
    mine = {kind: Notification.objects.create(to=people["writer"], kind=kind, article=draft) for kind in kinds}
    url = {kind: f"{INBOX}{one.pk}/" for kind, one in mine.items()}
    writer = logged_in(people["writer"])
    page = writer.get(INBOX).content.decode()
    for kind, leads in kinds.items():
        assert f'href="{url[kind]}"' in page
        assert logged_in(people["administrator"]).get(url[kind]).status_code == 404
        assert writer.head(url[kind]).status_code == writer.post(url[kind]).status_code == 405
        unread = Notification.objects.unread()
        assert mine[kind] in unread
        assert writer.get(url[kind])["Location"] == leads
        assert mine[kind] not in unread.all()
    assert writer.get(f"{INBOX}{10**30}/").status_code == 404


def test_what_one_may_not_see_any_more_counts_no_longer_and_leads_nowhere(draft: Article, people: People) -> None:
    editor = people["editor"]
    gone = Notification.objects.create(to=editor, kind="mentioned", article=draft)
    assert 'class="inbox-count">1' in logged_in(editor).get("/admin/").content.decode()
    SectionLimit.objects.create(user=editor, section=Section.objects.create(name="Music", slug="music"))
    client = logged_in(editor)
    assert "inbox-count" not in client.get("/admin/").content.decode()
    there = client.get(f"{INBOX}{gone.pk}/", follow=True)
    assert there.redirect_chain[-1] == ("/admin/", 302) and "A draft" not in there.content.decode()


def test_one_is_read_by_itself_and_one_stays_on_its_page(draft: Article, people: People) -> None:
    one, other = (Notification.objects.create(to=people["writer"], kind="approved", article=draft) for _ in "ab")
    writer = logged_in(people["writer"])
    assert f'name="number" value="{one.pk}"' in writer.get(INBOX).content.decode()
    answer = writer.post(f"{INBOX}read/", {"number": one.pk, "page": "2"})
    assert answer["Location"] == f"{INBOX}?page=2"
    assert list(Notification.objects.unread()) == [other]
    assert writer.post(f"{INBOX}read/", {"number": one.pk, "page": "//evil.example"})["Location"] == INBOX
    page = writer.get(INBOX).content.decode()
    assert f'name="number" value="{one.pk}"' not in page and f'name="number" value="{other.pk}"' in page


def test_mails_are_chosen_there(people: People) -> None:
    writer = logged_in(people["writer"])
    writer.post(f"{INBOX}mails/", {"mail": "digest"})
    assert MailChoice.objects.get(user=people["writer"]).mail == "digest"
    writer.post(f"{INBOX}mails/", {"mail": "loud"})
    assert MailChoice.objects.get(user=people["writer"]).mail == "digest"


def test_the_inbox_costs_the_same_for_many(draft: Article, people: People) -> None:
    writer = logged_in(people["writer"])

    def count(number: int) -> int:
        for _ in range(number):
            Notification.objects.create(to=people["writer"], kind="approved", article=draft, by=people["editor"])
        with CaptureQueriesContext(connection) as queries:
            writer.get(INBOX)
        return len(queries)

    count(1)
    assert count(1) == count(40) <= 12


def test_my_desk_shows_what_waits_for_whom(draft: Article, people: People) -> None:
    draft.submit(by=people["writer"])
    draft.assign(people["writer"], by=people["editor"])

    def panels(role: str) -> dict[str, Any]:
        groups = logged_in(people[role]).get("/admin/").context["groups"]
        return {panel.key: panel for group in groups for panel in group.panels}

    assert [row.title for row in panels("writer")["assigned"].rows] == ["A draft"]
    assert "review" not in panels("writer")
    assert [row.title for row in panels("editor")["review"].rows] == ["A draft"]
    assert "ready" not in panels("editor")
    draft.approve(by=people["editor"])
    assert [row.title for row in panels("publisher")["ready"].rows] == ["A draft"]
    assert panels("editor")["review"].rows == []
    draft.body = "<p>Other words than were approved.</p>"
    draft.save()
    assert [row.title for row in panels("editor")["review"].rows] == ["A draft"]
    assert panels("publisher")["ready"].rows == []
    SectionLimit.objects.create(user=people["editor"], section=Section.objects.create(name="Music", slug="music"))
    assert panels("editor")["review"].rows == []
