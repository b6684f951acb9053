"""Deleting what much else refers to: told in counts. Django's own page names every row: thousands, at some queries each,
and headlines among them that are not everybody's business.
"""

from typing import Any

from django.contrib import messages
from django.db import models
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from newsroom.desk import DeskAdmin


class DeletingInCounts(DeskAdmin):
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django asks it. One query for each model that refers to these; as long as anything is among the protected,
        nothing is deleted.
        """
        lacking = set() if self.has_delete_permission(request) else {self.opts.verbose_name}
        counts = {str(self.opts.verbose_name_plural): len(objs)}
        protected = []
        for relation in self.opts.related_objects:
            on_delete = relation.on_delete
            if on_delete not in (models.CASCADE, models.PROTECT):
                continue
            rows: Any = relation.related_model._base_manager
            found = rows.filter(**{f"{relation.field.name}__in": [one.pk for one in objs]}).count()
            told = _many(found, relation.related_model._meta)
            if found and on_delete is models.PROTECT:
                protected.append(told)
            elif found:
                counts[str(relation.related_model._meta.verbose_name_plural)] = found
        return [str(one) for one in objs], counts, lacking, protected

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            return self._used_meanwhile(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except ProtectedError:
            return self._used_meanwhile(request)

    def _used_meanwhile(self, request: HttpRequest) -> HttpResponse:
        """Between the question and the deed somebody began to use it."""
        self.message_user(request, "Nothing was deleted: somebody has just begun to use it.", messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


def _many(count: int, opts: Any) -> str:
    return f"{count} {opts.verbose_name if count == 1 else opts.verbose_name_plural}"
