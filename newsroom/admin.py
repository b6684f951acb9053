"""The site itself at the desk: its identity, its redirects."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from newsroom.auditing.page import LogAdmin
from newsroom.desk import DeskAdmin
from newsroom.models import AuditEntry, MenuLink, Redirect, SiteIdentity

admin.site.register(AuditEntry, LogAdmin)


@admin.register(SiteIdentity)
class SiteIdentityAdmin(DeskAdmin):
    """There is one; the list leads straight to it."""

    fieldsets = [
        (None, {"fields": ["name", "tagline", "description", "logo", "social_links", "footer_text"]}),
        ("Look", {"fields": ["accent", "accent_dark", "headline_font", "text_font"]}),
        ("Search", {"fields": ["search_language"]}),
        ("Openness", {"fields": ["shows_changes"]}),
        ("Affiliate disclosure", {"fields": ["disclosure", "disclosure_url"]}),
        ("For machines", {"fields": ["ads_txt", "humans_txt", "security_contact"]}),
    ]
    # The model's own check judges the logo: Django's field would hand the upload to every reader that Pillow has.
    formfield_overrides = {models.ImageField: {"form_class": forms.FileField}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not SiteIdentity.objects.exists() and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        site = SiteIdentity.objects.first()
        if site is None or not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:newsroom_siteidentity_change", args=[site.pk]))


@admin.register(MenuLink)
class MenuLinkAdmin(DeskAdmin):
    list_display = ["title", "place", "url", "position"]
    list_filter = ["place"]


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    list_display = ["path", "leads", "since"]
    search_fields = ["path", "target"]
    readonly_fields = ["leads"]

    def get_fields(self, request: HttpRequest, obj: Redirect | None = None) -> Any:
        """One that follows a thing has no target to write: it would never be looked at."""
        return ["path", "leads" if obj and obj.key else "target", "since"]

    @admin.display(description="leads to")
    def leads(self, redirect: Redirect) -> str:
        """As stored: following it would cost queries for every row."""
        return redirect.target or redirect.key or "gone (410)"
