"""The panel “Related articles” of the form: a list that follows what is typed, and what is chosen of it, saved with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from js_asset import Media

from articles.models import Article
from articles.models.permits import may
from articles.models.related import Choices
from articles.models.related.choosing import MOST_PINS, choose
from articles.roles import Act

from ..saving.desk_scripts import desk_media
from ..saving.posted import number
from .everywhere import MutingEverywhere
from .fields import BASE, MUTES, PINS, choices_typed
from .lines import Lists, lists_for
from .typed import version_saved, version_typed

CSS = Media(css={"all": ["articles/desk/related.css"]})
MUTED_NOW = "related_muted_now"
MOST_MUTED_NOW = 50


class ChoosingRelated(MutingEverywhere):
    def get_urls(self) -> list[URLPattern]:
        new, one = (
            self.admin_site.admin_view(require_POST(view)) for view in (self.related_new_view, self.related_view)
        )
        return [
            path("add/related/", new, name="articles_article_related_new"),
            path("<int:pk>/related/", one, name="articles_article_related"),
            *super().get_urls(),
        ]

    def related_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST, the form as it stands: {"html": the list}. Twenty-five queries at most, however many tags and choices."""
        return self._listed(request, self.article_or_404(request, pk, to="change"))

    def related_new_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._listed(request, None)

    def _listed(self, request: HttpRequest, article: Article | None) -> HttpResponse:
        lists = self._lists(request, article, request.POST)
        context = {"related": lists, "may_choose": True}
        html = render_to_string("admin/articles/article/related_list.html", context, request=request)
        response = JsonResponse({"html": html})
        response["Cache-Control"] = "private, no-store"
        return response

    def _lists(self, request: HttpRequest, article: Article | None, data: Any) -> Lists:
        """For the posted form; without one, as it was saved."""
        saved = Choices.beside(article.pk if article else None)
        if not data:
            return lists_for(request.user, *version_saved(article), saved)
        typed = choices_typed(data)
        muted_now = [pk for one in data.get(MUTED_NOW, "").split(",")[:MOST_MUTED_NOW] if (pk := number(one))]
        choices = saved if typed is None else typed
        return lists_for(request.user, *version_typed(data, article), choices, muted_now)

    # --- the form ----------------------------------------------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj") if not kwargs.get("add") else None
        may_choose = self.has_change_permission(request, article)
        form = context["adminform"].form
        context["related"] = self._lists(request, article, form.data if form.is_bound else None)
        context["may_choose"] = may_choose
        context["most_pins"] = MOST_PINS
        if article is not None:
            context["muted_everywhere"] = self.muted_everywhere_told(article)
            context["may_mute_everywhere"] = may(request.user, Act.APPROVE, article)
        if may_choose:
            new, one = "admin:articles_article_related_new", "admin:articles_article_related"
            context["related_url"] = reverse(one, args=[article.pk]) if article else reverse(new)
            context["related_fields"] = [form[PINS], form[MUTES]]
            context["related_base"] = form[BASE]
            context["related_search"] = reverse("admin:articles_article_links")
            context["related_everywhere"] = reverse("admin:articles_article_mute_everywhere", args=[0])
        context["media"] += CSS + (desk_media("related") if may_choose else Media())
        if form.is_bound and form.errors and form.related_told:
            messages.info(request, f"{form.related_told}; what they chose stands in the list below.")
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """They hold for readers at once: they are no part of a version."""
        super().save_related(request, form, formsets, change)
        choices = form.choices_in(form.cleaned_data)
        if choices is None:
            return
        try:
            choose(form.instance, list(choices.pins), sorted(choices.mutes), by=request.user)
        except (PermissionDenied, ValidationError) as error:
            # All else is saved and stays so: one of them went this very moment, or the login may write but not change.
            why = " ".join(getattr(error, "messages", [str(error)]))
            messages.warning(request, f"The related articles stay as they were. {why}")
        else:
            if form.related_told:
                messages.info(request, f"{form.related_told}; both changes are in now.")
