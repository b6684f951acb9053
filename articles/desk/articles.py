"""Articles at the desk: the list, the form with its buttons, the preview."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, Byline, Correction, gate
from articles.models.permits import may
from articles.roles import Act
from newsroom.zoned_field import ZONED

from . import listing
from .checking import Checking
from .fixing import FixAndHold
from .form import PREVIEW, PUBLIC_ACTS, PUBLISH, SCHEDULE, UNSCHEDULE, WITHDRAW, ArticleForm
from .past.history import History
from .previews.previewing import Previewing
from .reading import ReadOnly
from .saving.autosaving import Autosaving
from .saving.presence import PresenceAtTheForm
from .writing.body_editing import BodyEditing
from .writing.light_form import LightForm
from .writing.picture_field import PictureChoosing


class BylineInline(admin.StackedInline):
    model = Byline
    template = "admin/articles/article/bylines.html"
    classes = ["aside"]
    extra = 1
    autocomplete_fields = ["author"]
    fields = ["author", "role", "position"]


class CorrectionInline(admin.StackedInline):
    model = Correction
    extra = 0
    formfield_overrides = ZONED
    fields = ["kind", "noted_at", "text"]


class ArticleAdmin(
    BodyEditing,
    PictureChoosing,
    LightForm,
    Autosaving,
    PresenceAtTheForm,
    History,
    Previewing,
    FixAndHold,
    Checking,
    ReadOnly,
):
    form = ArticleForm
    inlines = [BylineInline, CorrectionInline]
    autocomplete_fields = ["section", "lead_image"]
    view_on_site = False  # a draft has no address; "What readers see" stands beside the status
    change_form_template = "admin/articles/article/change_form.html"
    fieldsets = [
        (None, {"fields": ["headline", "kicker", "standfirst", "body", "opened_version"]}),
        ("Filing", {"classes": ["aside"], "fields": ["section", "tags", "slug"]}),
        ("Lead picture", {"classes": ["aside"], "fields": ["lead_image", "lead_image_alt", "lead_image_caption"]}),
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
        context["may_publish"] = may(request.user, Act.PUBLISH, article)
        if article is not None:
            context["status"] = article.status
            context["standing"] = listing.standing_of(article)
            context["is_live"] = article._annotated("live_version") is not None
            context["planned_from"] = article._annotated("planned_from")
            context["live_url"] = article.public_url()
        return super().render_change_form(request, context, *args, **kwargs)

    # --- what a button does ----------------------------------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        wants_out = request.method == "POST" and any(act in request.POST for act in PUBLIC_ACTS)
        if wants_out and not may(request.user, Act.PUBLISH):
            raise PermissionDenied("Your login may write, but not publish.")
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The article with its tags and bylines is saved; now keep the state, and do what the button says."""
        super().save_related(request, form, formsets, change)
        article: Article = form.instance
        if not change or form.has_changed() or any(formset.has_changed() for formset in formsets):
            article.record("saved", by=request.user)
        self._act(request, form, article)

    def _act(self, request: HttpRequest, form: ArticleForm, article: Article) -> None:
        until = form.cleaned_data.get("publish_until")
        try:
            if form.act == PUBLISH:
                article.publish(by=request.user, until=until)
            elif form.act == SCHEDULE:
                article.publish(by=request.user, at=form.cleaned_data["publish_at"], until=until)
            elif form.act == WITHDRAW:
                article.withdraw(by=request.user)
            elif form.act == UNSCHEDULE:
                article.unschedule(by=request.user)
        except ValidationError as error:
            # Between the form's check and the verb somebody was faster. What was typed is saved all the same.
            self.message_user(request, f"Saved, but not sent out: {' '.join(error.messages)}", messages.ERROR)
        else:
            self.tell_of_plan(request, article.beside)
            if form.act in {PUBLISH, SCHEDULE} and (found := gate.advice(article)):
                self.message_user(request, f"Worth a second look: {' '.join(found)}", messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        return self._stay(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._stay(request, obj) or super().response_change(request, obj)

    def _stay(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """After a public act: the form again, with what happened and where to see it. None for the plain Save."""
        if PREVIEW in request.POST:
            return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[article.pk]))
        act = next((act for act in PUBLIC_ACTS if act in request.POST), None)
        if act is None:
            return None
        article = Article.objects.with_status().select_related("section").get(pk=article.pk)
        self.message_user(request, what_happened(act, article), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def what_happened(act: str, article: Article) -> str | SafeString:
    if act == WITHDRAW:
        return f"“{article.headline}” is withdrawn: readers no longer find it. Publish brings it back."
    if act == UNSCHEDULE:
        return f"Nothing is scheduled for “{article.headline}” any more."
    if act == SCHEDULE:
        return f"“{article.headline}” goes live on {listing.desk_time(article.planned_from)}."  # type: ignore[attr-defined]
    return format_html(
        '“{}” is live: <a href="{}">{}</a>', article.headline, article.public_url(), article.public_url()
    )
