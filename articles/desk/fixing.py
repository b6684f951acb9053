"""At the form: an update that is planned, a fix of what readers see meanwhile, and an update that is held.

The buttons save the form first, like all of its buttons: what was typed is a revision before the working copy changes.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime

from articles.models import Article
from articles.models.beside import Beside, Fate
from articles.models.permits import may
from articles.roles import Act
from newsroom.zoned_times import written

from .countdown import countdown
from .saving.desk_scripts import desk_media
from .view import ArticleDesk

FIX, END_FIX, CARRY_FIX, TAKE_UP = "_fix", "_end_fix", "_carry_fix", "_take_up_held"


class FixAndHold(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        discard = self.admin_site.admin_view(self.discard_held_view)
        return [path("<int:pk>/held/discard/", discard, name="articles_article_discard_held"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Two queries for an article that is being fixed or whose update is held."""
        article: Article | None = kwargs.get("obj")
        if article is not None:
            planned = article._annotated("planned_from")
            context["countdown"] = countdown(planned) if planned else None
            context["is_in_plan"] = article._annotated("planned_version") == article.version
            context["overtaken_at"] = article.overtaken_at
            context["held"] = article.held and held_as_shown(article)
            context["media"] = context["media"] + desk_media("countdown")
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        acts: dict[str, Callable[[HttpRequest, Article], str]] = {
            FIX: _begin,
            END_FIX: _end,
            CARRY_FIX: _carry,
            TAKE_UP: _take_up,
        }
        act = next((act for name, act in acts.items() if name in request.POST), None)
        if act is None:
            return super().response_change(request, obj)
        try:
            self.message_user(request, act(request, obj), messages.SUCCESS)
        except ValidationError as error:
            self.message_user(request, f"Saved. {' '.join(error.messages)}", messages.WARNING)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    def discard_held_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first; a POST does it."""
        article = self.article_or_404(request, pk)
        if not may(request.user, Act.PUBLISH, article):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
        if request.method == "POST" or article.held is None:
            try:
                article.discard_held(by=request.user)
                self.message_user(request, "The held version is discarded. It stays in the history.", messages.SUCCESS)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.WARNING)
            return back
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": article,
            "held": held_as_shown(article),
            "title": "Discard the held version?",
        }
        return render(request, "admin/articles/article/discard_held.html", context)


def tell_of_plan(request: HttpRequest, beside: Beside | None) -> None:
    """After publishing: what became of the version that was planned."""
    if beside is not None:
        level = messages.WARNING if beside.fate is Fate.HELD else messages.INFO
        messages.add_message(request, level, what_became_of(beside))


def what_became_of(beside: Beside) -> str:
    at = written(beside.plan.live_from)
    if beside.fate is Fate.HELD:
        return (
            f"The update planned for {at} is held: it and what you published now both changed the {beside.clashing}. "
            "It does not go out before somebody decides, below."
        )
    if beside.fate is Fate.DONE:
        return f"What was planned for {at} has nothing to add any more, so nothing is planned now."
    return f"The update planned for {at} stays planned, with what you published now in it."


def held_as_shown(article: Article) -> dict[str, Any]:
    """What the form says of the held version: anything a revision keeps may be missing from an old one."""
    assert article.held is not None
    kept = article.held.data.get("held", {})
    planned = kept.get("from")
    moment = parse_datetime(planned) if isinstance(planned, str) else None
    return {
        "number": article.held.number,
        "from": written(moment) if moment else "",
        "clashes": kept.get("clashes", []),
    }


def _begin(request: HttpRequest, article: Article) -> str:
    article.begin_fix(by=request.user)
    return "This is what readers see now. Put it right and publish: the update stays planned and takes the fix in."


def _end(request: HttpRequest, article: Article) -> str:
    article.end_fix(by=request.user)
    return "This is the update again. What you wrote of the fix is in the history."


def _carry(request: HttpRequest, article: Article) -> str:
    clashes = article.carry_fix(by=request.user)
    done = "The fix is in the update now. Publish shows it to readers."
    if not clashes:
        return done
    return f"{done} Look at the {', '.join(clashes)}: both had changed it, and the update’s words stand. Yours are in the history."


def _take_up(request: HttpRequest, article: Article) -> str:
    planned = article.take_up_held(by=request.user)
    when = f" It was planned for {written(planned)}." if planned else ""
    return f"The held version is the working copy now.{when} Look at what clashed, choose a time and press Schedule."
