"""The log: what is written of every change, and that nobody can change or delete what is written."""

import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Article, ShareLink, Tag
from images.models import Image
from newsroom.auditing import append_only, sessions
from newsroom.models import AuditEntry, Redirect, SiteIdentity
from newsroom.models.audit import NOT_WRITTEN, log, log_run
from tests.wordpress.building import post, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Any, editor: User) -> Any:
    client.force_login(editor)
    return client


@pytest.fixture
def protected() -> None:
    """As in production: the triggers are up. Undone with the test's transaction."""
    append_only.protect(connection)


def last(**about: Any) -> AuditEntry:
    found = AuditEntry.objects.filter(**about).first()
    assert found is not None, f"the log has no {about}"
    return found


# --- the desk -----------------------------------------------------------------------------------------------------


def test_a_change_at_the_desk_is_told_before_and_after(desk: Any, editor: User) -> None:
    redirect = Redirect.objects.create(path="/old/", target="/new/")
    when = timezone.localtime(redirect.since)
    form = {"path": "/old/", "target": "/newer/", "since_0": when.date(), "since_1": when.time()}
    assert desk.post(f"/admin/newsroom/redirect/{redirect.pk}/change/", form).status_code == 302
    entry = last(act="changed")
    assert (entry.by_id, entry.by_name) == (editor.pk, "rosa")
    assert (entry.thing, entry.thing_id) == ("newsroom.redirect", str(redirect.pk))
    assert (entry.before, entry.after) == ({"target": "/new/"}, {"target": "/newer/"})


def test_saving_without_a_change_writes_nothing(desk: Any) -> None:
    tag = Tag.objects.create(name="Noir")
    desk.post(f"/admin/articles/tag/{tag.pk}/change/", {"name": "Noir", "slug": tag.slug, "description": ""})
    assert not AuditEntry.objects.filter(thing="articles.tag").exists()


def test_additions_and_deletions_are_told_with_their_values(desk: Any) -> None:
    desk.post(
        "/admin/articles/tag/add/",
        {"name": "Noir", "slug": "", "description": "Dark " * 50, "kind": "topic", "weight": "1"},
    )
    tag = Tag.objects.get()
    added = last(act="added", thing="articles.tag")
    assert added.after["name"] == "Noir" and added.after["slug"] == "noir"
    assert added.after["description"].endswith("… (249 characters)") and len(added.after["description"]) < 150
    assert desk.post(f"/admin/articles/tag/{tag.pk}/delete/", {"post": "yes"}).status_code == 302
    gone = last(act="deleted", thing="articles.tag")
    assert (gone.thing_name, gone.before["slug"], gone.after) == ("Noir", "noir", None)


def test_many_deleted_at_once_are_told_one_by_one(desk: Any) -> None:
    tags = [Tag.objects.create(name=name) for name in ("Noir", "Sea")]
    form = {"action": "delete_selected", "_selected_action": [tag.pk for tag in tags], "post": "yes"}
    desk.post("/admin/articles/tag/", form)
    assert not Tag.objects.exists()
    assert AuditEntry.objects.filter(act="deleted", thing="articles.tag").count() == 2


def test_who_is_put_into_which_group_is_told_and_no_password(desk: Any, people: dict[str, User]) -> None:
    """J06, J08: the stock classes of Django log, too."""
    writer = people["writer"]
    form = {"username": "writer", "is_active": "on", "is_staff": "on", "role": "Editor", "email": writer.email}
    assert desk.post(f"/admin/auth/user/{writer.pk}/change/", form).status_code == 302
    entry = last(act="changed", thing="auth.user")
    assert (entry.before["groups"], entry.after["groups"]) == (["Writer"], ["Editor"])
    new = {"password1": "correct horse battery", "password2": "correct horse battery", "usable_password": "true"}
    assert desk.post(f"/admin/auth/user/{writer.pk}/password/", {**new, "set-password": "1"}).status_code == 302
    entry = last(act="changed", thing="auth.user")
    assert entry.after == {"password": NOT_WRITTEN}
    desk.post("/admin/auth/user/add/", {"username": "new", **new})
    assert last(act="added").thing_name == "new"
    writer.refresh_from_db()
    everything = json.dumps(list(AuditEntry.objects.values_list("before", "after", "reason", "thing_name")))
    for secret in (
        writer.password,
        User.objects.get(username="new").password,
        "correct horse",
        desk.session.session_key,
    ):
        assert secret not in everything


def test_the_permissions_of_a_group_are_told_as_those_that_came_and_went(desk: Any, people: Any) -> None:
    group = Group.objects.get(name="Contributor")
    kept = list(group.permissions.values_list("pk", flat=True))
    desk.post(f"/admin/auth/group/{group.pk}/change/", {"name": "Contributor", "permissions": kept[1:]})
    entry = last(act="changed", thing="auth.group")
    assert (len(entry.before["permissions"]), entry.after["permissions"]) == (1, [])


def test_the_site_identity_and_pictures_are_told(desk: Any, picture: Image) -> None:
    site = SiteIdentity.objects.create(name="Before")
    desk.post("/admin/newsroom/siteidentity/1/change/", {"name": "After", "social_links": ""})
    assert (last(thing="newsroom.siteidentity").before["name"], site.pk) == ("Before", 1)
    form = {"picture-1-title": "x"} | {f"picture-{picture.pk}-{name}": value for name, value in
            {"title": "Seats", "alt": "Red seats, empty", "credit": "", "caption": ""}.items()}  # fmt: skip
    assert desk.post(f"/admin/images/image/{picture.pk}/words/", form).status_code == 302
    entry = last(act="changed", thing="images.image")
    assert (entry.before["alt"], entry.after["alt"]) == ("Rows of red seats", "Red seats, empty")
    with picture.file.open("rb") as file:
        again = SimpleUploadedFile("again.jpg", file.read())
    assert desk.post("/admin/images/image/upload/one/", {"file": again, "anyway": "on"}).status_code == 201
    assert last(act="added", thing="images.image").after["file"].endswith(".jpg")
    desk.post(f"/admin/images/image/{picture.pk}/delete/", {"post": "yes"})
    assert last(act="deleted").thing_name == "Seats"


# --- articles -------------------------------------------------------------------------------------------------------


def test_an_article_saved_twice_tells_what_changed_without_being_opened(
    make_article: Any, editor: User, film: Any
) -> None:
    article = make_article("Before", body="<p>One two three.</p>", tags=("Noir", "Sea"))
    article.record("saved", by=editor)
    music = type(film).objects.create(name="Music")
    article.headline, article.body, article.section = "After", "<p>One two three four.</p>", music
    article.save()
    article.tags.remove("Sea")
    article.record("saved", by=editor)
    entry = last(act="saved")
    assert entry.before == {"revision": 1, "headline": "Before", "body": "3 words", "section": f"Film ({film.pk})",
                            "tags": ["Sea"]}  # fmt: skip
    assert entry.after == {"revision": 2, "headline": "After", "body": "4 words", "section": f"Music ({music.pk})",
                           "tags": []}  # fmt: skip


def test_the_articles_form_writes_one_entry_and_its_deletion_another(desk: Any, film: Any) -> None:
    desk.post("/admin/articles/article/add/", {"headline": "A draft", "section": film.pk, "body": "<p>x</p>",
              "bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0, "corrections-TOTAL_FORMS": 0,
              "corrections-INITIAL_FORMS": 0, "recommended_videos": ""})  # fmt: skip
    article = Article.objects.get()
    assert [one.act for one in AuditEntry.objects.filter(thing="articles.article")] == ["saved"]
    desk.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    assert last(act="deleted", thing="articles.article").before["headline"] == "A draft"


def test_share_links_are_told_but_not_their_addresses(desk: Any, make_article: Any) -> None:
    article = make_article()
    form = {"note": "our lawyer", "lasts": "day", "shows": "follows"}
    desk.post(f"/admin/articles/article/{article.pk}/share/", form)
    link = ShareLink.objects.get()
    made = last(act="share_link_made")
    assert (made.thing_id, made.after["for"], made.after["link"]) == (str(article.pk), "our lawyer", link.pk)
    desk.post(f"/admin/articles/article/{article.pk}/share/{link.pk}/revoke/")
    assert last(act="share_link_revoked").by_name == "rosa"
    assert link.token not in json.dumps(list(AuditEntry.objects.values_list("before", "after", "reason")))
    assert AuditEntry.objects.filter(thing="articles.article").count() == 2


# --- people at the door ------------------------------------------------------------------------------------------


def test_coming_and_going_is_told_and_a_refusal_by_the_name_as_typed(client: Any, editor: User) -> None:
    page = "/admin/login/"
    client.post(page, {"username": "ro" * 80, "password": "not this one"})
    refused = last(act=sessions.REFUSED)
    assert (refused.thing_name, refused.by_id, refused.by_name) == (("ro" * 80)[:100], None, "")
    client.post(page, {"username": "rosa", "password": "a long password"})
    assert last(act=sessions.LOGGED_IN).by_name == "rosa"
    client.post("/admin/logout/")
    assert last(act=sessions.LOGGED_OUT).by_name == "rosa"
    everything = json.dumps(list(AuditEntry.objects.values_list("before", "after", "reason", "thing_name")))
    assert "not this one" not in everything and "a long password" not in everything


def test_who_knocks_without_end_does_not_fill_the_log(monkeypatch: Any) -> None:
    monkeypatch.setattr(sessions, "MOST_REFUSED_A_MINUTE", 3)
    for number in range(10):
        sessions.was_refused({"username": f"guess {number}"})
    entries = AuditEntry.objects.filter(act=sessions.REFUSED)
    assert entries.count() == 4
    assert "not written down" in entries.get(thing_name="guess 3").reason


# --- what is written ---------------------------------------------------------------------------------------------


def test_no_secret_is_written_whoever_asks_for_it(editor: User) -> None:
    """J06"""
    values = {"password": "pbkdf2$1", "calendar_token": "abc", "session_key": "s", "Secret": "x", "name": "kept"}
    entry = log("changed", editor, before=values, after={"inner": {"api_key": "k"}})
    hidden = dict.fromkeys(("password", "calendar_token", "session_key", "Secret"), NOT_WRITTEN)
    assert entry.before == hidden | {"name": "kept"}
    assert entry.after == {"inner": {"api_key": NOT_WRITTEN}}


def test_whatever_is_written_can_be_stored(editor: User) -> None:
    entry = log("changed", editor, after={"a\x00b": "c\x00d" * 400, "list": ["\ud800"]}, reason="x\x00" * 2000)
    entry.refresh_from_db()
    assert set(entry.after) == {"ab", "list"} and len(entry.after["ab"]) == 500
    assert len(entry.reason) == 1000


def test_commands_that_change_things_are_told_by_their_name(make_article: Any, capsys: Any) -> None:
    call_command("createsuperuser", username="boss", email="b@example.org", interactive=False, verbosity=0)
    assert (last(act="added").thing_name, last(act="added").reason) == ("boss", "manage.py createsuperuser")
    article = make_article()
    for _ in range(5):
        article.record("saved")
    call_command("prune_revisions", keep_days=0, keep_last=2)
    entry = last(thing="command")
    assert (entry.thing_name, entry.by_name, entry.after["revisions removed"]) == ("prune_revisions", "", 3)
    call_command("prune_revisions", keep_days=0, keep_last=2)
    assert AuditEntry.objects.filter(thing="command").count() == 1


def test_a_password_that_is_set_by_the_command_is_told_but_not_what_it_is(editor: User, monkeypatch: Any) -> None:
    from django.contrib.auth.management.commands import changepassword

    monkeypatch.setattr(changepassword.Command, "_get_pass", lambda self, prompt="": "correct horse battery")
    call_command("changepassword", username="rosa", stdout=io.StringIO())
    entry = last(act="changed")
    assert (entry.thing_name, entry.reason, entry.after) == (
        "rosa",
        "manage.py changepassword",
        {"password": NOT_WRITTEN},
    )


def test_an_import_is_one_entry(tmp_path: Any) -> None:
    call_command("import_wordpress", str(write(tmp_path, post(1), post(2))), "--dry-run", stdout=io.StringIO())
    assert not AuditEntry.objects.exists()
    call_command("import_wordpress", str(write(tmp_path, post(1), post(2))), stdout=io.StringIO())
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.thing_name, entry.by_name) == ("imported", "import_wordpress", "")
    assert sum(value for value in entry.after.values() if isinstance(value, int)) >= 2


# --- append-only --------------------------------------------------------------------------------------------------


def test_the_models_own_verbs_refuse(editor: User) -> None:
    entry = log("changed", editor)
    with pytest.raises(TypeError, match="not changed"):
        entry.save()
    with pytest.raises(TypeError, match="not deleted"):
        entry.delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE newsroom_auditentry SET by_name = 'nobody'",
        "DELETE FROM newsroom_auditentry",
        "TRUNCATE newsroom_auditentry",
        "INSERT OR REPLACE INTO newsroom_auditentry (id, at, by_name, act, thing, thing_id, thing_name, reason) "
        "SELECT id, at, 'nobody', act, thing, thing_id, thing_name, reason FROM newsroom_auditentry",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(statement: str, editor: User, protected: None) -> None:
    """J08"""
    other = {"TRUNCATE": "postgresql", "INSERT": "sqlite"}.get(statement.split()[0], connection.vendor)
    if other != connection.vendor:
        pytest.skip(f"a statement of {other}")
    log("changed", editor)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get(act="changed").by_name == ""
    log("changed", editor)  # and adding goes on


def test_the_orm_is_refused_too(editor: User, protected: None) -> None:
    log("changed", editor)
    for act in (lambda: AuditEntry.objects.update(act="x"), lambda: AuditEntry.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite loses triggers when a table is rebuilt")
def test_after_all_migrations_the_triggers_stand(manage: Any, tmp_path: Any) -> None:
    import sqlite3

    done = manage("migrate", "newsroom", SECRET_KEY="only-for-tests-" * 4)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "var" / "newsroom.sqlite3") as database:
        found = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert found == {f"newsroom_auditentry_{name}" for name in append_only._SQLITE}


# --- pruning ------------------------------------------------------------------------------------------------------


def test_the_owner_prunes_what_is_old_and_the_log_tells_of_it(protected: None, capsys: Any) -> None:
    from datetime import timedelta

    for days in (400, 366, 10):
        AuditEntry.objects.create(at=timezone.now() - timedelta(days=days), act="x", thing="y", thing_name=str(days))
    call_command("prune_log", older_than=365, dry_run=True)
    assert "2 entries would be removed" in capsys.readouterr().out
    assert AuditEntry.objects.count() == 3
    call_command("prune_log", older_than=365)
    assert "2 entries removed" in capsys.readouterr().out
    assert [one.thing_name for one in AuditEntry.objects.all()] == ["prune_log", "10"]
    assert last(act="log_pruned").after == {"entries removed": 2}
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.all().delete()  # the triggers are up again


def test_too_young_is_not_pruned(capsys: Any) -> None:
    for days in ("29", "-1", "0", "many", "9" * 30):
        with pytest.raises(CommandError, match="30 or more"):
            call_command("prune_log", f"--older-than={days}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no owners")
def test_who_does_not_own_the_table_can_neither_prune_nor_lift_the_protection(editor: User, protected: None) -> None:
    log_run("something")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE newsroom_site")
        cursor.execute("GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA public TO newsroom_site")
        cursor.execute("SET ROLE newsroom_site")
    try:
        with pytest.raises(CommandError, match="owns the tables"):
            call_command("prune_log", older_than=365)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AuditEntry.objects.all().delete()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
