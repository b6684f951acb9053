"""Notes: whom they can mention, who may delete one, what is left of it then."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Byline, Note, Notification, Section, SectionLimit
from articles.models.notes import OFFERED, may_be_mentioned, note_down
from articles.models.permits import may, who_sees
from articles.roles import Act
from authors.models import Author
from newsroom.models import AuditEntry
from tests.articles.test_notes_and_inbox import People, form_of, logged_in

AS_SCRIPT: dict[str, Any] = {"headers": {"accept": "application/json"}}


@pytest.fixture
def draft(make_article: Any, people: People) -> Article:
    article: Article = make_article("A draft", created_by=people["writer"])
    return article


def address_of(note: Note) -> str:
    return reverse("admin:articles_article_note_resolve", args=[note.article_id, note.pk])


def aged(note: Note, age: timedelta) -> Note:
    note.at = timezone.now() - age
    note.save()
    return note


# --- deleting -------------------------------------------------------------------------------------------------------


def test_who_wrote_a_note_deletes_it_with_what_it_told(draft: Article, people: People) -> None:
    note = note_down(draft, "@editor Wrong person, sorry", by=people["publisher"])
    standing = note_down(draft, "@editor And this stays", by=people["publisher"])
    told = logged_in(people["publisher"]).post(address_of(note), {"act": "delete"}, **AS_SCRIPT).json()
    assert "Wrong person" not in told["html"] and "And this stays" in told["html"] and told["open"] == 1
    assert list(draft.notes.all()) == [standing]
    assert [one.text for one in Notification.objects.all()] == ["@editor And this stays"]
    entry = AuditEntry.objects.get(act="note_deleted")
    assert (entry.by_name, entry.thing_id, set(entry.before)) == ("publisher", str(draft.pk), {"noted_at"})
    assert "Wrong person" not in str(AuditEntry.objects.values())


def test_the_same_words_said_again_later_still_tell(draft: Article, people: People) -> None:
    first = note_down(draft, "@editor Ping", by=people["publisher"])
    aged(first, timedelta(hours=1))
    Notification.objects.update(at=first.at)
    note_down(draft, "@editor Ping", by=people["publisher"])
    first.take_back(by=people["publisher"])
    assert Notification.objects.count() == draft.notes.count() == 1


def test_what_was_read_of_it_stays_in_the_inbox(draft: Article, people: People) -> None:
    note = note_down(draft, "@editor Look", by=people["publisher"])
    Notification.objects.all().mark_read()
    note.take_back(by=people["publisher"])
    assert Notification.objects.count() == 1


@pytest.mark.parametrize("who", ["writer", "editor", "administrator", "superuser"])
def test_nobody_deletes_the_notes_of_others(draft: Article, people: People, who: str) -> None:  # B13
    person = people.get(who) or User.objects.create_superuser("super")
    note = note_down(draft, "Mine", by=people["publisher"])
    client = logged_in(person)
    assert client.post(address_of(note), {"act": "delete"}).status_code == 403
    assert client.post(address_of(note), {"act": "delete"}, **AS_SCRIPT).status_code == 403
    assert 'value="delete"' not in client.get(form_of(draft)).content.decode()
    Note.objects.update(by=None)  # who wrote it is gone
    assert client.post(address_of(note), {"act": "delete"}).status_code == 403
    assert draft.notes.count() == 1 and not AuditEntry.objects.filter(act="note_deleted").exists()


def test_nor_one_s_own_once_the_article_is_out_of_sight(draft: Article, people: People) -> None:
    note = note_down(draft, "Mine", by=people["editor"])
    SectionLimit.objects.create(user=people["editor"], section=Section.objects.create(name="Music", slug="music"))
    assert logged_in(people["editor"]).post(address_of(note), {"act": "delete"}).status_code == 403
    with pytest.raises(PermissionDenied):
        note.take_back(by=User.objects.get(pk=people["editor"].pk))
    assert draft.notes.exists()


def test_nor_one_that_has_stood_for_a_day(draft: Article, people: People) -> None:
    client = logged_in(people["editor"])
    young = aged(note_down(draft, "Young", by=people["editor"]), timedelta(hours=23, minutes=59))
    old = aged(note_down(draft, "Old", by=people["editor"]), timedelta(days=1))
    page = client.get(form_of(draft)).content.decode()
    assert page.count('value="delete"') == 1
    refused = client.post(address_of(old), {"act": "delete"}, **AS_SCRIPT)
    assert refused.status_code == 400 and "stood for a day" in str(refused.json()["errors"])
    plain = client.post(address_of(old), {"act": "delete"}, follow=True)
    assert plain.redirect_chain == [(f"{form_of(draft)}#notes", 302)] and "stood for a day" in plain.content.decode()
    with pytest.raises(ValidationError):
        old.take_back(by=people["editor"])
    assert client.post(address_of(young), {"act": "delete"}).status_code == 302
    assert list(draft.notes.all()) == [old]


def test_twice_is_once(draft: Article, people: People) -> None:
    note = note_down(draft, "Mine", by=people["editor"])
    same = Note.objects.get(pk=note.pk)
    note.take_back(by=people["editor"])
    same.take_back(by=people["editor"])
    assert AuditEntry.objects.filter(act="note_deleted").count() == 1
    gone = logged_in(people["publisher"]).post(address_of(same), {"act": "resolve"}, **AS_SCRIPT)
    assert gone.status_code == 404 and "deleted it" in str(gone.json()["errors"])


def test_a_get_deletes_nothing(draft: Article, people: People) -> None:
    note = note_down(draft, "Mine", by=people["editor"])
    assert logged_in(people["editor"]).get(address_of(note), {"act": "delete"}).status_code == 405


# --- whom one can mention -------------------------------------------------------------------------------------------


def offered(person: User, article: Article, begun: str) -> list[str]:
    answer = logged_in(person).get(reverse("admin:articles_article_people", args=[article.pk]), {"q": begun})
    return [one["username"] for one in answer.json()["people"]]


def test_a_name_is_found_by_how_any_of_its_parts_begins(draft: Article, people: People) -> None:
    User.objects.filter(pk=people["editor"].pk).update(first_name="Rosa", last_name="Meier")
    User.objects.filter(pk=people["writer"].pk).update(first_name="Pedro", last_name="Rossi")
    for begun, found in {
        "ro": ["writer", "editor"], "RO": ["writer", "editor"], "rosa m": ["editor"], "edi": ["editor"],
        "eier": [], "%": [], "_": [], "publ": [], "x" * 5000: [],
    }.items():  # fmt: skip
        assert offered(people["publisher"], draft, begun) == found, begun


def test_nobody_is_offered_who_is_gone_or_reads_only(draft: Article, people: People) -> None:
    User.objects.filter(pk=people["editor"].pk).update(is_active=False)
    User.objects.filter(pk=people["administrator"].pk).update(is_staff=False)
    User.objects.create_superuser("gone", is_active=False)
    assert offered(people["publisher"], draft, "") == ["writer"]


def test_those_who_see_an_article_are_those_who_may(make_article: Any, people: People, film: Section) -> None:  # B13
    """`who_sees` says of everybody what `may` says: each role, limited to this section, to another, to none; of an
    article of others, one's own, an assigned one, one in whose byline one stands; and single rights.
    """
    music = Section.objects.create(name="Music", slug="music")
    everybody = [*people.values(), User.objects.create_superuser("super"), User.objects.create_user("nothing")]
    for role, section in product(list(people.values()), (film, music)):
        one = User.objects.create_user(f"{role}-{section.slug}", is_staff=True)
        one.groups.set(role.groups.all())
        SectionLimit.objects.create(user=one, section=section)
        everybody.append(one)
    alone = User.objects.create_user("alone")
    alone.user_permissions.add(Permission.objects.get(codename="view_article", content_type__app_label="articles"))
    gone = User.objects.create_superuser("gone", is_active=False)
    everybody += [alone, gone]
    writing = Author.objects.create(name="In the byline", user=people["contributor"])
    kinds: list[dict[str, Any]] = [{}, {"section": None}, *({"created_by": one} for one in everybody[:5])]
    found: set[tuple[bool, ...]] = set()
    for fields in [*kinds, {"assignee": everybody[-3]}, {"assignee": alone}, {"created_by": gone}]:
        article = make_article("One", **fields)
        Byline.objects.create(article=article, author=writing)
        seeing = set(who_sees(article).values_list("pk", flat=True))
        answers = {one: may(User.objects.get(pk=one.pk), Act.VIEW, article) for one in everybody}
        assert seeing == {one.pk for one, says_yes in answers.items() if says_yes}, fields
        found.add(tuple(answers.values()))
    assert len(found) > 3


def test_asking_costs_the_same_however_many_work_there(draft: Article, people: People) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = may_be_mentioned(draft, people["editor"], "w")
        assert 0 < len(found) <= OFFERED
        return len(queries)

    few = count()
    for number in range(60):
        one = User.objects.create_user(f"w{number}", is_staff=True)
        one.groups.set(people["writer" if number % 2 else "editor"].groups.all())
    assert count() == few == 1
