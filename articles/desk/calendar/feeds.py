"""Somebody's own addresses for calendar programs: make one, see it once, renew it, end it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from articles.models import CalendarToken
from articles.models.calendar_token import MOST
from newsroom.slugs import CONTROL_CHARACTERS, one_line

from ..view import ArticleDesk
from .picture import filters
from .wanted import Wanted, all_sections

END, RENEW = "end", "renew"


class CalendarFeeds(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        feeds, act = (self.admin_site.admin_view(view) for view in (self.feeds_view, self.feed_act_view))
        return [
            path("calendar/feeds/", feeds, name="articles_article_calendar_feeds"),
            path("calendar/feeds/<int:number>/<slug:act>/", act, name="articles_article_calendar_feed_act"),
            *super().get_urls(),
        ]

    def feeds_view(self, request: HttpRequest) -> HttpResponse:
        """One's own, nobody else's. The new address stands in the answer itself and is kept nowhere."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._feeds(request)
        if CalendarToken.objects.working().filter(user=request.user.pk).count() >= MOST:
            return self._feeds(
                request, error=f"You have {MOST} addresses. End one that you don’t use, then make another."
            )
        note = one_line(CONTROL_CHARACTERS.sub("", request.POST.get("note", "")))[:80]
        token, secret = CalendarToken.make(request.user, note, Wanted.of(request.POST).query[:500])
        return self._feeds(request, made=token, secret=secret)

    def feed_act_view(self, request: HttpRequest, number: int, act: str) -> HttpResponse:
        """Asks first: an address that has ended does not come back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        token = CalendarToken.objects.working().filter(pk=number, user=request.user.pk).first()
        if token is None or act not in {END, RENEW}:
            raise Http404("You have no such address.")
        if request.method != "POST":
            context = self._feeds_context(request, title="End this address?" if act == END else "Renew this address?")
            return render(
                request, "admin/articles/article/calendar/feed_act.html", context | {"token": token, "act": act}
            )
        if act == RENEW and (made := token.renew(by=request.user)):
            return self._feeds(request, made=made[0], secret=made[1])
        token.revoke(by=request.user)
        self.message_user(request, "The address has ended: programs that still ask are told nothing.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_calendar_feeds"))

    def _feeds(
        self, request: HttpRequest, *, made: CalendarToken | None = None, secret: str = "", error: str = ""
    ) -> HttpResponse:
        wanted = Wanted.of(request.POST if request.method == "POST" else request.GET)
        address = ""
        if made is not None:
            query = f"?{made.query}" if made.query else ""
            address = f"{settings.SITE_URL}{reverse('calendar_feed', args=[secret])}{query}"
        context = self._feeds_context(
            request,
            title="The calendar in your own calendar program",
            tokens=CalendarToken.objects.working().filter(user=request.user.pk),
            made=made,
            address=address,
            webcal=f"webcal://{address.partition('://')[2]}" if address else "",
            error=error,
            wanted=wanted,
            **filters(wanted, all_sections(), request.user),
        )
        return render(request, "admin/articles/article/calendar/feeds.html", context, status=400 if error else 200)

    def _feeds_context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, **more}
