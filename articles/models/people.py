"""People and their roles: who has which, who may keep whom. A role is a group; everybody has one at most.

Nobody gives what he doesn't have, and nobody changes a login that may more than his own: else a new password for it would
be a way to more rights.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from articles.roles import Role
from newsroom.models.audit import log

from .section import Section
from .section_limits import SectionLimit

LAST = "Nobody would be left who may keep the people of this newsroom. Give another login the role Administrator first."


def role_of(person: Any) -> Role | None:
    """The highest, should somebody have been put into several. No query with prefetched groups, else one."""
    names = {group.name for group in person.groups.all()}
    return next((role for role in reversed(Role) if role.value in names), None)


def may_keep(user: Any, person: Any) -> bool:
    """May `user` change this person's login? Superusers: everybody; others: who may no more than they. Two queries."""
    if user.is_superuser:
        return True
    return not person.is_superuser and _rights(Q(group__user=person) | Q(user=person)) <= _own_rights(user)


def roles_to_give(user: Any) -> list[Role]:
    """The roles that there are as groups and that may no more than this person. Three queries."""
    groups = Group.objects.filter(name__in=[role.value for role in Role])
    having = {group.name: group for group in groups.prefetch_related("permissions__content_type")}
    known = [role for role in Role if role.value in having]
    if user.is_superuser:
        return known
    mine = _own_rights(user)
    return [role for role in known if _named(having[role.value].permissions.all()) <= mine]


def _named(permissions: Any) -> set[str]:
    return {f"{one.content_type.app_label}.{one.codename}" for one in permissions}


def _rights(condition: Q) -> set[str]:
    """Also of people who are not active: they might become so."""
    rows = Permission.objects.filter(condition).values_list("content_type__app_label", "codename").distinct()
    return {f"{app}.{name}" for app, name in rows}


def _own_rights(user: Any) -> set[str]:
    found: set[str] = user.get_all_permissions()  # asked once, kept by Django
    return found


def administrators() -> "models.QuerySet[Any]":
    """Who can let people in: superusers and those with the role Administrator, as long as they are active."""
    people: Any = get_user_model()._default_manager
    is_one = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.value, is_staff=True)
    return people.filter(is_one, is_active=True).distinct()


def lock_administrators() -> None:
    """Until the transaction ends, so that the last two can't take each other away at once."""
    list(Group.objects.select_for_update().filter(name=Role.ADMINISTRATOR.value))


def is_last_administrator(person: Any) -> bool:
    """Is this the only one, as stored? Two queries at most."""
    others = administrators().exclude(pk=person.pk)
    return not others.exists() and administrators().filter(pk=person.pk).exists()


@transaction.atomic
def set_role(person: Any, role: Role | None, *, by: Any = None) -> bool:
    """This role and no other; further groups stay. With a role one may enter the desk. Logged; False when it was so.

    Raises ValidationError when it would take the last administrator away.
    """
    before = role_of(person)
    roles = Group.objects.filter(name__in=[one.value for one in Role])
    has = set(person.groups.filter(pk__in=roles).values_list("name", flat=True))
    if has == ({role.value} if role else set()) and (role is None or person.is_staff):
        return False
    if role is not Role.ADMINISTRATOR and not person.is_superuser and is_last_administrator(person):
        raise ValidationError(LAST)
    person.groups.remove(*roles.exclude(name=role.value if role else ""))
    if role:
        person.groups.add(roles.get(name=role.value))
    # Groups of the site's own may be a reason to be here, too.
    stays = person.is_staff and (before is None or person.groups.exists())
    person.is_staff = bool(role) or person.is_superuser or stays
    person.save(update_fields=["is_staff"])
    log("set_role", person, by=by, before={"role": before or ""}, after={"role": role or ""})
    return True


@transaction.atomic
def set_section_limits(person: Any, sections: "models.QuerySet[Section] | list[Section]", *, by: Any = None) -> bool:
    """These and no others; none for no limit. Logged; False when it was so already."""
    wanted = {section.pk: section for section in sections}
    present = {limit.section_id: limit for limit in SectionLimit.objects.filter(user=person).select_related("section")}
    if wanted.keys() == present.keys():
        return False
    SectionLimit.objects.filter(user=person).exclude(section__in=wanted).delete()
    SectionLimit.objects.bulk_create(
        [SectionLimit(user=person, section=section) for pk, section in wanted.items() if pk not in present],
        ignore_conflicts=True,
    )
    person.__dict__.pop("_section_limits", None)
    before = sorted(limit.section.name for limit in present.values())
    log("set_sections", person, by=by, before={"sections": before}, after={"sections": sorted(map(str, sections))})
    return True
