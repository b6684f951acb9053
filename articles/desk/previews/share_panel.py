"""Share links at the desk: who has which, a new one, an end to one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from articles.models import Article, Revision, ShareLink
from articles.models.sharing import LIFETIMES
from newsroom.models.audit import log
from newsroom.slugs import one_line

from ..view import ArticleDesk

FOLLOWS, KEPT = "follows", "kept"
IS_DOWN = "This article is taken down: nobody gets a link to it. Bring it back first."
SHOWN = 50  # links on the panel; the newest, and no list is longer in practice


class ShareForm(forms.Form):
    note = forms.CharField(label="For whom", max_length=120, required=False, help_text="So that you know later.")
    lasts = forms.ChoiceField(
        label="Works for", choices=[(name, label) for name, (label, _) in LIFETIMES.items()], initial="week"
    )
    shows = forms.ChoiceField(
        label="Shows",
        choices=[(FOLLOWS, "The article as it changes: always what was saved last"), (KEPT, "The article as it is saved now, whatever is changed later")],
        initial=FOLLOWS,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def clean_note(self) -> str:
        return one_line(self.cleaned_data["note"])


class SharePanel(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        panel, revoke = (self.admin_site.admin_view(view) for view in (self.share_view, self.revoke_view))
        return [
            path("<int:pk>/share/", panel, name="articles_article_share"),
            path("<int:pk>/share/<int:number>/revoke/", revoke, name="articles_article_share_revoke"),
            *super().get_urls(),
        ]

    def share_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who may change the article may show it to others. Three queries for the list, however long."""
        article = self.article_or_404(request, pk, to="change")
        form = ShareForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._make(request, article, form):
            return HttpResponseRedirect(reverse("admin:articles_article_share", args=[pk]))
        links = article.share_links.with_takedown().select_related("created_by", "revision")[:SHOWN]
        context = self._share_context(
            request,
            article,
            "Share a preview",
            form=form,
            links=links,
            is_down=IS_DOWN if article.taken_down_at else "",
        )
        return render(request, "admin/articles/article/share.html", context, status=400 if form.errors else 200)

    def _make(self, request: HttpRequest, article: Article, form: ShareForm) -> bool:
        """False when the article is taken down, maybe since a moment; the form says so."""
        try:
            link = make_link(article, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        self.log_change(request, article, f"Made share link {link.pk}{f' for {link.note}' if link.note else ''}.")
        self.message_user(request, "The link is made. Copy it from the list.", messages.SUCCESS)
        return True

    def revoke_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Asks first: a link that was revoked does not come back."""
        article = self.article_or_404(request, pk, to="change")
        link = article.share_links.filter(pk=number).first()
        if link is None:
            raise Http404("This article has no such link.")
        if request.method == "POST":
            if article.share_links.filter(pk=number).revoke(by=request.user):
                self.log_change(request, article, f"Revoked share link {number}.")
            self.message_user(request, "The link is revoked: whoever opens it is told that it has ended.")
            return HttpResponseRedirect(reverse("admin:articles_article_share", args=[pk]))
        context = self._share_context(request, article, "Revoke this link?", link=link)
        return render(request, "admin/articles/article/share_revoke.html", context)

    def _share_context(self, request: HttpRequest, article: Article, title: str, **more: Any) -> dict[str, Any]:
        shared = {"title": title, "original": article, "opts": self.opts, "origin": settings.SITE_URL}
        return {**self.admin_site.each_context(request), **shared, **more}


def make_link(article: Article, *, by: Any, note: str, lasts: str, shows: str) -> ShareLink:
    """Under the article's lock, so that a takedown comes before it, and refuses it, or after it, and ends it. Raises
    ValidationError for an article that is taken down.
    """
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        if locked.taken_down_at:
            raise ValidationError(IS_DOWN, code="taken_down")
        revision = _as_saved_now(locked, by) if shows == KEPT else None
        until = timezone.now() + LIFETIMES[lasts][1]
        link = ShareLink.objects.create(article=locked, revision=revision, note=note, created_by=by, expires_at=until)
        log("share_link_made", locked, by=by, after=link.for_the_log)
        return link


def _as_saved_now(locked: Article, by: Any) -> Revision:
    """The last revision when nothing has changed since, else a new one."""
    last = locked.revisions.first()
    if last is not None and last.version == locked.version:
        return last
    return locked.record(Revision.Event.SAVED, by=by, note="Kept for a share link")
