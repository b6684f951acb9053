"""CalendarToken: lets a calendar program read somebody's editorial calendar without a login."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from newsroom.models.audit import log

MOST = 10  # of one person that work at once
SECRET_BYTES = 32
SEEN_EVERY = timedelta(minutes=5)  # programs ask often; so often the row is written, at most


class CalendarTokenQuerySet(models.QuerySet["CalendarToken"]):
    def working(self) -> "CalendarTokenQuerySet":
        return self.filter(revoked_at=None)

    def by_secret(self, secret: str) -> "CalendarToken | None":
        """The token of an address, if it works and its person still has a login at the desk. One query.

        Looked up by the digest of a secret of 256 random bits: how long the index takes tells nothing of it.
        """
        digest = _digest(secret)
        people = self.working().select_related("user").filter(user__is_active=True, user__is_staff=True)
        found = people.filter(digest=digest).first()
        return found if found is not None and hmac.compare_digest(found.digest, digest) else None


class CalendarToken(models.Model):
    """Kept is only the secret's digest, so that who reads the database can't read on as somebody: the address is
    shown once. What it shows is asked for each time, of what its person may see then.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_tokens")
    note = models.CharField(max_length=80, blank=True, help_text="Where you use it, so that you know later.")
    query = models.CharField(
        "filters", max_length=500, blank=True, editable=False, help_text="As its address had them."
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = CalendarTokenQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"calendar address {self.pk} of {self.user}"

    @classmethod
    def make(cls, user: Any, note: str = "", query: str = "") -> "tuple[CalendarToken, str]":
        """A new one, and its secret, which nobody can tell again."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        with transaction.atomic():
            token = cls.objects.create(user=user, note=note, query=query, digest=_digest(secret))
            log("calendar_address_made", token, by=user, reason=note)
        return token, secret

    def revoke(self, *, by: Any) -> bool:
        """False when it was revoked already."""
        with transaction.atomic():
            if not CalendarToken.objects.working().filter(pk=self.pk).update(revoked_at=timezone.now()):
                return False
            log("calendar_address_revoked", self, by=by, reason=self.note)
        return True

    def renew(self, *, by: Any) -> "tuple[CalendarToken, str] | None":
        """A new address in place of this one, which ends. None when it had ended already."""
        with transaction.atomic():
            return CalendarToken.make(self.user, self.note, self.query) if self.revoke(by=by) else None

    def seen(self) -> None:
        """That it was used, and no more: neither from where nor by which program."""
        now = timezone.now()
        if self.last_used_at is None or now - self.last_used_at > SEEN_EVERY:
            CalendarToken.objects.filter(pk=self.pk).update(last_used_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
