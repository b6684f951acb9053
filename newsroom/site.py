"""The desk: Django's admin site under our name, with a first page of its own."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from newsroom import home


class DeskConfig(AdminConfig):
    """In INSTALLED_APPS in the place of django.contrib.admin."""

    default_site = "newsroom.site.Desk"


class Desk(AdminSite):
    site_header = "Newsroom"
    site_title = "Newsroom"
    index_title = "The desk"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), **home.beside(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**home.context(request), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, but the way to a thing's public page is ours."""
        view = self.admin_view(self.view_on_site)
        mine = path("r/<path:content_type_id>/<path:object_id>/", view, name="view_on_site")
        return [mine, *(one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site")]

    def view_on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """Django tells every login the address of any row of any model: for a draft that is its headline. Here only of
        what this person may see and whose list links there.
        """
        from django.contrib.contenttypes.models import ContentType
        from django.contrib.contenttypes.views import shortcut

        kind = ContentType.objects.filter(pk=content_type_id).first() if _is_number(content_type_id) else None
        model: Any = kind.model_class() if kind else None
        desk = self._registry.get(model)
        thing = desk.get_object(request, object_id) if desk and desk.view_on_site else None
        if desk is None or thing is None or not desk.has_view_permission(request, thing):
            raise Http404("There is no such page.")
        return shortcut(request, content_type_id, object_id)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Whatever is registered here writes the log."""
        from newsroom.auditing.desk import logged  # this module is read before there are models

        super().register(model_or_iterable, logged(admin_class or ModelAdmin), **options)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
