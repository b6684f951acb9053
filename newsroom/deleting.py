"""Deleting what much else refers to: told in counts. Django's own page names every row: thousands, at some queries each,
and headlines among them that are not everybody's business.
"""

from collections import Counter
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from newsroom.collisions import kind_of
from newsroom.desk import DeskAdmin


def lock_row(model: Any, object_id: str) -> None:
    """Within a transaction: the second of two who delete it waits here, and then finds that it is gone; nobody begins to
    use it meanwhile. One query; none comes of what is no number.
    """
    with suppress(ValueError, ValidationError):
        model._base_manager.select_for_update().filter(pk=unquote(object_id)).values_list("pk").first()


def is_used(error: IntegrityError) -> bool:
    """Does it say that something refers to what was to be deleted? Django's own check looks before the deed; what comes
    in between is refused by the database, with the deed or at its commit.
    """
    return isinstance(error, ProtectedError) or kind_of(error) == "overtaken"


class DeletingUnderUse(DeskAdmin):
    """What somebody begins to use while it is being deleted stays, and that is told."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            with transaction.atomic():
                if request.method == "POST":
                    lock_row(self.model, object_id)
                return super().delete_view(request, object_id, extra_context)
        except IntegrityError as error:
            if not is_used(error):
                raise
            return self._used_meanwhile(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except IntegrityError as error:
            if not is_used(error):
                raise
            return self._used_meanwhile(request)

    def _used_meanwhile(self, request: HttpRequest) -> HttpResponse:
        self.message_user(request, "Nothing was deleted: somebody has just begun to use it.", messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


class DeletingInCounts(DeletingUnderUse):
    """`counted` says what to call the rows that refer to these, one and many, by model; else by the model's own name."""

    delete_confirmation_template = "admin/used_confirmation.html"
    delete_selected_confirmation_template = "admin/used_selected_confirmation.html"
    counted: dict[str, tuple[str, str]] = {}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django asks it. One query for each model that refers to these; as long as anything is among the protected,
        nothing is deleted.
        """
        lacking = set() if self.has_delete_permission(request) else {self.opts.verbose_name}
        counts = {str(self.opts.verbose_name_plural): len(objs)}
        protected = [self._told(name, number) for name, number in self._referring(objs, models.PROTECT).items()]
        for name, number in self._referring(objs, models.CASCADE).items():
            counts[self._words(name)[1]] = number
        return [str(one) for one in objs], counts, lacking, protected

    def _referring(self, objs: Any, on_delete: Any) -> Counter[Any]:
        """How many rows of which model would be deleted too, or stand against it."""
        found: Counter[Any] = Counter()
        numbers = [one.pk for one in objs]
        for relation in self.opts.related_objects:
            if relation.on_delete is on_delete:
                rows: Any = relation.related_model._base_manager
                found[relation.related_model] += rows.filter(**{f"{relation.field.name}__in": numbers}).count()
        return +found

    def _told(self, model: Any, number: int) -> str:
        return f"{number} {self._words(model)[number > 1]}"

    def _words(self, model: Any) -> tuple[str, str]:
        opts = model._meta
        return self.counted.get(opts.model_name, (str(opts.verbose_name), str(opts.verbose_name_plural)))
