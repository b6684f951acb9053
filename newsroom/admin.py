"""The site itself at the desk: its identity, its redirects."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from newsroom.desk import DeskAdmin
from newsroom.models import Redirect, SiteIdentity

admin.site.site_header = "Newsroom"
admin.site.site_title = "Newsroom"
admin.site.index_title = "The desk"


@admin.register(SiteIdentity)
class SiteIdentityAdmin(DeskAdmin):
    """There is one; the list leads straight to it."""

    fieldsets = [
        (None, {"fields": ["name", "tagline", "description", "logo", "social_links"]}),
        ("Affiliate disclosure", {"fields": ["disclosure", "disclosure_url"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not SiteIdentity.objects.exists() and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        site = SiteIdentity.objects.first()
        if site is None or not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:newsroom_siteidentity_change", args=[site.pk]))


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    list_display = ["path", "leads", "since"]
    search_fields = ["path", "target"]
    fields = ["path", "target", "since"]

    @admin.display(description="leads to")
    def leads(self, redirect: Redirect) -> str:
        """As stored: following it would cost queries for every row."""
        return redirect.target or redirect.key or "gone (410)"
