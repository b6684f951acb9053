"""What a person should know of: a page of notifications, and their number beside his name on every page of the desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET, require_POST, require_safe

from articles.models import Notification
from articles.models.mail_choice import MailChoice, choice_of
from articles.models.permits import of_visible

from .view import ArticleDesk

A_PAGE = 50
COUNTED = 99


class MailForm(forms.Form):
    mail = forms.ChoiceField(label="Mails", choices=MailChoice.Mail.choices, widget=forms.RadioSelect)


class Inbox(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("inbox/", view(require_safe(self.inbox_view)), name="articles_article_inbox"),
            path("inbox/<int:number>/", view(require_GET(self.open_view)), name="articles_article_inbox_open"),
            path("inbox/read/", view(require_POST(self.read_view)), name="articles_article_inbox_read"),
            path("inbox/mails/", view(require_POST(self.mails_view)), name="articles_article_inbox_mails"),
            *super().get_urls(),
        ]

    def inbox_view(self, request: HttpRequest) -> HttpResponse:
        """Of articles that this person may still see. Six queries, however long the list."""
        number = request.GET.get("page", "1")
        page = int(number) if number.isascii() and number.isdecimal() and 0 < len(number) < 6 else 1
        start = (max(page, 1) - 1) * A_PAGE
        rows = list(_mine(request).select_related("article", "by")[start : start + A_PAGE + 1])
        context = {
            **self.admin_site.each_context(request),
            "title": "Notifications",
            "opts": self.opts,
            "notifications": rows[:A_PAGE],
            "page": max(page, 1),
            "has_older": len(rows) > A_PAGE,
            "today": timezone.localdate(),
            "mail_form": MailForm(initial={"mail": choice_of(request.user)}),
        }
        return render(request, "admin/articles/article/inbox.html", context)

    def open_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """GET: what the links of notifications follow, to what each is about; it is read then. One's own alone. The
        article's form says whether one may still see it.
        """
        mine: Any = Notification.objects.filter(to=request.user.pk, pk=number)
        one = mine.first()
        if one is None:
            raise Http404("You have no such notification.")
        mine.mark_read()
        return HttpResponseRedirect(one.form_path)

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """POST: all of this person's are read; with `number`, that one."""
        mine: Any = Notification.objects.filter(to=request.user.pk)
        number = request.POST.get("number", "")
        if number:
            mine = (
                mine.filter(pk=number) if number.isascii() and number.isdecimal() and len(number) < 19 else mine.none()
            )
        mine.mark_read()
        page = request.POST.get("page", "")
        same = f"?page={page}" if page.isascii() and page.isdecimal() and len(page) < 6 else ""
        return HttpResponseRedirect(f"{reverse('admin:articles_article_inbox')}{same}")

    def mails_view(self, request: HttpRequest) -> HttpResponse:
        form = MailForm(request.POST)
        if form.is_valid():
            person: Any = request.user
            MailChoice.objects.update_or_create(user=person, defaults=form.cleaned_data)
            self.message_user(request, "Kept.", messages.SUCCESS)
        else:
            self.message_user(request, "Choose one of the three.", messages.ERROR)
        return HttpResponseRedirect(reverse("admin:articles_article_inbox"))


def _mine(request: HttpRequest) -> Any:
    return of_visible(request.user, Notification.objects.filter(to=request.user.pk))


def unread(request: HttpRequest) -> dict[str, Any]:
    """For every page of the desk: asked only where the template shows it. One query, of an index; what the page of
    notifications would not show is not counted.
    """

    def count() -> int:
        return len(_mine(request).unread().order_by().values_list("pk")[: COUNTED + 1])

    return {"unread": SimpleLazyObject(count), "inbox_url": reverse("admin:articles_article_inbox")}
