"""What the history page and the comparison show of an article's revisions: rows, badges, sides. Constant queries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from articles.models import Article, PublishedArticle, Revision
from articles.models.snapshots import Snapshot

from .library import Library
from .summaries import what_changed

PAGE = 20
NOW, READERS = "now", "readers"


@dataclass
class Row:
    """A line of the history. `said`: what changed against `previous`, the row below; None for the first one of all."""

    revision: Revision
    previous: int | None = None
    said: list[str] | None = None
    unreadable: str = ""
    badges: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class HistoryPage:
    rows: list[Row]
    older: int | None  # the number that the next page begins before
    is_live: bool
    is_current_kept: bool
    chosen: int | None  # the newest that differs from the working copy: most want to compare these two


def history_page(article: Article, *, before: int | None, published_only: bool) -> HistoryPage:
    """Newest first. Six queries, whatever the length of the history; the texts of no more than a page are loaded."""
    rows: Any = article.revisions.select_related("by").order_by("-number")
    if published_only:
        rows = rows.sent_out()
    if before is not None:
        rows = rows.filter(number__lt=before)
    revisions = list(rows[: PAGE + 1])
    standing = _standing(article)
    badges = _badges(article, standing)
    page = [Row(revision, badges=badges.get(revision.number, [])) for revision in revisions[:PAGE]]
    for row in page:
        if row.revision.version == article.version:
            row.badges.append(("current", "Working copy"))
    _tell_what_changed(page, revisions)
    return HistoryPage(
        rows=page,
        older=page[-1].revision.number if len(revisions) > PAGE else None,
        is_live=any(kind == "live" for kind, _ in standing.values()),
        is_current_kept=any(one.version == article.version for one in revisions),
        chosen=next((row.revision.number for row in page if row.revision.version != article.version), None),
    )


def _tell_what_changed(page: Sequence[Row], revisions: Sequence[Revision]) -> None:
    snapshots: dict[int, Snapshot | None] = {}
    for revision in revisions:
        try:
            snapshots[revision.number] = Snapshot.read(revision.data)
        except ValidationError:
            snapshots[revision.number] = None
    library = Library.of([one for one in snapshots.values() if one], names_only=True)
    previous: list[Revision | None] = [*revisions[1:], None]
    for row, before in zip(page, previous, strict=False):
        after = snapshots[row.revision.number]
        older = snapshots[before.number] if before else None
        if after is None:
            row.unreadable = "Kept by another version of Newsroom; it can’t be read here."
        elif older is not None:
            row.said = what_changed(older, after, library)
            row.previous = before.number if before else None
        elif before is not None:
            row.said = ["can’t be compared with the one before"]


def _standing(article: Article) -> dict[int, tuple[str, str]]:
    """What is live and what is planned, by the version of the working copy that it was. One query."""
    now = timezone.now()
    found: dict[int, tuple[str, str]] = {}
    for one in PublishedArticle.objects.filter(article=article).only("version", "live_from", "live_until"):
        if one.is_live(now):
            found[one.version] = ("live", "Readers see this")
        elif one.live_from > now:
            found.setdefault(one.version, ("planned", "Scheduled"))
    return found


def _badges(article: Article, standing: dict[int, tuple[str, str]]) -> dict[int, list[tuple[str, str]]]:
    """Of the revisions that were sent out as these, by number. One query."""
    found: dict[int, list[tuple[str, str]]] = {}
    sent: Any = article.revisions
    newest = sent.sent_out().filter(version__in=standing).order_by("number").values_list("version", "number")
    for version, number in dict(newest).items():
        found[number] = [standing[version]]
    return found


@dataclass(frozen=True)
class Side:
    """One of the two that are compared. `key`: a revision's number, NOW or READERS."""

    key: str
    name: str
    snapshot: Snapshot
    what: str = ""
    at: datetime | None = None
    by: Any = None
    revision: Revision | None = None


def side(article: Article, key: str) -> Side:
    """Raises Http404 when this article has no such state, ValidationError when it can't be read."""
    if key == NOW:
        return Side(NOW, "Working copy", Snapshot.of_article(article), "as last saved", article.updated_at)
    if key == READERS:
        live = PublishedArticle.objects.live().filter(article=article).first()
        if live is None:
            raise Http404("Readers see nothing of this article now.")
        return Side(READERS, "What readers see", Snapshot.of_published(live), "live since", live.live_from)
    revision = revision_or_404(article, key)
    kept = Snapshot.read(revision.data)
    what = revision.get_event_display()
    return Side(key, f"Version {revision.number}", kept, what, revision.at, revision.by, revision)


def revision_or_404(article: Article, number: Any) -> Revision:
    """Of this article and no other: a number in an address is asked for within the article that it names."""
    if not _is_number(str(number)):
        raise Http404("There is no such version.")
    revision = article.revisions.select_related("by").filter(number=int(number)).first()
    if revision is None:
        raise Http404("There is no such version of this article.")
    return revision


def _is_number(key: str) -> bool:
    return re.fullmatch(r"\d{1,9}", key, re.ASCII) is not None


def in_order(old: str, new: str) -> tuple[str, str]:
    """The earlier first, whichever was chosen on which side."""
    if old == NOW or (_is_number(old) and _is_number(new) and int(old) > int(new)):
        return new, old
    return old, new
