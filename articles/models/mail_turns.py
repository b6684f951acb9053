"""MailTurn: who is writing to a person now. So that several processes don't send one person the same mail, and a
mailbox that refuses is tried again after a while, without holding up the others.
"""

from django.conf import settings
from django.db import models

from .claims import Claimable


class MailTurn(Claimable):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_turn")

    def __str__(self) -> str:
        return f"Mails to {self.user}"
