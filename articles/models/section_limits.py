"""SectionLimit: the sections to which somebody's work on other people's articles is limited. None: all of them."""

from typing import Any

from django.conf import settings
from django.db import models

from .section import Section


class SectionLimit(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="section_limits")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "section"],
                name="section_limit_once",
                violation_error_message="It stands there already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.section}"


def limits_of(user: Any) -> frozenset[int]:
    """The numbers of the sections that this person is limited to; empty for no limit. One query, once an object."""
    if user.is_superuser:
        return frozenset()
    kept = user.__dict__.get("_section_limits")
    if kept is None:
        kept = frozenset(SectionLimit.objects.filter(user=user).values_list("section_id", flat=True))
        user.__dict__["_section_limits"] = kept
    return kept
