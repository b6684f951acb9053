"""Which articles may be related: read from the timelines of the article's tags and key terms, a few rows of each.

A timeline is a walk of one index: the nearest in time before and after the article, whatever there is besides. So the work
is the same in an archive of a thousand articles and of a million, and a tag on a third of all costs no more than a rare one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from .choices import not_muted_everywhere
from .ranking import DAY, Question, Row
from .settings import RelatedSettings
from .words import weights_in

A_SIDE = 20  # of each timeline, before and after
YEAR = 365 * DAY
TIMELINES = 80  # at most, the weightiest: a database takes only so many parts of one statement
POOL = 100  # are looked at more closely


TABLES = {"tag": ("articles_publishedtag", "tag_id"), "term": ("articles_publishedterm", "term_id")}


def timelines(question: Question, terms: Mapping[int, float]) -> list[int]:
    """The POOL best versions by what the timelines alone say, the best first. `terms` are weights by number. One query."""
    whole = question.whole or 1.0
    features = {("tag", pk): weight / whole for pk, weight in question.tags.items() if weight}
    features |= {("term", pk): 2 * weight * weight for pk, weight in terms.items()}
    if len(features) > TIMELINES:
        features = dict(sorted(features.items(), key=lambda one: (-one[1], one[0]))[:TIMELINES])
    by_place = list(features.values())
    weights: dict[int, float] = defaultdict(float)
    when = question.when.timestamp()
    for place, published, at in beside(question.when, list(features)):
        weights[published] += by_place[place] * (0.25 + 1 / (1 + abs(when - at) / YEAR))
    return sorted(weights, key=lambda published: (-round(weights[published], 9), -published))[:POOL]


def beside(when: datetime, features: Sequence[tuple[str, int]]) -> list[tuple[int, int, float]]:
    """The nearest of each of these timelines, at `when` and on both sides of it: the place in `features`, the version,
    its date in seconds. One query, none for nothing.

    Raw SQL, the same text on both databases but for the seconds: through the ORM the same statement takes four times as
    long, most of it to be built. Seconds, because the hundreds of dates would take as long again to be made objects.
    """
    if not features:
        return []
    at, now = (connection.ops.adapt_datetimefield_value(moment) for moment in (when, timezone.now()))
    seconds = SECONDS[connection.vendor]
    parts, values = [], []
    for place, (kind, pk) in enumerate(features):
        table, column = TABLES[kind]
        parts += [side.format(place=place, table=table, column=column, seconds=seconds) for side in (_BEFORE, _AFTER)]
        values += [pk, at, A_SIDE + 1, pk, at, now, A_SIDE]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [(place, version, float(at)) for place, version, at in cursor.fetchall()]


SECONDS = {
    "sqlite": "(julianday(published_at) - 2440587.5) * 86400.0",
    "postgresql": "extract(epoch FROM published_at)",
}
_BEFORE = """SELECT * FROM (SELECT {place} AS place, content_object_id, {seconds} AS at FROM {table}
    WHERE {column} = %s AND published_at <= %s
    ORDER BY published_at DESC, content_object_id DESC LIMIT %s) AS before_{place}"""
_AFTER = """SELECT * FROM (SELECT {place} AS place, content_object_id, {seconds} AS at FROM {table}
    WHERE {column} = %s AND published_at > %s AND published_at <= %s
    ORDER BY published_at, content_object_id LIMIT %s) AS after_{place}"""


def rows_of(question: Question, published: Collection[int], articles: Collection[int] = ()) -> list[Row]:
    """Those that readers can see now, of these versions and of these articles. One query, of named columns."""
    wanted = Q(pk__in=published) | Q(article_id__in=articles) if articles else Q(pk__in=published)
    return [_row(question, one) for one in _allowed().filter(wanted).order_by().values_list(*COLUMNS)]


def _allowed() -> Any:
    return _versions().live().filter(not_muted_everywhere())


def _versions() -> Any:
    from articles.models.published import PublishedArticle

    return PublishedArticle.objects.all()


COLUMNS = ("pk", "article_id", "headline", "published_at", "section_id", "key_terms")


def _row(question: Question, values: Any) -> Row:
    published, article, headline, published_at, section, written = values
    return Row(published, article, headline, published_at, section, weights_in(written, question.weights))


def tags_shared(published: Iterable[int], tags: Iterable[int]) -> dict[int, list[int]]:
    """Which of these tags each of these versions has. One query."""
    from articles.models.tags.tagging import PublishedTag

    # Plus nothing: else SQLite walks all articles of a common tag instead of the tags of a hundred articles.
    found = PublishedTag.objects.order_by().annotate(tag_number=F("tag_id") + 0)
    shared: dict[int, list[int]] = defaultdict(list)
    asked = found.filter(content_object__in=list(published), tag_number__in=list(tags))
    for version, tag in asked.values_list("content_object_id", "tag_id"):
        shared[version].append(tag)
    return shared


def newest(question: Question, limit: int, rules: RelatedSettings, *, but: Collection[int]) -> list[Row]:
    """The newest of the section, then the newest of all, of those that the site's settings allow, without these
    articles. One query.
    """
    # Nothing is live before its date; said here, so that SQLite walks the index of dates and sorts nothing.
    allowed = _allowed().filter(published_at__lte=timezone.now()).exclude(article_id__in=but).newest_first()
    if (days := rules.days_apart_at_most) is not None:
        apart = timedelta(days=days)
        allowed = allowed.filter(published_at__range=(question.when - apart, question.when + apart))
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
