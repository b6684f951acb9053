"""Revision: a kept state of the working copy. Who, when, what happened, why; the whole article with all around it."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from newsroom.models.audit import log

from .field_changes import changes
from .pruning import RevisionQuerySet
from .snapshots import SNAPSHOT_SCHEMA

if TYPE_CHECKING:
    from .article import Article


LONGEST_NOTE = 300


class Revision(models.Model):
    class Event(models.TextChoices):
        SAVED = "saved", "Saved"
        TAKEN_UP = "taken_up", "Taken up"
        SUBMITTED = "submitted", "Submitted for review"
        SENT_BACK = "sent_back", "Sent back"
        APPROVED = "approved", "Approved"
        ASSIGNED = "assigned", "Assigned"
        PUBLISHED = "published", "Published"
        SCHEDULED = "scheduled", "Scheduled"
        UNSCHEDULED = "unscheduled", "Schedule cancelled"
        HELD = "held", "Scheduled version held"
        WITHDRAWN = "withdrawn", "Withdrawn"
        TAKEN_DOWN = "taken_down", "Taken down"
        BROUGHT_BACK = "brought_back", "Brought back"
        RESTORED = "restored", "Restored"
        IMPORTED = "imported", "Imported"

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=20, choices=Event.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="Which version of the working copy this is.")
    data = models.JSONField(encoder=DjangoJSONEncoder)

    objects: ClassVar[Any] = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["article", "number"], name="one_revision_per_number"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.get_event_display()}"


class Revising(models.Model):
    """What an article can do about its own past."""

    class Meta:
        abstract = True

    def snapshot(self: "Article") -> dict[str, Any]:  # type: ignore[misc]
        """The whole working copy as plain values: content, tags, bylines, corrections. Three queries."""
        return {
            "schema": SNAPSHOT_SCHEMA,
            "content": self.content(),
            "tags": [{"id": pk, "name": name} for pk, name in self.tagged_items.values_list("tag_id", "tag__name")],
            "bylines": list(self.bylines.values("author_id", "role", "position")),
            "corrections": list(self.corrections.values("kind", "text", "noted_at", "place")),
        }

    def record(  # type: ignore[misc]
        self: "Article",
        event: str,
        *,
        by: Any = None,
        note: str = "",
        data: dict[str, Any] | None = None,
        version: int | None = None,
    ) -> Revision:
        """Keep the state as it is now. Call it within the transaction that made it so. `data` and `version` are of
        another state than the working copy's: that of a planned version.

        What a person did goes into the site's log, too, with the whole of a note that is cut here; what the site itself does, like an import, is told here only.
        Numbers are counted under the article's row lock, so two at once get two numbers. Four queries, three more
        without `data`, and for the log one for each kind of thing that changed by its number.
        """
        with transaction.atomic(savepoint=False):
            type(self).objects.select_for_update(of=("self",)).filter(pk=self.pk).values_list("pk").get()
            last, last_data = self.revisions.values_list("number", "data").first() or (0, None)
            kept = Revision.objects.create(
                article=self,
                number=last + 1,
                event=event,
                by=by,
                note=note if len(note) <= LONGEST_NOTE else f"{note[: LONGEST_NOTE - 1]}…",
                version=self.version if version is None else version,
                data=data or self.snapshot(),
            )
            if by is not None:
                old, new = changes(last_data, kept.data)
                before = {"revision": last} | old if last else None
                log(event, self, by=by, before=before, after={"revision": kept.number} | new, reason=note)
            return kept
