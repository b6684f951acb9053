"""Saving a form that is not the newest: merged where it can be, asked about where it can't, never overwritten or lost.

Every button goes through `changeform_view`, so there is no way around: before Django reads the form, the article's row
is locked and the form is brought up to date (form_merge.py).
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import Article

from ..tags.in_forms import with_tags_of_today
from ..view import ArticleDesk
from .form_merge import Base, FormMerge
from .merging import Row
from .posted import Inline, content_stored, number

GONE = (
    "This article was deleted while you were writing. Nothing of yours is lost, it stands below: "
    "Save makes a new article of it."
)
UNDECIDED = (
    "Not saved yet: you and a colleague changed the same thing. Choose what shall stand, then press the button again."
)


class StaleSaves(ArticleDesk):
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            request.POST = with_tags_of_today(request.POST)  # type: ignore[assignment]
            article = self._locked(unquote(object_id))
            if article is None:
                return self._gone(request, extra_context)
            if self.has_change_permission(request, article):
                self._bring_up_to_date(request, article)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _locked(self, pk: str) -> Article | None:
        """Until the request's transaction ends, so that two saves can't pass each other."""
        try:
            return Article.objects.select_for_update().filter(pk=pk).first()
        except (ValueError, OverflowError, ValidationError):
            return None

    def _bring_up_to_date(self, request: HttpRequest, article: Article) -> None:
        opened = request.POST.get("opened_version", "")
        # A script that does not say what it has seen means to overwrite; the form always says.
        if not opened or opened == str(article.version):
            return
        form_class, inlines = self.form_class_for(request, article), self.inlines_for(request, article)
        merge = FormMerge(form_class, inlines, request.POST, article, number(opened[:9]))
        request.POST = merge.data  # type: ignore[assignment]
        request.article_merge = merge  # type: ignore[attr-defined]
        if merge.clashes:
            request.article_refusal = UNDECIDED  # type: ignore[attr-defined]

    def form_class_for(self, request: HttpRequest, article: Article | None) -> Any:
        fields = flatten_fieldsets(self.get_fieldsets(request, article))
        return self.get_form(request, article, change=article is not None, fields=fields)

    def inlines_for(self, request: HttpRequest, article: Article | None) -> list[Inline]:
        found = self.get_formsets_with_inlines(request, article)
        return [Inline(formset, inline, request, article) for formset, inline in found]

    # --- the form -------------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "article_refusal", "")  # type: ignore[attr-defined]
        return form

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        merge: FormMerge | None = getattr(request, "article_merge", None)
        form = context["adminform"].form
        if merge is not None:
            context["clashes"] = merge.clashes
            if merge.told:
                messages.info(request, f"{merge.told}; what they changed stands in the form below.")
        elif article is not None and not form.is_bound:
            form.initial["base"] = str(self._base_of_shown(request, context, article))
        return super().render_change_form(request, context, *args, **kwargs)

    def _base_of_shown(self, request: HttpRequest, context: dict[str, Any], article: Article) -> Base:
        """What this form begins from. No query: the formsets have read their rows."""
        form = context["adminform"].form
        rows = {}
        for shown in context["inline_admin_formsets"]:
            inline = Inline(type(shown.formset), shown.opts, request, article)
            rows[inline.prefix] = inline.as_rows(shown.formset.get_queryset())
        return Base.of(content_stored(type(form), article), list(form.initial.get("tags", [])), rows)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        merge: FormMerge | None = getattr(request, "article_merge", None)
        if merge is not None and merge.told:
            messages.info(request, f"{merge.told}; both changes are in now.")

    # --- deleted meanwhile ----------------------------------------------------------------------------------------

    def _gone(self, request: HttpRequest, extra_context: Any) -> HttpResponse:
        """What was typed into the form of an article that is no more, as the form of a new one."""
        data = request.POST.copy()
        if not self.has_add_permission(request):
            return self._gone_for_good(request)
        for inline in self.inlines_for(request, None):
            mine = [row for row in inline.posted(request.POST) if row.values is not None]
            inline.write(data, [(Row(None, row.values, row.source), False) for row in mine])
        data["opened_version"] = data["base"] = ""
        request.POST = data  # type: ignore[assignment]
        request.article_refusal = GONE  # type: ignore[attr-defined]
        return super().changeform_view(request, None, reverse("admin:articles_article_add"), extra_context)

    def _gone_for_good(self, request: HttpRequest) -> HttpResponse:
        """For who may not make a new one: the text, to copy."""
        form = self.form_class_for(request, None)
        left = [
            (one.label, request.POST.get(name, ""))
            for name, one in form.base_fields.items()
            if not one.widget.is_hidden
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "left": [pair for pair in left if pair[1]],
        }
        return TemplateResponse(request, "admin/articles/article/gone.html", {**context, "title": "Deleted meanwhile"})
