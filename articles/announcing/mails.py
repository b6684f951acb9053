"""Mails: what people should know of articles, to those who want it by mail, at once or once a day.

A notification is settled when `mailed_at` is written: mailed, or not to be mailed. That comes after sending, so a
process that is killed in between sends a mail twice, never none. Nothing is sent to who is no longer active or may not
see the article any more, nor what was read at the desk meanwhile or is a week old.
"""

import logging
import time
from collections import Counter
from datetime import datetime, timedelta
from smtplib import SMTPConnectError, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import get_connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models.claims import ClaimLost
from articles.models.mail_choice import MailChoice, choice_of
from articles.models.mail_turns import MailTurn
from articles.models.notifications import Notification
from articles.models.permits import may
from articles.roles import Act

from .letters import letter

log = logging.getLogger(__name__)

MOST_IN_A_MAIL = 200
# A mail server that was away for a week, or mails turned on late, flood nobody; at the desk it is all still shown.
TOO_OLD = timedelta(days=7)
MOST_LOOKED_AT = 5000
MOST_SECONDS = 60.0  # of one turn: a slow server must not keep announcements waiting
_SERVER_IS_GONE = (SMTPServerDisconnected, SMTPConnectError, ConnectionError, TimeoutError)
FIRST_PAUSE, LONGEST_PAUSE = 15.0, 600.0


class Mailing:
    """Sends what is to be mailed, turn by turn, and waits longer and longer while the mail server is down."""

    def __init__(self) -> None:
        self.error = ""
        self._pause = 0.0
        self._not_before = 0.0

    def send(self) -> Counter[str]:
        """One turn, of at most a minute: {"mailed": 3, "mail_failed": 1}."""
        counts = Counter[str]()
        began = time.monotonic()
        if began < self._not_before:
            return counts
        self.error = ""
        connection: Any = None
        try:
            for turn in _turns():
                if time.monotonic() - began > MOST_SECONDS:
                    break
                if connection is None:
                    connection = get_connection()
                    connection.open()
                counts[self._write(turn, connection)] += 1
        except OSError as error:  # smtplib's, too: no server, or one that speaks no TLS
            self._rest(error)
        else:
            self._pause = 0.0
        finally:
            if connection is not None:
                connection.close()
        return counts

    def _write(self, turn: MailTurn, connection: Any) -> str:
        try:
            if not turn.take():
                return "taken"
            sent = write(turn.user, connection)
            turn.release(tries=0, next_try_at=None, last_error="")
            return "mailed" if sent else "settled"
        except ClaimLost:
            return "taken"
        except _SERVER_IS_GONE as error:
            turn.release_failed(f"{type(error).__name__}: {error}")
            raise  # it would be the same for everybody
        except Exception as error:  # one mailbox that refuses keeps nobody else from his mail
            log.exception("The mail to %s could not be sent.", turn.user)
            self.error = f"Mail to {turn.user}: {error}"
            turn.release_failed(f"{type(error).__name__}: {error}")
            return "mail_failed"

    def _rest(self, error: Exception) -> None:
        log.error("No mail can be sent: %s: %s", type(error).__name__, error)
        self.error = f"No mail can be sent: {error}"
        self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        self._not_before = time.monotonic() + self._pause


def last_digest_moment(now: datetime) -> datetime:
    """When the last daily mail was due: at MAIL_DIGEST_HOUR in the site's zone."""
    local = timezone.localtime(now)
    due = local.replace(hour=settings.MAIL_DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return due if due <= local else due - timedelta(days=1)


def _unsettled() -> QuerySet[Notification]:
    return Notification.objects.filter(mailed_at=None)


def _turns() -> list[MailTurn]:
    """Of those who have something unsettled that is not for a later digest, longest waiting first. At most four
    queries.
    """
    now = timezone.now()
    for_later = Q(to__mail_choice__mail=MailChoice.Mail.DIGEST, at__gte=last_digest_moment(now))
    rows = _unsettled().exclude(for_later).exclude(to__mail_turn__next_try_at__gt=now)
    waiting = list(dict.fromkeys(rows.order_by("at", "pk").values_list("to", flat=True)[:MOST_LOOKED_AT]))
    known = set(MailTurn.objects.filter(user__in=waiting).values_list("user_id", flat=True))
    if missing := [MailTurn(user_id=user) for user in waiting if user not in known]:
        MailTurn.objects.bulk_create(missing, ignore_conflicts=True)
    free = {turn.user_id: turn for turn in MailTurn.objects.free(now).filter(user__in=waiting).select_related("user")}
    return [free[user] for user in waiting if user in free]


def write(user: Any, connection: Any) -> bool:
    """Mail this person what is to be mailed, in one mail; False when there was nothing to mail after all.

    Raises what the mail server raises, and then nothing is settled.
    """
    user = get_user_model()._default_manager.get(pk=user.pk)  # as he is now: rights end at once
    choice = choice_of(user)
    rows = _unsettled().filter(to=user)
    if choice == MailChoice.Mail.DIGEST:
        rows = rows.filter(at__lt=last_digest_moment(timezone.now()))
    found = list(rows.select_related("article__section", "by").order_by("at", "pk")[:MOST_IN_A_MAIL])
    wants = choice != MailChoice.Mail.NONE and user.is_active and user.email
    wanted = [one for one in found if wants and one.at > timezone.now() - TOO_OLD]
    seen: dict[int, bool] = {}
    mailed = [one for one in wanted if one.read_at is None and _may_see(user, one, seen)]
    if mailed:
        letter(user, mailed, is_digest=choice == MailChoice.Mail.DIGEST, connection=connection).send()
    _unsettled().filter(pk__in=[one.pk for one in found]).update(mailed_at=timezone.now())
    return bool(mailed)


def _may_see(user: Any, one: Notification, seen: dict[int, bool]) -> bool:
    if one.article_id not in seen:
        seen[one.article_id] = may(user, Act.VIEW, one.article)
    return seen[one.article_id]
