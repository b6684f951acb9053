"""The lead picture's field: Django's search in a list, and beside it the picture chooser of the body's editor."""

import json
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest
from js_asset import Media, Script

from articles.models import Article
from images.models import Image

from ..view import ArticleDesk
from .editor import MODULE_MEDIA, picture_urls


class PictureSelect(AutocompleteSelect):
    """Without JavaScript it is what Django makes of the field."""

    may_upload = True

    @property
    def media(self) -> Media:
        # After Django's own: select2 must be there when the module looks for it.
        return (
            super().media
            + MODULE_MEDIA
            + Media(
                css={"all": ["articles/editor/editor.css"]},
                js=[Script("articles/editor/picture-field.js", type="module")],
            )
        )

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs=extra_attrs)
        return {"data-picture-field": json.dumps(picture_urls(self.may_upload)), **attrs}


def may_upload(request: HttpRequest) -> bool:
    return admin.site.get_model_admin(Image).has_add_permission(request)


class PictureChoosing(ArticleDesk):
    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if "body" in form.base_fields:
            form.base_fields["body"].widget.may_upload = may_upload(request)
        return form

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "lead_image":
            names = {"data-alt-field": "lead_image_alt", "data-caption-field": "lead_image_caption"}
            widget = PictureSelect(db_field, self.admin_site, attrs=names, using=kwargs.get("using"))
            widget.may_upload = may_upload(request)
            kwargs["widget"] = widget
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
