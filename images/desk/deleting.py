"""A picture that somebody uses is not deleted, neither alone nor among many."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from images import uses
from images.models import Image
from newsroom.deleting import DeletingUnderUse

# So many pictures are named with their uses; one sentence tells of the others.
MOST_NAMED = 20


@dataclass(frozen=True)
class ShownUse:
    """A use as this person may see it: without its name for who may not see the thing."""

    where: str
    label: str = ""
    url: str = ""


def shown(found: list[uses.Use]) -> list[ShownUse]:
    """From `uses.of(…, seen_by=…)`: which of them that person may see is known."""
    return [ShownUse(use.where) if use.is_hidden else ShownUse(use.where, use.label, use.url) for use in found]


class Protected(DeletingUnderUse):
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Django asks this before it deletes, in the form and in the list's action alike: while anything stands
        among the protected, it deletes nothing.
        """
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        images = {image.pk: image for image in objs}
        used = uses.count(list(images))
        if used:
            # What else this person may not delete is of no interest then, and would be told in its place.
            lacking, protected = set(), self._named(images, used, request)
        return deleted, counts, lacking, protected

    def _named(self, images: dict[int, Image], used: Counter[int], request: HttpRequest) -> list[Any]:
        """A sentence for each used picture; at most MOST_NAMED."""
        named = list(used)[:MOST_NAMED]
        places = uses.of(named, seen_by=request.user)
        sentences: list[Any] = []
        for pk in named:
            listed = _listed(shown(places.get(pk, [])), used[pk])
            sentences.append(format_html("{} is used: {}.", images[pk], listed))
        if len(used) > MOST_NAMED:
            sentences.append(f"{len(used) - MOST_NAMED} more of them are used.")
        return sentences


def _listed(places: list[ShownUse], times: int) -> SafeString:
    parts: list[Any] = []
    for place in places:
        if place.label:
            parts.append(format_html('{} of <a href="{}">{}</a>', place.where, place.url, place.label))
        else:
            parts.append(format_html("{} of something that your login may not see", place.where))
    if not places:
        parts.append("in one place" if times == 1 else f"in {times} places")
    elif times > len(places):
        parts.append(f"and {times - len(places)} more")
    return format_html_join(", ", "{}", ((part,) for part in parts))
