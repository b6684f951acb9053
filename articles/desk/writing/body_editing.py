"""What the body's editor needs of the admin: its import map's place in the policy, its pickers."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern

from .blocks import BlockEditing
from .editor import allow_import_map


class BodyEditing(BlockEditing):
    def get_urls(self) -> list[URLPattern]:
        return super().get_urls()

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        response = super().render_change_form(request, context, *args, **kwargs)
        allow_import_map(response, context["media"])
        return response
