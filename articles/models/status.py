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


# What `with_status` annotates.
FROM_VERSIONS = ("live_version", "live_until", "first_published_at", "planned_from", "planned_version", "was_seen")


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
        )

    def having_status(self, status: str) -> "DeskQuerySet":
        """Only those of one status. Understands what `Article.status` answers."""
        rows: Any = self.with_status()
        unseen = rows.filter(live_version=None, planned_from=None, was_seen=False)
        approved = Q(stage=Stage.APPROVED, approved_version=F("version"))
        return {
            Status.IDEA: unseen.filter(stage=Stage.IDEA),
            Status.DRAFT: unseen.filter(stage=Stage.DRAFT),
            Status.IN_REVIEW: unseen.filter(Q(stage=Stage.IN_REVIEW) | Q(stage=Stage.APPROVED)).exclude(approved),
            Status.APPROVED: unseen.filter(approved),
            Status.PUBLISHED: rows.filter(live_version=F("version")),
            Status.CHANGED: rows.filter(live_version__isnull=False).exclude(live_version=F("version")),
            Status.SCHEDULED: rows.filter(live_version=None, planned_from__isnull=False),
            Status.WITHDRAWN: rows.filter(live_version=None, planned_from=None, was_seen=True),
        }[Status(status)]


class Standing(models.Model):
    """What an article can tell about where it stands."""

    class Meta:
        abstract = True

    def _annotated(self: "Article", name: str) -> Any:  # type: ignore[misc]
        """From the list's query when there was one, else fetched: one query for all of them."""
        if name not in self.__dict__:
            row = type(self).objects.with_status().get(pk=self.pk)
            for one in FROM_VERSIONS:
                setattr(self, one, getattr(row, one))
        return self.__dict__[name]

    def forget_status(self) -> None:
        """After a verb, when this object is to be asked again."""
        for one in FROM_VERSIONS:
            self.__dict__.pop(one, None)

    @property
    def status(self: "Article") -> Status:  # type: ignore[misc]
        live_version = self._annotated("live_version")
        if live_version is not None:
            return Status.PUBLISHED if live_version == self.version else Status.CHANGED
        if self._annotated("planned_from"):
            return Status.SCHEDULED
        return Status.WITHDRAWN if self._annotated("was_seen") else Status(self.stage_now.value)

    def public_url(self: "Article") -> str:  # type: ignore[misc]
        """Where readers find it now; '' when they don't. One query."""
        live = PublishedArticle.objects.live().filter(article_id=self.pk).select_related("section").first()
        return live.get_absolute_url() if live else ""
