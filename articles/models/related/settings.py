"""RelatedSettings: what this site wants to be suggested. One row, set at the desk, remembered."""

from datetime import timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from newsroom.models import Keyed
from newsroom.pagecache import Remembered

from .ranking import Question, Row

MOST_DAYS = 36_500  # a hundred years: no newspaper's archive is longer online, and no date overflows


class RelatedSettings(Keyed):
    """Read through `RelatedSettings.current()`, which costs no query on most requests."""

    key = "related-settings"

    cards = models.PositiveSmallIntegerField(
        "cards beside an article", default=3, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    days_apart_at_most = models.PositiveIntegerField(
        "days apart, at most", null=True, blank=True, validators=[MaxValueValidator(MOST_DAYS)],
        help_text="Older and newer ones are not suggested. Empty: any.",
    )  # fmt: skip
    same_section = models.BooleanField("only of the same section", default=False)
    tells_readers_why = models.BooleanField(
        "tell readers what they share", default=False, help_text="“About: Venice, festivals” under each card."
    )

    # Where an interrupted `manage.py rebuild_terms` goes on; it is no setting.
    rebuilt_up_to = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = "settings of related articles"
        verbose_name_plural = "settings of related articles"

    def __str__(self) -> str:
        return "Related articles"

    @classmethod
    def current(cls) -> "RelatedSettings":
        return _current.get()

    def allow(self, question: Question, row: Row) -> bool:
        """What was pinned by hand is not asked."""
        if self.same_section and row.section != question.section:
            return False
        return self.apart is None or abs(question.when - row.published_at) <= self.apart

    @property
    def apart(self) -> timedelta | None:
        """How far two may be apart; None for any."""
        most = self.days_apart_at_most
        return None if most is None else timedelta(days=min(most, MOST_DAYS))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)


_current: Remembered[RelatedSettings] = Remembered(
    "related-settings", lambda: RelatedSettings.objects.first() or RelatedSettings()
)
