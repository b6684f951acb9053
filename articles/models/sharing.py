"""ShareLink: an address under which people without a login may read an article that is not out yet."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class ShareLink(models.Model):
    """Shows one kept revision, or follows the working copy. Ends by itself, and at once when it is revoked.

    The address is signed and holds this row's number alone; whether it still works is asked here each time.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="share_links")
    revision = models.ForeignKey(
        "articles.Revision",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="share_links",
        help_text="Empty: follows the working copy.",
    )
    note = models.CharField(max_length=120, blank=True, help_text="For whom, so that you know later.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"link {self.pk} to article {self.article_id}"
