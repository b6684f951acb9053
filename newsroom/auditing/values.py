"""What the log says of a thing's fields: short, readable, without secrets; of long texts only how long they are."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.timezone import is_aware, localtime

from newsroom.models.audit import NOT_WRITTEN, SECRET

SHOWN, MOST_NAMES = 120, 50
State = dict[str, Any]


def state_of(thing: models.Model) -> State:
    """Its values as they are in this object, by field; of many-to-many fields the names of what they hold.

    A query for each many-to-many field. What the database counts by itself (the number, the last change) is no value.
    """
    state = {field.name: getattr(thing, field.attname) for field in thing._meta.concrete_fields if _counts(field)}
    if thing.pk is not None:
        for many in thing._meta.many_to_many:
            if isinstance(many, models.ManyToManyField):
                state[many.name] = sorted(map(str, getattr(thing, many.name).all()))
    return {name: str(value) if isinstance(value, FieldFile) else value for name, value in state.items()}


def stored(thing: models.Model) -> State | None:
    """The same of the row as it is in the database; None when there is none. One query more."""
    row = type(thing)._base_manager.filter(pk=thing.pk).first() if thing.pk is not None else None
    return state_of(row) if row is not None else None


def difference(thing: models.Model, before: State, after: State) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is to be said of each side, of the fields in which they differ. One query for each changed foreign key.

    Of many-to-many fields: what only that side has.
    """
    said: tuple[dict[str, Any], dict[str, Any]] = {}, {}
    for name in after:
        old, new = before.get(name), after[name]
        if old == new:
            continue
        if isinstance(new, list):
            said[0][name], said[1][name] = _only(old or [], new), _only(new, old or [])
        elif SECRET.search(name):
            said[0][name] = said[1][name] = NOT_WRITTEN
        else:
            said[0][name], said[1][name] = shown(thing, name, old), shown(thing, name, new)
    return said


def whole(thing: models.Model, state: State) -> dict[str, Any]:
    """What is to be said of a thing that came or goes: all that is not empty."""
    return {
        name: _only(value, []) if isinstance(value, list) else shown(thing, name, value)
        for name, value in state.items()
        if value not in (None, "", [], {})
    }


def shown(thing: models.Model, name: str, value: Any) -> Any:
    """One value, as a plain short one."""
    if value is None or isinstance(value, bool | int | float):
        return _of_relation(thing, name, value) if value is not None else None
    if SECRET.search(name):
        return NOT_WRITTEN
    if isinstance(value, datetime):
        return (localtime(value) if is_aware(value) else value).isoformat(" ", "minutes")
    choices = dict(getattr(thing._meta.get_field(name), "flatchoices", ()))
    if value in choices if isinstance(value, str) else False:
        return str(choices[value])
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return short(str(value))


def short(text: str) -> str:
    """`The beginning … (1,204 characters)`."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} … ({len(text):,} characters)"


def _of_relation(thing: models.Model, name: str, value: Any) -> Any:
    """A foreign key by the name of what it leads to: the number alone would say nothing once that is gone."""
    field = thing._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        related = field.related_model._base_manager.filter(pk=value).first()
        return f"{related} ({value})" if related is not None else f"number {value}"
    choices = dict(getattr(field, "flatchoices", ()))
    return str(choices.get(value, value)) if choices else value


def _only(these: Iterable[str], not_those: Iterable[str]) -> list[str]:
    without = set(not_those)
    found = [short(one) for one in these if one not in without]
    more = len(found) - MOST_NAMES
    return [*found[:MOST_NAMES], f"and {more} more"] if more > 0 else found


def _counts(field: "models.Field[Any, Any]") -> bool:
    return not field.primary_key and not getattr(field, "auto_now", False) and field.name != "last_login"
