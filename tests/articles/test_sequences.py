"""Whatever people do to an article, and in whatever order: readers see what was last published and has not ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles.models import Article, PublishedArticle, Section
from articles.models.status import Status

BEGUN = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTES = st.integers(1, 500)
ENDS = st.none() | MINUTES


class Plan:
    """What readers should see, told by the plainest model there is: a list of (from, until, headline)."""

    def __init__(self) -> None:
        self.versions: list[tuple[datetime, datetime | None, str]] = []

    def publish(self, now: datetime, start: datetime, until: datetime | None, headline: str) -> None:
        later = [one for one in self.versions if one[0] > now]
        if start > now:
            self.unschedule(now)
        elif later and (until is None or until > later[0][0]):
            until = later[0][0]
        kept = []
        for begins, ends, words in self.versions:
            if begins > now and start <= now:
                kept.append((begins, ends, words))  # what is planned stays planned
            elif begins < start:
                kept.append((begins, start if ends is None or ends > start else ends, words))
        self.versions = sorted([*kept, (start, until, headline)])

    def withdraw(self, now: datetime) -> None:
        self.versions = [
            (begins, now if ends is None or ends > now else ends, words)
            for begins, ends, words in self.versions
            if begins <= now
        ]

    def unschedule(self, now: datetime) -> None:
        later = [one for one in self.versions if one[0] > now]
        self.versions = [
            (begins, later[0][1] if later and ends == later[0][0] and (ends and ends > now) else ends, words)
            for begins, ends, words in self.versions
            if begins <= now
        ]

    def seen(self, now: datetime) -> str | None:
        found = [words for begins, ends, words in self.versions if begins <= now and (ends is None or now < ends)]
        assert len(found) <= 1
        return found[0] if found else None


class Desk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = BEGUN
        self.clock = patch("django.utils.timezone.now", lambda: self.now)
        self.clock.start()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.count, self.moves = 0, 0
        self.plan = Plan()

    @initialize()
    def begin(self) -> None:
        section, _ = Section.objects.get_or_create(slug="film", defaults={"name": "Film"})
        self.article = Article.objects.create(headline="Version 0", slug="story", section=section)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.clock.stop()

    @contextmanager
    def move(self, leaves: int = 1) -> Iterator[None]:
        """Every move leaves a Revision, one that is refused leaves nothing."""
        before = self.article.revisions.count()
        try:
            yield
        except ValidationError:
            assert self.article.revisions.count() == before
        else:
            assert self.article.revisions.count() == before + leaves
        self.article = Article.objects.get(pk=self.article.pk)

    @rule(minutes=MINUTES)
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def write(self) -> None:
        self.count += 1
        self.article.headline = f"Version {self.count}"
        self.article.save()

    @rule(until=ENDS)
    def publish(self, until: int | None) -> None:
        end = self.now + timedelta(minutes=until) if until else None
        with self.move():
            self.article.publish(until=end)
            self.plan.publish(self.now, self.now, end, self.article.headline)
        self.now += timedelta(seconds=1)  # two versions can't begin at one moment

    @rule(after=MINUTES, until=ENDS)
    def schedule(self, after: int, until: int | None) -> None:
        start = self.now + timedelta(minutes=after)
        end = start + timedelta(minutes=until) if until else None
        with self.move():
            self.article.publish(at=start, until=end)
            self.plan.publish(self.now, start, end, self.article.headline)

    @rule(before=MINUTES)
    def publish_back_dated(self, before: int) -> None:
        start = self.now - timedelta(minutes=before)
        with self.move():
            self.article.publish(at=start)
            self.plan.publish(self.now, start, None, self.article.headline)

    @rule()
    def withdraw(self) -> None:
        had_any = self.plan.seen(self.now) is not None or any(one[0] > self.now for one in self.plan.versions)
        with self.move(leaves=1 if had_any else 0):
            assert self.article.withdraw() == had_any
            self.plan.withdraw(self.now)

    @rule()
    def unschedule(self) -> None:
        had_any = any(one[0] > self.now for one in self.plan.versions)
        with self.move(leaves=1 if had_any else 0):
            assert self.article.unschedule() == had_any
            self.plan.unschedule(self.now)

    @rule()
    def submit(self) -> None:
        with self.move():
            self.article.submit()

    @rule()
    def approve(self) -> None:
        with self.move():
            self.article.approve()

    @rule()
    def send_back(self) -> None:
        with self.move():
            self.article.send_back(note="Once more, please")

    @rule(data=st.data())
    def restore(self, data: Any) -> None:
        kept = list(self.article.revisions.all())
        if kept:
            made = self.article.restore(data.draw(st.sampled_from(kept))).revision
            self.article = Article.objects.get(pk=self.article.pk)
            assert made is None or made.event == "restored"

    @invariant()
    def readers_see_what_was_published_last_and_has_not_ended(self) -> None:
        if not hasattr(self, "article"):
            return
        for moment in {self.now, *(self.now + timedelta(minutes=step) for step in (1, 100, 400, 5000))}:
            live = list(PublishedArticle.objects.live(moment).values_list("headline", flat=True))
            wanted = self.plan.seen(moment)
            assert live == ([wanted] if wanted else []), moment - BEGUN

    @invariant()
    def the_status_says_what_readers_see(self) -> None:
        if not hasattr(self, "article"):
            return
        seen, status = self.plan.seen(self.now), Article.objects.with_status().get(pk=self.article.pk).status
        assert (status in {Status.PUBLISHED, Status.CHANGED}) == (seen is not None)
        assert [one.pk for one in Article.objects.having_status(status)] == [self.article.pk]
        assert PublishedArticle.objects.count() <= 3


@pytest.mark.django_db
def test_any_sequence_of_moves_leaves_readers_with_what_was_published_last() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
