"""The picture library at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from images.models import Image
from newsroom.desk import DeskAdmin


class NeedsFilter(admin.SimpleListFilter):
    """What somebody should still do."""

    title = "needs"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("alt", "alternative text"), ("credit", "credit"), ("file", "its file")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        wanted = {"alt": {"alt": ""}, "credit": {"credit": ""}, "file": {"digest": ""}}
        return queryset.filter(**wanted.get(self.value() or "", {}))


@admin.register(Image)
class ImageAdmin(DeskAdmin):
    list_display = ["thumbnail", "title", "alt", "credit", "size", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_filter = [NeedsFilter, "created_at"]
    search_fields = ["title", "alt", "caption", "credit"]
    readonly_fields = ["picture", "size"]
    fieldsets = [
        (None, {"fields": ["picture", "file", "title", "alt", "caption"]}),
        ("Rights", {"fields": ["credit", "source", "licence"]}),
        ("Cutting", {"fields": ["focal_x", "focal_y", "size"]}),
    ]

    def get_form(self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None and "file" in form.base_fields:
            form.base_fields["file"].required = True
        return form

    @admin.display(description="")
    def thumbnail(self, image: Image) -> str:
        if not image.thumbnail_url:
            return format_html('<span class="thumbnail-missing">{}</span>', "no file yet")
        return format_html('<img class="thumbnail" src="{}" alt="" width="96" height="64">', image.thumbnail_url)

    @admin.display(description="picture")
    def picture(self, image: Image) -> str:
        ladder = image.ladder
        if ladder is None:
            return "No file yet."
        one = ladder.of("full", "webp")[min(1, len(ladder.of("full", "webp")) - 1)]
        return format_html(
            '<img class="library-picture" src="{}" alt="{}" width="{}" height="{}">',
            one.url,
            image.alt,
            one.width,
            one.height,
        )

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height} pixels" if image.digest else ""
