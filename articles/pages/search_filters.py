"""What a search is narrowed down by, read from the address: section, author, tag, days. Whatever stands there, it means
something or nothing; nothing is an error.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from articles.models.searching.documents import filed_in
from articles.models.searching.engine import Filters
from articles.models.searching.entries import first_place
from articles.models.section import Section
from articles.models.tags.names import LONGEST_NAME, TagName, folded
from articles.models.tags.tagging import Tag
from authors.models import Author
from newsroom.slugs import one_line

FIELDS = ("section", "tag", "author", "from", "until")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Narrowed:
    """`given`: what the reader typed, by field, as the form shows it again. `filters` is None where something typed is
    nothing that could be found by; `keys` name what it was narrowed to.
    """

    given: dict[str, str]
    filters: Filters | None
    keys: frozenset[str]
    misread: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.given.items() if value})

    @property
    def is_open(self) -> bool:
        return any(self.given.values())


def narrowed(asked: QueryDict, sections: list[Section]) -> Narrowed:
    """A query for the tag and one for the author, where they are asked for; a tag that was merged costs one more."""
    given = {name: one_line(asked.get(name, "")[: LONGEST_NAME * 2])[:LONGEST_NAME] for name in FIELDS}
    things: list[Any] = []
    for name, find in (("section", _section(sections)), ("tag", _tag), ("author", _author)):
        if given[name]:
            things.append(find(given[name]))
    days = {name: _day(given[name]) for name in ("from", "until")}
    misread = tuple(name for name, day in days.items() if given[name] and day is None)
    filters = None
    if None not in things and not misread:
        first, last = days["from"], days["until"]
        filters = Filters(
            tuple(filed_in(one._meta.model_name[0], one.pk) for one in things),
            first_place(_midnight(first)) if first else None,
            first_place(_midnight(last + DAY)) if last else None,
        )
    return Narrowed(given, filters, frozenset(one.key for one in things if one is not None), misread)


def _section(sections: list[Section]) -> Any:
    return lambda slug: next((one for one in sections if one.slug == slug), None)


def _tag(text: str) -> Tag | None:
    """By its slug, its name or another name of it. One that readers are not shown is none."""
    name = TagName.objects.filter(folded=folded(text)).select_related("tag").first()
    found: Tag | None = name.tag if name else Tag.objects.filter(slug=text).select_related("merged_into").first()
    if found is not None and found.merged_into is not None:
        found = found.merged_into
    return found if found is not None and not found.is_hidden else None


def _author(text: str) -> Author | None:
    """By the slug or the name; of several of one name the first."""
    return Author.objects.filter(slug=text).first() or Author.objects.filter(name__iexact=text).order_by("pk").first()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None


def _midnight(day: date) -> datetime:
    """In the site's zone."""
    return timezone.make_aware(datetime.combine(day, time()))
