"""ShareLink: an address under which people without a login may read an article that is not out yet."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from newsroom.models.audit import log

from .published import PublishedArticle

LIFETIMES = {
    "hour": ("An hour", timedelta(hours=1)),
    "day": ("A day", timedelta(days=1)),
    "week": ("A week", timedelta(days=7)),
    "month": ("30 days", timedelta(days=30)),
}

# A point between number and signature: mail programs and chats keep the address whole.
_signer = Signer(salt="newsroom.share-link", sep=".")


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def with_takedown(self) -> "ShareLinkQuerySet":
        """Annotates whether, since the link was made, readers had the article and then had it no more. That it came
        back since makes no link work again.
        """
        return self.annotate(was_taken_down=Exists(_ends().filter(live_until__gt=OuterRef("created_at"))))

    def open(self) -> "ShareLinkQuerySet":
        """Those that work now."""
        now = timezone.now()
        return self.with_takedown().filter(Q(was_taken_down=False), revoked_at=None, expires_at__gt=now)

    def by_token(self, token: str) -> "ShareLink | None":
        """The link of an address, if it works. One query; none for a forged one."""
        try:
            number = int(_signer.unsign(token))
        except (BadSignature, ValueError):
            return None
        return self.open().select_related("article", "revision").filter(pk=number).first()

    def revoke(self, *, by: Any = None) -> int:
        """End those that are not ended; how many. One query, and one to log each."""
        with transaction.atomic():
            ending = list(self.filter(revoked_at=None).select_related("article"))
            for link in ending:
                log("share_link_revoked", link.article, by=by, before=link.for_the_log)
            return ShareLink.objects.filter(pk__in=[link.pk for link in ending]).update(revoked_at=timezone.now())


def _ends() -> Any:
    """Versions of the link's article that ended by now with no other to follow: it was taken from the readers then."""
    at_that_moment = PublishedArticle.objects.filter(
        Q(live_until=None) | Q(live_until__gt=OuterRef("live_until")),
        article=OuterRef("article"),
        live_from__lte=OuterRef("live_until"),
    )
    ended = PublishedArticle.objects.filter(article=OuterRef("article"), live_until__lte=timezone.now())
    return ended.filter(~Exists(at_that_moment))


def end_links_of_ended(article: Any) -> None:
    """Before publishing removes the row that says when the article ended, end for good what ended with it. One query."""
    article.share_links.with_takedown().filter(was_taken_down=True).revoke()


class ShareLink(models.Model):
    """Shows one kept revision, or follows the working copy. Ends by itself, at once when it is revoked, and when the
    article is taken from the readers.

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

    objects: ClassVar[models.Manager[Any]] = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"link {self.pk} to article {self.article_id}"

    @property
    def token(self) -> str:
        return _signer.sign(str(self.pk))

    @property
    def for_the_log(self) -> dict[str, Any]:
        """Which link, never its address: whoever reads the log could open it."""
        shows = f"revision {self.revision_id}" if self.revision_id else "the working copy"
        return {"link": self.pk, "for": self.note, "shows": shows, "until": self.expires_at}

    def get_absolute_url(self) -> str:
        return reverse("shared", args=[self.token])

    @property
    def state(self) -> str:
        """Why it works no more; '' while it does. Needs `with_takedown`."""
        if self.revoked_at:
            return "Revoked"
        if self.was_taken_down:  # type: ignore[attr-defined]
            return "Ended: the article was taken down"
        return "Expired" if self.expires_at <= timezone.now() else ""

    def count_use(self) -> None:
        """Counted in the database: two readers at once are two."""
        ShareLink.objects.filter(pk=self.pk).update(uses=F("uses") + 1, last_used_at=timezone.now())
