"""The library's list: what is in it, what it lacks, where it is used."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from images import uses
from images.models import Image
from newsroom.desk import DeskAdmin


class NeedsFilter(admin.SimpleListFilter):
    """What somebody should still do."""

    title = "needs"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("alt", "alternative text"), ("credit", "credit"), ("file", "its file")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Image]:
        if self.value() == "alt":
            return queryset.needing_alt()
        lacking = {"credit": Q(credit=""), "file": Q(digest="")}
        return queryset.filter(lacking.get(self.value() or "", Q()))


class RightsFilter(admin.SimpleListFilter):
    title = "rights"
    parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("expired", "have ended"), ("soon", "end within 30 days")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Image]:
        if self.value() == "expired":
            return queryset.with_expired_rights()
        return queryset.with_rights_that_expire_soon() if self.value() == "soon" else queryset


class UseFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "unused"), ("yes", "used")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Image]:
        if self.value() == "no":
            return queryset.unused()
        return queryset.used() if self.value() == "yes" else queryset


class LibraryPage(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """With the number of uses of each picture on this page: one query for each kind of use."""
        super().get_results(request)
        images: list[Any] = list(self.result_list)
        found = uses.count([image.pk for image in images])
        for image in images:
            image.use_count = found[image.pk]
        self.result_list = images


class LibraryList(DeskAdmin):
    list_display = ["thumbnail", "title", "description", "credit", "used", "added"]
    list_display_links = ["thumbnail", "title"]
    list_filter = [NeedsFilter, RightsFilter, UseFilter, "created_at"]
    search_fields = ["title"]  # shows the box; what is searched says get_search_results
    change_list_template = "admin/images/image/change_list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LibraryPage

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Also what the autocomplete fields of other forms ask."""
        return queryset.search(search_term), False

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> str:
        if not image.thumbnail_url:
            return format_html('<span class="thumbnail-missing">{}</span>', "no file yet")
        # It is a link's only content: its alternative text says where the link leads.
        html = '<img class="thumbnail" src="{}" alt="{}" width="96" height="64">'
        return format_html(html, image.thumbnail_url, image.title)

    @admin.display(description="alternative text", ordering="alt")
    def description(self, image: Image) -> str:
        """With what should not be overlooked."""
        if image.needs_alt:
            words = format_html('<span class="picture-mark picture-mark-needed">{}</span>', "missing")
        elif image.decorative:
            words = format_html('<span class="picture-mark">{}</span>', "decorative")
        else:
            words = format_html("{}", image.alt)
        if image.rights_have_expired or image.rights_expire_soon:
            mark = "rights have ended" if image.rights_have_expired else "rights end soon"
            words += format_html(' <span class="picture-mark picture-mark-needed">{}</span>', mark)
        return words

    @admin.display(description="used")
    def used(self, image: Any) -> str:
        times = getattr(image, "use_count", 0)
        return f"{times}×" if times else "no"

    @admin.display(description="added", ordering="created_at")
    def added(self, image: Image) -> str:
        """The day in the site's zone."""
        return date_format(timezone.localtime(image.created_at), "j M Y")
