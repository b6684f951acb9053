"""Settings that name other servers: what each reader takes, and the sentence it answers to what it doesn't."""

from typing import Any

import pytest

from newsroom import servers
from newsroom.environment import BadSetting

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def given(monkeypatch: Any) -> Any:
    return lambda value: monkeypatch.setenv("SETTING", value)


def test_nothing_set_is_nothing(monkeypatch: Any) -> None:
    monkeypatch.delenv("SETTING", raising=False)
    assert servers.post_addresses("SETTING") == []
    assert servers.post_address("SETTING") == ""
    assert servers.mail_server("SETTING") == {}


def test_addresses_to_post_to_are_https_or_on_this_machine(given: Any) -> None:
    given("https://hub.example.org/, http://127.0.0.1:6081/purge")
    assert servers.post_addresses("SETTING") == ["https://hub.example.org/", "http://127.0.0.1:6081/purge"]


@pytest.mark.parametrize(
    "value",
    [
        "http://hub.example.org/", "hub.example.org", "https://", "file:///etc/passwd", "https://us:secret@hub.example.org/",
        "http://127.0.0.1.example.org/", "https://hub.example.org:99999/", "https://[::1/", "https://hub.example.org/#x",
    ],
)  # fmt: skip
def test_any_other_address_is_refused_without_telling_a_password(value: str, given: Any) -> None:
    given(value)
    with pytest.raises(BadSetting, match=r"^SETTING holds .*\.$") as refusal:
        servers.post_addresses("SETTING")
    assert "secret" not in str(refusal.value)


def test_one_address_is_not_two(given: Any) -> None:
    given("https://a.example.org/ https://b.example.org/")
    with pytest.raises(BadSetting, match="give one"):
        servers.post_address("SETTING")


@pytest.mark.parametrize(
    ("value", "host", "port", "user", "password", "tls", "ssl"),
    [
        ("smtp://us:p%40ss%2F@mail.example.org", "mail.example.org", 587, "us", "p@ss/", True, False),
        ("smtp://mail.example.org:2525", "mail.example.org", 2525, "", "", True, False),
        ("smtps://us:x@mail.example.org", "mail.example.org", 465, "us", "x", False, True),
        ("smtp+plain://127.0.0.1", "127.0.0.1", 25, "", "", False, False),
    ],
)
def test_a_mail_server_by_its_address(
    value: str, host: str, port: int, user: str, password: str, tls: bool, ssl: bool, given: Any
) -> None:
    given(value)
    assert servers.mail_server("SETTING") == {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
    }


@pytest.mark.parametrize(("value", "name"), [("console:", "console"), ("none:", "dummy"), ("none", "dummy")])
def test_mails_may_be_printed_or_dropped(value: str, name: str, given: Any) -> None:
    given(value)
    assert servers.mail_server("SETTING") == {"EMAIL_BACKEND": f"django.core.mail.backends.{name}.EmailBackend"}


@pytest.mark.parametrize(
    "value", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://us:secret@host:port", "smtp://a/b?c"]
)
def test_any_other_mail_server_is_refused_without_telling_a_password(value: str, given: Any) -> None:
    given(value)
    with pytest.raises(BadSetting, match=r"^SETTING can't be read: .*\.$") as refusal:
        servers.mail_server("SETTING")
    assert "secret" not in str(refusal.value)


def test_a_mail_server_elsewhere_must_speak_tls_unless_somebody_says_otherwise(manage: Any) -> None:
    key = "k" * 50
    code = "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_USE_TLS, s.EMAIL_BACKEND.split('.')[4])"

    def printed(**variables: str) -> list[str]:
        words: list[str] = manage("shell", "--no-imports", "-c", code, SECRET_KEY=key, **variables).stdout.split()
        return words

    assert printed() == ["localhost", "False", "console"]
    assert printed(EMAIL_HOST="mail.example.org") == ["mail.example.org", "True", "smtp"]
    assert printed(EMAIL_HOST="mail.example.org", EMAIL_USE_TLS="0") == ["mail.example.org", "False", "smtp"]
    assert printed(EMAIL_URL="smtp://mail.example.org") == ["mail.example.org", "True", "smtp"]
