"""Authors at the desk."""

from django.contrib import admin

from authors.models import Author


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    list_display = ["name", "pronouns", "role", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["portrait", "user"]
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["name", "slug", "pronouns", "role", "portrait", "biography", "links"]}),
        ("Not public", {"fields": ["email", "user"]}),
    ]
