"""Who else has this form open. A courtesy, not a lock: what two people write is merged when they save (stale.py)."""

import json
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.models import Article, Presence

from ..view import ArticleDesk
from .desk_scripts import desk_media
from .people import clock, listed, name_of, newer_than

GONE_AFTER = timedelta(seconds=20)  # a form reports every eight; one report may get lost
HIDDEN_FOR = timedelta(seconds=60)  # how much longer when its tab is hidden: browsers let it report once a minute


class PresenceAtTheForm(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.presence_view)
        return [path("<int:pk>/presence/", view, name="articles_article_presence"), *super().get_urls()]

    def presence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET: who is there, for who may view. POST {is_writing, is_hidden, is_leaving, version}: I am, for who may change.

        Three queries, four when somebody saved since `version`.
        """
        if request.method not in {"GET", "POST"}:
            return HttpResponseNotAllowed(["GET", "POST"])
        article = self.article_or_404(request, pk, to="change" if request.method == "POST" else "view")
        sent = _sent(request)
        if sent is None:
            return JsonResponse({"errors": {"form": ["A report is an object."]}}, status=400)
        here = list(Presence.objects.filter(article=article).select_related("by"))
        if request.method == "POST":
            report(article, request.user, here, sent)
        version = sent.get("version")
        opened = version if isinstance(version, int) else article.version
        others = [one for one in here if one.by_id != request.user.pk and _is_here(one)]
        answer = JsonResponse(
            {
                "others": [
                    {"name": name_of(one.by), "since": clock(one.since), "is_writing": one.is_writing} for one in others
                ],
                "newer": newer_than(article, opened, request.user),
            }
        )
        answer["Cache-Control"] = "private, no-store"
        return answer

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        if article is not None:
            context["media"] += desk_media("presence")
            context["presence_url"] = reverse("admin:articles_article_presence", args=[article.pk])
            context["may_be_present"] = self.has_change_permission(request, article)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- the list -------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        rows = super().get_queryset(request)
        if request.resolver_match is None or request.resolver_match.url_name != "articles_article_changelist":
            return rows
        here = Presence.objects.filter(seen_at__gt=timezone.now() - GONE_AFTER).exclude(by=request.user)
        return rows.prefetch_related(Prefetch("presences", here.select_related("by"), to_attr="people_here"))

    def headline_and_address(self, article: Any) -> str:
        shown = super().headline_and_address(article)
        people = [name_of(one.by) for one in getattr(article, "people_here", [])]
        if not people:
            return shown
        words = f"{listed(people)} {'is' if len(people) == 1 else 'are'} editing this"
        return format_html(
            '{} <span class="here"><span class="here-dot" aria-hidden="true"></span>{}</span>', shown, words
        )

    headline_and_address.short_description = "article"  # type: ignore[attr-defined]
    headline_and_address.admin_order_field = "headline"  # type: ignore[attr-defined]


def report(article: Article, by: Any, here: list[Presence], sent: dict[str, Any]) -> None:
    """Keep that this person's form is open, or no longer. One query; `here` are the rows that there are."""
    if sent.get("is_leaving"):
        Presence.objects.filter(article=article, by=by).delete()
        return
    mine = next((one for one in here if one.by_id == by.pk), None)
    now = timezone.now()
    row = Presence(
        article=article,
        by=by,
        since=mine.since if mine and _is_here(mine) else now,
        seen_at=now + HIDDEN_FOR if sent.get("is_hidden") else now,
        is_writing=bool(sent.get("is_writing")),
    )
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["article", "by"], update_fields=["since", "seen_at", "is_writing"]
    )


def _is_here(one: Presence) -> bool:
    return one.seen_at > timezone.now() - GONE_AFTER


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    """What the form reports; None when it is nonsense."""
    if request.method == "GET":
        asked = request.GET.get("version", "")
        return {"version": int(asked)} if asked.isdecimal() and len(asked) < 10 else {}
    try:
        sent = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return None
    return sent if isinstance(sent, dict) else None
