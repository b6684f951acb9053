"""Presence: who has the form open, for who may see the article; a courtesy that locks nothing."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Presence
from tests.rights import rights

pytestmark = pytest.mark.django_db


def there(article):
    return f"/admin/articles/article/{article.pk}/presence/"


def beat(client, article, **report):
    return client.post(there(article), json.dumps(report), content_type="application/json")


def person(name, *permissions, **names):
    user = User.objects.create_user(name, is_staff=True, **names)
    user.user_permissions.set(rights(permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def rosa(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def kit(db):
    return person("kit", "change_article", "view_article", first_name="Kit", last_name="Arden")


def test_each_is_told_of_the_other_by_name_and_whether_they_write(rosa, kit, make_article):
    article = make_article()
    assert beat(rosa, article, is_writing=False).json()["others"] == []
    (other,) = beat(kit, article, is_writing=True).json()["others"]
    assert (other["name"], other["is_writing"]) == ("rosa", False)
    (other,) = beat(rosa, article).json()["others"]
    assert (other["name"], other["is_writing"]) == ("Kit Arden", True)


def test_since_stays_while_they_are_there_and_begins_anew_when_they_come_back(rosa, kit, make_article):
    article = make_article()
    beat(kit, article)
    before = timezone.now() - timedelta(hours=1)
    Presence.objects.update(since=before)
    beat(kit, article)
    assert Presence.objects.get().since == before
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=21))
    beat(kit, article)
    assert Presence.objects.get().since > before


def test_who_was_not_heard_of_for_twenty_seconds_is_gone(rosa, kit, make_article):
    article = make_article()
    beat(kit, article)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=19))
    assert beat(rosa, article).json()["others"]
    Presence.objects.filter(by__username="kit").update(seen_at=timezone.now() - timedelta(seconds=21))
    assert not beat(rosa, article).json()["others"]


def test_a_hidden_tab_may_be_silent_for_longer(rosa, kit, make_article):
    article = make_article()
    beat(kit, article, is_hidden=True)
    assert Presence.objects.get().seen_at > timezone.now() + timedelta(seconds=50)
    assert beat(rosa, article).json()["others"]
    beat(kit, article)
    assert Presence.objects.get(by__username="kit").seen_at <= timezone.now()


def test_who_leaves_is_gone_at_once(rosa, kit, make_article):
    article = make_article()
    beat(kit, article)
    beat(kit, article, is_leaving=True)
    assert not beat(rosa, article).json()["others"]


def test_a_newer_version_is_told_with_who_and_when(rosa, kit, make_article):
    article = make_article()
    opened = article.version
    assert beat(rosa, article, version=opened + 1).json()["newer"] is None
    article.headline = "New"
    article.save()
    article.record("saved", by=User.objects.get(username="kit"))
    assert beat(rosa, article, version=opened).json()["newer"]["who"] == "Kit Arden"
    assert rosa.get(there(article), {"version": opened}).json()["newer"]["who"] == "Kit Arden"
    assert beat(kit, article, version=opened).json()["newer"]["who"].startswith("You")


def test_who_may_only_look_sees_who_is_there_and_is_not_seen(rosa, make_article):
    article = make_article()
    viewer = person("vera", "view_article")
    beat(rosa, article)
    assert viewer.get(there(article)).json()["others"][0]["name"] == "rosa"
    assert beat(viewer, article).status_code == 403
    assert Presence.objects.count() == 1


def test_others_are_refused(client, make_article):
    article = make_article()
    assert "/login/" in client.get(there(article))["Location"]
    assert "/login/" in beat(client, article)["Location"]
    new = person("new")
    assert new.get(there(article)).status_code == beat(new, article).status_code == 403
    assert not Presence.objects.exists()


def test_without_the_token_nobody_is_present(editor, make_article):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert beat(strict, make_article()).status_code == 403
    assert not Presence.objects.exists()


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b"\xff", b"[" * 100_000])
def test_nonsense_is_refused(rosa, make_article, body):
    response = rosa.post(there(make_article()), body, content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize("version", ["x", None, -1, 10**30, 1.5, True])
def test_an_odd_version_is_no_error(rosa, make_article, version):
    assert beat(rosa, make_article(), version=version).status_code == 200


def test_an_article_that_is_no_more_is_not_found(rosa):
    assert rosa.get("/admin/articles/article/999/presence/").status_code == 404
    assert rosa.delete("/admin/articles/article/999/presence/").status_code == 405


def test_a_report_costs_as_many_queries_with_ten_people_as_with_one(rosa, make_article, django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(5):  # session, person, article, who is there, I am
        beat(rosa, article)
    for number in range(10):
        user = User.objects.create_user(f"person{number}")
        Presence.objects.create(article=article, by=user, since=timezone.now(), seen_at=timezone.now())
    with django_assert_num_queries(5):
        assert len(beat(rosa, article).json()["others"]) == 10


def test_the_list_shows_who_is_where_in_one_query(rosa, kit, make_article, django_assert_max_num_queries):
    articles = [make_article(f"Number {number}") for number in range(5)]
    with django_assert_max_num_queries(14) as queries:
        rosa.get("/admin/articles/article/")
        few = len(queries)
    for article in articles:
        beat(kit, article)
    with django_assert_max_num_queries(few):
        page = rosa.get("/admin/articles/article/").content.decode()
    assert page.count("Kit Arden is editing this") == 5
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=30))
    assert "is editing this" not in rosa.get("/admin/articles/article/").content.decode()
