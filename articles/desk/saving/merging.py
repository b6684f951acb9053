"""Three-way merging: what both began from, mine, theirs. Pure: knows neither forms nor the database.

What both began from is known only by its fingerprints, which the form carried while it was open. That is enough to
tell who changed what, and no text travels twice. Nothing here ever chooses between two different changes of one
thing: that is a Side.CONFLICT, and a person decides it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Side(Enum):
    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    CONFLICT = "conflict"


def fingerprint(value: Any) -> str:
    """A short digest of a plain value. Two values have the same when they are the same, also across processes."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def side(base: str | None, mine: Any, theirs: Any) -> Side:
    """Whose value stands. `base` is the fingerprint of what both began from; None when nobody knows."""
    my_print, their_print = fingerprint(mine), fingerprint(theirs)
    if my_print == their_print:
        return Side.SAME
    if base == their_print:
        return Side.MINE
    if base == my_print:
        return Side.THEIRS
    return Side.CONFLICT


def merge_sets(base: Iterable[Any] | None, mine: Iterable[Any], theirs: Iterable[Any]) -> list[Any]:
    """What either side added is in, what either side took out is out; in my order, then theirs.

    There is no conflict of sets. Without a base nothing was taken out, as far as anybody knows.
    """
    mine, theirs = list(dict.fromkeys(mine)), list(dict.fromkeys(theirs))
    known = set(base or ())
    both = set(mine) & set(theirs)
    return [one for one in dict.fromkeys([*mine, *theirs]) if one in both or one not in known]


# --- rows: bylines, corrections ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A row of an inline. `values` is None when it is deleted. `source` is the caller's own way back to it."""

    pk: int | None
    values: Mapping[str, Any] | None
    source: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class MergedRow:
    """What becomes of one row. `mine` is None when I never touched it, `theirs` when it is not (or no longer) stored."""

    side: Side
    mine: Row | None
    theirs: Row | None

    @property
    def pk(self) -> int | None:
        """The number of the stored row, or of the one that was stored."""
        row = self.theirs or self.mine
        return row.pk if row else None

    @property
    def outcome(self) -> Row | None:
        """The row that stands, None for none. Of a conflict: not decided, so it may not be asked."""
        assert self.side is not Side.CONFLICT
        row = self.mine if self.side is Side.MINE else self.theirs
        return row if row is not None and row.values is not None else None


Key = Callable[[Mapping[str, Any]], Any]


def merge_rows(
    base: Mapping[int, str] | None, mine: Sequence[Row], theirs: Sequence[Row], key: Key = fingerprint
) -> list[MergedRow]:
    """Rows that one side added, changed or deleted; a row that both did something different to is a conflict.

    `mine` holds the rows that I was shown, with their numbers, and my new ones without; a stored row that it does
    not mention I never saw. `key` tells when two new rows are the same thing, added by both.
    """
    base = base or {}
    shown = {row.pk: row for row in mine if row.pk is not None}
    stored = {row.pk for row in theirs}
    new = [row for row in mine if row.pk is None and row.values is not None]
    merged = []
    for row in theirs:
        assert row.pk is not None and row.values is not None
        mine_of_it = shown.get(row.pk) or _taken(new, key(row.values), key)
        if mine_of_it is None:
            merged.append(MergedRow(Side.THEIRS, None, row))
        else:
            merged.append(MergedRow(side(base.get(row.pk), mine_of_it.values, row.values), mine_of_it, row))
    for pk, row in shown.items():
        if pk not in stored:  # they deleted it
            merged.append(MergedRow(side(base.get(pk or 0), row.values, None), row, None))
    return merged + [MergedRow(Side.MINE, row, None) for row in new]


def _taken(rows: list[Row], wanted: Any, key: Key) -> Row | None:
    """The first of these rows that is the same thing, taken out of them."""
    for number, row in enumerate(rows):
        if row.values is not None and key(row.values) == wanted:
            return rows.pop(number)
    return None


# --- what a person decided -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """Mine or theirs; `seen` is the fingerprint of theirs as it was shown: of anything newer, nothing was decided."""

    side: Side
    seen: str


def decided(found: Side, theirs: Any, choice: Choice | None) -> Side:
    """A conflict's side by what was chosen, still a conflict when that was about another text."""
    if found is not Side.CONFLICT or choice is None or choice.seen != fingerprint(theirs):
        return found
    return choice.side
