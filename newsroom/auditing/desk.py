"""Logged: an admin class whose every addition, change and deletion is in the site's log, with the values before and after.

The desk makes each class that is registered into one (newsroom/site.py): Django's own and those of other apps, too, so
that nothing can be forgotten. Django's LogEntry is written as ever: it is the short history of one thing, for whoever may
change that thing, and goes with the person who did it. The log is the site's, for the few who may see all of it.
"""

from typing import Any, cast

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest

from newsroom.models.audit import log

from .values import State, difference, state_of, stored, whole


class Logged(admin.ModelAdmin):
    # True where the model's own verbs write the log: then only deletions are written here.
    is_logged_by_verbs = False

    def about_to_change(self, request: HttpRequest, thing: models.Model) -> None:
        """Remember how it is stored now. A view that saves by itself calls this before `log_change`."""
        if not self.is_logged_by_verbs:
            _remembered(request).setdefault(_name(thing), stored(thing))

    # --- where Django saves ------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self.about_to_change(request, obj)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if self.is_logged_by_verbs:
            super().save_formset(request, form, formset, change)
            return
        gone = [one.instance.pk for one in getattr(formset, "deleted_forms", ()) if one.instance.pk]
        touched = [one.instance.pk for one in formset.initial_forms if one.has_changed()]
        rows = {row.pk: state_of(row) for row in formset.model._base_manager.filter(pk__in=[*touched, *gone])}
        super().save_formset(request, form, formset, change)
        _remembered_rows(request).append((formset, rows, gone))

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What an action does and what the log says of it: both or neither."""
        with transaction.atomic():
            return super().response_action(request, *args, **kwargs)

    # --- where Django tells -------------------------------------------------------------------------------------

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if not self.is_logged_by_verbs:
            _, rows = _of_rows(request)
            log("added", obj, by=request.user, after=whole(obj, state_of(obj)) | rows)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if not self.is_logged_by_verbs:
            before, after = self._what_changed(request, obj, message)
            said = message if isinstance(message, str) else ""
            if before or after or said:
                log("changed", obj, by=request.user, before=before, after=after, reason=said)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for thing in queryset:
            log("deleted", thing, by=request.user, before=whole(thing, state_of(thing)))
        return super().log_deletions(request, queryset)

    def _what_changed(self, request: HttpRequest, obj: Any, message: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        remembered = _remembered(request).pop(_name(obj), None)
        rows_before, rows_after = _of_rows(request)
        if remembered is None:  # saved by a view that is not ours, like that of the password: it names the fields
            return rows_before, dict.fromkeys(_fields_named(message), "changed") | rows_after
        before, after = difference(obj, remembered, state_of(type(obj)._base_manager.get(pk=obj.pk)))
        return before | rows_before, after | rows_after


def logged(admin_class: type[admin.ModelAdmin]) -> type[admin.ModelAdmin]:
    """The class, made to log when it doesn't yet."""
    if issubclass(admin_class, Logged):
        return admin_class
    made = type(admin_class.__name__, (Logged, admin_class), {"__module__": admin_class.__module__})
    return cast("type[admin.ModelAdmin]", made)


# --- what one request remembers ---------------------------------------------------------------------------------


def _name(thing: models.Model) -> tuple[str, Any]:
    return thing._meta.label_lower, thing.pk


def _remembered(request: HttpRequest) -> dict[tuple[str, Any], State | None]:
    return cast("dict[tuple[str, Any], State | None]", request.__dict__.setdefault("_before_change", {}))


def _remembered_rows(request: HttpRequest) -> list[tuple[Any, dict[Any, State], list[Any]]]:
    """Of each inline: its formset, its rows before, the numbers of those that are deleted."""
    return cast("list[Any]", request.__dict__.setdefault("_rows_before_change", []))


def _of_rows(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the inlines changed, as `byline 12 role`. Told once."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for formset, rows, gone in _remembered_rows(request):
        kind = formset.model._meta.verbose_name
        for row in formset.new_objects:
            after |= _under(f"{kind} {row.pk}", whole(row, state_of(row)))
        for row, _names in formset.changed_objects:
            old, new = difference(row, rows.get(row.pk, {}), state_of(row))
            before |= _under(f"{kind} {row.pk}", old)
            after |= _under(f"{kind} {row.pk}", new)
        for number in gone:
            before |= _under(f"{kind} {number}", whole(formset.model(), rows.get(number, {})))
    _remembered_rows(request).clear()
    return before, after


def _under(name: str, values: dict[str, Any]) -> dict[str, Any]:
    return {f"{name} {key}": value for key, value in values.items()}


def _fields_named(message: Any) -> list[str]:
    parts = message if isinstance(message, list) else []
    return [str(name) for part in parts for name in part.get("changed", {}).get("fields", [])]
