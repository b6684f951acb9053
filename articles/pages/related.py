"""The related cards of a page, each with what it shares with the article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.models.published import PublishedArticle
from articles.models.related import RelatedSettings, Suggestion
from articles.models.tags.tagging import Tag


@dataclass(frozen=True)
class RelatedCard:
    """`shared` are names of tags, for readers to be told; none where the site tells nothing."""

    card: PublishedArticle
    shared: Sequence[str] = ()


def cards_of(found: Iterable[Suggestion], rows: Iterable[PublishedArticle], tags: Sequence[Tag]) -> list[RelatedCard]:
    """As many as the site shows, of those that are still live."""
    rules = RelatedSettings.current()
    by_pk = {row.pk: row for row in rows}
    names = {tag.pk: tag.name for tag in tags if tag.is_public} if rules.tells_readers_why else {}
    cards = [
        RelatedCard(by_pk[one.published], [names[tag] for tag in one.tags if tag in names][:3])
        for one in found
        if one.published in by_pk
    ]
    return cards[: rules.cards]
