"""What the database refuses because of somebody else is told, and is no server error."""

import sqlite3
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, OperationalError
from django.test import Client
from psycopg import errors

from articles.models import Article, Tag
from newsroom.collisions import kind_of
from tests.articles.test_desk import change, filled_in


def refused(kind: type[Exception], cause: Exception) -> Exception:
    """As Django wraps what a driver raises."""
    error = kind(*cause.args)
    error.__cause__ = cause
    return error


BUSY = [
    refused(OperationalError, errors.DeadlockDetected("deadlock detected")),
    refused(OperationalError, errors.SerializationFailure("could not serialize access")),
    refused(OperationalError, errors.LockNotAvailable("canceling statement due to lock timeout")),
    refused(OperationalError, sqlite3.OperationalError("database is locked")),
    refused(OperationalError, sqlite3.OperationalError("database table is locked: articles_article")),
]
OVERTAKEN = [
    refused(IntegrityError, errors.ForeignKeyViolation("violates foreign key constraint")),
    refused(IntegrityError, errors.UniqueViolation("duplicate key value")),
    refused(IntegrityError, sqlite3.IntegrityError("FOREIGN KEY constraint failed")),
    refused(IntegrityError, sqlite3.IntegrityError("UNIQUE constraint failed: articles_article.slug")),
]
NEITHER = [
    refused(OperationalError, errors.AdminShutdown("terminating connection")),
    refused(OperationalError, sqlite3.OperationalError("no such table: x")),
    refused(IntegrityError, errors.NotNullViolation("null value")),
    refused(IntegrityError, sqlite3.IntegrityError("NOT NULL constraint failed: a.b")),
    refused(DataError, errors.NumericValueOutOfRange("out of range")),
    ValueError("database is locked"),
]


def test_which_is_which() -> None:
    assert {kind_of(one) for one in BUSY} == {"busy"}
    assert {kind_of(one) for one in OVERTAKEN} == {"overtaken"}
    assert {kind_of(one) for one in NEITHER} == {""}


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "status", "words"), [
    (BUSY[0], 503, "press the button again"), (BUSY[3], 503, "press the button again"),
    (OVERTAKEN[0], 409, "Somebody else has just changed or deleted"), (NEITHER[0], 500, "went wrong on our side"),
])  # fmt: skip
def test_a_person_at_the_desk_is_told_that_nothing_was_saved(  # K13
    editor: User, make_article: Any, monkeypatch: Any, error: Exception, status: int, words: str
) -> None:
    """In the middle of publishing: the text that was saved with it goes back, too."""
    article = make_article("Old")
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    form = filled_in(client, change(article), headline="New", _publish="1")

    def collides(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(Article, "publish", collides)
    response = client.post(change(article), form)
    assert response.status_code == status and words in response.content.decode()
    assert ("Retry-After" in response) == (status == 503) and "New" not in response.content.decode()
    if status != 500:
        assert "Nothing was saved" in response.content.decode() and response["Cache-Control"] == "no-store"
    monkeypatch.undo()
    assert Article.objects.get().headline == "Old"
    assert not article.revisions.exists() and not article.published_versions.exists()
    assert client.post(change(article), form).status_code == 302
    assert Article.objects.get().headline == "New" and article.published_versions.count() == 1


@pytest.mark.django_db
def test_for_readers_it_is_a_server_error_as_ever(monkeypatch: Any) -> None:
    def collides(*args: Any, **kwargs: Any) -> None:
        raise BUSY[0]

    monkeypatch.setattr("articles.pages.fronts.is_first", collides)
    assert Client(raise_request_exception=False).get("/").status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize("error", [*OVERTAKEN[::2], NEITHER[2]])
def test_what_somebody_begins_to_use_meanwhile_is_told_by_the_page_and_by_the_list(  # B11, K09
    editor: User, monkeypatch: Any, error: Exception
) -> None:
    tag = Tag.objects.named(["Noir"])[0]
    client = Client(raise_request_exception=False)
    client.force_login(editor)

    def refuses(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(Tag, "delete", refuses)
    monkeypatch.setattr("django.db.models.query.QuerySet.delete", refuses)
    chosen = {"action": "delete_selected", "_selected_action": [tag.pk], "post": "yes"}
    for url, data in ((f"/admin/articles/tag/{tag.pk}/delete/", {"post": "yes"}), ("/admin/articles/tag/", chosen)):
        response = client.post(url, data)
        assert response.status_code == (302 if error in OVERTAKEN else 500), url
        if error in OVERTAKEN:
            assert "somebody has just begun to use it" in client.get("/admin/articles/tag/").content.decode()
