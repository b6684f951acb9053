"""Redirect: an address that the public has seen, and where it leads now (301) or that it is gone (410)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import unquote_to_bytes

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.encoding import repercent_broken_unicode

from newsroom.addresses import address_of, is_local
from newsroom.slugs import CONTROL_CHARACTERS

MOST_HOPS = 10
LONGEST_PATH = 500


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def at(self, path: str, when: datetime | None = None) -> "Redirect | None":
        """The newest redirect of this address that has begun. One query.

        Links drop or add a last slash: where only the other spelling is known, that one is meant.
        """
        if not 0 < len(path) <= LONGEST_PATH:
            return None
        other = path.rstrip("/") if path.endswith("/") else f"{path}/"
        begun: list[Redirect] = list(self.filter(path__in=[path, other], since__lte=when or timezone.now()))
        return max(begun, key=lambda one: (one.path == path, one.since, one.pk), default=None)


class Redirect(models.Model):
    """Asked only when nothing else answers an address, so a live page always wins.

    Leads to a thing (`key`: wherever it is public now, gone while it is not) or to a written `target`; with
    neither, the address answers 410. `since` makes it a fact about time: an address that a scheduled version will
    have is not known before its moment. Paths are stored decoded: a Cyrillic address is six times longer encoded.
    """

    path = models.CharField(
        "old address", max_length=LONGEST_PATH, help_text="Begins with a slash, like /2019/old-story/ or /?p=123."
    )
    target = models.CharField(
        "leads to",
        max_length=LONGEST_PATH,
        blank=True,
        help_text="An address on this site, like /film/new-story/. Empty: the old address answers “gone” (410).",
    )
    key = models.CharField("leads to the thing", max_length=60, blank=True, editable=False)
    since = models.DateTimeField("works from", default=timezone.now)

    objects: ClassVar[models.Manager["Redirect"]] = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ("path",)
        indexes = (models.Index(fields=["key"], name="redirect_key"),)
        constraints = (models.UniqueConstraint(fields=["path", "key"], name="one_redirect_per_path_and_thing"),)

    def __str__(self) -> str:
        return f"{self.path} → {self.target or self.key or 'gone'}"

    @classmethod
    def remember(cls, addresses: Iterable[str], key: str, since: datetime | None = None) -> None:
        """These addresses belong to that thing from `since` on; twice is once. Two queries for all of them.

        When two things had one address, the later is found: what gets an address back has it anew. But a plan
        for later never takes away what works already.
        """
        now = timezone.now()
        since = since or now
        paths = {path for path in map(decoded, addresses) if len(path) <= LONGEST_PATH}
        known = {row.path: row for row in cls.objects.filter(path__in=paths, key=key)}
        # Somebody may be remembering the same this moment: his row is as good as ours.
        cls.objects.bulk_create(
            (cls(path=path, key=key, since=since) for path in sorted(paths - set(known))), ignore_conflicts=True
        )
        for row in known.values():
            sooner = now < row.since and since < row.since
            anew = row.since < since <= now
            if sooner or anew:
                cls.objects.filter(pk=row.pk).update(since=since)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tidy()
        super().save(*args, **kwargs)

    def tidy(self) -> None:
        self.path, self.target = decoded(self.path), CONTROL_CHARACTERS.sub("", self.target).strip()

    def leads_to(self) -> str | None:
        """Where a reader should go; None: gone. Written targets are followed to their end, so there is one hop."""
        seen, here = {self.path}, self
        while not here.key and here.target:
            following = Redirect.objects.at(decoded(here.target)) if len(seen) < MOST_HOPS else None
            if following is None:
                return here.target
            if following.path in seen:
                return None
            seen.add(following.path)
            here = following
        return address_of(here.key) if here.key else None

    def clean(self) -> None:
        self.tidy()
        errors: dict[str, Any] = {}
        if not self.path.startswith("/"):
            errors["path"] = "Begin with a slash: this is an address on this site."
        elif Redirect.objects.filter(path=self.path, key=self.key).exclude(pk=self.pk).exists():
            errors["path"] = "This address has a redirect already. Change that one."
        if self.target and not is_local(self.target):
            errors["target"] = "Only addresses on this site; begin with one slash."
        elif self.target and decoded(self.target).rstrip("/") == self.path.rstrip("/"):
            errors["target"] = "This leads back to itself."
        if errors:
            raise ValidationError(errors)


def decoded(path: str) -> str:
    """The address as it is stored and compared: percent-escapes as the characters that they stand for, once, as the
    server does it. Bytes that are no UTF-8 stay escaped, as Django leaves them.
    """
    text = repercent_broken_unicode(unquote_to_bytes(path.strip())).decode()
    return CONTROL_CHARACTERS.sub("", text)
