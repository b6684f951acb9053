"""Front: a page that is laid out by hand. FrontVersion: one layout of it, the draft, what readers see, or a past one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.section import Section

from .layout import Layout


def front_key(section: Section | None) -> str:
    return f"front:section:{section.pk}" if section else "front:home"


class FrontQuerySet(models.QuerySet["Front"]):
    def of(self, section: Section | None) -> "Front":
        """The home page's front, or this section's; its row is made where there was none."""
        return self.get_or_create(section=section)[0]


class Front(models.Model):
    """The home page's has no section. Its row comes to be when somebody first lays it out."""

    section = models.OneToOneField(Section, null=True, blank=True, on_delete=models.CASCADE, related_name="front")

    objects: ClassVar[models.Manager["Front"]] = FrontQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                models.functions.Coalesce("section", 0), name="front_one_home", violation_error_message="There is one."
            ),
        )

    def __str__(self) -> str:
        return self.section.name if self.section else "Home"

    @property
    def key(self) -> str:
        return f"front:section:{self.section_id}" if self.section_id else "front:home"


class FrontVersionQuerySet(models.QuerySet["FrontVersion"]):
    def of(self, section: Section | None) -> "FrontVersionQuerySet":
        return self.filter(front__section=section)

    def live_layout(self, section: Section | None) -> Layout | None:
        """None where nobody laid anything out. One query."""
        stored = self.of(section).filter(state=FrontVersion.State.LIVE).values_list("layout", flat=True).first()
        return None if stored is None else Layout.read(stored)


class FrontVersion(models.Model):
    """Written by the verbs of fronts, by nothing else. At most one draft and one live version of each front. Who may add
    one may publish.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        PAST = "past", "Past"

    front = models.ForeignKey(Front, on_delete=models.CASCADE, related_name="versions")
    state = models.CharField(max_length=5, choices=State.choices)
    layout = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=1, help_text="Counts the savings of a draft: an older one is stale.")
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["FrontVersion"]] = FrontVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["front", "state"], condition=~Q(state="past"), name="front_one_draft_one_live"
            ),
        )

    def __str__(self) -> str:
        return f"{self.front} ({self.get_state_display()})"
