"""What is to be chosen for a bulk act, as values that can be kept as JSON."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.models import BulkAct, Priority, Section
from articles.models.section_limits import limits_of
from newsroom.zoned_field import ZonedDateTimeField

A_DAY = 24 * 60


class Choosing(forms.Form):
    """`chosen`: what was chosen the last time, to begin from."""

    def __init__(self, data: Any, *, user: Any, chosen: dict[str, Any] | None) -> None:
        super().__init__(data, initial=self.as_initial(chosen or {}), label_suffix="")
        self.user = user
        self.prepare()

    def prepare(self) -> None:
        """What depends on the person."""

    def as_initial(self, chosen: dict[str, Any]) -> dict[str, Any]:
        return chosen

    def chosen(self) -> dict[str, Any]:
        raise NotImplementedError


class SectionForm(Choosing):
    section = forms.ModelChoiceField(Section.objects.all(), empty_label="Choose one")

    def prepare(self) -> None:
        if limits := limits_of(self.user):
            self.fields["section"].queryset = Section.objects.filter(pk__in=limits)  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        return {"section": self.cleaned_data["section"].pk}


class AssignForm(Choosing):
    """What is left open stays as it is for each of them."""

    assignee = forms.ChoiceField(label="To whom", required=False)
    due_at = ZonedDateTimeField(label="Due", required=False)
    priority = forms.ChoiceField(
        required=False, choices=[("", "Leave as it is"), *((str(value), label) for value, label in Priority.choices)]
    )

    def prepare(self) -> None:
        people = get_user_model()._default_manager.filter(is_active=True, is_staff=True).order_by("username")
        names = [(str(one.pk), one.get_full_name() or one.get_username()) for one in people]
        field: Any = self.fields["assignee"]
        field.choices = [("", "Leave as it is"), ("nobody", "Nobody"), *names]

    def as_initial(self, chosen: dict[str, Any]) -> dict[str, Any]:
        return {**chosen, "due_at": parse_datetime(chosen["due_at"]) if chosen.get("due_at") else None}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(values.values()):
            self.add_error("assignee", "Choose a person, a due time or a priority.")
        return values

    def chosen(self) -> dict[str, Any]:
        due = self.cleaned_data["due_at"]
        return {**self.cleaned_data, "due_at": due.isoformat() if due else None}


class ScheduleForm(Choosing):
    at = ZonedDateTimeField(label="Goes live")
    every = forms.IntegerField(
        label="Minutes between one and the next",
        required=False,
        min_value=0,
        max_value=A_DAY,
        help_text="In the order of the list. Empty: all at the same time.",
    )

    def as_initial(self, chosen: dict[str, Any]) -> dict[str, Any]:
        return {**chosen, "at": parse_datetime(chosen["at"])} if chosen else {}

    def clean_at(self) -> Any:
        if self.cleaned_data["at"] <= timezone.now():
            raise forms.ValidationError("This time has passed. Choose a later one.")
        return self.cleaned_data["at"]

    def chosen(self) -> dict[str, Any]:
        return {"at": self.cleaned_data["at"].isoformat(), "every": self.cleaned_data["every"] or 0}


class NoteForm(forms.Form):
    """On the page that asks for the last word."""

    note = forms.CharField(
        required=False, max_length=300, label="Note", help_text="Stands in the history of each, with what happened."
    )
    EXCEPT: ClassVar[tuple[str, ...]] = (BulkAct.Kind.SCHEDULE,)  # there the history tells the time
