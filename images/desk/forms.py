"""The desk's forms for pictures."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from images.models import Image
from newsroom import uploads
from newsroom.slugs import one_line

SAY_SOMETHING = "Say in a sentence what it shows, or tick that it is decorative."


class Small(forms.ModelForm):
    """One with some of the model's fields only."""

    def add_error(self, field: Any, error: Any) -> None:
        """The model may speak of fields that a small form doesn't have: that stands above the form then."""
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                super().add_error(name if name in self.fields else None, errors)
        else:
            super().add_error(field, error)


class Described(Small):
    """Insists that a picture is described, or said to be decorative. (That it is not both, the model insists.)"""

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        described = one_line(cleaned.get("alt") or "") or cleaned.get("decorative")
        if not described and "alt" not in self.errors and self._must_be_described():
            self.add_error("alt", SAY_SOMETHING)
        return cleaned

    def _must_be_described(self) -> bool:
        return True


class WithFile(Small):
    """Takes a picture's file, once: who wants the same file twice must say so by `anyway`."""

    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput, label="Store it all the same")
    not_stored = ""
    may_look = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duplicate: Image | None = None
        if "file" in self.fields:
            # A name's length is no reason to refuse a picture: it gets another one.
            self.fields["file"].max_length = None  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """After the model's own check: what is no picture is told as that, not as a duplicate."""
        super()._post_clean()  # type: ignore[misc]
        if self.not_stored:
            self.add_error("file", self.not_stored)
        elif "file" not in self.errors and uploads.is_new(self.instance.file):
            self._look_for_duplicates()

    def _look_for_duplicates(self) -> None:
        """Who may not look at pictures is not told which ones there are: the file is stored a second time."""
        if self.may_look and not self.cleaned_data.get("anyway"):
            same = Image.objects.same_content(self.instance.file.file)
            self.duplicate = same.exclude(pk=self.instance.pk).first()
        if self.duplicate:
            self.add_error("file", already_there(self.duplicate))


def already_there(image: Image) -> ValidationError:
    address = reverse("admin:images_image_change", args=[image.pk])
    sentence = 'The library has this very file already: <a href="{}">{}</a>. Use that picture.'
    return ValidationError(format_html(sentence, address, image), code="duplicate")


class ImageForm(WithFile, Described):
    """The library's own form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = self.instance.pk is not None  # a new one may take its file's

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.duplicate:
            self.fields["anyway"].widget = forms.CheckboxInput()
            self.fields["anyway"].help_text = "Tick it, and choose the file again."


class PickedForm(WithFile, Described):
    """A new picture from the article's editor: described at once."""

    class Meta:
        model = Image
        fields = ("file", "title", "alt", "decorative", "caption", "credit")
        field_classes = {"file": forms.FileField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True
        self.fields["title"].required = False


class FileForm(WithFile):
    """One of many files that are uploaded together. What is to be said of it may be said later."""

    class Meta:
        model = Image
        fields = ("file",)
        field_classes = {"file": forms.FileField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True


class WordsForm(Described):
    """The words that complete an uploaded picture. It may be left unfinished, but not undone."""

    class Meta:
        model = Image
        fields = ("title", "credit", "alt", "decorative", "caption")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._was_described = self.instance.pk is not None and not self.instance.needs_alt

    def _must_be_described(self) -> bool:
        return self._was_described
