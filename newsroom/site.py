"""The desk: Django's admin site under our name, with a first page of its own."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.template.response import TemplateResponse

from newsroom import home


class DeskConfig(AdminConfig):
    """In INSTALLED_APPS in the place of django.contrib.admin."""

    default_site = "newsroom.site.Desk"


class Desk(AdminSite):
    site_header = "Newsroom"
    site_title = "Newsroom"
    index_title = "The desk"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**home.context(request), **(extra_context or {})})

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Whatever is registered here writes the log."""
        from newsroom.auditing.desk import logged  # this module is read before there are models

        super().register(model_or_iterable, logged(admin_class or ModelAdmin), **options)
