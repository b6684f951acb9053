"""What a feed tells, whatever form it has. No text in it holds a character that XML does not know."""

import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime

# One of these and no program reads the feed any more. They get in by ways that no door of ours sees: a database
# filled by hand, an entity that a parser resolved.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# When an empty feed last changed: never, rather than now, or its bytes would change with each look.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def legal(text: str) -> str:
    """Without the characters that no XML document can hold: most controls, halves of surrogates, U+FFFE and U+FFFF."""
    return _ILLEGAL.sub("", text)


class _Told:
    """A frozen dataclass whose texts are legal."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, legal(value))


@dataclass(frozen=True)
class Text(_Told):
    """A tag's name, and whatever else stands in a row of texts."""

    text: str


@dataclass(frozen=True)
class Person(_Told):
    """`address` is that of the author's page."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Picture(_Told):
    """A JPEG, as every program shows it; its size in pixels."""

    address: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Entry(_Told):
    """`id` never changes, whatever becomes of the address. `html` is the whole text; `summary` is plain text."""

    id: str
    address: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    people: tuple[Person, ...] = ()
    tags: tuple[Text, ...] = ()
    picture: Picture | None = None
    language: str = ""


@dataclass(frozen=True)
class Feed(_Told):
    """`page` is the path of the page that it follows. `hubs` tell subscribers at once what is new in it: those of
    WEBSUB_HUBS, where a publication pings the feed (articles/announcing/topics.py).
    """

    id: str
    title: str
    page: str
    about: str
    entries: tuple[Entry, ...]
    hubs: tuple[str, ...] = ()

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)


@dataclass(frozen=True)
class FeedLink:
    """A feed as the head of a page names it, for programs to find; `address` is a path."""

    title: str
    address: str
    type: str
