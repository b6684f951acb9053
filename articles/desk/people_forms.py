"""The forms for people: a login with its role, and the sections that its work is limited to."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError

from articles.models import Section
from articles.models.people import LAST, is_last_administrator, role_of, roles_to_give
from articles.roles import Role

IN_WORDS = {
    Role.CONTRIBUTOR: "writes own drafts and hands them in; sees no others",
    Role.WRITER: "sees all articles, writes in own ones, adds pictures",
    Role.EDITOR: "works on all articles, assigns, sends back and approves",
    Role.PUBLISHER: "publishes, schedules, withdraws and corrects",
    Role.ADMINISTRATOR: "keeps people, and what the site says of itself",
}
ROLES = [role.value for role in Role]
NONE = "No role: can’t enter the desk, unless by a group of your own"


class WithRole(forms.ModelForm):
    """Who fills it in is `keeper`: only roles that may no more than the keeper are offered, and so accepted."""

    role = forms.ChoiceField(
        required=False, widget=forms.RadioSelect, help_text="Takes effect with the next page that this person opens."
    )
    keeper: ClassVar[Any] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = role_of(self.instance) if self.instance.pk else None
        offered = {*roles_to_give(self.keeper), present}
        choices = [(role.value, f"{role.value}: {IN_WORDS[role]}") for role in Role if role in offered]
        if "role" in self.fields:
            self.fields["role"].choices = [*choices, ("", NONE)]  # type: ignore[attr-defined]
            self.initial["role"] = present.value if present else ""

    def clean_role(self) -> Role | None:
        return Role(self.cleaned_data["role"]) if self.cleaned_data["role"] else None


class NewPersonForm(WithRole, AdminUserCreationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].help_text = "For notifications. Shown to nobody but who keeps the people."


class PersonForm(WithRole, UserChangeForm):
    sections = forms.ModelMultipleChoiceField(
        label="Only these sections",
        queryset=Section.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: all of them. With a limit, other people’s articles are seen and worked on only in these.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["sections"] = list(self.instance.section_limits.values_list("section_id", flat=True))
            self.initial["groups"] = list(self.instance.groups.exclude(name__in=ROLES))

    def clean_groups(self) -> Any:
        """The further groups. The role is a group, too, and chosen by its own field."""
        return [*self.cleaned_data["groups"], *self.instance.groups.filter(name__in=ROLES)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk == self.keeper.pk and not values.get("is_active", True):
            self.add_error("is_active", "This is your own login: somebody else must end it.")
        elif is_last_administrator(self.instance) and not self._stays_administrator(values):
            raise ValidationError(LAST)
        return values

    def _stays_administrator(self, values: dict[str, Any]) -> bool:
        """By these values; fields that this form doesn't have stay as they are."""
        keeps = values.get("is_superuser", self.instance.is_superuser) or values.get("role") is Role.ADMINISTRATOR
        return bool(keeps and values.get("is_active", self.instance.is_active))
