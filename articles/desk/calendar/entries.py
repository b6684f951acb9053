"""What stands in the calendar. One query for each kind, whatever the number of articles: each walks the index of its
date, and only what the person may see is looked at, so that nothing else counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, Byline, Priority, PublishedArticle, Revision, Stage
from articles.models.permits import visible_to
from articles.models.reaching import decidable_by
from articles.roles import Act

if TYPE_CHECKING:
    from .wanted import Wanted

MOST = 2000  # of a kind; who wants more than that chooses a section


class Kind(models.TextChoices):
    DUE = "due", "Due"
    SCHEDULED = "scheduled", "Goes live"
    PUBLISHED = "published", "Published"
    ENDS = "ends", "Ends"


# What moves an entry, and so who may.
MOVED_BY = {Kind.DUE: Act.ASSIGN, Kind.SCHEDULED: Act.PUBLISH, Kind.ENDS: Act.PUBLISH}


@dataclass
class Entry:
    """`is_update`: a new version of what readers know already. `people`: who works on it, else who wrote it."""

    kind: Kind
    article_id: int
    moment: datetime
    headline: str
    section_id: int | None
    stage: Stage
    priority: int
    assignee: str
    may_move: bool
    is_update: bool = False
    people: str = ""
    revision: int = 0
    revised_at: datetime | None = None

    @property
    def local(self) -> datetime:
        return timezone.localtime(self.moment)

    @property
    def is_overdue(self) -> bool:
        return self.kind is Kind.DUE and self.moment <= timezone.now()

    @property
    def is_idea(self) -> bool:
        return self.kind is Kind.DUE and self.stage is Stage.IDEA

    @property
    def is_urgent(self) -> bool:
        return self.kind is Kind.DUE and self.priority == Priority.URGENT

    @property
    def label(self) -> str:
        """In words what icon and colour say."""
        if self.is_overdue:
            return "Overdue"
        if self.kind is Kind.SCHEDULED and self.is_update:
            return "Update goes live"
        return str(self.kind.label)

    @property
    def note(self) -> str:
        """How far it is, for what is not out yet."""
        return str(self.stage.label) if self.kind is Kind.DUE else ""


@dataclass(frozen=True)
class Found:
    entries: list[Entry]
    is_cut: bool  # there are more than are shown


def entries(user: Any, start: datetime, end: datetime, wanted: "Wanted", *, revised: bool = False) -> Found:
    """From `start` until before `end`, in their order. One query a kind, one for names, one for the person's limits.

    `revised` adds the number and the time of the article's last revision.
    """
    now = timezone.now()
    found, is_cut = [], False
    for kind in wanted.kinds:
        rows = _of_kind(kind, start, end, now)
        if wanted.sections:
            rows = rows.filter(section__in=wanted.sections)
        is_article = rows.model is Article
        number = "pk" if is_article else "article_id"
        rows = _within_reach(rows, number, user, kind, wanted).annotate(is_update=_is_update(kind, now))
        if revised:
            last = Revision.objects.filter(article=OuterRef(number)).order_by("-number")
            begun = F("created_at" if is_article else "article__created_at")
            rows = rows.annotate(
                revision_=Subquery(last.values("number")[:1]),
                revised_at_=Coalesce(Subquery(last.values("at")[:1]), begun),
            )
        read = list(rows.values(*_columns(is_article, revised), moment=F(_DATES[kind]))[: MOST + 1])
        is_cut = is_cut or len(read) > MOST
        found += [_entry(kind, row, "" if is_article else "article__", number, revised) for row in read[:MOST]]
    _name_writers(found)
    order = {kind: place for place, kind in enumerate((Kind.PUBLISHED, Kind.SCHEDULED, Kind.ENDS, Kind.DUE))}
    found.sort(key=lambda one: (one.moment, order[one.kind], one.headline, one.article_id))
    return Found(found, is_cut)


_DATES = {
    Kind.DUE: "due_at",
    Kind.SCHEDULED: "live_from",
    Kind.PUBLISHED: "published_at",
    Kind.ENDS: "live_until",
}


def _of_kind(kind: Kind, start: datetime, end: datetime, now: datetime) -> Any:
    if kind is Kind.DUE:
        return _due(start, end, now)
    versions: Any = PublishedArticle.objects.order_by(_DATES[kind])
    if kind is Kind.SCHEDULED:
        return versions.filter(live_from__gt=now, live_from__gte=start, live_from__lt=end)
    if kind is Kind.PUBLISHED:
        return versions.live(now).filter(published_at__gte=start, published_at__lt=end)
    return _ending(versions, start, end, now)


def _due(start: datetime, end: datetime, now: datetime) -> Any:
    """Done with what is out or goes out: that stands there as such."""
    sent = PublishedArticle.objects.filter(article=OuterRef("pk"), version=OuterRef("version"))
    still = sent.filter(Q(live_until=None) | Q(live_until__gt=now))
    return Article.objects.filter(~Exists(still), due_at__gte=start, due_at__lt=end).order_by("due_at")


def _is_update(kind: Kind, now: datetime) -> Any:
    """Whether readers know the article already. Not by its dates: it may have gone out early, beside its plan."""
    if kind is not Kind.SCHEDULED:
        return models.Value(False)
    return Exists(PublishedArticle.objects.filter(article=OuterRef("article"), live_from__lte=now))


def _ending(versions: Any, start: datetime, end: datetime, now: datetime) -> Any:
    """Not where the next version begins at once: readers notice no end."""
    follows = PublishedArticle.objects.filter(article=OuterRef("article"), live_from=OuterRef("live_until"))
    return versions.filter(~Exists(follows), live_until__gt=now, live_until__gte=start, live_until__lt=end)


def _within_reach(rows: Any, number: str, user: Any, kind: Kind, wanted: "Wanted") -> Any:
    """What this person may see and wants to; and what of it may be moved, asked in the same query."""
    this: Any = Article.objects.filter(pk=OuterRef(number))
    visible = visible_to(user, this)
    of_person = wanted.of_person(user)
    if of_person is not None:
        visible = visible.filter(of_person)
    act = MOVED_BY.get(kind)
    may_move: Any = Exists(decidable_by(user, act, this)) if act else models.Value(False)
    return rows.filter(Exists(visible)).annotate(may_move=may_move)


def _columns(is_article: bool, revised: bool) -> list[str]:
    own = "" if is_article else "article__"
    of_article = [f"{own}{name}" for name in ("stage", "priority", *_ASSIGNEE)]
    rest = ["pk"] if is_article else ["article_id"]
    return [
        "headline",
        "section_id",
        "may_move",
        "is_update",
        *rest,
        *of_article,
        *(["revision_", "revised_at_"] if revised else []),
    ]


_ASSIGNEE = ("assignee__first_name", "assignee__last_name", "assignee__username")


def _entry(kind: Kind, row: dict[str, Any], own: str, number: str, revised: bool) -> Entry:
    first, last, login = (row[f"{own}{name}"] or "" for name in _ASSIGNEE)
    return Entry(
        kind=kind,
        article_id=row[number],
        moment=row["moment"],
        headline=row["headline"] or "(no headline)",
        section_id=row["section_id"],
        stage=Stage(row[f"{own}stage"]),
        priority=row[f"{own}priority"],
        assignee=f"{first} {last}".strip() or login,
        may_move=row["may_move"],
        is_update=row["is_update"],
        revision=(row["revision_"] or 0) if revised else 0,
        revised_at=row["revised_at_"] if revised else None,
    )


def _name_writers(found: list[Entry]) -> None:
    """Who works on it; where that is nobody, who stands in the byline. One query."""
    nameless = {one.article_id for one in found if not one.assignee}
    names: dict[int, list[str]] = {}
    rows = (
        Byline.objects.filter(article_id__in=nameless).order_by("position", "pk") if nameless else Byline.objects.none()
    )
    for article_id, name in rows.values_list("article_id", "author__name"):
        names.setdefault(article_id, []).append(name)
    for one in found:
        one.people = one.assignee or ", ".join(dict.fromkeys(names.get(one.article_id, [])))


def grouped(found: Iterable[Entry]) -> dict[Any, list[Entry]]:
    """By the day on the newsroom's clock."""
    days: dict[Any, list[Entry]] = {}
    for one in found:
        days.setdefault(one.local.date(), []).append(one)
    return days
