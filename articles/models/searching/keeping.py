"""Keeping the index: every verb that changes what readers see ends with `settle`, in its own transaction. What is written
past the verbs, or was there before there was search, is found by `manage.py rebuild_search`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from articles.models.published import PublishedArticle

from .documents import Document, Filing, documents, namings
from .engine import engine
from .entries import SearchEntry, place_of

AT_ONCE = 200


def settle(article: int, versions: Mapping[int, Any], filing: Filing, now: datetime, *, new: Any = None) -> None:
    """The entries of one article as its versions are now, which are all there are. One query when nothing changed, some four
    more for a version that is not in it yet; one less where that is told whole, as `new`, and none asks where it is the first
    of all. Under the article's lock.
    """
    is_first = new is not None and list(versions) == [new.pk]
    there = {} if is_first else {one.pk: one for one in SearchEntry.objects.filter(published__article=article)}
    current = {pk: one for pk, one in versions.items() if one.live_until is None or one.live_until > now}
    drop(entry for pk, entry in there.items() if pk not in current)
    missing = []
    for pk, version in current.items():
        entry = there.get(pk)
        if entry is None or entry.place != place_of(pk, version.published_at):
            missing.append(pk)
        elif (entry.live_from, entry.live_until) != (version.live_from, version.live_until):
            SearchEntry.objects.filter(pk=pk).update(live_from=version.live_from, live_until=version.live_until)
    if missing:
        drop(there[pk] for pk in missing if pk in there)
        whole = [new] if new is not None and missing == [new.pk] else PublishedArticle.objects.filter(pk__in=missing)
        engine().write(documents(list(whole), filing))


def drop(entries: Iterable[SearchEntry]) -> None:
    """Two queries, none for none."""
    entries = list(entries)
    if entries:
        rows = SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries])
        rows._raw_delete(rows.db)
        engine().forget([entry.place for entry in entries])


def forget(version: int) -> None:
    """Of a version whose content is written anew: the verb that does so settles afterwards, and finds it missing."""
    drop(SearchEntry.objects.filter(pk=version))


def keep(versions: Sequence[Any]) -> int:
    """Make the entries of these say what they are to say. How many did not. Four queries when all do."""
    there = SearchEntry.objects.in_bulk([version.pk for version in versions])
    off = [one for one in documents(versions) if not _is_kept(one, there.get(one.published))]
    drop(there[one.published] for one in off if one.published in there)
    if off:
        engine().write(off)
    return len(off)


def _is_kept(document: Document, entry: SearchEntry | None) -> bool:
    names = ("place", "live_from", "live_until", "language", "names", "filed", "digest")
    wanted = document.entry
    return entry is not None and all(getattr(entry, name) == getattr(wanted, name) for name in names)


def rename(versions: Collection[int]) -> int:
    """The names by which these are found, after a tag or an author got another, or rows of tags moved. Bodies are not
    read. How many had others. Three queries for so many versions, and a few where something changed.
    """
    locked = SearchEntry.objects.filter(pk__in=versions).order_by("pk").select_for_update(of=("self",))
    there = {entry.pk: entry for entry in locked}
    if not there:
        return 0
    sections = PublishedArticle.objects.filter(pk__in=there).order_by().values_list("pk", "section")
    off = []
    for pk, naming in namings(dict(sections)).items():
        entry = there[pk]
        if (entry.names, entry.filed) != (naming.names, naming.filed):
            entry.names, entry.filed = naming.names, naming.filed
            off.append((pk, entry.place, entry.language, naming))
    if off:
        SearchEntry.objects.bulk_update([there[pk] for pk, *_ in off], ["names", "filed"])
        engine().rename(off)
    return len(off)


def current(now: datetime) -> Any:
    """What is searched for, or will be."""
    return PublishedArticle.objects.filter(Q(live_until=None) | Q(live_until__gt=now))
