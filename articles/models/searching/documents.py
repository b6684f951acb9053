"""Documents: what an article says, as search keeps it."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from unicodedata import normalize

from articles.models.bylines import Signed, signed
from articles.models.tags.tagging import PublishedTag, Tag
from articles.richtext import plain_text
from newsroom.models import SiteIdentity

from .characters import BEGIN, END
from .entries import SearchEntry, place_of

READ = 120_000  # characters of a text: three times a long read, and never more than PostgreSQL can hold of one article
_MARKS = re.compile(f"[{BEGIN}{END}\0]")


@dataclass(frozen=True)
class Naming:
    """The names of its tags and authors; and these and its section by number."""

    names: str
    filed: str


@dataclass(frozen=True)
class Filing:
    """What versions are filed under, as it is stored: version and tag; version, author and name, in order."""

    tags: Sequence[tuple[int, int]]
    bylines: Sequence[Signed]

    @classmethod
    def of(cls, versions: Iterable[int]) -> "Filing":
        """Two queries."""
        of = list(versions)
        # Apart from their tags and in no order: else SQLite walks all articles of all tags instead of these articles.
        tags = PublishedTag.objects.filter(content_object__in=of).order_by().values_list("content_object", "tag")
        return cls(list(tags), signed(of))


@dataclass(frozen=True)
class Document:
    published: int
    place: int
    live_from: datetime
    live_until: datetime | None
    language: str
    headline: str
    standfirst: str
    body: str
    naming: Naming

    @cached_property
    def digest(self) -> str:
        parts = "\0".join((self.language, self.headline, self.standfirst, self.body))
        return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()

    @property
    def entry(self) -> SearchEntry:
        return SearchEntry(
            published_id=self.published,
            place=self.place,
            live_from=self.live_from,
            live_until=self.live_until,
            language=self.language,
            names=self.naming.names,
            filed=self.naming.filed,
            digest=self.digest,
        )


def language() -> str:
    """In which entries are written and questions read. No query on most calls."""
    return SiteIdentity.current().search_language


def documents(versions: Sequence[Any], filing: Filing | None = None) -> list[Document]:
    """Of published versions. Three queries, one where their `filing` is told, none for none."""
    if not versions:
        return []
    spoken, names = language(), namings({version.pk: version.section_id for version in versions}, filing)
    return [
        Document(
            published=version.pk,
            place=place_of(version.pk, version.published_at),
            live_from=version.live_from,
            live_until=version.live_until,
            language=spoken,
            headline=_clean(version.headline),
            standfirst=_clean(version.standfirst),
            body=_clean(plain_text(version.body)[:READ]),
            naming=names[version.pk],
        )
        for version in versions
    ]


def namings(sections: dict[int, int | None], filing: Filing | None = None) -> dict[int, Naming]:
    """By version, whose sections are told. A tag that is hidden from readers names nothing. Three queries, or one."""
    filing = filing or Filing.of(sections)
    names: dict[int, list[str]] = defaultdict(list)
    filed: dict[int, list[str]] = defaultdict(list)
    for version, section in sections.items():
        filed[version].append(filed_in("s", section or 0))
    tagged = [(version, tag) for version, tag in filing.tags if version in sections]
    shown = Tag.objects.filter(pk__in={tag for _version, tag in tagged}, is_hidden=False).order_by()
    called = dict(shown.values_list("pk", "name"))
    tags = sorted((version, tag, called[tag]) for version, tag in tagged if tag in called)
    _gather(names, filed, "t", tags)
    _gather(names, filed, "a", (row for row in filing.bylines if row[0] in sections))
    return {
        version: Naming(_clean(" · ".join(dict.fromkeys(names[version]))), " ".join(dict.fromkeys(filed[version])))
        for version in sections
    }


def _gather(names: dict[int, list[str]], filed: dict[int, list[str]], kind: str, rows: Iterable[Any]) -> None:
    for version, number, name in rows:
        names[version].append(name)
        filed[version].append(filed_in(kind, number))


def filed_in(kind: str, number: int) -> str:
    """`s3`: in the section, `t12`: with the tag, `a4`: by the author of this number."""
    return f"{kind}{number}"


def _clean(text: str) -> str:
    return normalize("NFC", _MARKS.sub("", text))
