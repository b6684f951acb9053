"""Where an article stands. Not stored: it follows from its published versions, the time and, before there are any, its stage."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from .published import PublishedArticle
from .workflow import Stage

if TYPE_CHECKING:
    from .article import Article


class Status(models.TextChoices):
    IDEA = "idea", "Idea"
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    CHANGED = "changed", "Published, with unpublished changes"
    WITHDRAWN = "withdrawn", "Withdrawn"
    TAKEN_DOWN = "taken_down", "Taken down"


# What `with_status` adds.
ANNOTATED = (
    "live_version",
    "live_until",
    "first_published_at",
    "planned_from",
    "planned_version",
    "was_seen",
    "was_sent",
)


class DeskQuerySet(models.QuerySet["Article"]):
    def with_status(self) -> "DeskQuerySet":
        """Annotates what `status` follows from, so that a list costs no query a row."""
        now = timezone.now()
        versions = PublishedArticle.objects.filter(article=OuterRef("pk"))
        live = versions.live(now)
        planned = versions.filter(live_from__gt=now).order_by("live_from")
        return self.annotate(
            live_version=Subquery(live.values("version")[:1]),
            live_until=Subquery(live.values("live_until")[:1]),
            first_published_at=Subquery(
                versions.filter(live_from__lte=now).order_by("live_from").values("published_at")[:1]
            ),
            planned_from=Subquery(planned.values("live_from")[:1]),
            planned_version=Subquery(planned.values("version")[:1]),
            was_seen=Exists(versions.filter(live_from__lte=now)),
            was_sent=Exists(versions.filter(version=OuterRef("version"))),
        )

    def at_stage(self, stage: str) -> "DeskQuerySet":
        """How far their newest words have come over the desk: those for which `stage_now` answers this."""
        approved = Q(stage=Stage.APPROVED, approved_version=F("version"))
        if stage == Stage.APPROVED:
            return self.filter(approved)
        if stage == Stage.IN_REVIEW:
            return self.filter(stage__in=[Stage.IN_REVIEW, Stage.APPROVED]).exclude(approved)
        return self.filter(stage=stage)

    def unsent(self) -> "DeskQuerySet":
        """Those whose newest words were never sent out, nor are planned to go."""
        return self.filter(
            ~Exists(PublishedArticle.objects.filter(article=OuterRef("pk"), version=OuterRef("version")))
        )

    def overdue(self) -> "DeskQuerySet":
        """Those for which `is_overdue` answers yes. By the index of what is due."""
        return self.unsent().filter(due_at__lt=timezone.now())

    def having_status(self, status: str) -> "DeskQuerySet":
        """Only those of one status. Understands what `Article.status` answers."""
        now, of_it = timezone.now(), PublishedArticle.objects.filter(article=OuterRef("pk"))
        live = of_it.live(now)
        # By number, not by row: these are few, and have an index.
        planned = Q(pk__in=PublishedArticle.objects.filter(live_from__gt=now).order_by().values("article"))
        ended = Q(pk__in=PublishedArticle.objects.filter(live_until__lte=now).order_by().values("article"))
        rows: Any = self.with_status()
        unseen = rows.filter(~Exists(of_it))
        return {
            Status.IDEA: unseen.at_stage(Stage.IDEA),
            Status.DRAFT: unseen.at_stage(Stage.DRAFT),
            Status.IN_REVIEW: unseen.at_stage(Stage.IN_REVIEW),
            Status.APPROVED: unseen.at_stage(Stage.APPROVED),
            Status.PUBLISHED: rows.filter(Exists(live.filter(version=OuterRef("version")))),
            Status.CHANGED: rows.filter(Exists(live.exclude(version=OuterRef("version")))),
            Status.SCHEDULED: rows.filter(planned, ~Exists(live)),
            Status.WITHDRAWN: rows.filter(ended, ~planned, ~Exists(live), taken_down_at=None),
            Status.TAKEN_DOWN: rows.filter(taken_down_at__isnull=False),
        }[Status(status)]


class Standing(models.Model):
    """What an article can tell about where it stands."""

    class Meta:
        abstract = True

    def _annotated(self: "Article", name: str) -> Any:  # type: ignore[misc]
        """From the list's query when there was one, else fetched: one query for all of them."""
        if name not in self.__dict__:
            row = type(self).objects.with_status().get(pk=self.pk)
            for one in ANNOTATED:
                setattr(self, one, getattr(row, one))
        return self.__dict__[name]

    def forget_status(self) -> None:
        """After a verb, when this object is to be asked again."""
        for one in ANNOTATED:
            self.__dict__.pop(one, None)

    @property
    def status(self: "Article") -> Status:  # type: ignore[misc]
        if self.taken_down_at:
            return Status.TAKEN_DOWN
        live_version = self._annotated("live_version")
        if live_version is not None:
            return Status.PUBLISHED if live_version == self.version else Status.CHANGED
        if self._annotated("planned_from"):
            return Status.SCHEDULED
        return Status.WITHDRAWN if self._annotated("was_seen") else Status(self.stage_now.value)

    @property
    def is_overdue(self: "Article") -> bool:  # type: ignore[misc]
        """Its time has passed, and its newest words were never sent out."""
        return self.due_at is not None and self.due_at < timezone.now() and not self._annotated("was_sent")

    def public_url(self: "Article") -> str:  # type: ignore[misc]
        """Where readers find it now; '' when they don't. One query."""
        live = PublishedArticle.objects.live().filter(article_id=self.pk).select_related("section").first()
        return live.get_absolute_url() if live else ""
