"""Update blocks, `<section data-update="2026-11-25T18:05:00Z">`: their time, a moment with its offset, and their words."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import lxml.html

from .plain import plain_text

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def moment(text: str) -> datetime | None:
    """The aware moment that the attribute names; None for what is none (there is no 31 February)."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def is_moment(text: str) -> bool:
    return moment(text) is not None


def anchor(at: datetime) -> str:
    """What the update of this moment is called within its page."""
    return f"update-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True)
class Update:
    """One entry of live coverage; `headline` is its first heading, or its first words."""

    at: datetime
    headline: str
    text: str

    @property
    def anchor(self) -> str:
        return anchor(self.at)


def updates_in(html: str) -> list[Update]:
    """The updates of a sanitised body, as they stand in it."""
    root = lxml.html.fragment_fromstring(html or "", create_parent="div")
    found = []
    for section in root.iterfind(".//section[@data-update]"):
        at = moment(section.get("data-update"))
        text = plain_text(lxml.html.tostring(section, encoding="unicode", with_tail=False))
        if at is None or not text:
            continue
        heading = next((plain_text(one.text_content()) for one in section.iter("h2", "h3", "h4")), "")
        found.append(Update(at, heading or _first_words(text), text))
    return found


def _first_words(text: str, most: int = 110) -> str:
    if len(text) <= most:
        return text
    return text[: most + 1].rpartition(" ")[0] or text[:most]
