"""What becomes of the planned version when another one is published before its time. Part of `publish`.

Nothing is overwritten and nothing cancelled unsaid: the plan takes the fix in and stays (KEPT), or has nothing to add
any more (DONE), or both changed one thing differently and it is taken out of the plan until a person decides (HELD).
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import get_text_list

from articles.roles import Act
from newsroom.models import Redirect
from newsroom.models.redirects import decoded

from .bylines import PublishedByline
from .corrections import PublishedCorrection
from .hotfix import Merged, merge, same
from .notifications import Notification, notify, people_who_may
from .pictures import PublishedPicture, keep_published_pictures
from .published import PublishedArticle
from .related.terms import PublishedTerm, found_in, rows_for
from .revisions import Revision
from .searching.keeping import forget as search_forgets
from .snapshots import Snapshot
from .tags.order.resolving import held, once
from .tags.tagging import PublishedTag

if TYPE_CHECKING:
    from .article import Article
    from .shown import Shown


class Fate(Enum):
    KEPT = "kept"
    DONE = "done"
    HELD = "held"


@dataclass(frozen=True)
class Beside:
    """The plan at the moment of a publishing. `base` is what readers saw until then, None for nothing."""

    plan: PublishedArticle
    before: Snapshot
    base: Snapshot | None
    fix: Snapshot
    merged: Merged
    fate: Fate

    @classmethod
    def of(cls, shown: "Shown", kept: dict[str, Any]) -> "Beside | None":
        """None when nothing is planned. Six queries at most; writes nothing."""
        if not shown.planned:
            return None
        plan, fix = shown.planned[0], Snapshot.read(kept)
        before = Snapshot.of_published(plan)
        if not shown.live:
            # The plan was to bring the article to the readers, and now it is there.
            return cls(plan, before, None, fix, Merged(fix, ()), Fate.DONE)
        base = Snapshot.of_published(shown.live[-1])
        merged = merge(base, fix, before)
        fate = Fate.HELD if merged.clashes else Fate.DONE if same(merged.planned, fix) else Fate.KEPT
        return cls(plan, before, base, fix, merged, fate)

    def settle(self, working: "Article", published: PublishedArticle, revision: Revision, *, by: Any) -> None:
        """After the fix was written as `published` and kept as `revision`. Under the article's lock. What was DONE
        leaves no trace but in the note of that revision (`note`).
        """
        if self.fate is Fate.HELD:
            self._hold(working, revision, by)
        elif self.fate is Fate.KEPT:
            if self.plan.updated_at != self.plan.live_from:
                # A minor plan moves no time of its own: it tells of the last change that readers knew, which is new.
                PublishedArticle.objects.filter(pk=self.plan.pk).update(updated_at=published.updated_at)
            if not same(self.merged.planned, self.before):
                put_into_plan(self.plan, self.merged.planned, working.key)

    def keep_as_planned(self, working: "Article", *, by: Any) -> None:
        """A revision of the plan with the fix in it, where the working copy is something else."""
        if not same(self.merged.planned, self.before):
            note = f"with what was published now, from {_local(self.plan.live_from)}"
            data = self.merged.planned.as_data()
            working.record(Revision.Event.SCHEDULED, by=by, note=note, data=data, version=self.plan.version)

    @property
    def note(self) -> str:
        return f"in place of what was planned for {_local(self.plan.live_from)}" if self.fate is Fate.DONE else ""

    @property
    def clashing(self) -> str:
        return get_text_list(list(self.merged.clashes), "and")

    def _hold(self, working: "Article", fix: Revision, by: Any) -> None:
        held = {
            "from": self.plan.live_from,
            "until": self.plan.live_until,
            "clashes": list(self.merged.clashes),
            "against": fix.number,
        }
        note = f"planned for {_local(self.plan.live_from)}; also changed: {self.clashing}"
        revision = working.record(
            Revision.Event.HELD, by=by, note=note, version=self.plan.version,
            data={**self.merged.planned.as_data(), "held": held},
        )  # fmt: skip
        working.set_held(revision)
        scheduled = working.revisions.filter(event=Revision.Event.SCHEDULED, version=self.plan.version)
        last = scheduled.select_related("by").order_by("-number").first()
        who = last.by if last is not None else None
        people = [who] if who is not None and who.is_active else people_who_may(Act.PUBLISH, working)
        text = f"It was planned for {_local(self.plan.live_from)}. Also changed by what was published now: {self.clashing}."
        notify(people, Notification.Kind.HELD, working, by=by, text=text)


def put_into_plan(plan: PublishedArticle, new: Snapshot, key: str) -> None:
    """Make the planned row say this. Its window and whatever else publishing wrote into it stay as they are."""
    old_address = plan.get_absolute_url()
    for name, value in new.content.items():
        setattr(plan, name, value)
    tags = once(new.tags, held(new.tags))
    [found] = found_in([plan], [len(tags)])
    # Past save(), which would tidy once more: both halves went through that door.
    PublishedArticle.objects.filter(pk=plan.pk).update(**new.content, key_terms=found.written())
    for rows in (
        PublishedTag.objects.filter(content_object=plan),
        plan.term_items.all(),
        plan.bylines.all(),
        plan.corrections.all(),
    ):
        rows.delete()
    PublishedPicture.objects.filter(published=plan).delete()
    when = {"published_at": plan.published_at}
    PublishedTag.objects.bulk_create(PublishedTag(content_object=plan, tag_id=pk, **when) for pk in tags)
    PublishedTerm.objects.bulk_create(rows_for(plan, found))
    PublishedByline.objects.bulk_create(PublishedByline(published=plan, **asdict(one), **when) for one in new.bylines)
    PublishedCorrection.objects.bulk_create(
        PublishedCorrection(published=plan, **asdict(one)) for one in new.corrections
    )
    keep_published_pictures(plan)
    search_forgets(plan.pk)
    if (address := plan.get_absolute_url()) != old_address:
        Redirect.objects.filter(key=key, path=decoded(old_address), since__gt=timezone.now()).delete()
        Redirect.remember([address], key, since=plan.live_from)


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M %Z}"
