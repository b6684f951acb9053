"""Authors at the desk."""

from django.contrib import admin

from authors.models import Author
from newsroom.desk import DeskAdmin


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    list_display = ["name", "pronouns", "role", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["portrait", "user"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "pronouns", "role", "portrait", "biography", "links"]}),
        ("Not public", {"fields": ["email", "user"]}),
    ]
