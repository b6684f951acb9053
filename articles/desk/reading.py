"""The article for who may look at it but not change it: the text as readers would see it, not its source."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, PublishedArticle
from articles.richtext import Body
from images.models import Image
from newsroom.models import SiteIdentity

from .listing import desk_time
from .view import ArticleDesk


class ReadOnly(ArticleDesk):
    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Django shows the fields of a form that nobody may fill in as they are stored: for a body that is HTML."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": ["headline_as_read", "kicker", "standfirst_as_read", "text_as_read"]}),
            ("Filing", {"classes": ["aside"], "fields": ["section", "tags_as_read", "kind", "slug", "language"]}),
            ("Lead picture", {"classes": ["aside"], "fields": ["lead_picture_as_read", "lead_alt", "lead_caption"]}),
            ("Review", {"classes": ["aside"], "fields": ["reviewed", "reviewed_kind", "rating"]}),
            ("Schedule", {"classes": ["aside"], "fields": ["goes_live", "goes_away"]}),
            ("Videos and links", {"classes": ["aside"], "fields": ["recommended_videos", "has_affiliate_links"]}),
            ("Search engines", {"classes": ["aside"], "fields": ["seo_title", "seo_description", "canonical_url"]}),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        context["may_save"] = (
            self.has_change_permission(request, article) if article else self.has_add_permission(request)
        )
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="headline")
    def headline_as_read(self, article: Article) -> SafeString:
        return format_html('<div class="headline-as-read">{}</div>', article.headline)

    @admin.display(description="standfirst")
    def standfirst_as_read(self, article: Article) -> SafeString | str:
        return article.standfirst and format_html('<div class="standfirst-as-read">{}</div>', article.standfirst)

    @admin.display(description="text")
    def text_as_read(self, article: Article) -> SafeString:
        """By the readers' own renderer. Three queries at most."""
        body = Body(article.body)
        images = Image.objects.in_bulk(body.image_ids) if body.image_ids else {}
        live: Any = PublishedArticle.objects.live()
        linked = live.cards().filter(article_id__in=body.article_ids) if body.article_ids else []
        html = body.render(
            images=images,
            articles={one.article_id: one for one in linked},
            context={"site": SiteIdentity.current(), "videos": article.recommended_videos},
        )
        return format_html('<div class="text-as-read">{}</div>', html)

    @admin.display(description="tags")
    def tags_as_read(self, article: Article) -> str:
        return ", ".join(tag.name for tag in article.tags.all())

    @admin.display(description="lead picture")
    def lead_picture_as_read(self, article: Article) -> SafeString | str:
        image = article.lead_image
        if image is None:
            return ""
        if image.ladder is None:
            return image.title
        one = image.ladder.of("card", "webp")[0]
        return format_html(
            '<img class="picture-in-full" src="{}" alt="{}" width="{}" height="{}">',
            one.url, article.lead_alt, one.width, one.height,
        )  # fmt: skip

    @admin.display(description="alternative text")
    def lead_alt(self, article: Article) -> str:
        return article.lead_alt

    @admin.display(description="caption")
    def lead_caption(self, article: Article) -> str:
        return article.lead_caption

    @admin.display(description="goes live")
    def goes_live(self, article: Article) -> str:
        planned = article._annotated("planned_from")
        return desk_time(planned) if planned else ""

    @admin.display(description="until")
    def goes_away(self, article: Article) -> str:
        until = article._annotated("live_until")
        return desk_time(until) if until else ""
