"""Moves without the form: for who may decide about an article but not write in it, like a reviewer from outside the desk.

Approve needs one press; a note can be given on a page of its own, and Send back, which needs one, always goes there.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from articles.models import Article
from articles.models.permits import may

from .moving import MOVES, moves_for
from .view import ArticleDesk

# What stands on the page of each; the others go out of the house, by the form.
ASKS = {
    "submit": ("Submit it for review?", "Submit for review", "Who reviews it reads this."),
    "approve": ("Approve it as it is now?", "Approve", "Who wrote it and who publishes it read this."),
    "send_back": ("Send it back?", "Send back", "What should be changed? Who wrote it reads this."),
    "take_up": ("Take it up?", "Take up", ""),
}
NEEDS_A_NOTE = "send_back"


class NoteForm(forms.Form):
    move_note = forms.CharField(
        label="Note",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def __init__(self, name: str, *args: Any) -> None:
        super().__init__(*args)
        note = self.fields["move_note"]
        note.help_text = ASKS[name][2]
        note.required = name == NEEDS_A_NOTE
        note.error_messages["required"] = "Say what should be changed: that is what it is sent back for."


class MovingByItself(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:pk>/move/<slug:name>/", view, name="articles_article_move"), *super().get_urls()]

    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """GET asks, POST does it. Of the article as it is saved."""
        if name not in ASKS:
            raise Http404("There is no such move.")
        article = self.article_or_404(request, pk)
        move = MOVES[f"_{name}"]
        if not may(request.user, move.act, article):
            raise PermissionDenied
        form = NoteForm(name, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                move.does(article, form.cleaned_data, request.user)
            except ValidationError as error:
                self.message_user(request, f"Not done: {' '.join(error.messages)}", messages.ERROR)
            else:
                self.message_user(request, move.tells(article), messages.SUCCESS)
            return HttpResponseRedirect(self._after(request, article))
        return self._ask(request, article, name, form)

    def _ask(self, request: HttpRequest, article: Article, name: str, form: NoteForm) -> HttpResponse:
        title, label, _ = ASKS[name]
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "original": article,
            "opts": self.opts,
            "form": form,
            "label": label,
            "asks_for_note": name != "take_up",
            "is_sensible": name in moves_for(request.user, article),
        }
        return render(request, "admin/articles/article/move.html", context, status=400 if form.errors else 200)

    def _after(self, request: HttpRequest, article: Article) -> str:
        if self.has_view_permission(request, article):
            return reverse("admin:articles_article_change", args=[article.pk])
        return reverse("admin:articles_article_changelist")
