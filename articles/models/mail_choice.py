"""MailChoice: how a person wants to hear of what concerns him. At the desk everything is shown in any case."""

from typing import Any

from django.conf import settings
from django.db import models


class MailChoice(models.Model):
    class Mail(models.TextChoices):
        NONE = "none", "No mails"
        AT_ONCE = "at_once", "A mail at once"
        DIGEST = "digest", "One mail a day"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice")
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.AT_ONCE)

    def __str__(self) -> str:
        return f"{self.user}: {self.get_mail_display()}"


def choice_of(user: Any) -> str:
    """What this person chose; at once, where nothing was chosen. One query."""
    chosen = MailChoice.objects.filter(user=user).values_list("mail", flat=True).first()
    return chosen or MailChoice.Mail.AT_ONCE.value
