"""A picture that somebody uses is not deleted, neither alone nor among many."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from images import uses
from images.models import Image

# So many pictures are named with their uses; one sentence tells of the others.
MOST_NAMED = 20


@dataclass(frozen=True)
class ShownUse:
    """A use as this person may see it: without its name for who may not see the thing."""

    where: str
    label: str = ""
    url: str = ""


def shown(found: list[uses.Use], user: Any) -> list[ShownUse]:
    return [
        ShownUse(use.where, use.label, use.url) if user.has_perm(use.permission) else ShownUse(use.where)
        for use in found
    ]


class Protected(ModelAdmin):
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Django asks this before it deletes, in the form and in the list's action alike: while anything stands
        among the protected, it deletes nothing.
        """
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        images = {image.pk: image for image in objs}
        used = [pk for pk in uses.count(list(images)) if pk in images]
        if used:
            # What else this person may not delete is of no interest then, and would be told in its place.
            lacking, protected = set(), self._named(images, used, request)
        return deleted, counts, lacking, protected

    def _named(self, images: dict[int, Image], used: list[int], request: HttpRequest) -> list[Any]:
        places = uses.of(used[:MOST_NAMED])
        named: list[Any] = [
            format_html("{} is used: {}.", images[pk], _listed(shown(places.get(pk, []), request.user)))
            for pk in used[:MOST_NAMED]
        ]
        if more := len(used) - MOST_NAMED:
            named += [f"{more} more of them are used."] if more > 0 else []
        return named

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            # Somebody began to use it between the question and the deed.
            self.message_user(request, "Not deleted: somebody has just begun to use it.", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:images_image_change", args=[object_id]))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except ProtectedError:
            sentence = "Nothing was deleted: somebody has just begun to use one of these pictures."
            self.message_user(request, sentence, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


def _listed(places: list[ShownUse]) -> SafeString:
    parts = []
    for place in places:
        if place.label:
            parts.append(format_html('{} of <a href="{}">{}</a>', place.where, place.url, place.label))
        else:
            parts.append(format_html("{} of something that your login may not see", place.where))
    return format_html_join(", ", "{}", ((part,) for part in parts))
