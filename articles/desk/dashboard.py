"""The desk's first page: what this person is in the middle of, what goes out next, what somebody should still do.

One query a panel, none for a panel that the person may not see. Each looks at no more rows than it needs to tell
"fifty or more"; those that no index serves look only at what was changed last, and say so.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince, timeuntil

from articles.models import Article, PublishedArticle, Stage
from articles.models.permits import may, of_visible, visible_to
from articles.models.reaching import decidable_by
from articles.models.status import Status
from articles.roles import Act
from images.models import Image

from .filters import lacking
from .listing import list_time
from .panels import COUNTED, Panel, Row

SHOWN = 5
# So many are looked through for what no index finds: those changed last, those that one person began last, those
# published last. Of these everybody is shown what he may see. Measured with 100,000 articles: 1 to 35 ms a panel; without a bound up to 300.
RECENT, BEGUN, NEWEST = 2000, 500, 200


def parts(request: HttpRequest) -> dict[str, Any]:
    """For templates/admin/index.html. At most nine queries."""
    articles, pictures = admin.site.get_model_admin(Article), admin.site.get_model_admin(Image)
    panels: list[Panel] = []
    if articles.has_view_permission(request):
        panels += [one(request) for one in (assigned, drafts)]
        if may(request.user, Act.APPROVE):
            panels.append(to_review(request))
        if may(request.user, Act.PUBLISH):
            panels.append(to_publish(request))
        others = [one(request) for one in (changed, scheduled, published, untagged)]
        # “Nothing is published yet” would be no truth for who sees but his own.
        panels += [one for one in others if one.rows or _sees_all(request)]
    if pictures.has_change_permission(request):  # something to do, for who can do it
        panels.append(pictures_without_alt(request))
    return {
        "panels": panels,
        "may_see_articles": articles.has_view_permission(request),
        "may_add_article": articles.has_add_permission(request),
        "zone": timezone.get_current_timezone_name(),
    }


# --- the panels ------------------------------------------------------------------------------------------------


def assigned(request: HttpRequest) -> Panel:
    """What this person works on and is not out as it is now; what is due first, first."""
    is_out = Exists(PublishedArticle.objects.live().filter(article=OuterRef("pk"), version=OuterRef("version")))
    mine = Article.objects.filter(~is_out, assignee=request.user.pk)
    return _panel(
        "assigned",
        "Yours to do",
        "Nobody has assigned an article to you.",
        _list(work="mine"),
        mine.order_by(F("due_at").asc(nulls_last=True), "priority", "-updated_at").only(
            "headline", "due_at", "updated_at"
        ),
        lambda one: Row(_name(one), _form(one.pk), one.due_at or one.updated_at, _due(one)),
    )


def to_review(request: HttpRequest) -> Panel:
    """What this person may approve, also what was approved and then changed."""
    desk: Any = Article.objects
    waiting = decidable_by(request.user, Act.APPROVE, desk.at_stage(Stage.IN_REVIEW))
    return _panel(
        "review",
        "Waiting for review",
        "Nothing waits for a second pair of eyes.",
        _list(stage=Stage.IN_REVIEW),
        waiting.order_by("priority", "updated_at", "pk").only("headline", "updated_at"),
        lambda one: Row(_name(one), _form(one.pk), one.updated_at, f"since {_ago(one.updated_at)}"),
    )


def to_publish(request: HttpRequest) -> Panel:
    """What this person may send out."""
    desk: Any = Article.objects
    ready = decidable_by(request.user, Act.PUBLISH, desk.at_stage(Stage.APPROVED))
    return _panel(
        "ready",
        "Approved, not out",
        "Everything that was approved is out or scheduled.",
        _list(stage=Stage.APPROVED),
        ready.order_by("priority", "updated_at", "pk").only("headline", "updated_at"),
        lambda one: Row(_name(one), _form(one.pk), one.updated_at, f"changed {_ago(one.updated_at)}"),
    )


def _due(article: Article) -> str:
    if article.due_at is None:
        return f"changed {_ago(article.updated_at)}"
    if article.due_at < timezone.now():
        return f"overdue since {list_time(article.due_at)}"
    return f"due in {timeuntil(article.due_at, depth=1)}"


def drafts(request: HttpRequest) -> Panel:
    mine = Article.objects.filter(created_by=request.user.pk).order_by("-pk").values("pk")[:BEGUN]
    never_out = ~Exists(PublishedArticle.objects.filter(article=OuterRef("pk")))
    return _panel(
        "drafts",
        "Your drafts",
        "Nothing begun and not sent out. What you start and save stands here until it is published.",
        _list(status=Status.DRAFT, mine="yes"),
        Article.objects.filter(never_out, pk__in=mine).order_by("-updated_at", "-pk").only("headline", "updated_at"),
        lambda one: Row(_name(one), _form(one.pk), one.updated_at, f"changed {_ago(one.updated_at)}"),
    )


def changed(request: HttpRequest) -> Panel:
    live = PublishedArticle.objects.live().filter(article=OuterRef("pk"))
    return _panel(
        "changed",
        "Unpublished changes",
        "Readers see the newest version of every article that was changed lately.",
        _list(status=Status.CHANGED),
        _recent(request).filter(Exists(live.exclude(version=OuterRef("version")))).only("headline", "updated_at"),
        lambda one: Row(_name(one), _form(one.pk), one.updated_at, f"changed {_ago(one.updated_at)}"),
    )


def scheduled(request: HttpRequest) -> Panel:
    later = PublishedArticle.objects.filter(live_from__gt=timezone.now())
    planned = of_visible(request.user, later).order_by("live_from", "pk")
    return _panel(
        "scheduled",
        "Scheduled next",
        "Nothing is waiting for its time. Schedule on an article's form sets one.",
        _list(planned="yes"),
        planned.annotate(name=F("article__headline")).only("article_id", "headline", "live_from"),
        lambda one: Row(_name(one), _form(one.article_id), one.live_from, f"in {timeuntil(one.live_from)}"),
    )


def published(request: HttpRequest) -> Panel:
    newest = PublishedArticle.objects.order_by("-published_at", "-article_id")
    live: Any = of_visible(request.user, PublishedArticle.objects.live())
    return _panel(
        "published",
        "Published last",
        "Nothing is published yet.",
        _list(status=Status.PUBLISHED),
        live.filter(pk__in=newest.values("pk")[:NEWEST])
        .newest_first()
        .only("article_id", "headline", "published_at")[:SHOWN],
        lambda one: Row(_name(one), _form(one.article_id), one.published_at, f"{_ago(one.published_at)}"),
        is_counted=False,
    )


def untagged(request: HttpRequest) -> Panel:
    return _panel(
        "untagged",
        "Articles without tags",
        "Every article that was changed lately has tags: readers find their way to more.",
        _list(lacks="tags"),
        _recent(request).filter(lacking("tags")).only("headline", "updated_at"),
        lambda one: Row(_name(one), _form(one.pk), one.updated_at, f"changed {_ago(one.updated_at)}"),
    )


def pictures_without_alt(request: HttpRequest) -> Panel:
    needing: Any = Image.objects.needing_alt()
    return _panel(
        "pictures",
        "Pictures without alternative text",
        "Every picture says what it shows, for people who can't see it.",
        f"{reverse('admin:images_image_changelist')}?{urlencode({'needs': 'alt'})}",
        needing.order_by("-created_at", "-pk"),
        lambda one: Row(
            one.title, reverse("admin:images_image_change", args=[one.pk]), one.created_at,
            f"added {_ago(one.created_at)}", one.thumbnail_url,
        ),
    )  # fmt: skip


# --- what they have in common ----------------------------------------------------------------------------------


def _panel(
    key: str, title: str, empty: str, all_url: str, found: Any, as_row: Callable[[Any], Row], is_counted: bool = True
) -> Panel:
    """One query: a few rows to show and, of the same, as many as are counted."""
    things: Iterable[Any] = list(found[: COUNTED + 1] if is_counted else found)
    rows = [as_row(one) for one in list(things)[:SHOWN]]
    return Panel(key, title, empty, all_url, rows=rows, found=len(list(things)), is_counted=is_counted)


def _recent(request: HttpRequest) -> Any:
    newest: Any = Article.objects.order_by("-updated_at", "-pk")
    return visible_to(request.user, newest.filter(pk__in=newest.values("pk")[:RECENT]))


def _sees_all(request: HttpRequest) -> bool:
    every: Any = Article.objects.order_by()
    return visible_to(request.user, every) is every


def _list(**filters: str) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(filters)}"


def _form(pk: int) -> str:
    return reverse("admin:articles_article_change", args=[pk])


def _name(article: Article | PublishedArticle) -> str:
    return article.headline or "(no headline)"


def _ago(moment: datetime) -> str:
    """`3 hours ago`; the day for what is longer ago than a week."""
    if (timezone.now() - moment).days >= 7:
        return list_time(moment)
    if (timezone.now() - moment).total_seconds() < 60:
        return "just now"
    return f"{timesince(moment, depth=1)} ago"
