"""A panel of the desk's first page: a few rows, and how many there are as far as that is worth counting."""

from dataclasses import dataclass, field
from datetime import datetime

from .listing import desk_time

COUNTED = 50  # beyond that a number helps nobody, and costs


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    moment: datetime | None = None
    note: str = ""
    thumbnail: str = ""

    @property
    def exactly(self) -> str:
        return desk_time(self.moment) if self.moment else ""


@dataclass(frozen=True)
class Panel:
    key: str
    title: str
    empty: str
    all_url: str
    all_label: str = "Show all"
    rows: list[Row] = field(default_factory=list)
    found: int = 0
    is_counted: bool = True

    @property
    def count(self) -> str:
        """'' where the number would say nothing."""
        if not self.is_counted or not self.found:
            return ""
        return f"{COUNTED}+" if self.found > COUNTED else str(self.found)

    @property
    def has_more(self) -> bool:
        return self.found > len(self.rows)
