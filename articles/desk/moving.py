"""What the buttons of an article's form do beyond saving: one line a move, each one verb of the model.

A button saves the form first. When the verb refuses, what was typed is saved all the same, and the reason is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, Stage, gate
from articles.models.notifications import people_who_may
from articles.models.permits import may
from articles.models.status import Status
from articles.roles import Act
from newsroom.models import SiteIdentity

from . import listing
from .fixing import tell_of_plan
from .refused import refused_in
from .saving.people import listed, name_of
from .view import ArticleDesk

PUBLISH, SCHEDULE, WITHDRAW, UNSCHEDULE = "_publish", "_schedule", "_withdraw", "_unschedule"
SUBMIT, APPROVE, SEND_BACK, TAKE_UP, PREVIEW = "_submit", "_approve", "_send_back", "_take_up", "_preview"

Does = Callable[[Article, dict[str, Any], Any], object]
Tells = Callable[[Article], str | SafeString]


@dataclass(frozen=True)
class Move:
    """`does(article, the form's values, person)`; `tells` what happened, of the article as it is afterwards."""

    act: Act
    does: Does
    tells: Tells


def _how(values: dict[str, Any], by: Any) -> dict[str, Any]:
    """What the form says of going out."""
    return {
        "by": by,
        "until": values.get("publish_until"),
        "override": values.get("override_reason", ""),
        "minor": {"minor": True, "auto": None}.get(values.get("weight", ""), False),
        "change_note": values.get("change_note", ""),
    }


def _live(article: Article) -> SafeString:
    url = article.public_url()
    return format_html('“{}” is live: <a href="{}">{}</a>', article.headline, url, url)


MOVES: dict[str, Move] = {
    PUBLISH: Move(Act.PUBLISH, lambda article, values, by: article.publish(**_how(values, by)), _live),
    SCHEDULE: Move(
        Act.PUBLISH,
        lambda article, values, by: article.publish(at=values["publish_at"], **_how(values, by)),
        lambda article: f"“{article.headline}” goes live on {listing.desk_time(article._annotated('planned_from'))}.",
    ),
    WITHDRAW: Move(
        Act.PUBLISH,
        lambda article, values, by: article.withdraw(by=by),
        lambda article: f"“{article.headline}” is withdrawn: readers no longer find it. Publish brings it back.",
    ),
    UNSCHEDULE: Move(
        Act.PUBLISH,
        lambda article, values, by: article.unschedule(by=by),
        lambda article: f"Nothing is scheduled for “{article.headline}” any more.",
    ),
    SUBMIT: Move(
        Act.SUBMIT,
        lambda article, values, by: article.submit(by=by, note=values.get("move_note", "")),
        lambda article: f"“{article.headline}” lies with the desk for review.",
    ),
    APPROVE: Move(
        Act.APPROVE,
        lambda article, values, by: article.approve(by=by, note=values.get("move_note", "")),
        lambda article: f"“{article.headline}” is approved as it is now.",
    ),
    SEND_BACK: Move(
        Act.APPROVE,
        lambda article, values, by: article.send_back(by=by, note=values.get("move_note", "")),
        lambda article: f"“{article.headline}” is back with who wrote it, and they are told why.",
    ),
    TAKE_UP: Move(
        Act.CHANGE,
        lambda article, values, by: article.take_up(by=by),
        lambda article: f"“{article.headline}” is a draft now, and yours.",
    ),
}


def move_in(data: Any) -> str | None:
    """The name of the move whose button was pressed."""
    return next((name for name in MOVES if name in data), None)


class Moving(ArticleDesk):
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        name = move_in(request.POST) if request.method == "POST" else None
        if name and not may(request.user, MOVES[name].act):
            raise PermissionDenied("Your login may write, but not do this.")
        return super().changeform_view(request, object_id, form_url, extra_context)

    def move(self, request: HttpRequest, form: Any, article: Article) -> None:
        """Do what the button says, once the article is saved with all around it."""
        if form.act is None:
            return
        try:
            MOVES[form.act].does(article, form.cleaned_data, request.user)
        except PermissionDenied as error:
            # By this very save it became an article that is not this person's to move.
            request.was_refused = refused_in(form)  # type: ignore[attr-defined]
            self.message_user(request, f"Saved, but not done: {error}", messages.ERROR)
        except ValidationError as error:
            # Between the form's check and the verb somebody was faster, or the house rules say no.
            request.was_refused = refused_in(form)  # type: ignore[attr-defined]
            self.message_user(request, _refusal(request, article, form.act, error), messages.ERROR)
        else:
            tell_of_plan(request, article.beside)
            if form.act in {PUBLISH, SCHEDULE} and article.advice:
                self.message_user(request, f"Worth a second look: {' '.join(article.advice)}", messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        return self._stay(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._stay(request, obj) or super().response_change(request, obj)

    def _stay(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """After a move: the form again, with what happened and where to see it. None for the plain Save."""
        if PREVIEW in request.POST:
            return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[article.pk]))
        name = move_in(request.POST)
        if name is None:
            return None
        how = getattr(request, "was_refused", "")
        article = Article.objects.with_status().select_related("section").get(pk=article.pk)
        if not how:
            self.message_user(request, MOVES[name].tells(article), messages.SUCCESS)
        if not self.has_view_permission(request, article):
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        form = reverse("admin:articles_article_change", args=[article.pk])
        return HttpResponseRedirect(f"{form}?{how}" if how else form)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article: Article | None = kwargs.get("obj")
        person = request.user
        context["may_publish"] = may(person, Act.PUBLISH, article)
        if article is not None:
            context["moves"] = moves_for(person, article)
            context["asks_for_weight"] = context["may_publish"] and article._annotated("was_seen")
            context["shows_changes"] = SiteIdentity.current().shows_changes
        else:
            context["moves"] = {"submit"} if may(person, Act.SUBMIT) else set()
        return super().render_change_form(request, context, *args, **kwargs)


def moves_for(person: Any, article: Article) -> set[str]:
    """Which moves over the desk make sense now and are this person's to make; by the buttons' names."""
    stage, status = article.stage_now, article.status
    has_news = status in {
        Status.DRAFT, Status.IDEA, Status.IN_REVIEW, Status.APPROVED, Status.CHANGED, Status.WITHDRAWN
    }  # fmt: skip
    sensible = {
        "take_up": (stage == Stage.IDEA, Act.CHANGE),
        "submit": (has_news and stage == Stage.DRAFT, Act.SUBMIT),
        "approve": (has_news and stage in {Stage.DRAFT, Stage.IN_REVIEW}, Act.APPROVE),
        "send_back": (stage in {Stage.IN_REVIEW, Stage.APPROVED}, Act.APPROVE),
    }
    return {name for name, (is_sensible, act) in sensible.items() if is_sensible and may(person, act, article)}


def _refusal(request: HttpRequest, article: Article, name: str, error: ValidationError) -> str:
    words = " ".join(error.messages)
    if not isinstance(error, gate.Blocked):
        return f"Saved, but not {'sent out' if name in {PUBLISH, SCHEDULE} else 'done'}: {words}"
    said_no = "Saved, but not sent out: the house rules say no."
    if may(request.user, Act.OVERRIDE, article):
        return f"{said_no} Put right what stands below, or say why it has to go out all the same."
    names = [name_of(one) for one in people_who_may(Act.OVERRIDE, article)[:3]]
    return (
        f"{said_no} Put right what stands below. If it must go out as it is, ask {listed(names) or 'an administrator'}."
    )
