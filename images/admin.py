"""The picture library at the desk. Its parts, a class and a file each, live in images/desk/ and images/pickers.py."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from images import uses
from images.desk.deleting import Protected, shown
from images.desk.forms import ImageForm
from images.desk.listing import LibraryList
from images.desk.uploading import Uploading
from images.models import Image
from images.pickers import Pickers, not_stored

WORDS = ["title", "alt", "decorative", "caption"]


@admin.register(Image)
class ImageAdmin(Protected, Pickers, Uploading, LibraryList):
    form = ImageForm
    change_form_template = "admin/images/image/change_form.html"
    delete_confirmation_template = "admin/images/image/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/images/image/delete_selected_confirmation.html"
    readonly_fields = ["picture", "size"]
    fieldsets = [
        (None, {"fields": ["picture", "file", "anyway", *WORDS]}),
        ("Rights", {"fields": ["credit", "source", "licence", "usage_note", "rights_expire_on"]}),
        ("Cutting", {"fields": ["focal_x", "focal_y", "size"]}),
    ]

    # The model's own check judges the file: Django's field would hand it to every reader that Pillow has. And no
    # link to the original, which has no address.
    formfield_overrides = {models.ImageField: {"form_class": forms.FileField, "widget": forms.FileInput}}

    class Media:
        css = {"all": ["images/library.css"]}
        js = [Script(f"images/{name}.js", type="module") for name in ("uploading", "focal_point", "describing")]

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """Who may only look has no use for the file's name, and there is no address to link it to."""
        if obj is None:
            cutting = ("Cutting", {"fields": ["focal_x", "focal_y"]})
            return [(None, {"fields": ["file", "anyway", *WORDS]}), self.fieldsets[1], cutting]
        if self.has_change_permission(request, obj):
            return self.fieldsets
        return [(None, {"fields": ["picture", *WORDS]}), *self.fieldsets[1:]]

    def get_form(self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.not_stored = getattr(request, "not_stored", "")
        form.may_look = self.has_view_permission(request)
        if "file" in form.base_fields:
            file = form.base_fields["file"]
            file.required = obj is None
            file.widget.attrs["accept"] = "image/*"
            if obj is not None and obj.digest:
                file.label = "Replace the file"
                file.help_text = "Wherever the picture is used, the new file is shown. The old one is deleted."
        if obj is None and "title" in form.base_fields:
            form.base_fields["title"].help_text += " Empty: taken from the file."
        for name in ("alt", "caption"):
            if name in form.base_fields:
                form.base_fields[name].widget = AdminTextareaWidget({"rows": 2})
        for name in ("focal_x", "focal_y"):
            if name in form.base_fields:
                form.base_fields[name].widget.attrs |= {"min": 0, "max": 1, "step": "any"}
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A full disk is told at the field, with all that was typed, like any other reason why it can't be saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (OSError, ValidationError) as error:
            request.not_stored = not_stored(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With where the picture is used: two queries for each kind of use."""
        image: Image | None = kwargs.get("obj")
        if image is not None:
            context["uses"] = shown(uses.of([image.pk], seen_by=request.user).get(image.pk, []))
            context["more_uses"] = uses.count([image.pk])[image.pk] - len(context["uses"])
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Image) -> HttpResponse:
        if obj.rights_have_expired:
            self.message_user(request, obj.rights_warning, messages.WARNING)
        return super().response_change(request, obj)

    @admin.display(description="picture")
    def picture(self, image: Image) -> str:
        """As a reader gets it; focal_point.js lets the focal point be set on it and shows the crops."""
        ladder = image.ladder
        if ladder is None:
            return "No file yet."
        full = ladder.of("full", "webp")
        one = full[min(2, len(full) - 1)]
        return format_html(
            '<div class="focal-point"><img class="picture-in-full" src="{}" alt="{}" width="{}" height="{}"></div>',
            one.url,
            image.alt,
            one.width,
            one.height,
        )

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height} pixels" if image.digest else ""
