"""The groups of articles/roles.py, made or mended. Called by `manage.py setup_roles` and by a migration."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from .roles import Role, permissions_of


@dataclass(frozen=True)
class Changed:
    """What was done to one group, as sorted "app.codename". `kept` is what it has beyond the table."""

    role: Role
    is_new: bool
    given: list[str]
    taken: list[str]
    kept: list[str]


def set_up(group_model: Any, permission_model: Any, *, is_exact: bool = False) -> list[Changed]:
    """Give each role's group what the table gives it; `is_exact` takes away what it doesn't. Idempotent.

    Raises LookupError for a permission that the database doesn't have: then `migrate` must run first.
    """
    with transaction.atomic():
        return _all_set_up(group_model, permission_model, is_exact)


def _all_set_up(group_model: Any, permission_model: Any, is_exact: bool) -> list[Changed]:
    known = {
        f"{one.content_type.app_label}.{one.codename}": one
        for one in permission_model.objects.select_related("content_type")
    }
    return [_set_up(role, group_model, known, is_exact) for role in Role]


def _set_up(role: Role, group_model: Any, known: dict[str, Any], is_exact: bool) -> Changed:
    wanted = permissions_of(role)
    if missing := sorted(wanted - known.keys()):
        raise LookupError(f"The database doesn't know {', '.join(missing)}. Run `manage.py migrate` first.")
    group, is_new = group_model.objects.get_or_create(name=role.value)
    has = {f"{app}.{name}" for app, name in group.permissions.values_list("content_type__app_label", "codename")}
    beyond = sorted(has - wanted)
    group.permissions.add(*(known[name] for name in wanted - has))
    if is_exact:
        group.permissions.remove(*(known[name] for name in beyond if name in known))
    return Changed(role, is_new, sorted(wanted - has), beyond if is_exact else [], [] if is_exact else beyond)


def set_up_in_migration(apps: Any, schema_editor: Any) -> None:
    """For `migrations.RunPython`: permissions are made after all migrations; the groups need them now."""
    from django.apps import apps as installed
    from django.contrib.auth.management import create_permissions

    for app in ("auth", "newsroom", "images", "authors", "articles"):
        create_permissions(installed.get_app_config(app), verbosity=0, using=schema_editor.connection.alias)
    set_up(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))
