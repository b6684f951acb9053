"""Engine: what either database does for search, under one interface. postgres.py and sqlite.py are the two."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from django.db import connection

from .documents import Document, Naming
from .question import Question

# So much more a match counts in the headline, the standfirst, the names of tags and authors, than in the body.
HEADLINE, STANDFIRST, NAMES, BODY = 10.0, 6.0, 4.0, 1.0


@dataclass(frozen=True)
class Filters:
    """`filed` as documents.filed_in writes: all of them. Places from `first` to before `end`."""

    filed: tuple[str, ...] = ()
    first: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Hit:
    """A version that was found; `score` grows with how well it answers, and compares within one question only."""

    published: int
    place: int
    score: float


@dataclass(frozen=True)
class Asked:
    """A question as engines get it: in the language of the index, at a moment."""

    question: Question
    language: str
    at: datetime
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True)
class Marked:
    """Texts of a version with BEGIN and END around what was asked for."""

    headline: str
    text: str


class Engine(Protocol):
    def write(self, documents: Sequence[Document]) -> None:
        """The entries of these, none of which is there, with their words."""

    def rename(self, namings: Sequence[tuple[int, int, str, Naming]]) -> None:
        """Version, place, language: the names it is found by from now on."""

    def forget(self, places: Sequence[int]) -> None: ...

    def find(self, asked: Asked, limit: int, *, in_headings: bool = False) -> list[Hit]:
        """The newest matches that readers have, so many at most; `in_headings`: the newest of those that answer with their
        headline and names alone. One query.
        """

    def mark(self, asked: Asked, hits: Sequence[Hit]) -> dict[int, Marked]:
        """By version. One query."""

    def sweep(self) -> int:
        """Remove words that belong to no entry, as many as is quick. How many there were."""

    def create(self, schema_editor: Any) -> None: ...

    def drop(self, schema_editor: Any) -> None: ...


def engine() -> Engine:
    return _engine(connection.vendor)


@lru_cache(maxsize=2)
def _engine(vendor: str) -> Engine:
    if vendor == "postgresql":
        from .postgres import PostgreSQL

        return PostgreSQL()
    from .sqlite import SQLite

    return SQLite()
