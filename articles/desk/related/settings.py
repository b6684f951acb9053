"""The site's settings of related articles at the desk. The one door: no environment variable says otherwise."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.models import RelatedSettings
from newsroom.desk import DeskAdmin


class RelatedSettingsAdmin(DeskAdmin):
    """There is one row, made when it is first looked for; the list leads straight to it."""

    fieldsets = [
        (
            None,
            {
                "fields": ["cards", "days_apart_at_most", "same_section", "tells_readers_why"],
                "description": "What readers are offered to read next, under every article. How it is found and ordered "
                "is the same everywhere; which ones stand beside an article is chosen in that article’s form. What is "
                "pinned there by hand is shown whatever is said here. A change holds at once, for the whole site.",
            },
        )
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        rules = RelatedSettings.objects.first()
        if rules is None:
            rules = RelatedSettings()
            rules.save()
        return HttpResponseRedirect(reverse("admin:articles_relatedsettings_change", args=[rules.pk]))
