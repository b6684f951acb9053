"""Many pictures at once: the page to upload them, one request a file, and the words that complete each.

Without a script the page is a plain form that takes many files. Which pictures it shows stands in its address, so
that nothing is lost by loading it again.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from images.desk.forms import FileForm, WordsForm
from images.models import Image
from images.pickers import errors_of, item, refused, store
from newsroom.desk import DeskAdmin

# So many pictures stand on the page that its address names; the list has the others.
MOST_SHOWN = 100


class Uploading(DeskAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        page = require_http_methods(["GET", "HEAD", "POST"])(self.upload_view)
        return [
            path("upload/", wrap(page), name="images_image_upload"),
            path("upload/one/", wrap(require_POST(self.upload_one_view)), name="images_image_upload_one"),
            path("<int:pk>/words/", wrap(require_POST(self.words_view)), name="images_image_words"),
            *super().get_urls(),
        ]

    # --- the page --------------------------------------------------------------------------------------------

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._upload_all(request)
        shown = _numbers(request.GET.get("pictures", "")) if self.has_view_permission(request) else []
        found = Image.objects.in_bulk(shown)
        context = {
            **self.admin_site.each_context(request),
            **self.panel_context(request),
            "title": "Upload pictures",
            "opts": self.opts,
            "media": self.media,
            "rows": [self._row(request, found[number]) for number in shown if number in found],
        }
        return render(request, "admin/images/image/upload.html", context)

    def panel_context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "may_upload": self.has_add_permission(request),
            "most_megabytes": settings.IMAGE_MAX_MEGABYTES,
            "most_bytes": settings.IMAGE_MAX_MEGABYTES * 1024 * 1024,
        }

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Pictures can be dropped onto the list."""
        return super().changelist_view(request, {**self.panel_context(request), **(extra_context or {})})

    def _upload_all(self, request: HttpRequest) -> HttpResponse:
        """Without a script: each file by itself, what fails is told, the others go on."""
        files, taken = request.FILES.getlist("files"), []
        for file in files:
            form = self._taken(request, file)
            if form.is_valid():
                taken.append(form.instance.pk)
            else:
                sentences = format_html(" ".join(["{}"] * len(form.errors["file"])), *form.errors["file"])
                self.message_user(request, format_html("“{}”: {}", file.name, sentences), messages.ERROR)
        if not files:
            self.message_user(request, "Choose at least one picture.", messages.ERROR)
        if taken:
            some = "1 picture is" if len(taken) == 1 else f"{len(taken)} pictures are"
            self.message_user(request, f"{some} in the library. Complete them here.", messages.SUCCESS)
        return self._shown_again(taken + _numbers(request.POST.get("pictures", "")))

    def _shown_again(self, numbers: list[int]) -> HttpResponse:
        address = reverse("admin:images_image_upload")
        shown = ",".join(str(number) for number in numbers[:MOST_SHOWN])
        return HttpResponseRedirect(f"{address}?pictures={shown}" if shown else address)

    def _taken(self, request: HttpRequest, file: Any) -> FileForm:
        """The form for this file, its picture stored and logged if it is valid."""
        form = FileForm({"anyway": request.POST.get("anyway", "")}, {"file": file} if file else {})
        form.may_look = self.has_view_permission(request)
        if form.is_valid() and store(form):
            self.log_addition(request, form.instance, [{"added": {}}])
        return form

    # --- one file --------------------------------------------------------------------------------------------

    def upload_one_view(self, request: HttpRequest) -> JsonResponse:
        """201 {"picture": item, "row": HTML}; 409 {"duplicate": item, "row": HTML}; 400 {"errors": {field: […]}}."""
        if not self.has_add_permission(request):
            return refused("Your login may not add pictures.", 403)
        form = self._taken(request, request.FILES.get("file"))
        if form.duplicate:
            row = self._row(request, form.duplicate, duplicate=True)
            return JsonResponse({"duplicate": item(form.duplicate), "row": row}, status=409)
        if form.errors:
            return JsonResponse({"errors": errors_of(form)}, status=400)
        return JsonResponse({"picture": item(form.instance), "row": self._row(request, form.instance)}, status=201)

    def _row(self, request: HttpRequest, image: Image, *, duplicate: bool = False, form: Any = None) -> str:
        may_change = not duplicate and self.has_change_permission(request, image)
        form = form or WordsForm(instance=image, prefix=f"picture-{image.pk}")
        parts = {"image": image, "form": form if may_change else None, "duplicate": duplicate}
        return render_to_string("admin/images/image/upload_row.html", parts, request)

    # --- its words -------------------------------------------------------------------------------------------

    def words_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Saves what has changed of a picture's words: 200 {"picture": item} or 400 {"errors": {field: […]}} for the
        page's script, the page again for who has none.
        """
        image = Image.objects.filter(pk=pk).first()
        if image is None:
            raise Http404("There is no such picture.")
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        self.about_to_change(request, image)
        form: Any = WordsForm(request.POST, instance=image, prefix=f"picture-{pk}")
        if form.is_valid() and form.has_changed() and store(form):
            self.log_change(request, image, self.construct_change_message(request, form, []))
        if "application/json" in request.headers.get("Accept", ""):
            if form.errors:
                return JsonResponse({"errors": errors_of(form)}, status=400)
            return JsonResponse({"picture": item(image)})
        for field, sentences in form.errors.items():
            label = form.fields[field].label if field in form.fields else ""
            self.message_user(request, f"“{image}”: {label}: {' '.join(sentences)}", messages.ERROR)
        if not form.errors:
            self.message_user(request, f"“{image}” is saved.", messages.SUCCESS)
        return self._shown_again(_numbers(request.POST.get("pictures", "")) or [pk])


def _numbers(text: str) -> list[int]:
    """The ids in an address, each once; what is none is left out."""
    parts = text[:4000].split(",")
    found = (int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 19)
    return list(dict.fromkeys(found))[:MOST_SHOWN]
