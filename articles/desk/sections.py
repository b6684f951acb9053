"""Filing an article under a section: somebody whose work is limited to sections files only there, but own articles anywhere."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest

from articles.models import Article, Section
from articles.models.permits import may_file
from articles.models.section_limits import limits_of

from .saving.people import listed
from .view import ArticleDesk


class FiledWithinLimits(forms.ModelForm):
    """Who fills the form in is `filed_by`; None for a form that no view has made."""

    filed_by: ClassVar[Any] = None

    def clean_section(self) -> Section | None:
        section: Section | None = self.cleaned_data["section"]
        before = self.initial.get("section")
        if self.filed_by is None or (section.pk if section else None) == before:
            return section
        if not may_file(self.filed_by, self.instance, section.pk if section else None):
            raise forms.ValidationError(f"{_only_in(self.filed_by)} Articles of your own may stand anywhere.")
        return section

    def refuse_to_send_out_elsewhere(self, values: dict[str, Any]) -> None:
        """A limit to sections holds for decisions about one's own articles, too: told at the field, not by a closed door."""
        limits = limits_of(self.filed_by) if self.filed_by is not None else frozenset()
        section = values.get("section")
        if limits and "section" not in self.errors and (section.pk if section else None) not in limits:
            self.add_error("section", f"{_only_in(self.filed_by)} Save it, and ask somebody else to send it out.")


class FilingWithinLimits(ArticleDesk):
    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.filed_by = request.user
        return form


def _only_in(user: Any) -> str:
    names = Section.objects.filter(pk__in=limits_of(user)).values_list("name", flat=True)
    return f"Your login works on {listed(names)} only."
