"""What a mail says. Pure but for the templates: no query beyond what the notifications bring along."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from articles.models.notifications import Notification
from newsroom.models import SiteIdentity

LONGEST_SUBJECT = 120


def letter(user: Any, found: list[Notification], *, is_digest: bool, connection: Any) -> EmailMultiAlternatives:
    """One mail of all these, oldest first, as text and as HTML. No answer machine should answer it."""
    site = SiteIdentity.current().name
    values = {
        "name": user.get_short_name() or user.get_username(),
        "site": site,
        "lines": [_line(one) for one in found],
        "is_digest": is_digest,
        "desk": settings.SITE_URL + reverse("admin:index"),
    }
    mail = EmailMultiAlternatives(
        subject(site, found, is_digest),
        render_to_string("mail/notifications.txt", values),
        to=[user.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    mail.attach_alternative(render_to_string("mail/notifications.html", values), "text/html")
    return mail


def subject(site: str, found: list[Notification], is_digest: bool) -> str:
    """One line, whatever a headline holds."""
    if is_digest:
        text = f"{site}: your day at the desk, {len(found)} {'thing' if len(found) == 1 else 'things'}"
    elif len(found) == 1:
        text = f"{found[0].get_kind_display()}: {found[0].article.headline or '(no headline)'}"
    else:
        text = f"{site}: {len(found)} things at the desk"
    return Truncator(_one_line(text)).chars(LONGEST_SUBJECT)


def _line(one: Notification) -> dict[str, Any]:
    return {
        "what": one.get_kind_display(),
        "headline": _one_line(one.article.headline) or "(no headline)",
        "by": _one_line(one.by.get_full_name() or one.by.get_username()) if one.by else "",
        "text": one.text,
        "at": one.at,
        "url": settings.SITE_URL + one.form_path,
    }


def _one_line(text: str) -> str:
    """No control characters, no marks that turn the direction of what follows, no line ends."""
    return " ".join("".join(sign if sign.isprintable() or sign == " " else " " for sign in text).split())
