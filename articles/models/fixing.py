"""Fixing: putting right what readers see now while an update of it is planned. And what becomes of a held update.

The working copy is one, so it changes places: it becomes what readers see, is put right and published, and then is the
update again, with the fix in it. Each state is a Revision, so that nothing is lost on the way.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.roles import Act

from .beside import Beside, Fate
from .hotfix import merge, same
from .permits import require
from .published import PublishedArticle
from .restoring import put_back
from .revisions import Revision
from .snapshots import Snapshot
from .tags.order.kept import today

if TYPE_CHECKING:
    from .article import Article
    from .shown import Shown


class Fixing(models.Model):
    """`fixing_since`: the working copy is, since then, what readers see; `fixing_from` is the number of the revision
    that it goes back to. `held`: the update that was taken out of the plan and waits for a decision.
    """

    fixing_since = models.DateTimeField(null=True, blank=True, editable=False)
    fixing_from = models.PositiveIntegerField(null=True, blank=True, editable=False)
    held = models.ForeignKey(
        "articles.Revision", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    # What the last `publish` of this object did with the plan, for who tells people.
    beside: Beside | None = None

    class Meta:
        abstract = True

    @property
    def overtaken_at(self: "Article") -> datetime | None:  # type: ignore[misc]
        """When the update went live during the fix; None when it did not. One query while fixing."""
        if self.fixing_since is None:
            return None
        live = PublishedArticle.objects.live().filter(article_id=self.pk, live_from__gt=self.fixing_since)
        return live.values_list("live_from", flat=True).first()

    def begin_fix(self: "Article", *, by: Any = None) -> None:  # type: ignore[misc]
        """The working copy becomes what readers see. Raises ValidationError when there is nothing to fix beside a
        plan. This object is read anew.
        """
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.CHANGE, working)
            versions = PublishedArticle.objects.filter(article_id=working.pk)
            live = versions.live().select_related("section").first()
            if working.fixing_since:
                raise ValidationError("It is being fixed already.", code="fixing")
            if live is None or not versions.filter(live_from__gt=timezone.now()).exists():
                raise ValidationError("Nothing is planned for it: just change it and publish.", code="fixing")
            begun_from = _keep(working)
            put_back(working, Snapshot.of_published(live))
            working.refresh_from_db()
            working.record(Revision.Event.RESTORED, by=by, note="what readers see, to be fixed")
            _set(working, fixing_since=timezone.now(), fixing_from=begun_from.number)
        self._read_anew()

    def end_fix(self: "Article", *, by: Any = None) -> None:  # type: ignore[misc]
        """Back to the update; what was written of the fix stays in the history."""
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.CHANGE, working)
            begun_from = _expect_fixing(working)
            _keep(working)
            put_back(working, Snapshot.read(begun_from.data))
            working.refresh_from_db()
            working.record(Revision.Event.RESTORED, by=by, note=f"back to the update, from {begun_from.number}")
            _set(working, fixing_since=None, fixing_from=None)
        self._read_anew()

    def carry_fix(self: "Article", *, by: Any = None) -> tuple[str, ...]:  # type: ignore[misc]
        """The update went live during the fix: put the fix into it. The names of what both had changed, where the
        update's words stand now. Publish shows it to readers.
        """
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.CHANGE, working)
            _expect_fixing(working)
            live = PublishedArticle.objects.live().filter(article_id=working.pk).select_related("section").first()
            fixed = None if live is None else working.published_versions.filter(live_until=live.live_from).first()
            if live is None or fixed is None:
                raise ValidationError("The update is not live any more. Go back to it, and publish.", code="fixing")
            of_fix = _keep(working)
            merged = merge(Snapshot.of_published(fixed), Snapshot.of_article(working), Snapshot.of_published(live))
            put_back(working, merged.planned)
            working.refresh_from_db()
            working.record(Revision.Event.RESTORED, by=by, note=f"the update, with the fix of {of_fix.number} in it")
            _set(working, fixing_since=None, fixing_from=None)
        self._read_anew()
        return merged.clashes

    # --- what publishing asks and does --------------------------------------------------------------------------

    def check_fix(self: "Article", shown: "Shown", start: datetime) -> None:  # type: ignore[misc]
        """Raise ValidationError when publishing would plan the fix, or take back the update that went live meanwhile."""
        if errors := fix_errors(self, plans=start > shown.now):
            raise ValidationError(errors, code="fixing")

    def after_publishing(  # type: ignore[misc]
        self: "Article",
        beside: Beside | None,
        called: "Article",
        published: PublishedArticle,
        revision: Revision,
        *,
        by: Any,
    ) -> None:
        """Settle the plan, and give a fixer the update back. `self` is the locked row."""
        begun_from = self.revisions.filter(number=self.fixing_from or 0).first() if self.fixing_since else None
        self.stop_fixing(called)
        called.beside = beside
        if beside is None:
            return
        beside.settle(self, published, revision, by=by)
        called.held_id = self.held_id
        if beside.fate is Fate.KEPT and begun_from is not None:
            self._resume(beside, Snapshot.read(begun_from.data), by)
            called.refresh_from_db()
        elif beside.fate is Fate.KEPT:
            beside.keep_as_planned(self, by=by)

    def stop_fixing(self: "Article", called: "Article") -> None:  # type: ignore[misc]
        """There is no update to go back to any more, or the fix is out. The working copy stays as it is."""
        _set(self, fixing_since=None, fixing_from=None)
        called.fixing_since = called.fixing_from = None

    def _resume(self: "Article", beside: Beside, work: Snapshot, by: Any) -> None:  # type: ignore[misc]
        """The working copy is the update again. What was written beyond the plan comes back, too, where the fix did
        not touch the same; else it stays in the history.
        """
        assert beside.base is not None
        beyond = merge(beside.base, beside.fix, work)
        is_plan = same(work, beside.before) or bool(beyond.clashes)
        if not is_plan:
            beside.keep_as_planned(self, by=by)
        put_back(self, beside.merged.planned if is_plan else beyond.planned)
        self.refresh_from_db()
        if is_plan:
            PublishedArticle.objects.filter(pk=beside.plan.pk).update(version=self.version)
            self.record(Revision.Event.SCHEDULED, by=by, note="the update, with the fix in it")
        else:
            self.record(Revision.Event.RESTORED, by=by, note="the work on the update, with the fix in it")

    # --- a held update ------------------------------------------------------------------------------------------

    def set_held(self: "Article", revision: Revision | None) -> None:  # type: ignore[misc]
        _set(self, held_id=revision.pk if revision else None)

    def take_up_held(self: "Article", *, by: Any = None) -> datetime | None:  # type: ignore[misc]
        """The held update becomes the working copy, to be scheduled again; with what was published since, as far as
        it did not touch the same. The time it was planned for.
        """
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.CHANGE, working)
            held = _expect_held(working)
            if working.fixing_since:
                raise ValidationError("Publish the fix first, or go back to the update.", code="fixing")
            _keep(working)
            put_back(working, _with_what_came_since(working, held))
            working.refresh_from_db()
            working.record(Revision.Event.RESTORED, by=by, note=f"from {held.number}, which was held")
            working.set_held(None)
        self._read_anew()
        planned = held.data.get("held", {}).get("from")
        return parse_datetime(planned) if isinstance(planned, str) else None

    def discard_held(self: "Article", *, by: Any = None) -> None:  # type: ignore[misc]
        """It is not to go out any more. It stays in the history."""
        with transaction.atomic():
            working = _locked(self)
            require(by, Act.PUBLISH, working)
            held = _expect_held(working)
            working.set_held(None)
            working.record(Revision.Event.UNSCHEDULED, by=by, note=f"{held.number}, which was held, is discarded")
        self._read_anew()

    def _read_anew(self: "Article") -> None:  # type: ignore[misc]
        self.refresh_from_db()
        self.forget_status()


def fix_errors(article: "Article", *, plans: bool) -> list[str]:
    """Sentences on why a fix can't be planned or published now. Two queries while fixing, else none."""
    if article.fixing_since is None:
        return []
    if plans:
        return ["You are fixing what readers see now: publish the fix, or go back to the update to schedule it."]
    if article.overtaken_at:
        return [
            "The update went live while you were fixing the version before it. Publishing this would take the update "
            "back: put the fix into the update, or go back to it."
        ]
    return []


def _locked(article: "Article") -> "Article":
    return type(article).objects.select_for_update(of=("self",)).select_related("section").get(pk=article.pk)


def _keep(working: "Article") -> Revision:
    """The revision of the working copy as it is; a new one when there is none."""
    kept = working.revisions.filter(version=working.version).order_by("-number").first()
    if kept is not None and same(today(Snapshot.read(kept.data)), Snapshot.of_article(working)):
        return kept
    return working.record(Revision.Event.SAVED)


def _expect_fixing(working: "Article") -> Revision:
    if working.fixing_since is None:
        raise ValidationError("It is not being fixed any more; the form below is the newest.", code="fixing")
    return working.revisions.get(number=working.fixing_from or 0)


def _expect_held(working: "Article") -> Revision:
    if working.held is None:
        raise ValidationError("No version of it is held any more.", code="held")
    return working.held


def _with_what_came_since(working: "Article", held: Revision) -> Snapshot:
    """Else scheduling it again would take back, unseen, what was put right after it was held."""
    plan = today(Snapshot.read(held.data))
    live = PublishedArticle.objects.live().filter(article_id=working.pk).first()
    against = working.revisions.filter(number=held.data.get("held", {}).get("against")).first()
    if live is None or against is None:
        return plan
    return merge(today(Snapshot.read(against.data)), Snapshot.of_published(live), plan).planned


def _set(working: "Article", **columns: Any) -> None:
    """By column: none of this is content."""
    changed = {name: value for name, value in columns.items() if getattr(working, name) != value}
    if changed:
        type(working).objects.filter(pk=working.pk).update(**changed)
        for name, value in changed.items():
            setattr(working, name, value)
