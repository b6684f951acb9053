"""Every address, called by everybody with GET and POST, for own articles and those of others: as the written matrix says.
B01. The matrix is tests/addresses.py, whose answers come from articles/roles.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from articles.desk.previews.share_panel import make_link
from articles.models import (
    Announcement,
    Article,
    CalendarToken,
    Front,
    HouseRules,
    Note,
    RelatedSettings,
    Section,
    SectionLimit,
    ShareLink,
    StandingPage,
    Tag,
    Vocabulary,
)
from articles.models.bulk import BulkAct
from articles.models.fronts.laying_out import set_aside
from articles.models.fronts.layout import Layout
from articles.models.sharing import LIFETIMES
from articles.roles import Role
from newsroom.models import AuditEntry, MenuLink, Redirect, SiteIdentity
from newsroom.models.audit import log
from tests.addresses import ADDRESSES, SUPERUSER, Address

ROLES = [role.lower() for role in Role]
CANARY = "zanzibarquartz"
FOREIGN = "xylophonbarke"  # only in the article of others


def every_pattern(patterns: Any = None, route: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """The name and route of each address; the name of one without is its route."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            whole = f"{route}{one.pattern}"
            yield f"{namespace}{one.name}" if one.name else whole, whole
        else:
            inner = f"{one.namespace}:" if one.namespace else namespace
            yield from every_pattern(one.url_patterns, f"{route}{one.pattern}", inner)


# Django's own without a name: /admin/<model>/<number>/ leads to …/change/, and what is nothing is a 404.
def is_a_forward(name: str) -> bool:
    return name.startswith("admin/") and name.endswith(("/<path:object_id>/", "(?P<url>.*)$"))


def test_every_address_is_classified() -> None:  # B01
    routes = {name: route for name, route in every_pattern() if not is_a_forward(name)}
    for name in routes.keys() - ADDRESSES.keys():
        pytest.fail(
            f"Nobody has said who may call “{name}” ({routes[name]}). Add one line to ADDRESSES in tests/addresses.py, "
            f'like "{name}": article(get=Act.VIEW, post=Act.CHANGE); the head of that file says which kinds there are.'
        )
    assert not ADDRESSES.keys() - routes.keys(), "tests/addresses.py names addresses that there are no more"


@dataclass
class World:
    """Of everything one, so that each address can be called for something that is there."""

    section: Section
    tag: Tag
    author: Any
    picture: Any
    redirect: Redirect
    identity: SiteIdentity
    group: Group
    user: User
    published: Article
    theirs: Article
    own: dict[str, Article]
    token: str
    rules: HouseRules
    related: RelatedSettings
    announcement: Announcement
    entry: AuditEntry
    bulk: BulkAct
    secret: str
    vocabulary: Vocabulary
    standingpage: StandingPage
    front: Front
    past: int
    menulink: MenuLink

    @property
    def type_of_section(self) -> int:
        return ContentType.objects.get_for_model(Section).pk

    @property
    def rendition(self) -> str:
        return str(self.picture.ladder.of("card", "webp")[0].name)

    def row_for(self, name: str) -> Any:
        """The row of a model's address, like admin:articles_tag_change."""
        kind = "section" if name == "admin:view_on_site" else name.split("_")[1]
        single = {
            "houserules": self.rules,
            "relatedsettings": self.related,
            "vocabulary": self.vocabulary,
            "front": self.front,
            "announcement": self.announcement,
            "auditentry": self.entry,
        }
        return {"image": self.picture, "siteidentity": self.identity, **single}.get(kind) or getattr(self, kind)


@pytest.fixture
def world(people: dict[str, User], make_article: Any, film: Section, author: Any, picture: Any) -> World:
    superuser = User.objects.create_superuser("superuser", password="a long password")
    published = make_article("Out", lead_image=picture, tags=("Noir",))
    published.publish()

    def draft(headline: str, by: User | None) -> Article:
        article: Article = make_article(headline, created_by=by, body=f"<p>{headline} {CANARY}</p>")
        article.record("saved")
        Note.objects.create(article=article, text="A note")
        make_link(article, by=by, note="", lasts=next(iter(LIFETIMES)), shows="follows")
        return article

    theirs = draft(f"Of others {CANARY} {FOREIGN}", None)
    logins = {**people, SUPERUSER: superuser}
    target = User.objects.create_user("target", is_staff=True)
    front = Front.objects.of(None)
    return World(
        film, Tag.objects.get(), author, picture, Redirect.objects.create(path="/old/", target="/film/"),
        SiteIdentity.objects.create(name="The Paper", ads_txt="x", humans_txt="x", security_contact="a@example.org"), Group.objects.get(name="Editor"),
        target, published, theirs,
        {name: draft(f"Own of {name}", login) for name, login in logins.items()},
        ShareLink.objects.get(article=theirs).token, HouseRules.objects.create(), RelatedSettings.objects.create(), Announcement.objects.all()[0],
        log("tried", theirs), BulkAct.objects.create(by=target, kind="submit", articles=[theirs.pk]),
        CalendarToken.make(target, "", "")[1], _vocabulary(), StandingPage.objects.create(title="Privacy", is_public=True),
        front, set_aside(front, Layout(), by=None).pk, MenuLink.objects.create(title="About", url="/about/"),
    )  # fmt: skip


def _vocabulary() -> Vocabulary:
    vocabulary = Vocabulary()
    vocabulary.save()
    return vocabulary


def address_of(name: str, one: Address, world: World, article: Article) -> str:
    """With the arguments that this address takes."""
    known = {"pk": article.pk, "object_id": article.pk}
    if one.kind == "thing" and name.startswith("admin:") and name != "admin:autocomplete":
        row = world.row_for(name).pk
        known = {"pk": row, "object_id": row, "id": row}
    known |= one.also(world, article)
    route = next(route for found, route in every_pattern() if found == name)
    wanted = {key: value for key, value in known.items() if f":{key}>" in route or f"<{key}>" in route}
    return reverse(name, kwargs=wanted) + (f"?{one.query}" if one.query else "")


READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")  # what else begins is taken for a write


def call(client: Client, url: str, method: str, body: dict[str, Any], before: Any = None) -> Any:
    """What it answers; what it did is undone, so that the next one finds all in its place. With what was stored before,
    `did` tells whether anything was changed: looked up where something was written, which takes most of the time.
    """
    written: list[str] = []

    def noted(execute: Any, sql: str, *args: Any) -> Any:
        if not sql.lstrip("( ").upper().startswith(READS):
            written.append(sql)
        return execute(sql, *args)

    with transaction.atomic():
        with connection.execute_wrapper(noted):
            response: Any = client.get(url) if method == "GET" else client.post(url, body)
        response.did = before is not None and bool(written) and stored() != before
        if hasattr(response, "streaming_content"):
            # As the test client does it: the end of a request must not close the connection that the test is on.
            request_finished.disconnect(close_old_connections)
            response.close()
            request_finished.connect(close_old_connections)
        transaction.set_rollback(True)
    return response


def stored() -> list[Any]:
    """All that a request could have changed, of everything that is registered at the desk or belongs to it."""
    ours = ("articles", "authors", "images", "newsroom", "auth", "admin")
    models = [one for one in apps.get_models() if one._meta.app_label in ours]
    return [list(one._base_manager.order_by("pk").values_list()) for one in models]


def is_refused(response: Any, kind: str = "article") -> bool:
    """403; 404, also the admin's way to say that there is no such thing: back to its first page. 405: no such method."""
    is_led_away = kind not in {"public", "staff"} and response.headers.get("Location") == reverse("admin:index")
    return response.status_code in {403, 404, 405} or is_led_away


def asks_for_a_login(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse("admin:login"))


def logged_in(client: Client, role: str) -> Any:
    """Answers what is stored then."""
    client.force_login(User.objects.get(username=role))
    return stored()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*ROLES, SUPERUSER])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_address_answers_each_role_as_the_matrix_says(role: str, method: str, world: World) -> None:  # B01
    wrong: list[str] = []
    first = Client()
    before = logged_in(first, role)
    for name, one in ADDRESSES.items():
        for is_own in (True, False) if one.kind == "article" else (True,):
            client = Client(raise_request_exception=False)
            client.cookies = SimpleCookie(first.cookies.output(header=""))  # its own: logging out is an address, too
            article = world.own[role] if is_own else world.theirs
            response = call(client, address_of(name, one, world, article), method, one.body, before)
            may = one.is_open_to(role if role == SUPERUSER else role.capitalize(), method, is_own=is_own)
            whose = f" ({'own' if is_own else 'of others'})" if one.kind == "article" else ""
            if response.status_code >= 500 or asks_for_a_login(response) or is_refused(response, one.kind) is may:
                wrong.append(f"{method} {name}{whose}: {response.status_code}, but {role} may{'' if may else ' not'}")
            elif (
                response.did and (method == "GET" or not may) and name not in {"shared", "calendar_feed"}
            ):  # which count their readers
                wrong.append(f"{method} {name}{whose}: for {role} it does what it shouldn't")
            elif not may and CANARY.encode() in getattr(response, "content", b""):
                wrong.append(f"{method} {name}{whose}: refuses {role}, and shows it all the same")
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_desk_sends_strangers_to_the_login(method: str, world: World) -> None:  # B01
    wrong: list[str] = []
    before = stored()
    for name, one in ADDRESSES.items():
        client = Client(raise_request_exception=False)
        response = call(client, address_of(name, one, world, world.theirs), method, one.body, before)
        if one.kind == "public":
            is_answered = response.status_code < 400 or not one.is_open_to("", method, is_own=False)
            right = is_answered and response.status_code < 500
        else:
            right = asks_for_a_login(response) and not response.content and not response.did
        if not right:
            wrong.append(f"{method} {name}: {response.status_code}")
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.django_db
def test_what_has_no_name_leads_nowhere_by_itself(world: World) -> None:  # B01
    forwards = [route for name, route in every_pattern() if is_a_forward(name)]
    assert len(forwards) > 5
    for route in forwards:
        url = "/" + route.replace("<path:object_id>", str(world.theirs.pk)).replace("(?P<url>.*)$", "no/such/page/")
        client = Client()
        assert asks_for_a_login(call(client, url, "GET", {})), url
        logged_in(client, "contributor")
        response = call(client, url, "GET", {})
        forwarded = response.status_code == 302 and response["Location"] == f"{url}change/"
        assert forwarded or response.status_code == 404, url


@pytest.mark.django_db
def test_somebody_with_a_login_but_no_role_gets_nowhere(world: World) -> None:  # B01
    User.objects.create_user("nobody", is_staff=True)
    User.objects.create_user("reader")
    open_to_all = {name for name, one in ADDRESSES.items() if one.kind in {"public", "staff"}}
    for name in ADDRESSES.keys() - open_to_all:
        for method in ("GET", "POST"):
            url = address_of(name, ADDRESSES[name], world, world.theirs)
            client = Client()
            logged_in(client, "nobody")
            assert is_refused(call(client, url, method, ADDRESSES[name].body)), (method, name)
            logged_in(client, "reader")
            assert asks_for_a_login(call(client, url, method, ADDRESSES[name].body)), (method, name)


def told_of_others(role: str, world: World) -> list[str]:
    """The addresses of the desk at which this person reads of the article of others, while asking for its own or none."""
    client = Client()
    logged_in(client, role)
    found = []
    for name, one in ADDRESSES.items():
        if one.kind == "public" or name == "admin:articles_article_bulk":
            continue
        url = address_of(name, one, world, world.own[role])
        searched = [f"{url}?q={FOREIGN[:-3]}", f"{url}?e=1"] if name.endswith("_changelist") else []
        for asked in [url, *searched, *([f"{url}?view=list"] if name.endswith("calendar") else [])]:
            response = call(client, asked, "GET", {})
            if FOREIGN.encode() in getattr(response, "content", b"") or FOREIGN in str(response.headers):
                found.append(asked)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "is_limited"), [("contributor", False), ("writer", True), ("editor", True), ("publisher", True)]
)
def test_nowhere_at_the_desk_does_one_read_of_what_is_not_one_s_to_see(
    role: str, is_limited: bool, world: World
) -> None:  # B08
    """Lists, searches, choosers, calendars, the log: every address, by itself and with a search."""
    if is_limited:
        other = Section.objects.create(name="Music", slug="music")
        SectionLimit.objects.create(user=User.objects.get(username=role), section=other)
    Article.objects.filter(pk=world.theirs.pk).update(due_at=timezone.now(), stage="in_review")
    assert told_of_others(role, world) == []


@pytest.mark.django_db
def test_who_may_see_it_does_read_of_it(world: World) -> None:
    """Else the test above would look where nothing can be found."""
    Article.objects.filter(pk=world.theirs.pk).update(due_at=timezone.now(), stage="in_review")
    found = " ".join(told_of_others(SUPERUSER, world))
    for part in ("/admin/ ", "/article/ ", "article/?q=", "calendar/", "auditentry/"):
        assert part in f"{found} ", part
