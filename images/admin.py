"""The picture library at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
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


class ImageForm(forms.ModelForm):
    not_stored = ""

    def clean(self) -> Any:
        if self.not_stored:
            self.add_error("file", f"The picture could not be stored ({self.not_stored}). Nothing was saved.")
        return super().clean()


@admin.register(Image)
class ImageAdmin(DeskAdmin):
    form = ImageForm
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

    # The model's own check judges the file: Django's field would hand it to every reader that Pillow has. And no
    # link to the original, which has no address.
    formfield_overrides = {models.ImageField: {"form_class": forms.FileField, "widget": forms.FileInput}}

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """Who may only look has no use for the file's name, and there is no address to link it to."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [(None, {"fields": ["picture", "title", "alt", "caption"]}), *self.fieldsets[1:]]

    def get_form(self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.not_stored = getattr(request, "not_stored", "")
        if "file" in form.base_fields:
            form.base_fields["file"].required = obj is None
            form.base_fields["file"].widget.attrs["accept"] = "image/*"
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A full disk is told at the field, with all that was typed, like any other reason why it can't be saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except OSError as error:
            request.not_stored = error.strerror or "the storage failed"  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

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
            '<img class="picture-in-full" src="{}" alt="{}" width="{}" height="{}">',
            one.url,
            image.alt,
            one.width,
            one.height,
        )

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height} pixels" if image.digest else ""
