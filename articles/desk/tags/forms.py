"""What is asked before tags are put in order."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import QuerySet

from articles.models import Article, Section, Tag
from articles.models.tags.names import LONGEST_NAME
from newsroom.desk import row_numbers


class _Numbers:
    """What is no number was none of the tags that were offered; Django's own would ask the database for it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        sent = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        if isinstance(sent, list):
            return row_numbers(sent)
        return next(iter(row_numbers([sent or ""])), "")


class OneTag(_Numbers, AutocompleteSelect):
    pass


class ManyTags(_Numbers, AutocompleteSelectMultiple):
    pass


class MergeForm(forms.Form):
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.filter(merged_into=None), label="Merge", help_text="They become other names of the one below."
    )
    into = forms.ModelChoiceField(Tag.objects.in_use(), label="Into", help_text="This one stays.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, label_suffix="")  # type: ignore[misc]
        many, one = Article._meta.get_field("tags"), Tag._meta.get_field("parent")
        fields: Any = self.fields
        fields["tags"].widget = ManyTags(many, admin.site, choices=fields["tags"].choices)
        fields["into"].widget = OneTag(one, admin.site, choices=fields["into"].choices)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("into") in list(values.get("tags") or ()):
            self.add_error("into", f"“{values['into']}” can't be merged into itself: take it out above.")
        return values


class RenameForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME, help_text="The old name stays as another name of the tag.")
    slug = forms.CharField(
        max_length=LONGEST_NAME,
        required=False,
        label="Address",
        help_text="The last part of its page's address. Links to the old one keep working.",
    )


class WhichForm(forms.Form):
    """Which of a tag's articles."""

    q = forms.CharField(required=False, label="Words in the headline or standfirst")
    section = forms.ModelChoiceField(Section.objects.all(), required=False, empty_label="Any")
    begun_from = forms.DateField(required=False, label="Begun from", widget=forms.DateInput(attrs={"type": "date"}))
    begun_until = forms.DateField(required=False, label="until", widget=forms.DateInput(attrs={"type": "date"}))

    def narrowed(self, articles: "QuerySet[Article]") -> "QuerySet[Article]":
        values = self.cleaned_data if self.is_valid() else {}
        for word in str(values.get("q") or "").lower().split()[:10]:
            articles = articles.filter(words__contains=word)
        if values.get("section"):
            articles = articles.filter(section=values["section"])
        if values.get("begun_from"):
            articles = articles.filter(created_at__date__gte=values["begun_from"])
        if values.get("begun_until"):
            articles = articles.filter(created_at__date__lte=values["begun_until"])
        return articles


class SplitForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME, label="Name of the new tag", help_text="One that no tag has yet.")
    keep_old = forms.TypedChoiceField(
        label="The old tag",
        coerce=lambda value: value == "keep",
        choices=[("replace", "goes from these articles: the new one takes its place"), ("keep", "stays beside it")],
        initial="replace",
        widget=forms.RadioSelect,
    )
