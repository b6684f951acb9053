"""What every list and form of the desk has in common."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import DataError
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from newsroom.auditing.desk import Logged
from newsroom.zoned_field import ZONED


class DeskAdmin(Logged):
    """Django's own, but an address that asks nonsense (?created_at__year=99999) is answered, not a server error."""

    show_full_result_count = False
    list_per_page = 50
    formfield_overrides = ZONED

    class Media:
        # What Django's widgets leave without a name for those who listen to the page.
        js = [
            Script("newsroom/select2-names.js", type="module"),
            Script("newsroom/datetime-names.js", type="module"),
        ]

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What is no number was never a box of the list: it is passed over, not a server error."""
        data = request.POST.copy()
        data.setlist(ACTION_CHECKBOX_NAME, row_numbers(data.getlist(ACTION_CHECKBOX_NAME)))
        request.POST = data  # type: ignore[assignment]
        return super().response_action(request, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address fills into a form (?section=3): for a row its number, or nothing."""
        rows = {field.name for field in self.opts.get_fields() if field.is_relation}
        return {
            name: value
            for name, value in super().get_changeform_initial_data(request).items()
            if name not in rows or _are_numbers([value] if isinstance(value, str) else value)
        }

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DataError):
            if request.method != "GET" or request.GET.get("e"):
                raise
            # The admin's own way to say that a filter made no sense: ?e=1 shows the list without it.
            return HttpResponseRedirect(f"{request.path}?e=1")


def row_numbers(sent: Iterable[str]) -> list[str]:
    """Those of what a form sent that may be the number of a row, in any database."""
    return [one for one in sent if one.isascii() and one.isdecimal() and len(one) < 19]


def _are_numbers(sent: list[str]) -> bool:
    return row_numbers(sent) == sent
