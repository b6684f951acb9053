"""AuditEntry: who did what to which thing, before and after. Written once; never changed, never deleted.

It holds names as well as numbers and no foreign key, so that it still tells when the person or the thing is gone.
The database refuses to change or delete an entry (newsroom/auditing/append_only.py); this class says so sooner.
"""

import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from newsroom.slugs import CONTROL_CHARACTERS, one_line

# What a value is called that must never be read in the log, whoever asked for it to be written.
SECRET = re.compile(
    r"passw|secret|token|session|signature|api_?key|private_?key|(^|_)(otp|salt|hash)(_|$)", re.IGNORECASE
)
NOT_WRITTEN = "(not written down)"
LONGEST_VALUE = 500


class AuditEntry(models.Model):
    at = models.DateTimeField(default=timezone.now)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField("who", max_length=150, blank=True, help_text="Empty: the site itself.")
    act = models.CharField(max_length=40)
    thing = models.CharField(max_length=60, help_text="What kind, like articles.article.")
    thing_id = models.CharField(max_length=40, blank=True)
    thing_name = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = "log entry"
        verbose_name_plural = "log of who did what"
        # One for each way the log is read: a page of it is then a short walk, however long the log is.
        indexes = (
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["by_id", "-at", "-id"], name="audit_of_person"),
            models.Index(fields=["act", "-at", "-id"], name="audit_of_act"),
            models.Index(fields=["thing", "-at", "-id"], name="audit_of_kind"),
            models.Index(fields=["thing", "thing_id", "-at"], name="audit_of_thing"),
        )

    def __str__(self) -> str:
        return f"{self.by_name or 'The site'}: {self.act} {self.thing_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What is in the log is not changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("What is in the log is not deleted.")


def log(
    act: str, thing: models.Model, *, by: Any = None, before: Any = None, after: Any = None, reason: str = ""
) -> AuditEntry:
    """Write it down, within the transaction of what was done. One query. `by` None: the site itself.

    `before` and `after` are dicts of short values by name. Values whose name tells that they are secret are not
    written, long ones are cut.
    """
    return _write(act, thing._meta.label_lower, str(thing.pk or ""), str(thing), by, before, after, reason)


def log_run(command: str, *, after: Any = None, reason: str = "", act: str = "ran") -> AuditEntry:
    """A command that changed things: what `manage.py` did, by the command's name and with its counts. One query."""
    return _write(act, "command", "", command, None, None, after, reason)


def log_export(kind: type[models.Model], what: str, *, by: Any, after: Any = None) -> AuditEntry:
    """Somebody took many rows of this kind out of the house. One query."""
    return _write("exported", kind._meta.label_lower, "", what, by, None, after, "")


def _write(act: str, kind: str, number: str, name: str, by: Any, before: Any, after: Any, reason: str) -> AuditEntry:
    return AuditEntry.objects.create(
        by_id=by.pk if by is not None else None,
        by_name=by.get_username()[:150] if by is not None else "",
        act=act[:40],
        thing=kind,
        thing_id=number[:40],
        thing_name=one_line(name)[:200],
        before=_safe(before),
        after=_safe(after),
        reason=CONTROL_CHARACTERS.sub("", reason)[:1000],
    )


def _safe(value: Any, name: str = "") -> Any:
    """As it may be stored: no secrets, nothing endless, none of the characters that a database can't keep."""
    if isinstance(value, dict):
        return {one_line(str(key)): _safe(one, str(key)) for key, one in value.items()}
    if SECRET.search(name) and value is not None:
        return NOT_WRITTEN
    if isinstance(value, list | tuple | set):
        return [_safe(one) for one in value]
    if isinstance(value, str):
        clean = CONTROL_CHARACTERS.sub("", value)
        return clean if len(clean) <= LONGEST_VALUE else f"{clean[: LONGEST_VALUE - 1]}…"
    return value
