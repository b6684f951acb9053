"""Pages of the paper itself at the desk: the body's editor, a preview, and two who save the same page."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.models import StandingPage
from articles.pages.standing import Shown
from articles.richtext import sanitise
from newsroom import csp
from newsroom.deleting import DeletingInCounts
from newsroom.slugs import CONTROL_CHARACTERS, one_line

from .previews.preview import for_nobody_else
from .writing.editor import BodyEditor, allow_import_map
from .writing.own_addresses import with_numbered_links


class StandingForm(forms.ModelForm):
    """A save over what somebody else saved meanwhile is refused once: what was typed stays in the form, what is stored is
    a link away, and who saves again has seen it.
    """

    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = StandingPage
        fields = ("title", "slug", "description", "body", "is_public", "in_footer", "position")
        widgets = {
            "body": BodyEditor(attrs={"rows": 28, "class": "vLargeTextField body"}),
            "description": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened_version"] = self.instance.version if self.instance.pk else ""

    def clean_body(self) -> str:
        return with_numbered_links(sanitise(CONTROL_CHARACTERS.sub("", self.cleaned_data["body"])))

    @property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name != "opened_version"]

    def clean(self) -> dict[str, Any]:
        """Under the page's lock: the desk saves in a transaction."""
        values = super().clean() or self.cleaned_data
        if self.instance.pk:
            rows = StandingPage.objects.select_for_update().filter(pk=self.instance.pk)
            stored = rows.values_list("version", flat=True).first()
            if stored is not None and values.get("opened_version") != stored:
                self._ask_again(stored)
        return values

    def _ask_again(self, stored: int) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or a test's dict
        data["opened_version"] = stored
        self.data = data
        self.add_error(
            None,
            format_html(
                "Not saved: somebody else saved this page while you had it open. Your text stands below as you wrote it."
                ' <a href="{}" target="_blank" rel="noopener">See what is saved now</a>, bring both together here,'
                " then save again.",
                reverse("admin:articles_standingpage_preview", args=[self.instance.pk]),
            ),
        )


class StandingPageAdmin(DeletingInCounts):
    form = StandingForm
    counted = {"standingpicture": ("picture in its text", "pictures in its text")}
    list_display = ("title", "address", "is_public", "in_footer", "position", "updated_at")
    list_filter = ("is_public",)
    search_fields = ("title", "slug")
    change_form_template = "admin/articles/standingpage/change_form.html"
    fieldsets = (
        (None, {"fields": ("title", "body", "opened_version")}),
        ("Readers", {"fields": ("is_public", "slug", "description", "in_footer", "position")}),
    )

    def address(self, page: StandingPage) -> str:
        return f"/{page.slug}/"

    def view_on_site(self, page: StandingPage) -> str | None:
        return page.get_absolute_url() if page.is_public else None

    def get_urls(self) -> list[URLPattern]:
        saved, new = (self.admin_site.admin_view(view) for view in (self.preview_view, self.preview_new_view))
        return [
            path("add/preview/", new, name="articles_standingpage_preview_new"),
            path("<int:pk>/preview/", saved, name="articles_standingpage_preview"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        response = super().render_change_form(request, context, *args, **kwargs)
        allow_import_map(response, context["media"])
        return response

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET: as it was last saved. POST: as it stands in the posted form."""
        page = StandingPage.objects.filter(pk=pk).first()
        if page is None:
            raise Http404("There is no such page.")
        if request.method == "POST":
            if not self.has_change_permission(request, page):
                raise PermissionDenied
            return _preview(request, _posted(request, page), unsaved=True)
        if not self.has_view_permission(request, page):
            raise PermissionDenied
        return _preview(request, page)

    def preview_new_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        return _preview(request, _posted(request, StandingPage()), unsaved=True)


def _posted(request: HttpRequest, page: StandingPage) -> StandingPage:
    """Nothing is checked or saved: whoever looks sees what there is."""
    page.title = one_line(request.POST.get("title", ""))[:120]
    page.body = sanitise(CONTROL_CHARACTERS.sub("", request.POST.get("body", "")))
    page.updated_at = timezone.now()
    return page


def _preview(request: HttpRequest, page: StandingPage, *, unsaved: bool = False) -> HttpResponse:
    shown = Shown(page)
    response = render(request, "articles/standing.html", {**shown.context(), "preview": {"unsaved": unsaved}})
    if shown.frame_hosts:
        csp.allow(response, frame_src=sorted(shown.frame_hosts))
    return for_nobody_else(response)
