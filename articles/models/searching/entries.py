"""SearchEntry: that a published version can be searched for, and as what. The words themselves are kept by the database's
own means, beside it (postgres.py, sqlite.py).
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models.signals import post_delete

_HOUR = 3600
_NUMBERS = 1 << 24


def place_of(published: int, at: datetime) -> int:
    """A number that grows with the hour of publication: both databases walk from the newest by it, and SQLite's index
    is made in this order, so that the newest matches are found without the others. Within an hour by number.
    """
    return hour_of(at) * _NUMBERS + published % _NUMBERS


def hour_of(at: datetime) -> int:
    return int(at.timestamp() // _HOUR)


def first_place(at: datetime) -> int:
    """Of all that was published at this moment or later, to the hour."""
    return hour_of(at) * _NUMBERS


def moment_of(place: int) -> datetime:
    return datetime.fromtimestamp((place // _NUMBERS) * _HOUR, UTC)


class SearchEntry(models.Model):
    """Of what readers have or will have; never of what is over. `names`: of its tags and authors, as they are searched
    for. `filed`: section, tags and authors by number (`s3 t12 a4`), for the filters. `digest`: of everything else.
    """

    published: Any = models.OneToOneField(
        "articles.PublishedArticle", on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    place = models.BigIntegerField(db_index=True)
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)
    language = models.CharField(max_length=20, blank=True)
    names = models.TextField()
    filed = models.TextField()
    digest = models.CharField(max_length=32)

    objects: ClassVar[models.Manager["SearchEntry"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.published_id)


class SearchTask(models.Model):
    """Entries that are to be looked at again: of a tag or an author with another name, or all. `after`: how far it is, by
    the version's number.
    """

    key = models.CharField(max_length=60, unique=True)
    after = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SearchTask"]] = models.Manager()

    def __str__(self) -> str:
        return self.key


def _words_go_too(instance: SearchEntry, **kwargs: Any) -> None:
    from .engine import engine

    engine().forget([instance.place])


# By signal: most entries go in a cascade, with their version.
post_delete.connect(_words_go_too, sender=SearchEntry)
