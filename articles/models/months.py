"""Months: how many articles of each month a list has. So that page 5,000 of a list is found as fast as its first.

Counted are versions without an end, live or planned, by the month of their date in UTC; in the transaction that writes
them (timelines.py, tags/order/moving.py). That a planned one is not live yet, and that one with an end still is, are
facts about time which no transaction writes: whoever reads the counts sets them right by the few versions concerned
(`with_a_moment_ahead`, `off_by`). `manage.py rebuild_terms` counts anew.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection, models, transaction
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from .bylines import PublishedByline, Signed
from .tags.tagging import PublishedTag

if TYPE_CHECKING:
    from .published import PublishedArticle

HOME = "list-home"
AT_ONCE = 200  # rows a statement
Place = tuple[str, date]


class ListMonth(models.Model):
    """`list` is the key of the list, as pages name it (list-tag:12); `month` its first day."""

    list = models.CharField(max_length=40)
    month = models.DateField()
    articles = models.IntegerField()

    objects: ClassVar[models.Manager["ListMonth"]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["list", "month"], name="one_count_per_list_and_month"),)

    def __str__(self) -> str:
        return f"{self.list}, {self.month:%Y-%m}: {self.articles}"


def month_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date().replace(day=1)


def places_of(
    versions: "Iterable[PublishedArticle]", tags: Iterable[tuple[int, int]], bylines: Iterable[Signed]
) -> set[Place]:
    """Where those of one article's versions that have no end are counted, by its rows of tags (version, tag) and bylines."""
    lists: dict[int, list[str]] = {}
    months: dict[int, date] = {}
    for version in versions:
        if version.live_until is None:
            lists[version.pk] = [HOME, f"list-section:{version.section_id}"]
            months[version.pk] = month_of(version.published_at)
    for pk, tag in tags:
        lists.get(pk, []).append(f"list-tag:{tag}")
    for pk, author, _name in bylines:
        lists.get(pk, []).append(f"list-author:{author}")
    return {(name, months[pk]) for pk, names in lists.items() for name in names}


def recount(before: Collection[Place], after: Collection[Place]) -> None:
    """Of one article, which is locked. One query, none where nothing changed."""
    by = dict.fromkeys(set(after) - set(before), 1) | dict.fromkeys(set(before) - set(after), -1)
    add(by)


def add(by: Mapping[Place, int]) -> None:
    """In the order of their names, so that two who publish at once wait for each other, and never in a ring."""
    rows = [(*place, number) for place, number in sorted(by.items()) if number]
    table = ListMonth._meta.db_table
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        values = ", ".join(["(%s, %s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (list, month, articles) VALUES {values} ON CONFLICT (list, month)"
                f" DO UPDATE SET articles = {table}.articles + excluded.articles",
                [value for row in some for value in row],
            )


# --- reading them -------------------------------------------------------------------------------------------------------


def with_a_moment_ahead(now: datetime) -> Q:
    """Versions to come, and those that are live and have an end: few, and both are in an index."""
    return Q(live_from__gt=now) | Q(live_until__gt=now)


def off_by(live_from: datetime, live_until: datetime | None, now: datetime) -> int:
    """What such a version, in the month of its date, is to be counted as, less what it is counted as."""
    return (live_from <= now) - (live_until is None)


# --- counting anew ----------------------------------------------------------------------------------------------------


def counted() -> dict[str, Any]:
    """By the kind of list: how many versions without an end there are, of each list and month. To be asked one by one."""
    from .published import PublishedArticle

    tagged: Any = PublishedTag.objects.filter(content_object__live_until=None)
    signed: Any = PublishedByline.objects.filter(published__live_until=None)
    open_versions: Any = PublishedArticle.objects.filter(live_until=None)
    return {
        "list-home": _by_month(open_versions, None, "published_at", "pk"),
        "list-section": _by_month(open_versions, "section", "published_at", "pk"),
        "list-tag": _by_month(tagged, "tag", "content_object__published_at", "pk"),
        "list-author": _by_month(signed, "author", "published__published_at", "published"),
    }


def _by_month(rows: Any, of: str | None, moment: str, what: str) -> Any:
    found = rows.order_by().annotate(in_month=TruncMonth(moment, tzinfo=UTC)).values(*[of] if of else [], "in_month")
    return found.annotate(times=Count(what, distinct=True)).values_list(*[of] if of else [], "in_month", "times")


def count_anew() -> int:
    """All of it; how many counts were wrong. Publishing waits meanwhile: seconds for a large site, a transaction for each
    kind of list.
    """
    return sum(_count_kind(kind, rows) for kind, rows in counted().items())


def _count_kind(kind: str, rows: Any) -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Who has counted but not committed is waited for; who comes later adds to what is counted here.
                cursor.execute(f"LOCK TABLE {ListMonth._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        mine = ListMonth.objects.filter(list__startswith=kind)
        known = Counter({(row.list, row.month): row.articles for row in mine.iterator()})
        true: Counter[Place] = Counter()
        for *of, month, times in rows.iterator():
            true[":".join([kind, *map(str, of)]), month_of(month)] = times
        wrong = {place: true[place] - known[place] for place in {*true, *known} if true[place] != known[place]}
        add(wrong)
        mine.filter(articles=0).delete()
    return len(wrong)
