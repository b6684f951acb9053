"""What we may do with a picture, and until when."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

SOON = timedelta(days=30)


class Rights(models.Model):
    licence = models.CharField(max_length=200, blank=True, help_text="What we may do with it.")
    usage_note = models.CharField(
        "note on usage",
        max_length=500,
        blank=True,
        help_text="Copyright and conditions, like “only with the review” or “not on social media”. For the desk only.",
    )
    rights_expire_on = models.DateField(
        "rights end on",
        null=True,
        blank=True,
        help_text="The last day on which we may show it. Empty: for ever.",
    )

    class Meta:
        abstract = True

    @property
    def rights_have_expired(self) -> bool:
        """By the site's own calendar."""
        return self.rights_expire_on is not None and self.rights_expire_on < timezone.localdate()

    @property
    def rights_expire_soon(self) -> bool:
        """Within thirty days, today included; not when they have expired."""
        if self.rights_expire_on is None or self.rights_have_expired:
            return False
        return self.rights_expire_on <= timezone.localdate() + SOON

    @property
    def rights_warning(self) -> str:
        """A sentence for the desk, '' while there is nothing to warn of."""
        if self.rights_expire_on is None:
            return ""
        if self.rights_have_expired:
            return f"We may not show this picture any more: its rights ended on {_day(self.rights_expire_on)}."
        if self.rights_expire_soon:
            return f"The rights to this picture end on {_day(self.rights_expire_on)}."
        return ""


def _day(day: date) -> str:
    return date_format(day, "j M Y")


def expired() -> models.Q:
    return models.Q(rights_expire_on__lt=timezone.localdate())


def expiring_soon() -> models.Q:
    today = timezone.localdate()
    return models.Q(rights_expire_on__gte=today, rights_expire_on__lte=today + SOON)
