"""BulkAct: one act on many articles, as somebody asked for it. Checked first, then done; each article whole or not at all.

What will happen is not guessed by a second set of rules: the check does the act itself, by the verb with its gate, and
takes it back. Every article is a transaction of its own, together with the note of what became of it, so that a run that
is interrupted goes on where it was, and two windows that go on at once do each article once.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from articles.roles import Act

from .article import Article
from .bulk_verbs import DoesNotApply, perform

MOST = 500  # articles; more than anybody looks through before saying yes
KEPT_DAYS = 30


class Outcome(StrEnum):
    DONE = "done"  # of a check: would be done
    SAME = "same"  # nothing to do
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    article_id: int
    outcome: Outcome
    said: str
    advice: str = ""  # what the house rules warn of, where it goes or went out


class BulkAct(models.Model):
    class Kind(models.TextChoices):
        SUBMIT = "submit", "Submit for review"
        APPROVE = "approve", "Approve"
        ASSIGN = "assign", "Assign"
        SECTION = "section", "Move to a section"
        TAGS = "tags", "Add or remove tags"
        SCHEDULE = "schedule", "Schedule"
        PUBLISH = "publish", "Publish"
        WITHDRAW = "withdraw", "Withdraw"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    articles = models.JSONField(help_text="Their numbers, in the order of the list.")
    chosen = models.JSONField(null=True, blank=True, help_text="What was chosen for it; empty: not chosen yet.")
    note = models.CharField(max_length=300, blank=True)
    checked = models.JSONField(default=list)
    done = models.JSONField(default=list)
    left_out = models.PositiveIntegerField(default=0, help_text="Chosen, but gone or not theirs to see.")
    back = models.CharField(max_length=1000, blank=True, help_text="The list's filter that they came from.")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()  # it is its person's own, and does nothing that he may not do

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {len(self.articles)} articles"

    @classmethod
    def begin(cls, kind: str, articles: list[int], *, by: Any, left_out: int = 0, back: str = "") -> "BulkAct":
        """Also lets go of this person's old ones. Three queries."""
        cls.objects.filter(by=by, created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
        chosen: dict[str, Any] | None = None if kind in NEEDS_A_CHOICE else {}
        return cls.objects.create(
            by=by, kind=kind, articles=articles[:MOST], chosen=chosen, left_out=left_out, back=back[:1000]
        )

    # --- where it stands -----------------------------------------------------------------------------------------

    @property
    def right(self) -> Act:
        return RIGHTS[self.Kind(self.kind)]

    @property
    def is_checked(self) -> bool:
        return self.chosen is not None and len(self.checked) >= len(self.articles)

    @property
    def is_going_on(self) -> bool:
        """Is there something to check or to do, without another word of the person?"""
        return (self.chosen is not None and not self.is_checked) or bool(self.confirmed_at and not self.finished_at)

    def results(self) -> list[Result]:
        """What became of each so far: of those that were refused by the check that, of the others what was done."""
        done = {row[0]: row for row in self.done}
        return [_result(done.get(row[0], row)) for row in self.checked]

    def to_do(self) -> list[int]:
        """The articles for which it was allowed, in their order."""
        return [row[0] for row in self.checked if row[1] == Outcome.DONE]

    @property
    def progress(self) -> tuple[int, int]:
        return (len(self.done), len(self.to_do())) if self.confirmed_at else (len(self.checked), len(self.articles))

    # --- what a person says ----------------------------------------------------------------------------------------

    def choose(self, chosen: dict[str, Any] | None) -> None:
        """(Again, until it is confirmed.) None: not decided."""
        self._update({"chosen": chosen, "checked": []}, confirmed_at=None)

    def confirm(self, note: str = "") -> None:
        """Once. Only what is checked can be confirmed."""
        if self.is_checked:
            self._update({"confirmed_at": timezone.now(), "note": note[:300]}, confirmed_at=None)

    def _update(self, values: dict[str, Any], **only: Any) -> None:
        BulkAct.objects.filter(pk=self.pk, **only).update(**values)
        self.refresh_from_db()

    # --- going on ---------------------------------------------------------------------------------------------------

    def go_on(self, *, seconds: float) -> None:
        """Check, or do, for about so long: one article at least. A constant number of queries for each."""
        end = time.monotonic() + seconds
        while self._one() and time.monotonic() < end:
            pass
        self.refresh_from_db()

    def _one(self) -> bool:
        """The next article; False when there is none. Under this row's lock, so nobody else takes the same one."""
        with transaction.atomic():
            mine = BulkAct.objects.select_for_update(of=("self",)).select_related("by").get(pk=self.pk)
            if not mine.is_going_on:
                return False
            field, numbers = ("done", mine.to_do()) if mine.confirmed_at else ("checked", mine.articles)
            so_far = getattr(mine, field)
            if len(so_far) < len(numbers):
                place = len(so_far) if mine.confirmed_at else len(mine.to_do())
                one = mine._try(numbers[len(so_far)], place)
                so_far.append([one.article_id, one.outcome, one.said, one.advice])
            if mine.confirmed_at and len(so_far) >= len(numbers):
                mine.finished_at = timezone.now()
            mine.save(update_fields=[field, "finished_at"])
            return mine.is_going_on

    def _try(self, number: int, place: int) -> Result:
        """Do it to this article; not confirmed yet, take it back again. Never raises for what a person can mend."""
        advice = ""
        try:
            with transaction.atomic():
                article = Article.objects.select_for_update(of=("self",)).select_related("section").get(pk=number)
                said = perform(self.kind, article, self.chosen or {}, place=place, by=self.by, note=self.note)
                advice = " ".join(article.advice)
                if not self.confirmed_at:
                    raise _OnlyChecked(said)
        except _OnlyChecked as only:
            said = only.said
        except DoesNotApply as reason:
            return Result(number, Outcome.SAME, str(reason))
        except Article.DoesNotExist:
            return Result(number, Outcome.REFUSED, "It was deleted meanwhile.")
        except PermissionDenied as error:
            return Result(number, Outcome.REFUSED, str(error) or "Your login may not do this.")
        except ValidationError as error:
            return Result(number, Outcome.REFUSED, " ".join(error.messages))
        except IntegrityError:
            return Result(number, Outcome.REFUSED, "Somebody saved something at the same moment. Try this one again.")
        return Result(number, Outcome.DONE, said, advice)


class _OnlyChecked(Exception):
    """Takes the transaction of a check back."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def _result(row: Any) -> Result:
    return Result(int(row[0]), Outcome(row[1]), str(row[2]), *(str(one) for one in row[3:4]))


Kind = BulkAct.Kind
NEEDS_A_CHOICE = (Kind.ASSIGN, Kind.SECTION, Kind.TAGS, Kind.SCHEDULE)
RIGHTS = {
    Kind.SUBMIT: Act.SUBMIT,
    Kind.APPROVE: Act.APPROVE,
    Kind.ASSIGN: Act.ASSIGN,
    Kind.SECTION: Act.CHANGE,
    Kind.TAGS: Act.CHANGE,
    Kind.SCHEDULE: Act.PUBLISH,
    Kind.PUBLISH: Act.PUBLISH,
    Kind.WITHDRAW: Act.PUBLISH,
}
