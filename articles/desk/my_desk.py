"""My desk: what one person has to do, of the desk's first page (dashboard.py).

Sent back and mentioned show only where there is something: they are news, and the rest is a state.
"""

from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timeuntil

from articles.models import Article, Notification, PublishedArticle, Stage
from articles.models.permits import of_visible, visible_to

from .filters import never_out, sent_back_to
from .listing import list_time
from .panels import Panel, Row, ago, form_url, list_url, panel_of, title_of
from .saving.people import name_of

BEGUN = 500  # so many of what one person began last are looked through; no index finds more


def panels(request: HttpRequest) -> list[Panel]:
    """Four queries."""
    found = [assigned(request), sent_back(request), mentioned(request), drafts(request)]
    return [one for one in found if one.rows or one.key in {"assigned", "drafts"}]


def assigned(request: HttpRequest) -> Panel:
    """What this person works on and is not out as it is now; what is due first, first."""
    is_out = Exists(PublishedArticle.objects.live().filter(article=OuterRef("pk"), version=OuterRef("version")))
    mine = Article.objects.filter(~is_out, assignee=request.user.pk)
    return panel_of(
        "assigned",
        "Yours to do",
        "Nobody has assigned an article to you.",
        list_url(work="mine"),
        mine.order_by(F("due_at").asc(nulls_last=True), "priority", "-updated_at").only(
            "headline", "due_at", "updated_at"
        ),
        lambda one: Row(title_of(one), form_url(one.pk), one.due_at or one.updated_at, _due(one)),
    )


def sent_back(request: HttpRequest) -> Panel:
    """With the words that came with it, which say what is to be done."""
    told = Notification.objects.filter(
        to=request.user.pk, kind=Notification.Kind.SENT_BACK, article=OuterRef("pk")
    ).order_by("-at")
    back: Any = visible_to(request.user, Article.objects.filter(sent_back_to(request.user)))
    return panel_of(
        "sent-back",
        "Sent back to you",
        "Nothing was sent back to you.",
        list_url(work="sent_back"),
        back.annotate(why=Subquery(told.values("text")[:1]), told_at=Subquery(told.values("at")[:1]))
        .order_by("-told_at", "-pk")
        .only("headline"),
        lambda one: Row(title_of(one), form_url(one.pk), one.told_at, ago(one.told_at), about=one.why),
    )


def mentioned(request: HttpRequest) -> Panel:
    """Notes that name this person, until they are read."""
    mine = Notification.objects.filter(to=request.user.pk, kind=Notification.Kind.MENTIONED)
    found = of_visible(request.user, mine.unread()).order_by("-at", "-pk").select_related("article", "by")
    return panel_of(
        "mentioned",
        "You were mentioned",
        "Nobody has mentioned you.",
        reverse("admin:articles_article_inbox"),
        found,
        lambda one: Row(
            title_of(one.article), f"{form_url(one.article_id)}#notes", one.at, ago(one.at),
            about=f"{name_of(one.by)}: {one.text}" if one.by else one.text,
        ),
    )  # fmt: skip


def drafts(request: HttpRequest) -> Panel:
    mine = Article.objects.filter(created_by=request.user.pk).order_by("-pk").values("pk")[:BEGUN]
    return panel_of(
        "drafts",
        "Your drafts",
        "Nothing begun and not sent out. What you start and save stands here until it is published.",
        list_url(mine="unsent"),
        Article.objects.filter(never_out(), pk__in=mine)
        .order_by("-updated_at", "-pk")
        .only("headline", "updated_at", "stage", "version", "approved_version"),
        lambda one: Row(title_of(one), form_url(one.pk), one.updated_at, _how_far(one)),
    )


def _how_far(article: Article) -> str:
    stage = "" if article.stage_now == Stage.DRAFT else f"{article.stage_now.label.lower()}, "
    return f"{stage}changed {ago(article.updated_at)}"


def _due(article: Article) -> str:
    if article.due_at is None:
        return f"changed {ago(article.updated_at)}"
    if article.due_at < timezone.now():
        return f"overdue since {list_time(article.due_at)}"
    return f"due in {timeuntil(article.due_at, depth=1)}"
