"""What happens to every request: the policy, the characters that are refused, the checks."""

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.utils.module_loading import import_string

from newsroom.checks import allowed_hosts_are_named

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/film/",
    "/no/such/page/",
    "/admin/login/",
    "/admin/",
    "/media/x",
    "/static/newsroom/readers.css",
    "/%00/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_the_policy_and_is_taken_for_what_it_says(client, film, address):
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    response.close()


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"path": f"/{'a' * 50_000}/"}, 404), ({"path": "/", "headers": {"host": "a" * 50_000}}, 400)],
    ids=["address", "host"],
)
def test_the_log_is_not_filled_by_what_is_long(client, caplog, settings, asked, status):
    assert client.get(**asked).status_code == status
    made = dict(settings.LOGGING["formatters"]["plain"])
    formatter = import_string(made.pop("()"))(made.pop("format"), **made)
    written = [formatter.format(one) for one in caplog.records]
    assert "aaaa… (" in written[0] and max(map(len, written)) < 8_000


def test_a_server_error_carries_the_policy_too(client, monkeypatch, film):
    client.raise_request_exception = False
    monkeypatch.setattr("articles.pages.fronts.is_first", lambda *args: 1 / 0)
    response = client.get("/film/")
    assert response.status_code == 500
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert b"ZeroDivisionError" not in response.content
    assert b"Traceback" not in response.content


def test_a_page_may_bring_a_policy_of_its_own(rf):
    from django.http import HttpResponse

    from newsroom.middleware import content_security_policy

    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    assert content_security_policy(lambda request: own)(rf.get("/"))["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("address", ["/%00", "/film/%00/", "/?q=%00", "/?%00=x", "/film/?page=1%00", "/admin/%00/"])
def test_nul_is_refused_at_the_door(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")


def test_nul_in_a_cookie_is_refused_at_the_door(client):
    """Escaped in quotes, as cookies may: the session's key would be looked up with it."""
    response = client.get("/admin/", headers={"Cookie": 'sessionid="abcdefgh\\000"'})
    assert response.status_code == 400


def test_what_only_looks_like_nul_is_let_through(client):
    assert client.get("/?q=%2500").status_code == 200
    assert client.get("/100%2500/x/y/").status_code == 404


def test_an_unknown_host_is_refused(client):
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Original-URL", "Forwarded", "X-Host"])
def test_no_header_chooses_our_links(client, header):
    page = client.get("/", headers={header: "evil.example"})
    assert b"evil.example" not in page.content
    assert page.content == client.get("/").content


@pytest.mark.parametrize(
    ("hosts", "debug", "found"), [(["*"], False, 1), (["*"], True, 0), (["example.org"], False, 0)]
)
def test_any_host_is_no_setting_for_production(settings, hosts, debug, found):
    settings.ALLOWED_HOSTS, settings.DEBUG = hosts, debug
    messages = allowed_hosts_are_named(None)
    assert [message.id for message in messages] == ["newsroom.E001"] * found
    assert [message.id for message in run_checks(tags=["security"])] == ["newsroom.E001"] * found


def test_an_address_can_not_forge_a_line_of_the_log(client, caplog):
    client.get("/x%0d%0aERROR%20newsroom:%20forged%1b[31m/y/z/")
    assert caplog.records
    for record in caplog.records:
        assert not {"\n", "\r", "\x1b"} & set(record.getMessage())


def test_a_form_needs_its_token(film):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 403
