"""Whatever people do, in whatever order, with whatever time between: readers, the desk and what is announced agree.

A small picture of what should be (`Told`) is kept beside the articles, by the rules of the verbs' docstrings. After
each step both are compared.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles.announcing.running import run
from articles.models import Announcement, Article, Byline, PublishedArticle, Section
from articles.models.status import Status
from articles.models.timelines import Timelines
from authors.models import Author
from newsroom.models import AuditEntry

from .settled import assert_settled

# To shrink an example takes minutes, and the sequence is readable without: add Phase.shrink to look into one.
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
BEGIN = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
# Whole hours, so that moments often meet; and a second to either side.
spans = st.integers(1, 6).map(lambda hours: timedelta(hours=hours))
ends = st.none() | st.integers(-1, 8).map(lambda hours: timedelta(hours=hours))
WORDS = ["venice", "noir", "lagoon", "orchard"]


class Time:
    now = BEGIN


@dataclass(frozen=True)
class Window:
    headline: str
    start: datetime
    until: datetime | None

    def is_live(self, at: datetime) -> bool:
        return self.start <= at and (self.until is None or at < self.until)


@dataclass
class Told:
    """What readers should have, and will have, if the last words of each verb count."""

    live: Window | None = None
    plan: Window | None = None
    was_seen: bool = False

    def time_passes(self, now: datetime) -> None:
        self.was_seen = self.was_seen or self.live is not None
        if self.plan and self.plan.start <= now:
            self.live, self.plan, self.was_seen = self.plan, None, True
        if self.live and not self.live.is_live(now):
            self.live = None

    def published(self, new: Window, now: datetime) -> None:
        if new.start > now:
            self.unscheduled()
            if self.live and (self.live.until is None or self.live.until > new.start):
                self.live = Window(self.live.headline, self.live.start, new.start)
            self.plan = new
            return
        if self.plan and new.is_live(now):
            new = self.beside_the_plan(self.plan, new)
        if self.plan and (new.until is None or new.until > self.plan.start):
            new = Window(new.headline, new.start, self.plan.start)
        self.was_seen = self.was_seen or new.start < now
        self.live = new if new.is_live(now) else None

    def beside_the_plan(self, plan: Window, new: Window) -> Window:
        """The plan stays where it alone changed the headline. Else it is held or has nothing to add: it goes, and
        leaves its end.
        """
        base = self.live.headline if self.live else None
        if base == new.headline != plan.headline:
            return new
        self.unscheduled()
        return Window(new.headline, new.start, new.until or plan.until)

    def unscheduled(self) -> None:
        if self.plan and self.live and self.live.until == self.plan.start:
            self.live = Window(self.live.headline, self.live.start, self.plan.until)
        self.plan = None

    def boundaries(self) -> list[tuple[str, datetime]]:
        found = []
        follows = bool(self.plan and self.live and self.live.until == self.plan.start)
        if self.plan:
            found.append(("replaced" if follows else "appeared", self.plan.start))
            found += [("ended", self.plan.until)] if self.plan.until else []
        if self.live and self.live.until and not follows:
            found.append(("ended", self.live.until))
        return sorted(found, key=lambda one: one[1])


class Desk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        Time.now = BEGIN

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        section = Section.objects.create(name="Film", slug="film")
        self.editor = User.objects.create_superuser("rosa")
        writer = User.objects.create_superuser("kit")
        self.article = Article.objects.create(
            headline="0", body="<p>Text.</p>", section=section, created_by=writer, slug="story"
        )
        Byline.objects.create(article=self.article, author=Author.objects.create(name="Inês"))
        self.told = Told()
        self.saves = 0
        self.settled = Time.now

    # --- what people do --------------------------------------------------------------------------------------

    def moves(self, move: Callable[[], Any], most: int = 1) -> Any:
        """Done, it left a revision and as many entries in the log, where it touches what is planned `most`; refused or
        idle, it left nothing at all.
        """
        before = self.traces()
        settle = Timelines.settle
        settled = []

        def noted(timelines: Timelines, now: datetime, *written: Any) -> None:
            settled.append(now)
            settle(timelines, now, *written)

        try:
            with patch.object(Timelines, "settle", noted):
                done = move()
        except ValidationError:
            done = False
        kept, logged = (now - then for now, then in zip(self.traces(), before, strict=True))
        self.settled = (
            settled[-1] if settled and done is not False else self.settled
        )  # not by what only moves it over the desk
        assert kept == logged
        assert 1 <= kept <= most if done is not False else kept == 0
        return done

    def traces(self) -> list[int]:
        return [self.article.revisions.exclude(by=None).count(), AuditEntry.objects.count()]

    @rule()
    def save(self) -> None:
        self.saves += 1
        self.article.headline = str(self.saves)
        self.article.body = f"<p>Text on {WORDS[self.saves % len(WORDS)]} and {WORDS[self.saves % 3]}.</p>"
        self.article.save()
        self.article.tags.set(WORDS[self.saves % len(WORDS)])  # one tag for each letter
        self.moves(lambda: self.article.record("saved", by=self.editor))  # as the form does

    @rule(pick=st.integers(0, 30))
    def restore(self, pick: int) -> None:
        kept = list(self.article.revisions.order_by("number"))
        if kept:
            self.moves(lambda: self.article.restore(kept[pick % len(kept)], by=self.editor).revision or False)

    @rule()
    def submit(self) -> None:
        self.moves(lambda: self.article.submit(by=self.editor))

    @rule()
    def approve(self) -> None:
        self.moves(lambda: self.article.approve(by=self.editor))

    @rule()
    def send_back(self) -> None:
        self.moves(lambda: self.article.send_back(by=self.editor, note="More."))

    @rule(lasts=ends)
    def publish(self, lasts: timedelta | None) -> None:
        self.publish_at(None, lasts)

    @rule(later=spans, lasts=ends)
    def schedule(self, later: timedelta, lasts: timedelta | None) -> None:
        self.publish_at(Time.now + later, lasts)

    @rule(earlier=spans, lasts=ends)
    def back_date(self, earlier: timedelta, lasts: timedelta | None) -> None:
        self.publish_at(Time.now - earlier, lasts)

    def publish_at(self, at: datetime | None, lasts: timedelta | None) -> None:
        start = at or Time.now
        until = None if lasts is None else start + lasts
        headline = Article.objects.get(pk=self.article.pk).headline
        fixing_since = self.article.fixing_since
        if self.moves(lambda: self.article.publish(by=self.editor, at=at, until=until), most=2):
            self.told.published(Window(headline, start, until), Time.now)
        else:
            assert fixing_since or (until is not None and until <= start)

    @rule()
    def begin_fix(self) -> None:
        may = bool(self.told.live and self.told.plan and not self.article.fixing_since)
        assert self.moves(lambda: self.article.begin_fix(by=self.editor)) is (None if may else False)
        if may and self.told.live:
            assert self.article.headline == self.told.live.headline

    @rule()
    def end_fix(self) -> None:
        may = bool(self.article.fixing_since)
        assert self.moves(lambda: self.article.end_fix(by=self.editor)) is (None if may else False)

    @rule()
    def carry_fix(self) -> None:
        self.moves(lambda: self.article.carry_fix(by=self.editor))

    @rule()
    def take_up_held(self) -> None:
        may = bool(self.article.held_id and not self.article.fixing_since)
        done = self.moves(lambda: self.article.take_up_held(by=self.editor))
        assert (done is not False) == may

    @rule()
    def discard_held(self) -> None:
        may = bool(self.article.held_id)
        assert self.moves(lambda: self.article.discard_held(by=self.editor)) is (None if may else False)

    @rule()
    def withdraw(self) -> None:
        done = self.moves(lambda: self.article.withdraw(by=self.editor))
        assert done == bool(self.told.live or self.told.plan)
        self.told = Told(was_seen=self.told.was_seen)

    @rule()
    def unschedule(self) -> None:
        done = self.moves(lambda: self.article.unschedule(by=self.editor))
        assert done == bool(self.told.plan)
        self.told.unscheduled()

    @rule(later=spans)
    def move_the_plan(self, later: timedelta) -> None:
        at, plan, live = Time.now + later, self.told.plan, self.told.live
        follows = bool(plan and live and live.until == plan.start)
        own_end = live.until if live and not follows else None
        may = bool(plan and at != plan.start and (plan.until is None or at < plan.until))
        may = may and not (own_end and at <= own_end)
        is_same = bool(plan and at == plan.start)
        done = self.moves(lambda: False if is_same else self.article.reschedule(by=self.editor, at=at))
        assert (done is not False) == may
        if plan and may:
            self.told.plan = replace(plan, start=at)
            self.told.live = replace(live, until=at) if live and follows else live

    @rule(later=spans)
    def move_the_end(self, later: timedelta) -> None:
        until, plan, live = Time.now + later, self.told.plan, self.told.live
        ends = [one for one in (live, plan) if one and one.until and not (plan and one.until == plan.start)]
        ending = min(ends, key=lambda one: one.until or one.start, default=None)
        may = bool(ending and until not in (ending.until, ending.start) and until > ending.start)
        may = may and not (plan and plan is not ending and until >= plan.start)
        is_same = bool(ending and until == ending.until)
        done = self.moves(lambda: False if is_same else self.article.reschedule_end(by=self.editor, until=until))
        assert (done is not False) == may
        if ending and may and ending is plan:
            self.told.plan = replace(plan, until=until)
        elif ending and may:
            self.told.live = replace(ending, until=until)

    @rule(span=spans | st.sampled_from([timedelta(seconds=1), timedelta(microseconds=1), timedelta(minutes=59)]))
    def wait(self, span: timedelta) -> None:
        Time.now += span
        self.told.time_passes(Time.now)
        self.article.forget_status()

    @rule()
    @precondition(lambda self: hasattr(self, "article"))
    def announce(self) -> None:
        run()
        assert not Announcement.objects.ready(Time.now).exists()
        self.settled = Time.now

    # --- what always holds -----------------------------------------------------------------------------------

    @invariant()
    def readers_see_what_was_published_last_and_has_not_ended(self) -> None:
        live = [one.headline for one in PublishedArticle.objects.live()]
        assert live == ([self.told.live.headline] if self.told.live else [])

    @invariant()
    def nothing_is_or_will_be_live_twice_and_all_comes_as_planned(self) -> None:
        versions = list(PublishedArticle.objects.all())
        assert len(versions) <= 3
        moments = {one.live_from for one in versions} | {one.live_until for one in versions if one.live_until}
        for moment in {shift + edge for shift in moments for edge in (timedelta(0), -timedelta(microseconds=1))}:
            there = [one.headline for one in versions if one.is_live(moment)]
            assert len(there) <= 1
            if moment >= Time.now:
                windows = [one for one in (self.told.live, self.told.plan) if one]
                assert there == [one.headline for one in windows if one.is_live(moment)]

    @invariant()
    def what_waits_to_be_told_is_what_lies_ahead(self) -> None:
        waiting = Announcement.objects.waiting().filter(due_at__gt=Time.now).order_by("due_at")
        assert list(waiting.values_list("what", "due_at")) == self.told.boundaries()

    @invariant()
    def what_finds_related_articles_is_dated_and_counted(self) -> None:
        assert_settled(Time.now, self.settled)

    @invariant()
    def the_status_says_what_readers_see(self) -> None:
        article = Article.objects.get(pk=self.article.pk)
        if self.told.live:
            shown = PublishedArticle.objects.live().get()
            expected = Status.PUBLISHED if shown.version == article.version else Status.CHANGED
        elif self.told.plan:
            expected = Status.SCHEDULED
        else:
            expected = Status.WITHDRAWN if self.told.was_seen else Status(article.stage_now.value)
        assert article.status == expected
        assert self.article.status == expected  # the object that the verbs were called on knows it, too
        assert list(Article.objects.having_status(expected)) == [article]


@pytest.mark.django_db
def test_any_sequence_of_moves_leaves_readers_desk_and_announcements_agreed(monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: Time.now)
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            phases=UNSHRUNK,
            suppress_health_check=list(HealthCheck),
        ),
    )
