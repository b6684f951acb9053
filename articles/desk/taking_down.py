"""Taking an article down, and bringing it back: a page that says what will happen, and asks why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from articles.models import Article, gate
from articles.models.permits import may
from articles.roles import Act

from .view import ArticleDesk


class TakedownForm(forms.Form):
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Why?",
        help_text="For the desk and the log; readers never see it.",
    )
    notice = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What should readers be told at its address?",
        help_text="Empty: only that it is no longer here.",
    )


class BringBackForm(forms.Form):
    note = forms.CharField(max_length=300, required=False, label="A note for the history")


class AgainstTheRulesForm(BringBackForm):
    """When the house rules have said no, for who may override them."""

    override = forms.CharField(
        max_length=gate.LONGEST_REASON,
        required=False,
        label="It has to come back all the same, because",
        help_text=f"At most {gate.LONGEST_REASON} characters: the log keeps all of it, the history how it begins.",
    )


class TakingDownAtTheDesk(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/take-down/", view(self.take_down_view), name="articles_article_take_down"),
            path("<int:pk>/bring-back/", view(self.bring_back_view), name="articles_article_bring_back"),
            *super().get_urls(),
        ]

    def take_down_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        form = TakedownForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                article.take_down(by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                told = f"“{article.headline}” is taken down: readers find it nowhere. Bring back undoes this."
                return self._done(request, article, told)
        return self._page(request, article, form, "Take this article down?", "admin/articles/article/take_down.html")

    def bring_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        kind = AgainstTheRulesForm if "override" in request.POST else BringBackForm
        form = kind(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                is_live = article.bring_back(by=request.user, **form.cleaned_data)
            except gate.Blocked as error:
                form = AgainstTheRulesForm(request.POST) if may(request.user, Act.OVERRIDE, article) else form
                form.full_clean()
                form.add_error(None, ["The house rules say no.", *error.messages])
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                where = "as it was." if is_live else "as a withdrawn article: nothing of it was live then."
                if article.advice:
                    self.message_user(request, f"Worth a second look: {' '.join(article.advice)}", messages.WARNING)
                return self._done(request, article, f"“{article.headline}” is back, {where}")
        return self._page(request, article, form, "Bring this article back?", "admin/articles/article/bring_back.html")

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        if article is not None:
            context["may_take_down"] = may(request.user, Act.TAKE_DOWN, article) and article._annotated("was_seen")
            if article.taken_down_at:
                context["takedown"] = article.takedowns.filter(lifted_at=None).select_related("by").first()
        return super().render_change_form(request, context, *args, **kwargs)

    def _article(self, request: HttpRequest, pk: int) -> Article:
        article = self.article_or_404(request, pk)
        if not may(request.user, Act.TAKE_DOWN, article):
            raise PermissionDenied
        return article

    def _done(self, request: HttpRequest, article: Article, told: str) -> HttpResponse:
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _page(
        self, request: HttpRequest, article: Article, form: forms.Form, title: str, template: str
    ) -> HttpResponse:
        down = article.takedowns.filter(lifted_at=None).select_related("by").first()
        context = {"title": title, "original": article, "opts": self.opts, "form": form, "takedown": down}
        whole = {**self.admin_site.each_context(request), **context, "live_url": article.public_url()}
        return render(request, template, whole, status=400 if form.errors else 200)
