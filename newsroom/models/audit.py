"""AuditEntry: who did what to which thing, before and after. Written once; never changed, never deleted.

It holds names as well as numbers and no foreign key, so that it still tells when the person or the thing is gone.
"""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    at = models.DateTimeField(default=timezone.now, db_index=True)
    by_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    by_name = models.CharField("who", max_length=150, blank=True, help_text="Empty: the site itself.")
    act = models.CharField(max_length=40, db_index=True)
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
        indexes = (models.Index(fields=["thing", "thing_id", "-at"], name="audit_of_thing"),)

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
    """Write it down, within the transaction of what was done. One query. `by` None: the site itself."""
    return AuditEntry.objects.create(
        by_id=by.pk if by is not None else None,
        by_name=by.get_username()[:150] if by is not None else "",
        act=act,
        thing=thing._meta.label_lower,
        thing_id=str(thing.pk or ""),
        thing_name=str(thing)[:200],
        before=before,
        after=after,
        reason=reason[:1000],
    )
