"""MailChoice: how somebody wants to get the desk's notifications by mail. At the desk they always stand."""

from typing import Any

from django.conf import settings
from django.db import models


class MailChoice(models.Model):
    """Only of who chose something else than what everybody has; ask with `choice_of`."""

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", "At once, one mail for each"
        DIGEST = "digest", "Once a day, all in one mail"
        NONE = "none", "No mail: I look at the desk"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice")
    mail = models.CharField("notifications by mail", max_length=10, choices=Mail.choices, default=Mail.AT_ONCE)

    def __str__(self) -> str:
        return f"{self.user}: {self.mail}"


def choice_of(user: Any) -> str:
    """`at_once`, `digest` or `none`. One query; none for a user that was read with its `mail_choice`."""
    try:
        return str(user.mail_choice.mail)
    except MailChoice.DoesNotExist:
        return MailChoice.Mail.AT_ONCE.value
