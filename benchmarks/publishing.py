"""What publishing an article with eight tags costs in a large archive, beside what a plain taggit site pays.

The plain site: an article's row with an indexed date, then `tags.add(*eight)` of taggit's own manager. It is given what is
cheapest for it: tags as objects, so that no name is looked up; a table of its own for its tags' rows, with no more indexes
than taggit needs, and not the generic one that most sites have; and as many rows there as here, copied.

The engine's share of publishing: the row of the published version, its eight rows of tags and eight of key terms, and the
counts of all its tags and words. That is what makes related articles possible, and what the floor is about. Two things
more belong to the engine, and have a line of their own: finding the key terms in the text, and finding and purging the
pages that the article can come to stand beside.

The whole verb, `article.publish(by=…)`, does much else: rights, house rules, revision, log, redirects, announcements. It is
told as it is; nobody claims that this costs as little as two inserts.

All of them in turn, each a transaction of its own. What was published stays: the archive is not to be measured again.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import archive

TIMES, WARM, TAGS, WORDS = 60, 5, 8, 500

Found = Iterator[tuple[str, float, str, float, float]]


def lines(size: int) -> Found:
    """On the archive of this size."""
    plain = _plain_site()
    _copy()
    took: dict[str, list[float]] = {"plain": [], "rows": [], "engine": [], "verb": []}
    for number in range(TIMES + WARM):
        chance = random.Random(f"publishing {number}")
        tags = _tags(chance)
        plainly, one, other = (_article(f"{kind}-{number}", chance) for kind in ("plain", "engine", "verb"))
        took["plain"].append(_timed(_plainly(plain, plainly, tags)))
        rows, engine = _engine(one, tags)
        took["rows"].append(rows)
        took["engine"].append(engine)
        took["verb"].append(_timed(_publish(other, tags)))
    middle = {what: statistics.median(times[WARM:]) for what, times in took.items()}
    name = f"{size:,}, publishing with {TAGS} tags"
    for what, key, target, floor in (
        ("rows and counts", "rows", 0.8, 1.2),
        ("the engine's whole share", "engine", 2.0, 3.0),
        ("the whole verb", "verb", 6.0, 12.0),
    ):
        ratio = round(middle[key] / middle["plain"], 2)
        yield f"{name}, {what} / create and tags.add()", ratio, "times", target, floor
    yield f"{name}, create and tags.add()", round(middle["plain"], 2), "ms", 10, 60
    yield f"{name}, the whole verb", round(middle["verb"], 2), "ms", 50, 150


# --- what is timed ----------------------------------------------------------------------------------------------------


def _plainly(plain: Any, text: dict[str, Any], tags: list[int]) -> Callable[[], Any]:
    from django.db import transaction
    from django.utils import timezone
    from taggit.models import Tag

    chosen = list(Tag.objects.filter(pk__in=tags))

    def act() -> None:
        with transaction.atomic():
            plain.objects.create(**text, published_at=timezone.now()).tags.add(*chosen)

    return act


def _engine(text: dict[str, Any], tags: list[int]) -> tuple[float, float]:
    """Milliseconds for rows and counts, and for all. As publishing.py does it, through the same functions."""
    from django.db import transaction
    from django.utils import timezone

    from articles.models import Article, PublishedArticle, PublishedTag, timelines
    from articles.models.related.terms import PublishedTerm, found_in, rows_for

    article, now = Article.objects.create(**text), timezone.now()
    beside = 0.0
    usual = timelines.articles_beside

    def reach(*asked: Any) -> Any:
        nonlocal beside
        start = time.perf_counter()
        found = usual(*asked)
        beside += _since(start)
        return found

    timelines.articles_beside = reach
    try:
        start = time.perf_counter()
        with transaction.atomic():
            standing = timelines.Timelines.of(article, [])
            version = PublishedArticle(
                article=article, version=1, live_from=now, published_at=now, **article.content(),
            )  # fmt: skip
            [found] = found_in([version])
            finding = _since(start)
            version.key_terms = found.written()
            PublishedArticle.objects.bulk_create([version])
            PublishedTerm.objects.bulk_create(rows_for(version, found))
            PublishedTag.objects.bulk_create(
                PublishedTag(content_object=version, tag_id=pk, published_at=now) for pk in tags
            )
            standing.settle(now)
        whole = _since(start)
    finally:
        timelines.articles_beside = usual
    assert beside and len(found.ids) == archive.STORED
    return whole - finding - beside, whole


def _publish(text: dict[str, Any], tags: list[int]) -> Callable[[], Any]:
    from articles.models import Article, Tag
    from benchmarks.people import measurer

    article, person = Article.objects.create(**text), measurer()
    article.tags.set(Tag.objects.filter(pk__in=tags))
    return lambda: article.publish(by=person, override="Measured.")


def _timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return _since(start)


def _since(start: float) -> float:
    return (time.perf_counter() - start) * 1000


# --- what it is timed on ----------------------------------------------------------------------------------------------


def _article(slug: str, chance: random.Random) -> dict[str, Any]:
    """Words that the archive knows, as most of an article's words are known in a large one."""
    from articles.models import Section

    words = [
        archive.word(one + 1) for one in chance.choices(range(archive.WORDS), cum_weights=archive.WORD_LAW, k=WORDS)
    ]
    text = "".join(f"<p>{' '.join(words[start : start + 50])}</p>" for start in range(0, WORDS, 50))
    headline = f"Published with {' '.join(words[:4])}"
    return {"headline": headline, "slug": slug, "body": text, "section": Section.objects.get()}


def _tags(chance: random.Random) -> list[int]:
    found: dict[int, None] = {}
    while len(found) < TAGS:
        found |= dict.fromkeys(chance.choices(range(1, archive.TAGS + 1), cum_weights=archive.TAG_LAW))
    return list(found)


def _plain_site() -> Any:
    """Its article: tables of its own beside the site's, and taggit's own table of tags."""
    from django.db import connection, models
    from taggit.managers import TaggableManager
    from taggit.models import ItemBase, Tag

    class PlainTagged(ItemBase):
        tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")
        content_object = models.ForeignKey("PlainArticle", models.CASCADE, related_name="+")

        class Meta:
            app_label = "benchmarks"

    class PlainArticle(models.Model):
        headline = models.CharField(max_length=200)
        slug = models.SlugField(max_length=120)
        body = models.TextField()
        section = models.ForeignKey("articles.Section", models.PROTECT, related_name="+")
        published_at = models.DateTimeField(db_index=True)

        tags = TaggableManager(through=PlainTagged)

        class Meta:
            app_label = "benchmarks"

        def __str__(self) -> str:
            return self.headline

    if PlainArticle._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(PlainArticle)
            editor.create_model(PlainTagged)
    return PlainArticle


def _copy() -> None:
    """As many rows as the archive has, of which it is a copy."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO taggit_tag (id, name, slug) SELECT id, name, slug FROM articles_tag"
            " WHERE id NOT IN (SELECT id FROM taggit_tag)"
        )
        cursor.execute("SELECT coalesce(max(id), 0) FROM benchmarks_plainarticle")
        [there] = cursor.fetchone()
        cursor.execute(
            "INSERT INTO benchmarks_plainarticle (id, headline, slug, body, section_id, published_at)"
            " SELECT id, headline, slug, body, section_id, published_at FROM articles_publishedarticle WHERE id > %s",
            [there],
        )
        cursor.execute(
            "INSERT INTO benchmarks_plaintagged (tag_id, content_object_id)"
            " SELECT tag_id, content_object_id FROM articles_publishedtag WHERE content_object_id > %s",
            [there],
        )
        if connection.vendor == "postgresql":
            for table in ("plainarticle", "plaintagged"):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('benchmarks_{table}', 'id'),"
                    f" (SELECT max(id) FROM benchmarks_{table}))"
                )
                cursor.execute(f"VACUUM ANALYZE benchmarks_{table}")
