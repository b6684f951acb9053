"""The names of what snapshots name by number: sections, authors, tags, pictures. Some are gone by now."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.models import Article, Section
from articles.models.permits import visible_to
from articles.models.snapshots import Snapshot
from articles.models.tags.order.resolving import targets
from articles.richtext import image_ids
from authors.models import Author
from images.models import Image

_CARD = re.compile(r'data-article-card="([1-9]\d{0,17})"')
GONE = "no longer in the library"


@dataclass
class Library:
    sections: dict[int, Section] = field(default_factory=dict)
    authors: dict[int, Author] = field(default_factory=dict)
    images: dict[int, Image] = field(default_factory=dict)
    tags: dict[int, int] = field(default_factory=dict)  # what each is today, of those that are still there
    headlines: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot], *, names_only: bool = False, reader: Any = None) -> "Library":
        """All that these name; headlines only of articles that `reader` may see. Six queries at most; three with
        `names_only` (sections, authors, tags).
        """
        snapshots = list(snapshots)
        sections = {one.content.get("section_id") for one in snapshots} - {None}
        authors = {byline.author_id for one in snapshots for byline in one.bylines}
        library = cls(_bulk(Section, sections), _bulk(Author, authors))
        if not names_only:
            pictures = {one.content.get("lead_image_id") for one in snapshots} - {None}
            pictures |= {pk for one in snapshots for pk in image_ids(one.body)}
            library.images = _bulk(Image, pictures)
            cards = {int(number) for one in snapshots for number in _CARD.findall(one.body)}
            if cards and reader is not None:
                seen = visible_to(reader, Article.objects.filter(pk__in=cards))
                library.headlines = dict(seen.values_list("pk", "headline"))
        if tags := {pk for one in snapshots for pk in one.tags}:
            library.tags = targets(tags)
        return library

    def section_name(self, pk: int | None) -> str:
        if pk is None:
            return ""
        return self.sections[pk].name if pk in self.sections else f"section {pk} ({GONE})"

    def tag_names(self, *sides: Mapping[int, str], tells_gone: bool = False) -> list[list[str]]:
        """The names on each side, one tag by one name: neither a rename nor a merge in between is a change."""
        meaning = self.tags
        names: dict[int, str] = {}
        for side in sides:
            for pk, name in side.items():
                is_gone = tells_gone and pk not in meaning
                names[meaning.get(pk, pk)] = f"{name} ({GONE})" if is_gone else name
        return [[names[pk] for pk in dict.fromkeys(meaning.get(pk, pk) for pk in side)] for side in sides]

    def author_name(self, pk: int) -> str:
        return self.authors[pk].name if pk in self.authors else f"author {pk} ({GONE})"


def _bulk(model: Any, ids: set[Any]) -> dict[int, Any]:
    return model.objects.in_bulk(ids) if ids else {}
