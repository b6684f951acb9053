"""Articles at the desk: the list, the form with its buttons, the preview."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Article, Byline, Correction
from articles.roles import Act
from newsroom.zoned_field import ZONED

from . import listing
from .assigning import Assigning
from .bulk.acts import BulkActs
from .calendar.showing import Calendar
from .checking import Checking
from .fixing import FixAndHold
from .form import ArticleForm
from .inbox import Inbox
from .inlines import AsTheArticle
from .moving import Moving
from .noting import Noting
from .past.history import History
from .previews.previewing import Previewing
from .reading import ReadOnly
from .refused import SayingWhereItFails
from .related.panel import ChoosingRelated
from .saving.autosaving import Autosaving
from .saving.presence import PresenceAtTheForm
from .sections import FilingWithinLimits
from .tag_field.asking import AskingForTags
from .taking_down import TakingDownAtTheDesk
from .weighing import Weighing
from .writing.body_editing import BodyEditing
from .writing.light_form import LightForm
from .writing.picture_field import PictureChoosing


class BylineInline(AsTheArticle, admin.StackedInline):
    model = Byline
    template = "admin/articles/article/bylines.html"
    classes = ["aside"]
    extra = 1
    autocomplete_fields = ["author"]
    fields = ["author", "role", "position"]


class CorrectionInline(AsTheArticle, admin.StackedInline):
    model = Correction
    act = Act.CORRECT
    extra = 0
    formfield_overrides = ZONED
    fields = ["kind", "noted_at", "place", "text"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A script that says nothing of the place means the usual one."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "place" and field is not None:
            field.required = False
        return field


class ArticleAdmin(
    BodyEditing,
    PictureChoosing,
    LightForm,
    FilingWithinLimits,
    Autosaving,
    PresenceAtTheForm,
    ChoosingRelated,
    History,
    Previewing,
    FixAndHold,
    Checking,
    AskingForTags,
    SayingWhereItFails,
    Moving,
    Weighing,
    Assigning,
    Noting,
    Inbox,
    TakingDownAtTheDesk,
    BulkActs,
    ReadOnly,
    Calendar,
):
    form = ArticleForm
    inlines = [BylineInline, CorrectionInline]
    autocomplete_fields = ["section", "lead_image"]
    view_on_site = False  # a draft has no address; "What readers see" stands beside the status
    change_form_template = "admin/articles/article/change_form.html"
    fieldsets = [
        (None, {"fields": ["headline", "kicker", "standfirst", "body", "opened_version"]}),
        ("Work", {"classes": ["aside"], "fields": ["assignee", "due_at", "priority", "brief"]}),
        ("Filing", {"classes": ["aside"], "fields": ["section", "tags", "kind", "slug", "language"]}),
        ("Lead picture", {"classes": ["aside"], "fields": ["lead_image", "lead_image_alt", "lead_image_caption"]}),
        ("Review", {"classes": ["aside", "collapse"], "fields": ["reviewed", "reviewed_kind", "rating"]}),
        ("Schedule", {"classes": ["aside"], "fields": ["publish_at", "publish_until"]}),
        (
            "Videos and links",
            {"classes": ["aside", "collapse"], "fields": ["recommended_videos", "has_affiliate_links"]},
        ),
        (
            "Search engines",
            {"classes": ["aside", "collapse"], "fields": ["seo_title", "seo_description", "canonical_url"]},
        ),
    ]

    # --- what the form shows ---------------------------------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        if article is not None:
            context["status"] = article.status
            context["standing"] = listing.standing_of(article)
            context["is_live"] = article._annotated("live_version") is not None
            context["planned_from"] = article._annotated("planned_from")
            context["live_url"] = article.public_url()
        return super().render_change_form(request, context, *args, **kwargs)

    # --- what a button does ----------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A correction that is ticked away is removed by somebody."""
        if formset.model is not Correction:
            return super().save_formset(request, form, formset, change)
        for correction in formset.save(commit=False):
            correction.save()
        for correction in formset.deleted_objects:
            correction.remove(by=request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The article with its tags and bylines is saved; now keep the state, and do what the button says."""
        super().save_related(request, form, formsets, change)
        article: Article = form.instance
        if not change or form.has_changed() or any(formset.has_changed() for formset in formsets):
            article.record("saved", by=request.user)
        self.assign(request, form)
        self.move(request, form, article)
