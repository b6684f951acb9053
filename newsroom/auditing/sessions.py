"""Who came, who left, who was refused at the door: the log's part that no form writes. Never with a password."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from newsroom.models.audit import AuditEntry, log

LOGGED_IN, LOGGED_OUT, REFUSED = "logged_in", "logged_out", "login_refused"
# Whoever knocks without end must not fill the disk: beyond this, one entry says that there were more.
MOST_REFUSED_A_MINUTE = 60


@receiver(user_logged_in)
def came(user: Any, **kwargs: Any) -> None:
    log(LOGGED_IN, user, by=user)


@receiver(user_logged_out)
def left(user: Any, **kwargs: Any) -> None:
    if user is not None:
        log(LOGGED_OUT, user, by=user)


@receiver(user_login_failed)
def was_refused(credentials: dict[str, Any], **kwargs: Any) -> None:
    """By the name as it was typed: it need not be anybody's."""
    person = get_user_model()
    name = str(credentials.get(person.USERNAME_FIELD) or credentials.get("username") or "")
    lately = AuditEntry.objects.filter(act=REFUSED, at__gt=timezone.now() - timedelta(minutes=1))
    count = len(lately.values_list("pk")[: MOST_REFUSED_A_MINUTE + 1])
    if count > MOST_REFUSED_A_MINUTE:
        return
    reason = "" if count < MOST_REFUSED_A_MINUTE else "More within this minute are not written down."
    log(REFUSED, person(**{person.USERNAME_FIELD: name[:100]}), reason=reason)
