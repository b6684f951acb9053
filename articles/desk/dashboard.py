"""The desk's first page: what this person is in the middle of, what goes out next, what somebody should still do.

One query a panel, none for a panel that the person may not see. Each looks at no more rows than it needs to tell
"fifty or more"; those that no index serves look only at what was changed last, and say so.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timeuntil

from articles.models import Article, PublishedArticle, Stage
from articles.models.permits import may, of_visible, visible_to
from articles.models.reaching import decidable_by
from articles.models.status import Status
from articles.roles import Act
from images.models import Image

from . import my_desk
from .filters import lacking
from .panels import SHOWN, Group, Panel, Row, ago, form_url, list_url, panel_of, title_of

# So many are looked through for what no index finds: those changed last, those published last. Of these everybody is
# shown what he may see. Measured with 100,000 articles: 1 to 35 ms a panel; without a bound up to 300.
RECENT, NEWEST = 2000, 200


def parts(request: HttpRequest) -> dict[str, Any]:
    """For templates/admin/index.html. At most thirteen queries."""
    articles, pictures = admin.site.get_model_admin(Article), admin.site.get_model_admin(Image)
    mine: list[Panel] = []
    panels: list[Panel] = []
    if articles.has_view_permission(request):
        mine = my_desk.panels(request)
        if may(request.user, Act.APPROVE):
            panels.append(to_review(request))
        if may(request.user, Act.PUBLISH):
            panels += [one for one in (held(request), to_publish(request)) if one.rows or one.key != "held"]
        others = [one(request) for one in (changed, scheduled, published, untagged)]
        # “Nothing is published yet” would be no truth for who sees but his own.
        panels += [one for one in others if one.rows or _sees_all(request)]
    if pictures.has_change_permission(request):  # something to do, for who can do it
        panels.append(pictures_without_alt(request))
    groups = [Group("mine", "My desk", mine), Group("newsroom", "The newsroom", panels)]
    return {
        "groups": [group for group in groups if group.panels],
        "may_see_articles": articles.has_view_permission(request),
        "may_add_article": articles.has_add_permission(request),
        "zone": timezone.get_current_timezone_name(),
    }


# --- the panels ------------------------------------------------------------------------------------------------


def to_review(request: HttpRequest) -> Panel:
    """What this person may approve, also what was approved and then changed."""
    desk: Any = Article.objects
    waiting = decidable_by(request.user, Act.APPROVE, desk.at_stage(Stage.IN_REVIEW))
    return panel_of(
        "review",
        "Waiting for review",
        "Nothing waits for a second pair of eyes.",
        list_url(stage=Stage.IN_REVIEW),
        waiting.order_by("priority", "updated_at", "pk").only("headline", "updated_at"),
        lambda one: Row(title_of(one), form_url(one.pk), one.updated_at, f"since {ago(one.updated_at)}"),
    )


def held(request: HttpRequest) -> Panel:
    """Updates that were taken out of the plan, because a fix went out that changed the same. Very few."""
    waiting = decidable_by(request.user, Act.PUBLISH, Article.objects.filter(held__isnull=False))
    return panel_of(
        "held",
        "Updates held",
        "No update is held.",
        list_url(planned="held"),
        waiting.order_by("held__at", "pk").annotate(held_at=F("held__at")).only("headline"),
        lambda one: Row(title_of(one), form_url(one.pk), one.held_at, f"since {ago(one.held_at)}"),
    )


def to_publish(request: HttpRequest) -> Panel:
    """What this person may send out."""
    desk: Any = Article.objects
    ready = decidable_by(request.user, Act.PUBLISH, desk.at_stage(Stage.APPROVED))
    return panel_of(
        "ready",
        "Approved, not out",
        "Everything that was approved is out or scheduled.",
        list_url(stage=Stage.APPROVED),
        ready.order_by("priority", "updated_at", "pk").only("headline", "updated_at"),
        lambda one: Row(title_of(one), form_url(one.pk), one.updated_at, f"changed {ago(one.updated_at)}"),
    )


def changed(request: HttpRequest) -> Panel:
    live = PublishedArticle.objects.live().filter(article=OuterRef("pk"))
    return panel_of(
        "changed",
        "Unpublished changes",
        "Readers see the newest version of every article that was changed lately.",
        list_url(status=Status.CHANGED),
        _recent(request).filter(Exists(live.exclude(version=OuterRef("version")))).only("headline", "updated_at"),
        lambda one: Row(title_of(one), form_url(one.pk), one.updated_at, f"changed {ago(one.updated_at)}"),
    )


def scheduled(request: HttpRequest) -> Panel:
    later = PublishedArticle.objects.filter(live_from__gt=timezone.now())
    planned = of_visible(request.user, later).order_by("live_from", "pk")
    return panel_of(
        "scheduled",
        "Scheduled next",
        "Nothing is waiting for its time. Schedule on an article's form sets one.",
        list_url(planned="yes"),
        planned.annotate(name=F("article__headline")).only("article_id", "headline", "live_from"),
        lambda one: Row(title_of(one), form_url(one.article_id), one.live_from, f"in {timeuntil(one.live_from)}"),
    )


def published(request: HttpRequest) -> Panel:
    newest = PublishedArticle.objects.order_by("-published_at", "-article_id")
    live: Any = of_visible(request.user, PublishedArticle.objects.live())
    return panel_of(
        "published",
        "Published last",
        "Nothing is published yet.",
        list_url(status=Status.PUBLISHED),
        live.filter(pk__in=newest.values("pk")[:NEWEST])
        .newest_first()
        .only("article_id", "headline", "published_at")[:SHOWN],
        lambda one: Row(title_of(one), form_url(one.article_id), one.published_at, f"{ago(one.published_at)}"),
        is_counted=False,
    )


def untagged(request: HttpRequest) -> Panel:
    return panel_of(
        "untagged",
        "Articles without tags",
        "Every article that was changed lately has tags: readers find their way to more.",
        list_url(lacks="tags"),
        _recent(request).filter(lacking("tags")).only("headline", "updated_at"),
        lambda one: Row(title_of(one), form_url(one.pk), one.updated_at, f"changed {ago(one.updated_at)}"),
    )


def pictures_without_alt(request: HttpRequest) -> Panel:
    needing: Any = Image.objects.needing_alt()
    return panel_of(
        "pictures",
        "Pictures without alternative text",
        "Every picture says what it shows, for people who can't see it.",
        f"{reverse('admin:images_image_changelist')}?{urlencode({'needs': 'alt'})}",
        needing.order_by("-created_at", "-pk"),
        lambda one: Row(
            one.title, reverse("admin:images_image_change", args=[one.pk]), one.created_at,
            f"added {ago(one.created_at)}", one.thumbnail_url,
        ),
    )  # fmt: skip


# --- what is looked through ------------------------------------------------------------------------------------


def _recent(request: HttpRequest) -> Any:
    newest: Any = Article.objects.order_by("-updated_at", "-pk")
    return visible_to(request.user, newest.filter(pk__in=newest.values("pk")[:RECENT]))


def _sees_all(request: HttpRequest) -> bool:
    every: Any = Article.objects.order_by()
    return visible_to(request.user, every) is every
