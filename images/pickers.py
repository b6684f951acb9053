"""What the article's editor asks the library, as JSON: pictures to choose from, a new one, what some are called.

GET  picker/?q=&page=    {"results": [item…], "page": 1, "more": true, "total": 31}
POST picker/upload/      201 {"picture": item}; 409 {"duplicate": item}; 400 {"errors": {field: [sentences]}}
GET  picker/info/?ids=   {"results": [item…]}
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from images.desk.forms import PickedForm
from images.models import Image

A_PAGE = 24
# Beyond this page nobody leafs; a number without end would be an error of the database.
LAST_PAGE = 10_000
MOST_ASKED = 200


def item(image: Image) -> dict[str, Any]:
    """What a chooser shows of a picture. No query."""
    return {
        "id": image.pk,
        "title": image.title,
        "alt": image.alt,
        "decorative": image.decorative,
        "caption": image.caption,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "thumb": image.thumbnail_url,
        "needs_alt": image.needs_alt,
        "rights": image.rights_warning,
        "url": reverse("admin:images_image_change", args=[image.pk]),
        "missing": not image.digest,
    }


def refused(sentence: str, status: int, field: str = "__all__") -> JsonResponse:
    return JsonResponse({"errors": {field: [sentence]}}, status=status)


def store(form: Any) -> bool:
    """Save a valid form's picture; False, with the reason at its file, when there was no room for it."""
    try:
        form.instance.save()
    except (OSError, ValidationError) as error:
        form.add_error("file", not_stored(error))
        return False
    return True


def not_stored(error: OSError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return f"The picture could not be stored ({error.strerror or 'the storage failed'}). Nothing was saved."


def errors_of(form: Any) -> dict[str, list[str]]:
    """As sentences by field, for JSON."""
    return {field: [str(sentence) for sentence in errors] for field, errors in form.errors.items()}


class Pickers(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("picker/", wrap(require_safe(self.picker_view)), name="images_image_picker"),
            path("picker/upload/", wrap(require_POST(self.picker_upload_view)), name="images_image_picker_upload"),
            path("picker/info/", wrap(require_safe(self.picker_info_view)), name="images_image_picker_info"),
            *super().get_urls(),
        ]

    def picker_view(self, request: HttpRequest) -> JsonResponse:
        """Newest first. Two queries."""
        if not self.has_view_permission(request):
            return refused("Your login may not look at pictures.", 403)
        found = Image.objects.search(request.GET.get("q", ""))
        page = _page(request.GET.get("page", ""))
        start = (page - 1) * A_PAGE
        images = list(found[start : start + A_PAGE + 1])
        results = [item(image) for image in images[:A_PAGE]]
        more = len(images) > A_PAGE
        return JsonResponse({"results": results, "page": page, "more": more, "total": found.count()})

    def picker_info_view(self, request: HttpRequest) -> JsonResponse:
        """Those that there are, in the order asked for. One query."""
        if not self.has_view_permission(request):
            return refused("Your login may not look at pictures.", 403)
        asked = [part.strip() for part in request.GET.get("ids", "").split(",") if part.strip()]
        if len(asked) > MOST_ASKED:
            return refused(f"Ask for {MOST_ASKED} pictures at most.", 400, "ids")
        if not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in asked):
            return refused("Pictures are asked for by their numbers, with commas between.", 400, "ids")
        found = Image.objects.in_bulk({int(part) for part in asked})
        unique = dict.fromkeys(int(part) for part in asked)
        return JsonResponse({"results": [item(found[number]) for number in unique if number in found]})

    def picker_upload_view(self, request: HttpRequest) -> JsonResponse:
        if not self.has_add_permission(request):
            return refused("Your login may not add pictures.", 403)
        form = PickedForm(request.POST, request.FILES)
        form.may_look = self.has_view_permission(request)
        if form.is_valid() and store(form):
            self.log_addition(request, form.instance, [{"added": {}}])
            return JsonResponse({"picture": item(form.instance)}, status=201)
        if form.duplicate:
            return JsonResponse({"duplicate": item(form.duplicate)}, status=409)
        return JsonResponse({"errors": errors_of(form)}, status=400)


def _page(text: str) -> int:
    """1 for what is no page."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
    return min(max(number, 1), LAST_PAGE)
