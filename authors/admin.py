"""Authors at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from authors.models import Author
from newsroom.deleting import DeletingInCounts


@admin.register(Author)
class AuthorAdmin(DeletingInCounts):
    list_display = ["name", "pronouns", "role", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["portrait", "user"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "pronouns", "role", "portrait", "biography", "links"]}),
        ("Not public", {"fields": ["email", "user"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Author | None = None) -> Any:
        """Who may only look sees what readers see."""
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return self.fieldsets if may else self.fieldsets[:1]

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display if request.user.has_perm("auth.view_user") else self.list_display[:-1]

    def get_readonly_fields(self, request: HttpRequest, obj: Author | None = None) -> Any:
        """Whose page it is decides whose own the articles in its byline are: that is for who keeps the people."""
        return [] if request.user.has_perm("auth.change_user") else ["user"]
