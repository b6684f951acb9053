"""OneRowAdmin: settings of the whole site at the desk, which are one row."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from newsroom.desk import DeskAdmin


class OneRowAdmin(DeskAdmin):
    """The row is made when it is first looked for; the list leads straight to it. No other is added, none is deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        rows: Any = self.model._default_manager
        row = rows.first()
        if row is None:
            row = self.model()
            row.save()
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        )
