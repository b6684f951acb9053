"""Addresses from titles. One door for every slug that the site makes by itself."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

# A path segment that may hold any script's letters: Django's <slug:> is ASCII only, and much of the world is not.
PATTERN = r"[-\w]+"


def slug_for(title: str, *, fallback: str, limit: int = 80) -> str:
    """The slug of a title in its own script, cut between words to `limit` characters.

    slugify() leaves nothing of '!!!' or of an emoji; then the fallback (a plain word) is the slug.
    """
    slug = slugify(without_accents(title), allow_unicode=True)
    if len(slug) > limit:
        slug = slug[: limit + 1].rpartition("-")[0] or slug[:limit]
    return slug.strip("-_") or fallback


_LATIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def without_accents(text: str) -> str:
    """Latin letters without their accents, as people type them; other scripts as they are, whose marks are letters."""
    plain = ""
    for character in unicodedata.normalize("NFKD", text.lower()):
        if not (unicodedata.combining(character) and plain[-1:].isascii()):
            plain += character
    return unicodedata.normalize("NFKC", plain).translate(_LATIN)


def free_slugs(rows: QuerySet[Any], base: str) -> Iterator[str]:
    """Slugs not taken among `rows`, best first: base, base-2, base-3 … The caller claims one by saving.

    One look-up in an index while nobody has the base; only then are its numbered ones searched for.
    """
    if not rows.filter(slug=base).exists():
        yield base
    taken = set(rows.filter(slug__startswith=f"{base}-").values_list("slug", flat=True))
    for number in itertools.count(2):
        slug = f"{base}-{number}"
        if slug not in taken:
            yield slug


def claim(thing: Any, base: str, rows: QuerySet[Any], save: Callable[[], None]) -> None:
    """Save the thing under the first slug that is free among `rows`.

    Claimed by saving: when twenty people save the same name at once, each gets an address of its own. Raises the
    IntegrityError that is about something else than the slug.
    """
    for slug in free_slugs(rows, base):
        thing.slug = slug
        try:
            with transaction.atomic():
                save()
            return
        except IntegrityError:
            if not rows.filter(slug=slug).exclude(pk=thing.pk).exists():
                raise


class SlugConverter:
    """<slug:…> for every script; registered as `uslug`."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


# With halves of characters (surrogates), which no database takes either.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """Text for a one-line field: no control characters, which databases and feeds refuse, no runs of spaces."""
    return " ".join(CONTROL_CHARACTERS.sub("", text).split())
