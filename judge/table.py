"""The table that `make judge` prints: what was judged, its value, its floor, and whether it holds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

KINDS_SHOWN = 20


class State(Enum):
    HELD = "held"
    MISSED = "MISSED"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Line:
    """One line. `faults` are what is wrong, a sentence each; `note` is what a reader of the table should know."""

    name: str
    value: str
    floor: str
    state: State
    note: str = ""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        note = f"  {self.note}" if self.note else ""
        return f"{self.name:<58} {self.value:>14} {self.floor:>10}  {self.state.value}{note}"


def none_of(name: str, faults: Iterable[str], note: str = "") -> Line:
    """Holds when there is no fault at all."""
    found = list(faults)
    return Line(name, str(len(found)), "0", State.MISSED if found else State.HELD, note, found)


def at_most(name: str, value: float, most: float, unit: str = "", note: str = "") -> Line:
    return _compared(name, value, f"≤ {most:g}", unit, value <= most, note)


def at_least(name: str, value: float, least: float, unit: str = "", note: str = "") -> Line:
    return _compared(name, value, f"≥ {least:g}", unit, value >= least, note)


def _compared(name: str, value: float, floor: str, unit: str, holds: bool, note: str) -> Line:
    return Line(name, f"{value:.4g} {unit}".strip(), floor, State.HELD if holds else State.MISSED, note)


def skipped(name: str, reason: str) -> Line:
    return Line(name, "-", "-", State.SKIPPED, reason)


def not_built(name: str, note: str = "") -> Line:
    """A page, or whatever it is that should be judged, that the site doesn't have."""
    return Line(name, "not built", "-", State.MISSED, note)


def report(lines: list[Line]) -> str:
    """The whole table, with the faults of each missed line under it, and the sum as the last line."""
    rows = [f"{'line':<58} {'value':>14} {'floor':>10}", *map(str, lines)]
    for line in lines:
        if line.faults:
            rows += ["", f"{line.name}:", *(f"  {fault}" for fault in together(line.faults))]
    count = {state: sum(line.state is state for line in lines) for state in State}
    return "\n".join([*rows, "", ", ".join(f"{count[state]} {state.value}" for state in State)])


def together(faults: list[str]) -> list[str]:
    """The first of those that are alike but for their numbers, names in quotes and the page, and how many they are."""
    alike: dict[str, list[str]] = {}
    for fault in faults:
        what = re.sub(r"“[^”]*”|'[^']*'|\d+", "…", fault.partition(": ")[2] or fault)
        alike.setdefault(what, []).append(fault)
    kinds = sorted(alike.values(), key=len, reverse=True)
    told = [some[0] if len(some) == 1 else f"{some[0]}  (× {len(some)})" for some in kinds[:KINDS_SHOWN]]
    return told + ([f"… and {len(kinds) - KINDS_SHOWN} kinds more"] if len(kinds) > KINDS_SHOWN else [])


def exit_code(lines: list[Line]) -> int:
    """1 when a line is missed, or when nothing was judged at all."""
    judged = [line for line in lines if line.state is not State.SKIPPED]
    return int(not judged or any(line.state is State.MISSED for line in judged))
