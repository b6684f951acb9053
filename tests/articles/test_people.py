"""People at the desk: one role each, and nobody who gives more rights than he has. B10, J07, A04."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles.models import Article, SectionLimit
from articles.models.people import role_of, set_role
from articles.roles import Role
from newsroom.models import AuditEntry

pytestmark = pytest.mark.django_db
People = dict[str, User]
LIST, ADD = "/admin/auth/user/", "/admin/auth/user/add/"


def page(person: User, name: str = "change") -> str:
    address: str = reverse(f"admin:auth_user_{name}", args=[person.pk])
    return address


def form_of(client: Client, url: str, **values: Any) -> dict[str, Any]:
    """What a browser would post of this form, with these changes; fields named in `values` with None are left out."""
    data: dict[str, Any] = {}
    for bound in client.get(url).context["adminform"].form:
        value = bound.value()
        if bound.name != "password" and value not in (None, False):
            data[bound.name] = value
    return {name: value for name, value in (data | values).items() if value is not None}


@pytest.fixture
def admin(client: Client, people: People) -> Client:
    """The desk of an Administrator who is no superuser."""
    client.force_login(people["administrator"])
    return client


@pytest.fixture
def root(people: People) -> User:
    return User.objects.create_superuser("root", "root@example.org", "a long password")


def again(person: User) -> User:
    return User.objects.get(pk=person.pk)


def test_a_person_is_added_with_a_role_and_can_enter(admin: Client) -> None:
    typed = {"username": "kit", "role": "Writer", "password1": "quite a long one", "password2": "quite a long one"}
    response = admin.post(ADD, typed | {"usable_password": "true"})
    kit = User.objects.get(username="kit")
    assert response["Location"] == page(kit)
    assert (role_of(kit), kit.is_staff, kit.is_superuser) == (Role.WRITER, True, False)
    own = Client()
    assert own.login(username="kit", password="quite a long one")
    assert own.get("/admin/articles/article/add/").status_code == 200


def test_a_role_replaces_the_one_before_and_leaves_further_groups(admin: Client, people: People) -> None:
    writer, further = people["writer"], Group.objects.create(name="Night shift")
    writer.groups.add(further, Group.objects.get(name="Contributor"))
    assert admin.post(page(writer), form_of(admin, page(writer), role="Editor")).status_code == 302
    assert set(writer.groups.values_list("name", flat=True)) == {"Night shift", "Editor"}
    entry = AuditEntry.objects.filter(act="set_role").get()
    assert (entry.by_name, entry.before, entry.after) == ("administrator", {"role": "Writer"}, {"role": "Editor"})


def test_taking_the_role_away_works_from_the_next_request_on(admin: Client, people: People, make_article: Any) -> None:
    # B14, A04: with a form open, too
    writer = people["writer"]
    article = make_article("Mine", created_by=writer)
    at_work = Client()
    at_work.force_login(writer)
    url = f"/admin/articles/article/{article.pk}/change/"
    assert at_work.get(url).status_code == 200
    admin.post(page(writer), form_of(admin, page(writer), role=""))
    assert not again(writer).is_staff
    assert at_work.post(url, {"headline": "Changed"}).status_code in {302, 403}
    assert at_work.post(f"/admin/articles/article/autosave/{article.pk}/", b"{}", "application/json").status_code != 200
    assert Article.objects.get().headline == "Mine"
    admin.post(page(writer), form_of(admin, page(writer), role="Writer"))
    admin.post(page(writer), form_of(admin, page(writer), is_active=None))
    assert "/admin/login/" in at_work.get(url)["Location"]


def test_a_degraded_editor_s_open_form_is_refused(people: People, make_article: Any) -> None:  # B14
    article = make_article("Theirs")
    editor = people["editor"]
    at_work = Client()
    at_work.force_login(editor)
    url = f"/admin/articles/article/{article.pk}/change/"
    assert at_work.get(url).status_code == 200
    set_role(editor, Role.WRITER)
    assert at_work.post(url, {"headline": "Changed", "_continue": "1"}).status_code == 403
    assert Article.objects.get().headline == "Theirs" and not article.revisions.exists()


@pytest.mark.parametrize("whom", ["administrator", "writer"])
def test_an_administrator_gives_nothing_beyond_the_roles(admin: Client, people: People, whom: str) -> None:  # B10, J07
    person, further = people[whom], Group.objects.create(name="Beyond")
    right = Permission.objects.get(codename="add_group")
    further.permissions.add(right)
    url = page(person)
    form = admin.get(url).context["adminform"].form
    assert not {"is_superuser", "is_staff", "groups", "user_permissions"} & form.fields.keys()
    forged = {"is_superuser": "on", "groups": [further.pk], "user_permissions": [right.pk], "id": "1", "pk": "1"}
    assert admin.post(url, form_of(admin, url) | forged).status_code == 302
    person = again(person)
    assert not person.is_superuser and not person.user_permissions.exists() and person.groups.count() == 1
    typed = {"username": "new", "password1": "quite a long one", "password2": "quite a long one"}
    admin.post(ADD, typed | {"usable_password": "true", "role": "Writer"} | forged | {"is_staff": "on"})
    new = User.objects.get(username="new")
    assert not new.is_superuser and not new.user_permissions.exists() and new.groups.get().name == "Writer"


def test_an_administrator_leaves_superusers_alone(admin: Client, root: User) -> None:
    before = User.objects.filter(pk=root.pk).values().get()
    assert 'name="email"' not in admin.get(page(root)).content.decode()
    assert admin.post(page(root), {"username": "root", "email": "x@example.org"}).status_code == 403
    assert admin.get(page(root, "password_change")).status_code == 403
    typed = {"password1": "quite a long one", "password2": "quite a long one", "usable_password": "true"}
    assert admin.post(page(root, "password_change"), typed).status_code == 403
    assert admin.post(page(root, "delete"), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=root.pk).values().get() == before


def test_nor_anybody_who_may_more(admin: Client, people: People) -> None:
    """A new password for such a login would be a way to its rights, even for one that sleeps."""
    writer, further = people["writer"], Group.objects.create(name="Beyond")
    further.permissions.add(Permission.objects.get(codename="add_group"))
    writer.groups.add(further)
    User.objects.filter(pk=writer.pk).update(is_active=False)
    assert admin.get(page(writer, "password_change")).status_code == 403
    assert admin.post(page(writer), {"username": "writer", "is_active": "on"}).status_code == 403


def test_who_keeps_people_by_a_right_of_his_own_gives_no_role_above_him(client: Client, people: People) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "add_user", "change_user"]))
    client.force_login(clerk)
    nobody = User.objects.create_user("nobody")
    response = client.post(page(nobody), form_of(client, page(nobody), role="Administrator", sections=["1"]))
    assert response.context["adminform"].form.errors.keys() == {"role"}
    assert role_of(nobody) is None


def test_sections_are_no_business_of_who_may_not_limit(client: Client, people: People, film: Any) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client.force_login(clerk)
    nobody = User.objects.create_user("nobody")
    assert client.post(page(nobody), form_of(client, page(nobody)) | {"sections": [film.pk]}).status_code == 302
    assert not SectionLimit.objects.exists()


def test_limits_to_sections_are_set_and_told(admin: Client, people: People, film: Any) -> None:
    editor = people["editor"]
    admin.post(page(editor), form_of(admin, page(editor), sections=[film.pk]))
    assert [limit.section for limit in SectionLimit.objects.filter(user=editor)] == [film]
    assert "Film" in admin.get(LIST).content.decode()
    assert admin.get(page(editor)).context["adminform"].form["sections"].value() == [film.pk]
    admin.post(page(editor), form_of(admin, page(editor), sections=None))
    assert not SectionLimit.objects.exists()
    told = [(entry.before, entry.after) for entry in AuditEntry.objects.filter(act="set_sections").order_by("pk")]
    assert told == [({"sections": []}, {"sections": ["Film"]}), ({"sections": ["Film"]}, {"sections": []})]


@pytest.mark.parametrize("change", [{"role": "Editor"}, {"role": ""}, {"is_active": None}])
def test_the_last_administrator_stays(admin: Client, people: People, change: dict[str, Any]) -> None:
    only = people["administrator"]
    response = admin.post(page(only), form_of(admin, page(only), **change))
    assert response.status_code == 200 and response.context["adminform"].form.errors
    assert role_of(again(only)) is Role.ADMINISTRATOR and again(only).is_active
    with pytest.raises(ValidationError, match="Nobody would be left"):
        set_role(only, Role.EDITOR)
    second = people["publisher"]
    set_role(second, Role.ADMINISTRATOR)
    if "role" in change:
        assert admin.post(page(only), form_of(admin, page(only), **change)).status_code == 302


def test_administrators_delete_nobody_and_a_superuser_not_the_last(
    client: Client, people: People, root: User
) -> None:  # B10
    client.force_login(people["administrator"])
    for person in (people["administrator"], people["writer"]):
        assert client.post(page(person, "delete"), {"post": "yes"}).status_code == 403
    client.force_login(root)
    assert client.post(page(root, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(page(people["writer"], "delete"), {"post": "yes"}).status_code == 302
    assert User.objects.count() == 5
    chosen = {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"}
    client.post(LIST, chosen)
    assert User.objects.filter(pk=root.pk).exists()


def test_a_superuser_gives_more_and_the_role_stays(client: Client, people: People, root: User) -> None:
    client.force_login(root)
    writer, further = people["writer"], Group.objects.create(name="Beyond")
    client.post(page(writer), form_of(client, page(writer), groups=[further.pk]))
    assert set(writer.groups.values_list("name", flat=True)) == {"Writer", "Beyond"}
    client.post(page(writer), form_of(client, page(writer), groups=None, is_superuser="on"))
    assert set(writer.groups.values_list("name", flat=True)) == {"Writer"} and again(writer).is_superuser


@pytest.mark.parametrize("query", ["password__startswith=pbkdf2", "password=x", "groups__user__password__startswith=p"])
def test_nobody_is_found_by_a_password(admin: Client, query: str) -> None:  # B10
    assert admin.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["created_by__password__startswith=md5", "bylines__author__user__password__startswith=m"]
)
def test_nor_through_another_list(client: Client, people: People, make_article: Any, query: str) -> None:  # B10
    make_article("Mine", created_by=people["administrator"])
    client.force_login(people["administrator"])
    assert client.get(f"/admin/articles/article/?{query}").status_code == 400
    assert client.get(f"/admin/authors/author/?user__{query.partition('__')[2]}").status_code == 400


def test_no_page_shows_a_hash(admin: Client, people: People) -> None:  # B10
    for url in (LIST, page(people["writer"]), f"{LIST}?q=writer"):
        assert again(people["writer"]).password.rpartition("$")[2] not in admin.get(url).content.decode()


@pytest.mark.parametrize("role", [role.lower() for role in Role])
def test_groups_are_for_superusers(client: Client, people: People, root: User, role: str) -> None:
    group = Group.objects.get(name="Writer")
    client.force_login(people[role])
    people[role].user_permissions.set(Permission.objects.filter(content_type__model="group"))
    for url in ("/admin/auth/group/", "/admin/auth/group/add/", f"/admin/auth/group/{group.pk}/change/"):
        assert client.get(url).status_code == 403
        assert client.post(url, {"name": "x", "permissions": ["1"]}).status_code == 403
    client.force_login(root)
    url = f"/admin/auth/group/{group.pk}/change/"
    permissions = list(group.permissions.values_list("pk", flat=True))
    assert client.post(url, {"name": "Renamed", "permissions": permissions[:3]}).status_code == 302
    assert Group.objects.get(pk=group.pk).name == "Writer" and group.permissions.count() == 3
    assert client.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_author_page_of_a_login_is_shown(admin: Client, people: People, author: Any) -> None:
    assert "author’s page" in admin.get(page(people["writer"])).content.decode()
    author.user = people["writer"]
    author.save()
    assert f'<a href="/admin/authors/author/{author.pk}/change/">' in admin.get(page(people["writer"])).content.decode()


def test_the_list_costs_no_more_with_many_people(admin: Client, film: Any, django_assert_max_num_queries: Any) -> None:
    admin.get(LIST)
    for number in range(30):
        person = User.objects.create_user(f"p{number}", is_staff=True)
        set_role(person, Role.EDITOR)
        SectionLimit.objects.create(user=person, section=film)
    with django_assert_max_num_queries(13):
        answer = admin.get(LIST)
    assert answer.content.decode().count("Editor") >= 30
    found = admin.get(f"{LIST}?role=Editor").context["cl"].result_list
    assert {role_of(one) for one in found} == {Role.EDITOR}
