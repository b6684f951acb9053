"""Workflow: how a working copy moves over the desk before it goes out. Idea, draft, in review, approved.

Each move is a verb here: one transaction under the article's row lock, with a Revision and the notifications. Going out
is publishing's; this is about the words that are not out yet, of an article that readers know, too.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from articles.roles import Act

from .bylines import Byline
from .four_eyes import approves_alone
from .house_rules import BLOCK, HouseRules
from .notifications import Notification, notify, people_who_may
from .permits import require

if TYPE_CHECKING:
    from .article import Article

Kind = Notification.Kind


class Stage(models.TextChoices):
    IDEA = "idea", "Idea"
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"


class Priority(models.IntegerChoices):
    URGENT = 1, "Urgent"
    NORMAL = 2, "Normal"
    LOW = 3, "Can wait"


class Workflow(models.Model):
    """`approved_version` is what was approved: an approval is worth nothing for words that were changed since."""

    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.DRAFT, editable=False)
    brief = models.TextField(
        max_length=4000, blank=True, help_text="What it should be about, how long, with whom to talk. Never published."
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="assigned_articles",
        help_text="Who works on it now.",
    )  # fmt: skip
    due_at = models.DateTimeField("due", null=True, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    approved_version = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_approved(self: "Article") -> bool:  # type: ignore[misc]
        return self.stage == Stage.APPROVED and self.approved_version == self.version

    @property
    def stage_now(self: "Article") -> Stage:  # type: ignore[misc]
        """The stage; in review again for what was approved and then changed."""
        if self.stage == Stage.APPROVED and not self.is_approved:
            return Stage.IN_REVIEW
        return Stage(self.stage)

    @property
    def is_in_first_hands(self: "Article") -> bool:  # type: ignore[misc]
        """Not submitted, or sent back, and never out or about to be. One query at most."""
        return self.stage in (Stage.IDEA, Stage.DRAFT) and not self.published_versions.exists()

    def put_at(self: "Article", stage: Stage, called: "Article") -> None:  # type: ignore[misc]
        """What publishing says of the stage; people move an article by the verbs below. Asked of the locked row, and
        told to the object that the verb was called on. One query at most.
        """
        if self.stage != stage:
            type(self).objects.filter(pk=self.pk).update(stage=stage)
        self.stage = called.stage = stage

    # --- the moves -----------------------------------------------------------------------------------------------

    def take_up(self: "Article", *, by: Any = None) -> None:  # type: ignore[misc]
        """An idea becomes a draft, of the person who takes it up when it was nobody's."""
        with self._moving(Act.CHANGE, by) as move:
            move.expect(Stage.IDEA, "Only an idea can be taken up; this is being written already.")
            move.to(Stage.DRAFT, assignee_id=move.article.assignee_id or getattr(by, "pk", None))
            move.keep("taken_up")

    def submit(self: "Article", *, by: Any = None, note: str = "") -> None:  # type: ignore[misc]
        """Lay it on the desk for review. Tells who reviews it: the assignee if he may, else all who may approve it."""
        with self._moving(Act.SUBMIT, by) as move:
            if move.article.stage_now == Stage.IN_REVIEW:
                raise ValidationError("It lies with the desk already.", code="stage")
            move.to(Stage.IN_REVIEW)
            move.keep("submitted", note)
            move.tell(people_who_may(Act.APPROVE, move.article), Kind.SUBMITTED, note)

    def send_back(self: "Article", *, by: Any = None, note: str) -> None:  # type: ignore[misc]
        """Back to who wrote it, with a reason. Raises ValidationError without one, or when it is not under review."""
        if not note.strip():
            raise ValidationError({"note": "Say what should be changed: that is what it is sent back for."})
        with self._moving(Act.APPROVE, by) as move:
            move.expect((Stage.IN_REVIEW, Stage.APPROVED), "It was not submitted, or is sent back already.")
            move.to(Stage.DRAFT)
            move.keep("sent_back", note)
            move.tell(move.writers(), Kind.SENT_BACK, note)

    def approve(self: "Article", *, by: Any = None, note: str = "") -> None:  # type: ignore[misc]
        """Good to go out as it is now. Raises ValidationError when this version is approved already, and when the
        house wants four eyes and these are the two that wrote it.
        """
        with self._moving(Act.APPROVE, by) as move:
            if HouseRules.current().level("four-eyes") == BLOCK and approves_alone(move.article, by):
                raise ValidationError("You wrote this yourself: somebody else has to approve it.", code="four-eyes")
            if move.article.is_approved:
                raise ValidationError("This version is approved already.", code="stage")
            move.to(Stage.APPROVED, approved_by_id=getattr(by, "pk", None), approved_version=move.article.version)
            move.keep("approved", note)
            move.tell([*move.writers(), *people_who_may(Act.PUBLISH, move.article)], Kind.APPROVED, note)

    def assign(  # type: ignore[misc]
        self: "Article",
        to: Any,
        *,
        by: Any = None,
        due_at: datetime | None = None,
        priority: int = Priority.NORMAL,
        note: str = "",
    ) -> bool:
        """Say who works on it (None: nobody), until when and how urgent it is. False when that was so already."""
        new = {"assignee_id": to.pk if to else None, "due_at": due_at, "priority": priority}
        with self._moving(Act.ASSIGN, by) as move:
            before = {name: getattr(move.article, name) for name in new}
            if before == new:
                return False
            move.to(Stage(move.article.stage), **new)
            words = [f"to {to.get_full_name() or to.get_username()}" if to else "to nobody"]
            if due_at:
                words.append(f"due {timezone.localtime(due_at):%Y-%m-%d %H:%M %Z}")
            move.keep("assigned", ", ".join([*words, note] if note else words))
            if before["assignee_id"] != new["assignee_id"]:
                move.tell([to], Kind.ASSIGNED, note)
        return True

    def _moving(self: "Article", act: Act, by: Any) -> "Move":  # type: ignore[misc]
        return Move(self, act, by)


class Move:
    """One move of an article: a transaction under its lock, once the person is known to be allowed.

    Afterwards the object that the verb was called on knows its new stage, and nothing else of what others saved.
    """

    def __init__(self, called: "Article", act: Act, by: Any) -> None:
        self.called, self.act, self.by = called, act, by
        self.atomic = transaction.atomic()
        self.article: Article

    def __enter__(self) -> "Move":
        self.atomic.__enter__()
        try:
            rows = type(self.called).objects.select_for_update(of=("self",)).select_related("section")
            self.article = rows.get(pk=self.called.pk)
            require(self.by, self.act, self.article)
        except BaseException as error:
            self.atomic.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(self, *error: Any) -> None:
        self.atomic.__exit__(*error)

    def expect(self, stages: Stage | tuple[Stage, ...], otherwise: str) -> None:
        if self.article.stage_now not in (stages if isinstance(stages, tuple) else (stages,)):
            raise ValidationError(otherwise, code="stage")

    def to(self, stage: Stage, **also: Any) -> None:
        self.set(stage=stage, **also)

    def set(self, **changed: Any) -> None:
        """By column name. Not through save(): the content is none of a move's business."""
        type(self.article).objects.filter(pk=self.article.pk).update(**changed)
        for article in (self.article, self.called):
            for name, value in changed.items():
                setattr(article, name, value)
            article.forget_status()

    def keep(self, event: str, note: str = "") -> None:
        self.article.record(event, by=self.by, note=note)

    def writers(self) -> list[Any]:
        return writers_of(self.article)

    def tell(self, people: Iterable[Any], kind: "Notification.Kind", text: str = "") -> None:
        notify(people, kind, self.article, by=self.by, text=text)


def writers_of(article: "Article") -> list[Any]:
    """Who wrote it: who began it, is assigned to it, stands in the byline with a login. Three queries."""
    names = Byline.objects.filter(article=article).exclude(author__user=None).select_related("author__user")
    return [article.created_by, article.assignee, *(byline.author.user for byline in names)]
