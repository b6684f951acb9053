"""The board: a front's containers with what is picked, what fills them up at this moment, and what is wrong with it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles.models import Front, FrontVersion, Section
from articles.models.fronts.layout import Container, Layout, Slot
from articles.pages.fronts import filled, layout_or_default

from .stale import Fact, facts_of

State = FrontVersion.State


@dataclass(frozen=True)
class Row:
    """A picked card. `place` is what the buttons say it by."""

    slot: Slot
    place: str
    fact: Fact
    warnings: Sequence[str]
    is_shown: bool

    @property
    def headline(self) -> str:
        return self.slot.headline or self.fact.headline or f"Article {self.slot.article}"

    @property
    def said_otherwise(self) -> list[str]:
        slot = self.slot
        parts = {
            "headline": slot.headline,
            "kicker": slot.kicker,
            "picture": slot.picture,
            "size": slot.size,
            "again": slot.again,
        }
        return [name for name, value in parts.items() if value]


@dataclass(frozen=True)
class Box:
    container: Container
    rows: list[Row]
    filling: list[Any]  # the live versions that fill it up now
    is_first: bool
    is_last: bool

    @property
    def called(self) -> str:
        return self.container.label or self.container.shape.label.partition(":")[0]


@dataclass(frozen=True)
class Board:
    layout: Layout
    number: int
    boxes: list[Box]
    rest: int

    @property
    def written(self) -> str:
        """The layout as the form holds it."""
        return json.dumps(self.layout.written())

    @property
    def warnings(self) -> int:
        return sum(bool(row.warnings) for box in self.boxes for row in box.rows)


def board_of(layout: Layout, number: int, section: Section | None, user: Any) -> Board:
    """Eight queries, however many containers."""
    page = filled(layout, timezone.now(), section)
    facts = facts_of([layout], user)
    warnings = facts.warnings(layout)
    blocks = {block.container.name: block for block in page.blocks}
    boxes = []
    for at, container in enumerate(layout.containers):
        cards = blocks[container.name].cards if container.name in blocks else []
        shown = {id(card.slot) for card in cards if card.slot}
        rows = [
            Row(
                slot,
                f"{container.name}|{place}",
                facts.of(slot),
                warnings.get((container.name, place), []),
                id(slot) in shown,
            )
            for place, slot in enumerate(container.slots)
        ]
        filling = [card.article for card in cards if not card.slot]
        boxes.append(Box(container, rows, filling, at == 0, at == len(layout.containers) - 1))
    return Board(layout, number, boxes, len(page.rest))


@dataclass(frozen=True)
class Versions:
    """A front's draft and what readers see; both may be missing."""

    draft: FrontVersion | None
    live: FrontVersion | None

    @classmethod
    def of(cls, front: Front | None) -> "Versions":
        """One query; none for a front that nobody has laid out."""
        rows = front.versions.exclude(state=State.PAST).select_related("made_by") if front else ()
        found = {one.state: one for one in rows}
        return cls(found.get(State.DRAFT), found.get(State.LIVE))

    @property
    def newest(self) -> FrontVersion | None:
        return self.draft or self.live

    @property
    def number(self) -> int:
        return self.newest.number if self.newest else 0

    def layout(self, section: Section | None) -> Layout:
        """What the next change goes out from; where nothing is laid out, what readers see by themselves."""
        return laid(self.newest, section)


def laid(version: FrontVersion | None, section: Section | None) -> Layout:
    return layout_or_default(Layout.read(version.layout) if version else None, section)
