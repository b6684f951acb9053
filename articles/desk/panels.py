"""A panel of the desk's first page: a few rows, and how many there are as far as that is worth counting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from articles.models import Article, PublishedArticle

from .listing import desk_time, list_time

SHOWN = 5
COUNTED = 50  # beyond that a number helps nobody, and costs


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    moment: datetime | None = None
    note: str = ""
    thumbnail: str = ""
    about: str = ""

    @property
    def exactly(self) -> str:
        return desk_time(self.moment) if self.moment else ""


@dataclass(frozen=True)
class Panel:
    key: str
    title: str
    empty: str
    all_url: str
    all_label: str = "Show all"
    rows: list[Row] = field(default_factory=list)
    found: int = 0
    is_counted: bool = True

    @property
    def count(self) -> str:
        """'' where the number would say nothing."""
        if not self.is_counted or not self.found:
            return ""
        return f"{COUNTED}+" if self.found > COUNTED else str(self.found)

    @property
    def has_more(self) -> bool:
        return self.found > len(self.rows)

    @property
    def is_timed(self) -> bool:
        """Its moments are told exactly, too: what is planned must not be guessed."""
        return self.key == "scheduled"


@dataclass(frozen=True)
class Group:
    """Panels under one heading of the page."""

    key: str
    title: str
    panels: list[Panel]


def panel_of(
    key: str, title: str, empty: str, all_url: str, found: Any, as_row: Callable[[Any], Row], is_counted: bool = True
) -> Panel:
    """One query: a few rows to show and, of the same, as many as are counted."""
    things: Iterable[Any] = list(found[: COUNTED + 1] if is_counted else found)
    rows = [as_row(one) for one in list(things)[:SHOWN]]
    return Panel(key, title, empty, all_url, rows=rows, found=len(list(things)), is_counted=is_counted)


def list_url(**filters: str) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(filters)}"


def form_url(pk: int) -> str:
    return reverse("admin:articles_article_change", args=[pk])


def title_of(article: Article | PublishedArticle) -> str:
    return article.headline or "(no headline)"


def ago(moment: datetime) -> str:
    """`3 hours ago`; the day for what is longer ago than a week."""
    if (timezone.now() - moment).days >= 7:
        return list_time(moment)
    if (timezone.now() - moment).total_seconds() < 60:
        return "just now"
    return f"{timesince(moment, depth=1)} ago"
