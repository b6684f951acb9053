"""TagAdmin: the list of tags, and a tag's form."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from articles.models import Tag, TagAct, TagName, Vocabulary
from articles.models.tags.names import folded
from articles.models.tags.order.acting import may_order, may_split, one_at_a_time
from articles.models.tags.order.renaming import rename
from newsroom.deleting import DeletingInCounts

from ..writing.editor import allow_import_map
from ..writing.picture_field import PictureSelect, may_upload
from .filters import StandingFilter, standing_of
from .form import TagForm, check_parent
from .health import TagHealth
from .order import TagOrder

NOT_WRITTEN = ("name", "slug", "aliases", "opened")  # by renaming, or not at all


class TagAdmin(TagOrder, TagHealth, DeletingInCounts):
    counted = {
        "articletag": ("article", "articles that lose it"),
        "publishedtag": ("article that readers know", "articles that readers know"),
        "tagname": ("name", "names"),
        "tagact": ("record of what was done to it", "records of what was done to it"),
        "tag": ("tag that was merged into it", "tags that were merged into it"),
    }
    form = TagForm
    change_form_template = "admin/articles/tag/change_form.html"
    change_list_template = "admin/articles/tag/change_list.html"
    list_display = ["name", "kind", "uses", "standing"]
    list_filter = [StandingFilter, "kind"]
    list_select_related = ["merged_into"]
    search_fields = ["name"]
    autocomplete_fields = ["parent"]
    ordering = ["name"]  # said here: a grouped query forgets the model's own
    fieldsets = [
        (None, {"fields": ["name", "aliases", "slug", "kind", "parent"]}),
        ("For readers", {"fields": ["description", "picture", "is_hidden"]}),
        ("Related articles", {"fields": ["weight"]}),
    ]

    @admin.display(description="standing")
    def standing(self, tag: Tag) -> str:
        return standing_of(tag)

    # --- the list -------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Tag]":
        rows: Any = super().get_queryset(request)
        return rows.in_use() if _is_offering(request) else rows

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By names and aliases, whatever the case, accents, spaces and hyphens; a merged one by the name that it had."""
        if not search_term.strip():
            return queryset, False
        key = folded(search_term)
        names = TagName.objects.filter(folded__contains=key).values("tag")
        was_called = Q(merged_into__isnull=False, folded_name__contains=key)
        return queryset.filter(Q(pk__in=names) | was_called), False

    # --- the form -------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Tag | None = None) -> Any:
        """Who may only look sees no field that is not the tag's own."""
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return self.fieldsets if may else [(None, {"fields": ["name", "slug", "kind", "parent", "description"]})]

    def get_form(self, request: HttpRequest, obj: Tag | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if (slug := form.base_fields.get("slug")) is not None:  # who may only look is asked nothing
            slug.required = False
            slug.help_text = (
                "The last part of the tag page's address. Empty: made from the name. Old addresses keep working."
            )
        return form

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "picture":
            widget = PictureSelect(db_field, self.admin_site, attrs={"data-title": "Picture for the tag's page"})
            widget.may_upload = may_upload(request)
            kwargs["widget"] = widget
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """New tags are made by whom the vocabulary lets, here as while writing."""
        if not super().has_add_permission(request):
            return False
        if not hasattr(request, "may_make_tags"):
            request.may_make_tags = Vocabulary.current().may_create(request.user)  # type: ignore[attr-defined]
        return bool(request.may_make_tags)  # type: ignore[attr-defined]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """For the menu that every page of the desk has: by the roles alone. The vocabulary would cost each of them queries,
        and is asked on the pages of the tags themselves.
        """
        verbs: dict[str, Any] = {
            "add": super().has_add_permission,
            "change": self.has_change_permission,
            "delete": self.has_delete_permission,
            "view": self.has_view_permission,
        }
        return {verb: may(request) for verb, may in verbs.items()}

    def has_change_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        """A merged tag is only looked at: undoing the merge makes it a tag again."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.merged_into_id is None)

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        """Deleting a merged one would take its old address from readers."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.merged_into_id is None)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        merged = [
            f"“{tag}”, merged into “{tag.merged_into}”: old addresses lead there" for tag in objs if tag.merged_into
        ]
        return found, counts, lacking, [*protected, *merged]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:  # somebody took the name between the form's check and the deed
            self.message_user(request, f"Nothing was saved. {' '.join(error.messages)}", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """Only what the form asks is written: what publishing counts meanwhile stays. The parent is asked for once more:
        two at once could make each a part of the other.
        """
        with transaction.atomic():
            one_at_a_time()
            if obj.parent is not None and "parent" in form.changed_data:
                check_parent(obj, obj.parent)
            if not change:
                super().save_model(request, obj, form, change)
            else:
                self.about_to_change(request, obj)
                if {"name", "slug"} & set(form.changed_data):
                    rename(Tag.objects.get(pk=obj.pk), obj.name, slug=obj.slug, by=request.user)
                    obj.slug = Tag.objects.values_list("slug", flat=True).get(pk=obj.pk)
                obj.save(update_fields=[name for name in form.fields if name not in NOT_WRITTEN])
            if isinstance(form, TagForm):
                form.save_aliases(obj, by=request.user)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        tag: Tag | None = kwargs.get("obj")
        if tag is not None:
            context["may_order"] = self.has_change_permission(request, tag)
            context["may_split"] = context["may_order"] and may_split(request.user)
            context["may_merge"] = context["may_order"] and may_order(request.user, TagAct.Kind.MERGE)
            context["may_see_acts"] = self.has_change_permission(request)
        response = super().render_change_form(request, context, *args, **kwargs)
        allow_import_map(response, context["media"])
        return response

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"may_see_acts": self.has_change_permission(request), **(extra_context or {})}
        return super().changelist_view(request, context)


def _is_offering(request: HttpRequest) -> bool:
    """Is this a field's search in a list? Then only what can be put on articles is offered."""
    match = request.resolver_match
    return match is not None and match.url_name == "autocomplete"
