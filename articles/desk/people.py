"""People and groups at the desk, in place of Django's own: a role for each person, and nobody who gives more than he has."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models.people import (
    is_last_administrator,
    lock_administrators,
    may_keep,
    role_of,
    set_role,
    set_section_limits,
)
from articles.roles import Role
from newsroom.desk import DeskAdmin

from .people_forms import NewPersonForm, PersonForm

BEYOND = ["is_staff", "is_superuser", "groups", "user_permissions"]


class RoleFilter(admin.SimpleListFilter):
    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((role.value, role.value) for role in Role), ("none", "no role")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "none":
            return queryset.exclude(groups__name__in=[role.value for role in Role])
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class PeopleAdmin(DeskAdmin, StockUserAdmin):
    form = PersonForm
    add_form = NewPersonForm
    list_display = ["username", "name", "role", "sections", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active", ("section_limits__section", admin.RelatedOnlyFieldListFilter)]
    readonly_fields = ["author_page", "last_login", "date_joined"]
    actions = None  # people are not deleted by the dozen: whoever leaves is no longer active
    fieldsets = (
        (None, {"fields": ("username", "password", "first_name", "last_name", "email", "author_page")}),
        ("At the desk", {"fields": ("is_active", "role", "sections")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "first_name", "last_name", "email", "role")}),
        ("Password", {"classes": ("wide",), "fields": ("usable_password", "password1", "password2")}),
    )

    # --- who may -----------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """The page for a new password asks this, too."""
        return super().has_change_permission(request, obj) and (obj is None or may_keep(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not (obj == request.user or not may_keep(request.user, obj) or is_last_administrator(obj))

    # --- the list ----------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups", "section_limits__section")

    @admin.display(description="name", ordering="last_name")
    def name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description="role")
    def role(self, person: User) -> str:
        role = role_of(person)
        return ", ".join(filter(None, [role.value if role else "", "superuser" if person.is_superuser else ""]))

    @admin.display(description="only these sections")
    def sections(self, person: Any) -> str:
        return ", ".join(sorted(limit.section.name for limit in person.section_limits.all()))

    @admin.display(description="author page")
    def author_page(self, person: Any) -> SafeString:
        author = getattr(person, "author", None)
        if author is not None:
            return format_html('<a href="{}">{}</a>', reverse("admin:authors_author_change", args=[author.pk]), author)
        url = reverse("admin:authors_author_changelist")
        return format_html('None. Choose this login on an <a href="{}">author’s page</a>, under “Not public”.', url)

    # --- the form ----------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """What goes beyond the roles, and is nobody's business but a superuser's, is not even in the form."""
        if obj is None:
            return self.add_fieldsets
        dates = ("Dates", {"fields": ("last_login", "date_joined")})
        if not request.user.is_superuser:
            return (*self.fieldsets, dates)
        more = {"classes": ["collapse"], "description": "For superusers. A role says it all, as a rule."}
        return (*self.fieldsets, ("Beyond the roles", {**more, "fields": BEYOND}), dates)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        may_limit = request.user.has_perm("articles.change_sectionlimit")
        return [*self.readonly_fields, *([] if may_limit else ["sections"])]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.keeper = request.user
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.exclude(name__in=[role.value for role in Role])
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            if request.method == "POST":
                lock_administrators()
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        with transaction.atomic():
            lock_administrators()
            return super().delete_view(request, object_id, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After the further groups, which are saved as a whole. What the form let through, the verbs do."""
        super().save_related(request, form, formsets, change)
        person = form.instance
        if "role" in form.cleaned_data:
            set_role(person, form.cleaned_data["role"], by=request.user)
        if "sections" in form.cleaned_data:
            set_section_limits(person, form.cleaned_data["sections"], by=request.user)


class GroupAdmin(DeskAdmin, StockGroupAdmin):
    """For superusers: a group's permissions are everything its people may."""

    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """The five groups of the roles stay: `setup_roles` and the people's form count on them."""
        return self._may(request) and (obj is None or not _is_role(obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> Any:
        return ["name"] if obj is not None and _is_role(obj) else []

    def _may(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


def _is_role(group: Group) -> bool:
    return group.name in {role.value for role in Role}
