"""The list in the form's panel: what readers will be shown, what is next in line, what is not shown, and why.

Found for the form as it stands, and for pins and mutes that are not saved yet, by the readers' own engine.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, PublishedArticle, PublishedTag, RelatedChoice, RelatedSettings, Tag
from articles.models.permits import may, visible_to
from articles.models.published import NOT_ON_CARDS
from articles.models.related import Choices, Suggestion, question_about, suggestions
from articles.models.related.reasons import reason
from articles.models.related.remembering import KEPT
from articles.models.section_limits import limits_of
from articles.roles import Act

from ..saving.people import name_of
from .fields import pinned_by

NEXT = 6
MOST_MUTED_EVERYWHERE = 10


@dataclass(frozen=True)
class Line:
    """An article in the list. `edit_url` is empty for who may not see it at the desk, `url` while readers don't."""

    article: int
    headline: str
    place: int = 0
    why: str = ""
    score: str = ""
    date: str = ""
    section: str = ""
    url: str = ""
    edit_url: str = ""
    thumbnail: str = ""
    is_pinned: bool = False
    is_muted_everywhere: bool = False
    may_mute_everywhere: bool = False


@dataclass
class Lists:
    cards: int
    shown: list[Line] = field(default_factory=list)
    following: list[Line] = field(default_factory=list)
    muted: list[Line] = field(default_factory=list)
    everywhere: list[Line] = field(default_factory=list)


def lists_for(
    user: Any, version: PublishedArticle, tags: Sequence[Tag], choices: Choices, muted_now: Iterable[int] = ()
) -> Lists:
    """For this version with these tags, were it published now. Fifteen queries at most, however many tags and choices.

    `muted_now` are what this person has muted everywhere since the form was opened, to be taken back.
    """
    cards = RelatedSettings.current().cards
    found = suggestions(*question_about(version, tags), KEPT, choices=choices)
    tags = [tag for tag in tags if tag.pk is not None and tag.retired_at is None]
    nowhere = _muted_everywhere(tags, [*choices.pins, *choices.mutes, *muted_now], but=version.article_id)
    named = [*(one.row.article for one in found), *choices.pins, *choices.mutes, *nowhere]
    known = _Known(user, version, tags, named, choices.pins, nowhere)
    by_article = {one.row.article: one for one in found}
    lists, place = Lists(cards), 0
    for pk in [*choices.pins, *(pk for pk in by_article if pk not in choices.pins)]:
        (lists.shown if place < cards else lists.following).append(known.line(pk, by_article.get(pk), place + 1))
        place += pk in by_article
    lists.following = lists.following[: max(NEXT, len(choices.pins))]
    lists.muted = [known.line(pk) for pk in sorted(choices.mutes)]
    lists.everywhere = [known.line(pk) for pk in nowhere if pk not in {*choices.pins, *choices.mutes}]
    return lists


def _muted_everywhere(tags: Sequence[Tag], named: Iterable[int], *, but: int | None) -> list[int]:
    """These, as far as they are muted everywhere, and of the others the last that share a tag. One query."""
    named = sorted(set(named))
    telling = [tag for tag in tags if tag.weight]
    has_tag = PublishedTag.objects.filter(
        content_object__article=OuterRef("target"), tag__in=telling, published_at__isnull=False
    )
    # Without one it would be a bare 0, which PostgreSQL takes for the number of a column.
    named_first = [Case(When(target__in=named, then=1), default=0).desc()] if named else []
    rows = RelatedChoice.objects.filter(Q(target__in=named) | Exists(has_tag), source=None).exclude(target=but)
    rows = rows.order_by(*named_first, "-at", "-pk")
    return list(rows.values_list("target_id", flat=True)[: len(named) + MOST_MUTED_EVERYWHERE])


class _Known:
    """What is told of the articles of the list. Three queries."""

    def __init__(
        self, user: Any, version: PublishedArticle, tags: Sequence[Tag], articles: Iterable[int], pins: Collection[int],
        nowhere: Collection[int],
    ) -> None:  # fmt: skip
        self.user, self.pins, self.nowhere = user, set(pins), set(nowhere)
        pks = set(articles)
        rows = PublishedArticle.objects.live().filter(article__in=pks).select_related("section", "lead_image")
        self.live = {row.article_id: row for row in rows.defer(*NOT_ON_CARDS)}
        # A draft's headline is told to those who may see it, and to nobody else.
        seen = visible_to(user, Article.objects.order_by().filter(pk__in=pks))
        self.at_the_desk = {
            pk: (headline, section) for pk, headline, section in seen.values_list("pk", "headline", "section")
        }
        self.tags = {tag.pk: tag.name for tag in tags}
        self.pinned_by = pinned_by(version.article_id) if self.pins and version.article_id else {}
        self.limits = limits_of(user) if may(user, Act.APPROVE) else None

    def line(self, pk: int, one: Suggestion | None = None, place: int = 0) -> Line:
        """Without a suggestion it is one that readers are not shown here."""
        row = self.live.get(pk)
        headline, section = self.at_the_desk.get(pk, ("", None))
        return Line(
            article=pk,
            headline=(row.headline if row else headline) or f"Article {pk}",
            place=place if one else 0,
            why=self._why(pk, one),
            score=f"{one.score:.2f}" if one and one.score else "",
            date=date_format(timezone.localtime(row.published_at), "j M Y") if row else "",
            section=str(row.section or "") if row else "",
            url=row.get_absolute_url() if row else "",
            edit_url=reverse("admin:articles_article_change", args=[pk]) if pk in self.at_the_desk else "",
            thumbnail=row.lead_image.thumbnail_url if row and row.lead_image else "",
            is_pinned=pk in self.pins,
            is_muted_everywhere=pk in self.nowhere,
            may_mute_everywhere=pk in self.at_the_desk
            and self.limits is not None
            and (not self.limits or section in self.limits),
        )

    def _why(self, pk: int, one: Suggestion | None) -> str:
        if one is not None:
            by = self.pinned_by.get(pk, self.user)
            section = self.live[pk].section if pk in self.live else None
            return reason(one, self.tags, str(section or ""), picked_by="you" if by == self.user else name_of(by))
        if pk not in self.pins:
            return ""
        if pk in self.nowhere:
            return "Readers don’t see it here: it is muted everywhere."
        if pk in self.live:
            return "Readers don’t see it here."
        return "Readers don’t see it here: it is not published, or no longer."
