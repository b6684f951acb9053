"""Notification: what somebody should know of an article. Shown at the desk; sent by mail as the person chose.

Written by the verbs, in their transaction. Nothing is sent from there: `announce` sends mails, so that publishing never
waits for a mail server (see announcing).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.roles import ARTICLES, Act

from .permits import may

if TYPE_CHECKING:
    from .article import Article


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def mark_read(self) -> int:
        return self.filter(read_at=None).update(read_at=timezone.now())


class Notification(models.Model):
    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "Submitted for review"
        SENT_BACK = "sent_back", "Sent back"
        APPROVED = "approved", "Approved"
        ASSIGNED = "assigned", "Assigned to you"
        MENTIONED = "mentioned", "You were mentioned"
        PUBLISHED = "published", "Published"
        HELD = "held", "A scheduled version is held"
        WITHDRAWN = "withdrawn", "Withdrawn"
        TAKEN_DOWN = "taken_down", "Taken down"

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="notifications")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(
        max_length=300, blank=True, help_text="The words that came with it, like why it was sent back."
    )
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["to", "-at"], name="notification_of_person"),
            models.Index(fields=["at"], name="notification_to_mail", condition=Q(mailed_at=None)),
            models.Index(fields=["to"], name="notification_unread", condition=Q(read_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article}"

    @property
    def form_path(self) -> str:
        """Where it leads: to the article's form, and there to what it is about."""
        form = reverse("admin:articles_article_change", args=[self.article_id])
        return f"{form}#notes" if self.kind == self.Kind.MENTIONED else form


def notify(
    people: Iterable[Any], kind: "Notification.Kind", article: "Article", *, by: Any = None, text: str = ""
) -> list[Notification]:
    """Tell each of them once, but not who did it, nor who is gone or may not see the article. Call it within the
    transaction of what is told. A few queries a person (`may`), one to write.
    """
    told = {person.pk: person for person in people if person is not None and person.is_active}
    if by is not None:
        told.pop(by.pk, None)
    rows = [
        Notification(to=person, kind=kind, article=article, by=by, text=text[:300])
        for person in told.values()
        if may(person, Act.VIEW, article)
    ]
    return Notification.objects.bulk_create(rows)


def people_who_may(act: Act, article: "Article") -> list[Any]:
    """Active people who hold this right by their groups or their own and reach this article; for superusers, only
    where nobody else does. A few queries a person: asked for what few people may.
    """
    people: Any = get_user_model()._default_manager
    holders = list(people.with_perm(ARTICLES[act].permission, backend=_BACKEND, include_superusers=False))
    reaching = [person for person in holders if may(person, act, article)]
    return reaching or list(people.filter(is_superuser=True, is_active=True))


_BACKEND = "django.contrib.auth.backends.ModelBackend"
