"""Layout: how a front is laid out, as plain data. Pure: it asks no database.

A layout is a list of containers. A container shows first what was picked by hand (its slots), then fills itself up to
`how_many` cards with the newest that its backfill rule finds. It is kept as JSON; `Layout.read` is the only way in and
lets nothing through that a page could not show.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from newsroom.slugs import one_line

MOST_CONTAINERS, MOST_SLOTS, MOST_CARDS, MOST_TAGS = 40, 30, 30, 10
LONGEST_HEADLINE, LONGEST_KICKER, LONGEST_LABEL = 200, 60, 80
LARGEST_NUMBER = 2**53  # what every browser can count to

_NAME = re.compile(r"[a-z0-9-]+")

Choice = TypeVar("Choice", bound=StrEnum)


class Shape(Enum):
    """How a container's cards stand: its name, what the desk calls it, how many cards it is made for, and how few are
    too few to be shown where nobody picked one of them.
    """

    OPENING = ("opening", "Opening: one lead, others beside it", 5, 1)
    FEATURE = ("feature", "Feature: one large card, others around it", 3, 3)
    PAIR = ("pair", "Pair: large cards, two in a line", 2, 2)
    ROW = ("row", "Row: cards, three in a line", 3, 3)
    STRIP = ("strip", "Strip: smaller cards, four in a line", 4, 3)
    HEADLINES = ("headlines", "Headlines alone", 8, 2)
    RIVER = ("river", "River: a list, now and then a large one", 10, 1)

    def __init__(self, slug: str, label: str, usual: int, fewest: int) -> None:
        self.slug, self.label, self.usual, self.fewest = slug, label, usual, fewest

    @classmethod
    def named(cls, slug: Any) -> "Shape":
        for one in cls:
            if one.slug == slug:
                return one
        raise ValidationError("A container has no such shape.")


class Tone(StrEnum):
    """What a container stands on."""

    PAPER = ""
    TINT = "tint"
    SLAB = "slab"  # dark, in light and in dark alike


class Size(StrEnum):
    """Of one picked card, where it is not what its place says."""

    USUAL = ""
    LARGE = "large"
    SMALL = "small"
    PLAIN = "plain"  # without its picture


@dataclass(frozen=True)
class Slot:
    """An article picked by hand, by its number, and what of its card is said otherwise here."""

    article: int
    headline: str = ""
    kicker: str = ""
    picture: int | None = None
    size: Size = Size.USUAL
    start: datetime | None = None
    until: datetime | None = None
    again: bool = False  # may stand here though it stands elsewhere on the page, too

    def is_on(self, moment: datetime) -> bool:
        return (self.start is None or self.start <= moment) and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Backfill:
    """Which articles fill a container, newest first. No section: those of the front's own section, at home all."""

    section: int | None = None
    tags: tuple[int, ...] = ()  # about any of these
    without: tuple[int, ...] = ()  # and about none of these
    author: int | None = None


@dataclass(frozen=True)
class Container:
    name: str  # its own within the layout, and it stays when the container moves
    shape: Shape = Shape.ROW
    label: str = ""
    tone: Tone = Tone.PAPER
    how_many: int = 3
    slots: tuple[Slot, ...] = ()
    backfill: Backfill | None = Backfill()


@dataclass(frozen=True)
class Layout:
    containers: tuple[Container, ...] = ()

    @property
    def slots(self) -> Iterator[Slot]:
        for container in self.containers:
            yield from container.slots

    def container(self, name: str) -> Container:
        """Raises ValidationError where there is none of this name."""
        for one in self.containers:
            if one.name == name:
                return one
        raise ValidationError("This container is gone from the layout.")

    def with_container(self, name: str, **changes: Any) -> "Layout":
        """With this container changed. Raises ValidationError where there is none of this name."""
        old = self.container(name)
        return Layout(tuple(replace(one, **changes) if one is old else one for one in self.containers))

    def next_moment(self, after: datetime) -> datetime | None:
        """When a picked card comes or goes next, by the layout alone."""
        moments = [moment for slot in self.slots for moment in (slot.start, slot.until) if moment and moment > after]
        return min(moments, default=None)

    # --- to and from JSON ------------------------------------------------------------------------------------------

    def written(self) -> dict[str, Any]:
        """For JSON. What is as usual is left out, so that what is kept can be read by people, too."""
        return {"containers": [_container_written(one) for one in self.containers]}

    @classmethod
    def read(cls, data: Any) -> "Layout":
        """Raises ValidationError, in a sentence, for what is no layout."""
        rows = _list(_mapping(data).get("containers", []), MOST_CONTAINERS, "containers")
        containers = tuple(_container(row) for row in rows)
        if len({one.name for one in containers}) != len(containers):
            raise ValidationError("Two containers have the same name.")
        return cls(containers)


def _container_written(one: Container) -> dict[str, Any]:
    found: dict[str, Any] = {"name": one.name, "shape": one.shape.slug, "how_many": one.how_many}
    if one.label:
        found["label"] = one.label
    if one.tone:
        found["tone"] = one.tone.value
    if one.slots:
        found["slots"] = [_said(slot) for slot in one.slots]
    if one.backfill is not None:
        found["backfill"] = _said(one.backfill)
    return found


def _said(thing: Slot | Backfill) -> dict[str, Any]:
    usual = {field.name: field.default for field in fields(thing)}
    said = {name: value for name, value in asdict(thing).items() if value != usual[name]}
    return {name: _plain(value) for name, value in said.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _container(data: Any) -> Container:
    row = _mapping(data)
    shape = Shape.named(row.get("shape", Shape.ROW.slug))
    name = _text(row.get("name"), 40)
    if not _NAME.fullmatch(name):
        raise ValidationError("A container has no name of small letters, digits and hyphens.")
    how_many = row.get("how_many", shape.usual)
    if type(how_many) is not int or not 1 <= how_many <= MOST_CARDS:
        raise ValidationError(f"A container shows 1 to {MOST_CARDS} cards.")
    backfill = row.get("backfill")
    return Container(
        name,
        shape,
        _text(row.get("label", ""), LONGEST_LABEL),
        _one_of(Tone, row.get("tone", ""), "A container stands on no such ground."),
        how_many,
        tuple(_slot(one) for one in _list(row.get("slots", []), MOST_SLOTS, "picked articles in one container")),
        None if backfill is None else _backfill(_mapping(backfill)),
    )


def _slot(data: Any) -> Slot:
    row = _mapping(data)
    start, until = _moment(row.get("start")), _moment(row.get("until"))
    if start and until and until <= start:
        raise ValidationError("A picked article must end after it begins.")
    article = _number(row.get("article"))
    if article is None:
        raise ValidationError("A slot names no article.")
    return Slot(
        article,
        _text(row.get("headline", ""), LONGEST_HEADLINE),
        _text(row.get("kicker", ""), LONGEST_KICKER),
        _number(row.get("picture")),
        _one_of(Size, row.get("size", ""), "A card has no such size."),
        start,
        until,
        row.get("again", False) is True,
    )


def _backfill(row: dict[str, Any]) -> Backfill:
    return Backfill(
        _number(row.get("section")),
        _numbers(row.get("tags", [])),
        _numbers(row.get("without", [])),
        _number(row.get("author")),
    )


def _mapping(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValidationError("This is no layout of a front.")
    return data


def _list(data: Any, most: int, what: str) -> list[Any]:
    if not isinstance(data, list):
        raise ValidationError("This is no layout of a front.")
    if len(data) > most:
        raise ValidationError(f"No more than {most} {what}.")
    return data


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise ValidationError("A text of the layout is none.")
    if len(text := one_line(value)) > longest:
        raise ValidationError(f"“{text[:30]}…” is longer than {longest} characters.")
    return text


def _one_of(choices: type[Choice], value: Any, refusal: str) -> Choice:
    if not isinstance(value, str) or value not in list(choices):
        raise ValidationError(refusal)
    return choices(value)


def _number(value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 0 < value < LARGEST_NUMBER:
        raise ValidationError("A number in the layout is none.")
    return value


def _numbers(value: Any) -> tuple[int, ...]:
    numbers = [_number(one) for one in _list(value, MOST_TAGS, "tags")]
    return tuple(dict.fromkeys(one for one in numbers if one is not None))


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        moment = parse_datetime(value) if isinstance(value, str) and len(value) < 40 else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValidationError("A moment in the layout has no date, time and zone.")
    return moment
