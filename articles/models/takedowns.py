"""Takedown: an article that must not be read, taken from everywhere in one act, with the reason kept.

Withdrawing is the newsroom's own business; a takedown is what a lawyer, a court or an editor in chief demands. Until it
is lifted the article can't go out by any way.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from articles.roles import Act
from newsroom import pagecache

from . import gate
from .announcements import Announcement, plan
from .notifications import Notification
from .overriding import keep_override, settled
from .published import PublishedArticle
from .shown import Shown
from .timelines import Timelines
from .workflow import Workflow

if TYPE_CHECKING:
    from .article import Article


class Takedown(models.Model):
    """`reason` is for the desk, `notice` for readers. `version` is what was live, with the end that it had."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="takedowns")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(max_length=1000)
    notice = models.TextField(max_length=500, blank=True)
    version = models.ForeignKey(PublishedArticle, null=True, on_delete=models.SET_NULL, related_name="+")
    live_until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(lifted_at=None), name="taken_down_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.article}, {self.at:%Y-%m-%d}"


class TakingDown(Workflow):
    """`taken_down_at` says on the article's own row what its open takedown says: every list asks it."""

    advice: Sequence[str] = ()  # as in Publishing
    taken_down_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def take_down(self: "Article", *, by: Any = None, reason: str, notice: str = "") -> None:  # type: ignore[misc]
        """From every reader, list, link and cache at once; its addresses answer 410, with the notice if there is one.

        What is planned is dropped, share links end, its writers are told. Raises ValidationError without a reason,
        for what readers never saw, and for what is down already.
        """
        if not reason.strip():
            raise ValidationError({"reason": "Say why: whoever is asked about it later needs to know."})
        with self._moving(Act.TAKE_DOWN, by) as move:
            working = move.article
            if working.taken_down_at:
                raise ValidationError("It is taken down already.", code="stage")
            shown = Shown(working, timezone.now())
            if not shown.live and not shown.ended:
                raise ValidationError("Readers never saw it: cancel its schedule or delete it instead.", code="stage")
            keys = shown.keys() | shown.link_keys(None)
            timelines = Timelines.of(working, shown.versions)
            live = shown.live[0] if shown.live else None
            shown.drop_planned()
            working.stop_fixing(self)
            Takedown.objects.create(
                article=working, by=by, at=shown.now, reason=reason.strip()[:1000], notice=notice.strip()[:500],
                version=live, live_until=live.live_until if live else None,
            )  # fmt: skip
            if live is not None:
                PublishedArticle.objects.filter(pk=live.pk).update(live_until=shown.now)
            timelines.settle(shown.now)
            working.share_links.revoke(by=by)
            move.set(taken_down_at=shown.now)
            move.keep("taken_down", reason)
            move.tell(move.writers(), Notification.Kind.TAKEN_DOWN, reason)
            ended = Announcement.What.TAKEN_DOWN
            plan(working, keys, now=shown.now, at_once=live is not None, by=by, ended=ended)
            pagecache.purge(*keys)

    def bring_back(  # type: ignore[misc]
        self: "Article", *, by: Any = None, note: str = "", override: str = ""
    ) -> bool:
        """Lift the takedown: readers get the version that they had, as it was. False when nothing was live then, or
        its time has ended meanwhile: then it is withdrawn. Raises ValidationError when it is not down, when another
        article has its address by now, and when the gate refuses it as of today, like for a picture whose rights have
        ended since (`override` as in `publish`).
        """
        with self._moving(Act.TAKE_DOWN, by) as move:
            working, now = move.article, timezone.now()
            down = working.takedowns.filter(lifted_at=None).select_related("version").first()
            if down is None:
                raise ValidationError("It is not taken down.", code="stage")
            version = down.version
            passed = gate.Passed()
            timelines = Timelines.of(working, Shown(working, now).versions)
            returns = version is not None and (down.live_until is None or down.live_until > now)
            if version is not None and returns:
                if version.slug and gate.address_is_taken(version):
                    raise ValidationError("Readers know another article by its address now. Change that one first.")
                known = settled(working, version.version) if by is not None else []
                passed = gate.check(version, now, down.live_until, by=by, override=override, settled=known)
                PublishedArticle.objects.filter(pk=version.pk).update(live_until=down.live_until)
            Takedown.objects.filter(pk=down.pk).update(lifted_at=now, lifted_by=by)
            move.set(taken_down_at=None)
            if passed.overridden:
                note = keep_override(working, {}, passed.overridden, override, note, by=by)
            move.keep("brought_back", note)
            timelines.settle(now)
            keys = Shown(working, now).keys()
            plan(working, keys, now=now, at_once=bool(returns), by=by)
            pagecache.purge(*keys)
        self.advice = passed.advice
        return bool(returns)


def notice_of(article_id: int) -> str | None:
    """What readers are told where the article was; None while it is not taken down, '' without a notice. One query."""
    found = Takedown.objects.filter(article=article_id, lifted_at=None).values_list("notice", flat=True).first()
    return found
