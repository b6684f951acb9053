"""Mails of what people should know: as each chose, to who may know it, whole or not at all, never in clear by mistake."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from articles.announcing.mails import Mailing
from articles.announcing.running import run
from articles.models import Article, MailChoice, MailTurn, Notification, Section, SectionLimit

from .clock import Clock
from .listening import smtp_server

pytestmark = pytest.mark.django_db

LOCAL = "django.core.mail.backends.locmem.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def clock(monkeypatch: Any) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def story(make_article: Any, people: dict[str, User]) -> Article:
    article: Article = make_article("The harbour", created_by=people["writer"])
    return article


def tell(to: User, article: Article, text: str = "", **fields: Any) -> Notification:
    return Notification.objects.create(
        to=to, article=article, text=text, **{"kind": "sent_back", "at": timezone.now(), **fields}
    )


def waiting() -> int:
    return Notification.objects.filter(mailed_at=None).count()


def test_a_mail_says_what_happened_and_leads_to_it(
    clock: Clock, story: Article, people: dict[str, User], settings: Any
) -> None:
    settings.SITE_URL = "https://desk.example.org"
    tell(people["writer"], story, "Where is the <b>second</b> source?", by=people["editor"])
    assert run() == {"mailed": 1}
    sent: Any = mail.outbox[0]
    html = sent.alternatives[0][0]
    assert (sent.subject, sent.to) == ("Sent back: The harbour", ["writer@example.org"])
    assert "Sent back by editor, 2 Mar 2026, 12:00 UTC" in sent.body
    assert "Where is the <b>second</b> source?" in sent.body
    assert "the &lt;b&gt;second&lt;/b&gt; source?" in html and "<b>" not in html
    for text in (sent.body, html):
        assert f"https://desk.example.org/admin/articles/article/{story.pk}/change/" in text
    assert run() == {} and len(mail.outbox) == 1


def test_what_comes_together_is_one_mail(clock: Clock, story: Article, people: dict[str, User]) -> None:
    for text in ("One", "Two", "Three"):
        tell(people["writer"], story, text)
        clock.goes(seconds=1)
    assert run() == {"mailed": 1}
    body = mail.outbox[0].body
    assert mail.outbox[0].subject == "Newsroom: 3 things at the desk"
    assert body.index("One") < body.index("Two") < body.index("Three")


def test_who_wants_no_mails_gets_none_and_not_the_old_ones_when_he_changes_his_mind(
    clock: Clock, story: Article, people: dict[str, User]
) -> None:
    choice = MailChoice.objects.create(user=people["writer"], mail="none")
    tell(people["writer"], story)
    run()
    choice.mail = "at_once"
    choice.save()
    run()
    assert not mail.outbox and not waiting()


def test_the_daily_mail_comes_once_in_the_sites_morning(
    monkeypatch: Any, story: Article, people: dict[str, User], settings: Any
) -> None:
    settings.TIME_ZONE, settings.MAIL_DIGEST_HOUR = "Europe/Berlin", 7
    clock = Clock(monkeypatch, datetime(2026, 3, 2, 5, 30, tzinfo=UTC))  # half past six
    MailChoice.objects.create(user=people["writer"], mail="digest")
    tell(people["writer"], story, "Early", at=clock.now)
    assert run() == {} and waiting() == 1
    clock.goes(minutes=29)
    assert run() == {}
    clock.goes(minutes=1)
    tell(people["writer"], story, "Too late for today", at=clock.now)
    assert run() == {"mailed": 1}
    assert mail.outbox[0].subject == "Newsroom: your day at the desk, 1 thing"
    assert "Early" in mail.outbox[0].body and "Too late" not in mail.outbox[0].body
    clock.goes(hours=23, minutes=59)
    assert run() == {}
    clock.goes(minutes=1)
    assert run() == {"mailed": 1} and "Too late for today" in mail.outbox[1].body
    clock.goes(days=3)
    assert run() == {} and len(mail.outbox) == 2  # nothing to tell, no mail


def test_nothing_goes_to_who_may_not_see_it_any_more(  # B13
    clock: Clock, story: Article, make_article: Any, people: dict[str, User]
) -> None:
    music = Section.objects.create(name="Music", slug="music")
    open_story = make_article("In music", section=music)
    for name in ("editor", "publisher"):
        tell(people[name], story)
        tell(people[name], open_story)
    tell(people["contributor"], story)  # never had a right to it
    SectionLimit.objects.create(user=people["editor"], section=music)
    people["publisher"].is_active = False
    people["publisher"].save()
    assert run()["mailed"] == 1
    assert [one.to for one in mail.outbox] == [["editor@example.org"]]
    assert "In music" in mail.outbox[0].body and "The harbour" not in mail.outbox[0].body
    assert not waiting()


def test_what_was_read_at_the_desk_is_not_mailed(clock: Clock, story: Article, people: dict[str, User]) -> None:
    tell(people["writer"], story, read_at=clock.now)
    run()
    assert not mail.outbox and not waiting()


def test_what_is_a_week_old_is_not_mailed(clock: Clock, story: Article, people: dict[str, User]) -> None:
    tell(people["writer"], story, "Last week")
    clock.goes(days=7)
    run()
    assert not mail.outbox and not waiting()


@pytest.mark.parametrize(
    "headline", ["One\r\nBcc: all@example.org", "One\nTwo", "Bell\x07 \x1b[31m\u202eevil", "x" * 200, "\u2028line"]
)
def test_a_subject_is_one_short_line_whatever_a_headline_holds(  # D04
    headline: str, clock: Clock, story: Article, people: dict[str, User]
) -> None:
    Article.objects.filter(pk=story.pk).update(headline=headline)  # past the door that tidies
    tell(people["writer"], story)
    assert run() == {"mailed": 1}
    sent = mail.outbox[0]
    assert sent.subject.isprintable() and len(sent.subject) <= 120
    assert sent.recipients() == ["writer@example.org"]
    assert sent.message()["Bcc"] is None


# --- a mail server in trouble ----------------------------------------------------------------------------------


def test_while_the_mail_server_is_down_nothing_is_lost_and_announcing_goes_on(  # L11
    clock: Clock, story: Article, people: dict[str, User], settings: Any
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    settings.EMAIL_USE_TLS = False
    story.publish(by=people["publisher"])
    mailing = Mailing()
    assert run(mailing=mailing) == {"told": 1}
    assert waiting() == 1 and "No mail can be sent" in mailing.error
    assert run(mailing=mailing) == {}  # it rests
    settings.EMAIL_BACKEND = LOCAL
    assert run(mailing=Mailing()) == {"mailed": 1}
    assert mail.outbox[0].subject == "Published: The harbour" and not waiting()


def test_a_mail_server_that_says_nothing_is_left_soon(
    clock: Clock, story: Article, people: dict[str, User], settings: Any
) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = silent.getsockname()[1], 0.3
        tell(people["writer"], story)
        began = time.monotonic()
        run()
    assert time.monotonic() - began < 3 and waiting() == 1


def test_one_mailbox_that_refuses_keeps_nobody_from_his_mail(
    clock: Clock, story: Article, people: dict[str, User], monkeypatch: Any
) -> None:
    from smtplib import SMTPRecipientsRefused

    from django.core.mail.backends.locmem import EmailBackend

    usual = EmailBackend.send_messages

    def send(self: Any, messages: Any) -> Any:
        if messages[0].to == ["writer@example.org"]:
            raise SMTPRecipientsRefused({"writer@example.org": (550, b"no such box")})
        return usual(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    tell(people["writer"], story)
    clock.goes(seconds=1)
    tell(people["editor"], story)
    assert run() == {"mail_failed": 1, "mailed": 1}
    assert run() == {} and waiting() == 1
    assert "no such box" in MailTurn.objects.get(user=people["writer"]).last_error
    monkeypatch.setattr(EmailBackend, "send_messages", usual)
    clock.goes(seconds=31)
    assert run() == {"mailed": 1} and not waiting()


def test_a_server_without_starttls_gets_no_word_of_it(  # F13
    clock: Clock, story: Article, people: dict[str, User], settings: Any, caplog: Any
) -> None:
    with smtp_server() as server:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = True, "us", "a secret"
        tell(people["writer"], story, "Confidential")
        run()
        assert waiting() == 1 and "STARTTLS" in caplog.text
        assert not [line for line in server.lines if line.upper().startswith(("AUTH", "MAIL", "RCPT", "DATA"))]
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
        assert run() == {"mailed": 1}  # the server itself is fine
        assert any("Confidential" in line for line in server.lines)


def test_the_queries_of_a_turn_do_not_grow_with_what_is_settled(
    clock: Clock, story: Article, people: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    Notification.objects.bulk_create(
        Notification(to=people["writer"], article=story, kind="sent_back", mailed_at=clock.now) for _ in range(200)
    )
    with django_assert_max_num_queries(10):
        run()
