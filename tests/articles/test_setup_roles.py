"""manage.py setup_roles: five groups as the table says, what a site gave them besides, and the table in the docs."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from articles import setting_up_roles
from articles.rights_table import articles_table, things_table
from articles.roles import ARTICLES, THINGS, Role, permissions_of
from newsroom.models import AuditEntry

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs" / "roles.md"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("setup_roles", *arguments, stdout=out)
    return out.getvalue()


def names_of(role: Role) -> set[str]:
    rows = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{name}" for app, name in rows}


@pytest.fixture
def foreign() -> Permission:
    """A right that the table gives nobody below superusers."""
    return Permission.objects.get(codename="add_group")


def test_the_groups_are_made_with_what_the_table_gives() -> None:
    Group.objects.all().delete()
    told = run()
    assert "Publisher (a new group):\n  gets: " in told
    assert all(names_of(role) == permissions_of(role) for role in Role)
    assert run().count("as the table says.") == len(Role)


def test_a_group_that_lost_a_right_is_mended_and_told() -> None:
    run()
    Group.objects.get(name="Writer").permissions.remove(Permission.objects.get(codename="submit_article"))
    told = run()
    assert "Writer:\n  gets: articles.submit_article" in told
    assert "articles.submit_article" in names_of(Role.WRITER)


def test_what_a_site_gave_besides_stays_until_exact_takes_it(foreign: Permission) -> None:
    run()
    editors = Group.objects.get(name="Editor")
    editors.permissions.add(foreign)
    assert "has beyond the table, and keeps (--exact takes it away): auth.add_group" in run()
    assert foreign in editors.permissions.all()
    told = run("--exact", "--dry-run")
    assert "loses, because the table doesn't give it: auth.add_group" in told and "Nothing was changed" in told
    assert foreign in editors.permissions.all()
    assert "auth.add_group" in run("--exact")
    assert foreign not in editors.permissions.all() and names_of(Role.EDITOR) == permissions_of(Role.EDITOR)


def test_what_is_taken_is_told_before_it_is_done(foreign: Permission, monkeypatch: Any) -> None:
    run()
    editors = Group.objects.get(name="Editor")
    editors.permissions.add(foreign)
    out = StringIO()
    done = setting_up_roles.set_up

    def only_after_telling(*models: Any, **options: Any) -> Any:
        seen.append(out.getvalue())
        return done(*models, **options)

    seen: list[str] = []
    monkeypatch.setattr("articles.management.commands.setup_roles.set_up", only_after_telling)
    call_command("setup_roles", "--exact", stdout=out)
    assert "auth.add_group" in seen[-1]


def test_a_dry_run_makes_nothing() -> None:
    Group.objects.all().delete()
    assert "Editor (a new group)" in run("--dry-run")
    assert not Group.objects.exists()


def test_a_database_without_the_permissions_is_told_to_migrate() -> None:
    Permission.objects.filter(codename="publish_article").delete()
    Group.objects.all().delete()
    with pytest.raises(CommandError, match=r"publish_article.*migrate"):
        run()
    assert not Group.objects.exists()


def test_the_table_in_the_docs_is_the_table_in_the_code() -> None:
    told = DOCS.read_text(encoding="utf-8")
    sentence = "docs/roles.md is behind articles/roles.py: put in what `manage.py setup_roles --table` prints"
    assert articles_table() in told and things_table() in told, sentence
    printed = run("--table")
    assert articles_table() in printed and things_table() in printed
    assert articles_table().count("\n") == len(ARTICLES) + 1 and things_table().count("\n") == len(THINGS) + 1


def test_a_run_that_changed_something_is_in_the_log(foreign: Permission) -> None:
    def entries() -> Any:
        return AuditEntry.objects.filter(thing="command", thing_name="setup_roles")

    run()
    known = entries().count()
    run()
    assert entries().count() == known  # nothing was to be done
    group = Group.objects.get(name="Writer")
    group.permissions.remove(Permission.objects.get(codename="submit_article"))
    group.permissions.add(foreign)
    run("--exact", "--dry-run")
    assert entries().count() == known
    run("--exact")
    entry = entries()[0]
    assert entry.after == {"Writer": {"given": ["articles.submit_article"], "taken": ["auth.add_group"]}}
    assert (entry.act, entry.by_name) == ("ran", "") and entries().count() == known + 1
