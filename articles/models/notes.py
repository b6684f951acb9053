"""Note: what colleagues say to each other about an article. Readers, previews and revisions know nothing of it."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Concat, Lower, NullIf, Trim
from django.utils import timezone

from articles.roles import Act
from newsroom.models.audit import log
from newsroom.slugs import CONTROL_CHARACTERS

from .notifications import Notification, notify
from .permits import require, who_sees

if TYPE_CHECKING:
    from .article import Article

LONGEST = 2000
YOUNG = timedelta(days=1)  # so long who wrote a note may delete it
AT_ONCE = timedelta(minutes=1)  # within which a note and what it tells are written
MOST_MENTIONS = 20
OFFERED = 8
# As Django's user names are written; a full stop at the end belongs to the sentence.
_MENTION = re.compile(r"(?<![\w@.])@([\w.@+-]{1,150})")


class Note(models.Model):
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(max_length=LONGEST)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager["Note"]] = models.Manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]

    def resolve(self, *, by: Any, is_resolved: bool = True) -> None:
        """Done with, or opened again; by whoever may see the article. Twice is once."""
        require(by, Act.VIEW, self.article)
        done = (
            {"resolved_at": timezone.now(), "resolved_by": by}
            if is_resolved
            else {"resolved_at": None, "resolved_by": None}
        )
        Note.objects.filter(pk=self.pk, resolved_at__isnull=is_resolved).update(**done)

    @property
    def is_young(self) -> bool:
        return timezone.now() - self.at < YOUNG

    def take_back(self, *, by: Any) -> None:
        """Delete it, and what it told to whoever has not read that yet. The log keeps that it was, not what it said.

        Raises PermissionDenied for the notes of others, ValidationError for one that has stood too long.
        """
        require(by, Act.VIEW, self.article)
        if by.pk != self.by_id:
            raise PermissionDenied("Only who wrote a note can delete it.")
        if not self.is_young:
            raise ValidationError("It has stood for a day: others rely on it. Answer it with another note.")
        with transaction.atomic():
            gone, _ = Note.objects.filter(pk=self.pk).delete()
            if gone:
                told = Notification.objects.filter(article=self.article, by=by, kind=Notification.Kind.MENTIONED)
                told.filter(at__range=(self.at, self.at + AT_ONCE), text=self.text[:300]).unread().delete()
                log("note_deleted", self.article, by=by, before={"noted_at": self.at})


def note_down(article: "Article", text: str, *, by: Any) -> Note:
    """Write a note, and tell those whom it mentions as @name, if they may see the article.

    Raises ValidationError for an empty or too long one, PermissionDenied for who may not see the article.
    """
    text = CONTROL_CHARACTERS.sub("", text).strip()
    if not text:
        raise ValidationError({"text": "Write something first."})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"A note has {LONGEST} characters at most; this one has {len(text)}."})
    if by is None:
        raise PermissionDenied("A note is somebody's.")
    with transaction.atomic():
        require(by, Act.VIEW, article)
        note = Note.objects.create(article=article, by=by, text=text)
        notify(mentioned(text), Notification.Kind.MENTIONED, article, by=by, text=text)
    return note


def mentioned(text: str) -> list[Any]:
    """The active people whose user names stand in the text as @name. One query."""
    names = {name.rstrip(".") for name in _MENTION.findall(text)[:MOST_MENTIONS]}
    if not names:
        return []
    people: Any = get_user_model()._default_manager
    return list(people.filter(username__in=names, is_active=True, is_staff=True))


def may_be_mentioned(article: "Article", but: Any, begun: str = "") -> list[Any]:
    """Whom a note can mention: people of the desk who may see the article, OFFERED at most, by name. `begun` is how a
    user name, a first or a last name or both begin. One query.
    """
    whole = Trim(Concat("first_name", Value(" "), "last_name"))
    fits = Q()
    for name in ("username", "first_name", "last_name", "whole"):
        fits |= Q((f"{name}__istartswith", begun))
    desk = who_sees(article).filter(is_staff=True).exclude(pk=but.pk).annotate(whole=whole)
    shown = Lower(Coalesce(NullIf("whole", Value("")), "username"))
    return list(desk.filter(fits).order_by(shown, "username")[:OFFERED])
