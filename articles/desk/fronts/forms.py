"""The two small forms of a front's board: how a picked card is said here, and what a container is like."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.models import Section, Tag, TagName
from articles.models.fronts.layout import (
    LONGEST_HEADLINE,
    LONGEST_KICKER,
    LONGEST_LABEL,
    MOST_CARDS,
    MOST_TAGS,
    Backfill,
    Container,
    Shape,
    Size,
    Slot,
    Tone,
)
from articles.models.tags.names import folded
from authors.models import Author
from images.models import Image
from newsroom.zoned_field import ZonedDateTimeField, ZonedDateTimeWidget

SIZES = {
    Size.USUAL: "As its place says",
    Size.LARGE: "Large",
    Size.SMALL: "Small",
    Size.PLAIN: "Without its picture",
}
TONES = {Tone.PAPER: "Paper", Tone.TINT: "Tinted", Tone.SLAB: "Dark"}


class NativeMoment(ZonedDateTimeWidget):
    """With the browser's own date and time: the admin's shortcuts know only fields that were there from the start."""

    def __init__(self) -> None:
        day = forms.DateInput({"type": "date", "class": "vDateField", "aria-label": "Date"}, "%Y-%m-%d")
        at = forms.TimeInput({"type": "time", "class": "vTimeField", "aria-label": "Time"}, "%H:%M")
        forms.MultiWidget.__init__(self, [day, at, forms.TextInput])


class SlotForm(forms.Form):
    headline = forms.CharField(max_length=LONGEST_HEADLINE, required=False, help_text="Empty: the article’s own.")
    kicker = forms.CharField(max_length=LONGEST_KICKER, required=False, help_text="Empty: the article’s own.")
    picture = forms.IntegerField(
        required=False, min_value=1, help_text="The number of a picture in the library. Empty: the article’s own."
    )
    size = forms.ChoiceField(choices=list(SIZES.items()), required=False)
    start = ZonedDateTimeField(label="From", required=False, widget=NativeMoment, help_text="Empty: at once.")
    until = ZonedDateTimeField(
        required=False, widget=NativeMoment, help_text="Empty: for good. Then the next article stands here."
    )
    again = forms.BooleanField(
        label="Also if it stands elsewhere on the page",
        required=False,
        help_text="Otherwise no article is shown twice.",
    )

    def __init__(self, *args: Any, slot: Slot, own_headline: str = "", **kwargs: Any) -> None:
        self.slot = slot
        kwargs["initial"] = {name: getattr(slot, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["headline"].widget.attrs["placeholder"] = own_headline

    def clean_picture(self) -> int | None:
        number: int | None = self.cleaned_data["picture"]
        if number is not None and (number >= 2**53 or not Image.objects.filter(pk=number).exists()):
            raise ValidationError("The library has no picture of this number.")
        return number

    def clean(self) -> None:
        start, until = self.cleaned_data.get("start"), self.cleaned_data.get("until")
        if start and until and until <= start:
            self.add_error("until", "It must end after it begins.")

    def made(self) -> Slot:
        """Once it is valid."""
        return replace(self.slot, **{**self.cleaned_data, "size": Size(self.cleaned_data["size"])})


class ContainerForm(forms.Form):
    label = forms.CharField(
        max_length=LONGEST_LABEL, required=False, help_text="Readers see it above the cards. Empty: no label."
    )
    shape = forms.ChoiceField(choices=[(one.slug, one.label) for one in Shape])
    tone = forms.ChoiceField(label="Ground", choices=list(TONES.items()), required=False)
    how_many = forms.IntegerField(label="Cards", min_value=1, max_value=MOST_CARDS)
    fills = forms.BooleanField(
        label="Fill up with the newest",
        required=False,
        help_text="After those that are picked. What stands elsewhere on the page is passed over.",
    )
    section = forms.ModelChoiceField(
        Section.objects.all(), required=False, empty_label="This front’s own", label="… of the section"
    )
    tags = forms.CharField(
        label="… about any of these tags", required=False, max_length=1000, help_text="With commas between."
    )
    without = forms.CharField(label="… but none of these", required=False, max_length=1000)
    author = forms.CharField(label="… by", required=False, max_length=200, help_text="The author’s name.")

    def __init__(self, *args: Any, container: Container, **kwargs: Any) -> None:
        self.container = container
        rule = container.backfill or Backfill()
        kwargs["initial"] = {
            "label": container.label,
            "shape": container.shape.slug,
            "tone": container.tone,
            "how_many": container.how_many,
            "fills": container.backfill is not None,
            "section": rule.section,
            "tags": _names(rule.tags),
            "without": _names(rule.without),
            "author": Author.objects.filter(pk=rule.author or 0).values_list("name", flat=True).first() or "",
        }
        super().__init__(*args, **kwargs)

    def clean_tags(self) -> tuple[int, ...]:
        return _tags(self.cleaned_data["tags"])

    def clean_without(self) -> tuple[int, ...]:
        return _tags(self.cleaned_data["without"])

    def clean_author(self) -> int | None:
        name = self.cleaned_data["author"]
        if not name:
            return None
        found = list(Author.objects.filter(name__iexact=name).values_list("pk", flat=True)[:2])
        if len(found) != 1:
            raise ValidationError("No author has this name." if not found else "Several authors have this name.")
        return int(found[0])

    def made(self) -> Container:
        """Once it is valid."""
        said = self.cleaned_data
        section = said["section"].pk if said["section"] else None
        rule = Backfill(section, said["tags"], said["without"], said["author"]) if said["fills"] else None
        return replace(
            self.container,
            label=said["label"],
            shape=Shape.named(said["shape"]),
            tone=Tone(said["tone"]),
            how_many=said["how_many"],
            backfill=rule,
        )


def _names(tags: Iterable[int]) -> str:
    names = dict(Tag.objects.filter(pk__in=list(tags)).values_list("pk", "name"))
    return ", ".join(names[pk] for pk in tags if pk in names)


def _tags(text: str) -> tuple[int, ...]:
    """By names and aliases. Raises ValidationError for what no tag is called."""
    names = {folded(name): name.strip() for name in text.split(",") if name.strip()}
    if len(names) > MOST_TAGS:
        raise ValidationError(f"No more than {MOST_TAGS} tags.")
    found = TagName.tags_of(names)
    if unknown := [name for key, name in names.items() if key not in found]:
        raise ValidationError(f"There is no tag “{unknown[0]}”.")
    return tuple(dict.fromkeys(found[key].pk for key in names))
