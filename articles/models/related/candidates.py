"""Which articles may be related: read from the timelines of the article's tags and key terms, a few rows of each.

A timeline is a walk of one index: the nearest in time before and after the article, whatever there is besides. So the work
is the same in an archive of a thousand articles and of a million, and a tag on a third of all costs no more than a rare one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from newsroom.prepared import Prepared

from .choices import not_muted_everywhere
from .ranking import DAY, Question, Row
from .settings import RelatedSettings
from .words import weights_in

YEAR = 365 * DAY
AT_ONCE = 80  # timelines at most, the weightiest: a database takes only so many parts of one statement
POOL = 100  # are looked at more closely
NOTHING = 0  # the number of no row


class Kind(NamedTuple):
    """Of a timeline: where it is kept, and how many of it are read on each side, before and after."""

    table: str
    column: str
    a_side: int


KINDS = {
    "tag": Kind("articles_publishedtag", "tag_id", 20),
    # Half as far, because there may be twice as many: one without tags reaches no farther than one with eight words did.
    "term": Kind("articles_publishedterm", "term_id", 10),
}


def timelines(question: Question, terms: Mapping[int, float]) -> list[int]:
    """The POOL best versions by what the timelines alone say, the best first. `terms` are weights by number. One query."""
    whole = question.whole or 1.0
    features = {("tag", pk): weight / whole for pk, weight in question.tags.items() if weight}
    features |= {("term", pk): 2 * weight * weight for pk, weight in terms.items()}
    if len(features) > AT_ONCE:
        features = dict(sorted(features.items(), key=lambda one: (-one[1], one[0]))[:AT_ONCE])
    by_place = list(features.values())
    weights: dict[int, float] = defaultdict(float)
    when = question.when.timestamp()
    for place, published, at in beside(question.when, list(features)):
        weights[published] += by_place[place] * (0.25 + 1 / (1 + abs(when - at) / YEAR))
    return sorted(weights, key=lambda published: (-round(weights[published], 9), -published))[:POOL]


def beside(when: datetime, features: Sequence[tuple[str, int]], *, own: int = 1) -> list[tuple[int, int, float]]:
    """The nearest of each of these timelines, at `when` and on both sides of it: the place in `features`, the version,
    its date in seconds. `own` is how many rows the article itself may have there. One query, none for nothing.

    Raw SQL, the same text on both databases but for the seconds: through the ORM the same statement takes four times as
    long, most of it to be built. Seconds, because the hundreds of dates would take as long again to be made objects. With
    the values in the text on PostgreSQL: to put them there takes psycopg longer than us, and its planner has to see them,
    or it reads a common tag as it reads a rare one. Numbers and moments are all that there is to be written.
    """
    if not features:
        return []
    if connection.vendor == "postgresql":
        at, now = (f"'{moment.isoformat()}'::timestamptz" for moment in (when, timezone.now()))
        text = _text([f"{pk:d}" for _kind, pk in features], features, at, now, own)
        return _found(text, None)
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (when, timezone.now())]
    values = [value for _kind, pk in features for value in (pk, moments[0], pk, *moments)]
    return _found(_text(["%s"] * len(features), features, "%s", "%s", own), values)


def _text(numbers: Sequence[str], features: Sequence[tuple[str, int]], at: str, now: str, own: int) -> str:
    """Each timeline on both sides of the moment."""
    parts = []
    for place, (kind, _pk) in enumerate(features):
        words = {"place": place, "seconds": SECONDS[connection.vendor], "own": own, **KINDS[kind]._asdict()}
        parts += [side.format(**words, number=numbers[place], at=at, now=now) for side in (_BEFORE, _AFTER)]
    return " UNION ALL ".join(parts)


def _found(text: str, values: Sequence[Any] | None) -> list[tuple[int, int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return [(place, version, float(at)) for place, version, at in cursor.fetchall()]


SECONDS = {
    "sqlite": "(julianday(published_at) - 2440587.5) * 86400.0",
    "postgresql": "extract(epoch FROM published_at)",
}
_BEFORE = """SELECT * FROM (SELECT {place} AS place, content_object_id, {seconds} AS at FROM {table}
    WHERE {column} = {number} AND published_at <= {at}
    ORDER BY published_at DESC, content_object_id DESC LIMIT {a_side} + {own}) AS before_{place}"""
_AFTER = """SELECT * FROM (SELECT {place} AS place, content_object_id, {seconds} AS at FROM {table}
    WHERE {column} = {number} AND published_at > {at} AND published_at <= {now}
    ORDER BY published_at, content_object_id LIMIT {a_side}) AS after_{place}"""


def rows_of(question: Question, published: Collection[int], articles: Collection[int] = ()) -> list[Row]:
    """Those that readers can see now, of these versions and of these articles. One query, of named columns."""
    now = timezone.now()
    if articles:
        found = _BY_EITHER.rows(versions=published or [NOTHING], articles=articles, at=now)
    else:
        found = _BY_VERSION.rows(versions=published, at=now)
    return [_row(question, values) for values in found]


def _allowed(at: datetime | None = None) -> Any:
    return _versions().live(at).filter(not_muted_everywhere())


def _versions() -> Any:
    from articles.models.published import PublishedArticle

    return PublishedArticle.objects.all()


COLUMNS = ("pk", "article_id", "headline", "published_at", "section_id", "key_terms")


def _row(question: Question, values: Any) -> Row:
    published, article, headline, published_at, section, written = values
    return Row(published, article, headline, published_at, section, weights_in(written, question.weights))


def tags_shared(published: Iterable[int], tags: Iterable[int]) -> dict[int, list[int]]:
    """Which of these tags each of these versions has. One query."""
    shared: dict[int, list[int]] = defaultdict(list)
    for version, tag in _TAGS.rows(versions=list(published), tags=list(tags)):
        shared[version].append(tag)
    return shared


def _tags_among(versions: list[int], tags: list[int]) -> Any:
    from articles.models.tags.tagging import PublishedTag

    # Plus nothing: else SQLite walks all articles of a common tag instead of the tags of a hundred articles.
    found = PublishedTag.objects.order_by().annotate(tag_number=F("tag_id") + 0)
    return found.filter(content_object__in=versions, tag_number__in=tags).values_list("content_object_id", "tag_id")


# The ORM takes longer to write these for a hundred numbers than the database to answer (benchmarks/related.py).
_BY_VERSION = Prepared(lambda versions, at: _allowed(at).filter(pk__in=versions).order_by().values_list(*COLUMNS))
_BY_EITHER = Prepared(
    lambda versions, articles, at: (
        _allowed(at).filter(Q(pk__in=versions) | Q(article__in=articles)).order_by().values_list(*COLUMNS)
    )
)
_TAGS = Prepared(_tags_among)


def newest(question: Question, limit: int, rules: RelatedSettings, *, but: Collection[int]) -> list[Row]:
    """The newest of the section, then the newest of all, of those that the site's settings allow, without these
    articles. One query.
    """
    # Nothing is live before its date; said here, so that SQLite walks the index of dates and sorts nothing.
    allowed = _allowed().filter(published_at__lte=timezone.now()).exclude(article_id__in=but).newest_first()
    if rules.apart is not None:
        allowed = allowed.filter(published_at__range=(question.when - rules.apart, question.when + rules.apart))
    wanted = [allowed.filter(section_id=question.section or 0)[:limit]]
    if not rules.same_section:
        wanted.append(allowed[:limit])
    # Django's own union of slices does not run on SQLite; as one condition, PostgreSQL reads the whole archive for it.
    parts = [one.values_list("id", *COLUMNS[1:]).query.sql_with_params() for one in wanted]
    sql = " UNION ALL ".join(f"SELECT * FROM ({text}) AS part_{place}" for place, (text, _values) in enumerate(parts))
    rows = _versions().raw(sql, [value for _text, values in parts for value in values])
    found = [_row(question, [getattr(row, name) for name in COLUMNS]) for row in {row.pk: row for row in rows}.values()]
    found.sort(key=lambda row: (row.published_at, row.article), reverse=True)
    return sorted(found, key=lambda row: row.section != question.section)
