"""Are readers told of a change? Proposed while one writes, by the size of the change; decided by who publishes."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from articles.models import Article, PublishedArticle
from articles.models.changes import what_weighs
from articles.models.corrections import PublishedCorrection
from articles.models.permits import may
from articles.models.snapshots import KeptCorrection, Snapshot
from articles.roles import Act

from .form import ArticleForm
from .saving.desk_scripts import desk_media
from .saving.posted import content_posted, number
from .view import ArticleDesk


class Weighing(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        weigh = self.admin_site.admin_view(require_POST(self.weigh_view))
        return [path("<int:pk>/weigh/", weigh, name="articles_article_weigh"), *super().get_urls()]

    def weigh_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST, the form as it stands: {"minor": true, "said": "…"}. Six queries."""
        article = self.article_or_404(request, pk)
        if not may(request.user, Act.PUBLISH, article):
            raise PermissionDenied
        live = PublishedArticle.objects.live().filter(article_id=pk).first()
        if live is None:
            return JsonResponse({"minor": False, "said": "Readers don’t see it now."})
        before = Snapshot.of_published(live)
        content = {**before.content, **content_posted(ArticleForm, request.POST)}
        reason = what_weighs(before, replace(before, content=content, corrections=_corrections(request.POST)))
        return JsonResponse({"minor": not reason, "said": _said(reason)})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """After Moving, which says whether it is asked at all."""
        article: Article | None = kwargs.get("obj")
        if article is not None and article._annotated("live_version") and may(request.user, Act.PUBLISH, article):
            context["weigh_url"] = reverse("admin:articles_article_weigh", args=[article.pk])
            context["media"] = context["media"] + desk_media("weighing")
        return super().render_change_form(request, context, *args, **kwargs)


def _corrections(data: Any) -> tuple[KeptCorrection, ...]:
    """As many as the form would leave; what they say is no matter of weight."""
    rows = (f"corrections-{place}" for place in range(min(number(data.get("corrections-TOTAL_FORMS")), 1000)))
    standing = [row for row in rows if data.get(f"{row}-text", "").strip() and not data.get(f"{row}-DELETE")]
    noted = PublishedCorrection._meta.get_field("noted_at").get_default()
    return tuple(KeptCorrection("", "", noted) for _row in standing)


def _said(reason: str) -> str:
    return f"By its size they are told: {reason}." if reason else "By its size it is a minor fix: they are not told."
