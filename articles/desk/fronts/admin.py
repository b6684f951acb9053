"""FrontAdmin: the list of fronts, and the way to each of them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from articles.models import Front, FrontVersion, Section
from articles.models.fronts.laying_out import may_lay_out
from articles.models.fronts.layout import Layout

from .board import State, Versions
from .laying import Laying
from .releasing import Releasing
from .stale import facts_of


class FrontAdmin(Laying, Releasing):
    is_logged_by_verbs = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @method_decorator(require_safe)
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The home page and every section. Six queries."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        lines = _lines(request.user)
        context = self.front_context(request, None, "Fronts", lines=lines)
        return render(request, "admin/articles/front/list.html", context)

    @method_decorator(require_safe)
    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is no form: a front is laid out on its board."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        number = int(object_id) if object_id.isascii() and object_id.isdecimal() and len(object_id) < 19 else 0
        front = get_object_or_404(Front, pk=number)
        return HttpResponseRedirect(reverse("admin:articles_front_lay_out", args=[front.section_id or 0]))


def _lines(user: Any) -> list[dict[str, Any]]:
    versions: dict[int, dict[str, FrontVersion]] = {}
    rows = FrontVersion.objects.exclude(state=State.PAST).select_related("front", "made_by")
    for one in rows:
        versions.setdefault(one.front.section_id or 0, {})[one.state] = one
    fronts: list[tuple[int, Section | None]] = [(0, None), *((one.pk, one) for one in Section.objects.all())]
    found = []
    for number, section in fronts:
        its = versions.get(number, {})
        found.append((section, Versions(its.get(State.DRAFT), its.get(State.LIVE))))
    layouts = [Layout.read(one.newest.layout) if one.newest else Layout() for _, one in found]
    facts = facts_of(layouts, user)
    return [
        {
            "number": section.pk if section else 0,
            "name": section.name if section else "Home",
            "versions": its,
            "warnings": len(facts.warnings(layout)),
            "may": may_lay_out(user, section),
        }
        for (section, its), layout in zip(found, layouts, strict=True)
    ]
