"""HouseRules: what this newsroom asks of an article before it goes out. One row, set at the desk, remembered."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from newsroom.models import Keyed
from newsroom.pagecache import Remembered

OFF, HINT, WARN, BLOCK = "off", "nice", "should", "must"


class Level(models.TextChoices):
    """How much a rule weighs: nobody hears of it; said while writing; said when publishing as well; refused."""

    OFF = OFF, "Off"
    HINT = HINT, "Hint"
    WARN = WARN, "Warn"
    BLOCK = BLOCK, "Block"


class HouseRules(Keyed):
    """Read through `HouseRules.current()`, which costs no query on most requests. Whatever is saved is the one row.

    `levels` holds those of the rules that were set here; for all others the rule's own (articles/models/rules.py).
    """

    key = "house-rules"

    levels = models.JSONField(default=dict, blank=True)
    tags_at_least = models.PositiveSmallIntegerField(
        "tags, at least", default=1, help_text="Fewer are told by the rule on too few tags."
    )
    tags_at_most = models.PositiveSmallIntegerField(
        "tags, at most", default=12, help_text="More are told by the rule on too many tags."
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "house rules"
        verbose_name_plural = "house rules"

    def __str__(self) -> str:
        return "House rules"

    @classmethod
    def current(cls) -> "HouseRules":
        return _current.get()

    def level(self, rule: str) -> str:
        """How much this rule weighs here: at least and at most what it can. Those without which readers have no page
        always block; what only a browser can tell never does.
        """
        from .rules import RULES

        known = RULES[rule]
        level = str(self.levels.get(rule, known.level))
        return level if level in known.levels else known.level

    def clean(self) -> None:
        if self.tags_at_most < self.tags_at_least:
            raise ValidationError({"tags_at_most": "This is less than the least. Raise it, or lower the other."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)


_current: Remembered[HouseRules] = Remembered("house-rules", lambda: HouseRules.objects.first() or HouseRules())
