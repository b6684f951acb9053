"""What kind of piece it is, in which language, and of a review what it rates: asked in the form, refused where it says two
things at once.
"""

import re
from typing import Any

from django import forms

from articles.models.kinds import Kind

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")


class KindFields(forms.ModelForm):
    def clean_language(self) -> str:
        """In small letters, as the settings name languages."""
        language = str(self.cleaned_data["language"]).strip().lower().replace("_", "-")
        if language and not _LANGUAGE.fullmatch(language):
            raise forms.ValidationError(
                f"“{language}” is no code of a language. Write one like de, pt-br or zh-hant, or leave it empty."
            )
        return language

    def clean(self) -> dict[str, Any]:
        """A half said review would show readers and search engines stars for nothing, or a thing of no kind."""
        values = super().clean() or self.cleaned_data
        reviewed, kind_of_thing, rating = (values.get(name) for name in ("reviewed", "reviewed_kind", "rating"))
        if not (reviewed or kind_of_thing or rating) or "kind" not in values:
            return values
        if values["kind"] != Kind.REVIEW:
            self.add_error("kind", "What is reviewed and its stars are for a review: choose Review, or empty them.")
        if not reviewed and "reviewed" not in self.errors:
            self.add_error("reviewed", "Give the name of what is reviewed: stars and a kind belong to something.")
        if reviewed and not kind_of_thing and "reviewed_kind" not in self.errors:
            self.add_error("reviewed_kind", "Say what it is: a film, a book, a product …")
        return values
