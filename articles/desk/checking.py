"""Checks while writing, and how the article will look to search engines and where it is shared.

Without JavaScript both show the article as it was last saved; checks.js and appearance.js keep them true while one
writes, from the same rules (articles/models/checks.py), which lie in the page as JSON.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse

from articles.models import Article
from articles.models.check_facts import retired_among, tag_uses
from articles.models.checks import for_the_browser
from newsroom.models import SiteIdentity

from .refused import found_in
from .saving.desk_scripts import desk_media
from .view import ArticleDesk

MOST_TAGS = 200


class Checking(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        uses = self.admin_site.admin_view(self.tag_uses_view)
        return [path("tag-uses/", uses, name="articles_article_tag_uses"), *super().get_urls()]

    def tag_uses_view(self, request: HttpRequest) -> JsonResponse:
        """GET ?ids=1,2: {"results": [{"id": 1, "uses": 12, "is_common": false, "is_retired": false}, …]}. Three queries."""
        if not self.has_view_or_change_permission(request):
            return JsonResponse({"errors": {"__all__": ["Your login may not look at articles."]}}, status=403)
        asked = [part for part in request.GET.get("ids", "").split(",") if part]
        if len(asked) > MOST_TAGS or not all(_is_number(part) for part in asked):
            sentence = f"Tags are asked for by their numbers, with commas between, {MOST_TAGS} at most."
            return JsonResponse({"errors": {"ids": [sentence]}}, status=400)
        ids = dict.fromkeys(int(part) for part in asked)
        retired = retired_among(ids)
        found = [{"id": pk, **uses, "is_retired": pk in retired} for pk, uses in tag_uses(ids).items()]
        return JsonResponse({"results": found})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        if self._may_write(request, article):
            shown = article or Article()
            context["media"] = context["media"] + desk_media("writing")
            context["checks"] = found_in(request, article) if article else []
            context["checks_config"] = {**for_the_browser(), **_places(shown, context["checks"])}
            context["appearance"] = _appearance(shown)
        return super().render_change_form(request, context, *args, **kwargs)

    def _may_write(self, request: HttpRequest, article: Article | None) -> bool:
        return self.has_change_permission(request, article) if article else self.has_add_permission(request)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _places(article: Article, found: list[Any]) -> dict[str, Any]:
    """Whom checks.js asks, and what it can't find out by itself, as of the last save."""
    return {
        "pictures": reverse("admin:images_image_picker_info"),
        "tagUses": reverse("admin:articles_article_tag_uses"),
        "takenSlug": article.slug if any(check.id == "address-taken" for check in found) else "",
        "fromTheServer": [
            {"id": one.id, "words": one.words} for one in found if one.id in {"four-eyes", "link-unpublished"}
        ],
    }


def _appearance(article: Article) -> dict[str, Any]:
    site = SiteIdentity.current()
    image = article.lead_image
    return {
        "site": site.name,
        "host": urlsplit(settings.SITE_URL).netloc,
        "title": article.seo_title or article.headline,
        "description": article.seo_description or article.standfirst,
        "section": article.section.slug if article.section else "",
        "slug": article.slug,
        "picture": image.thumbnail_url if image else "",
    }
