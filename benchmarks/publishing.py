"""What publishing an article with eight tags for the first time costs in a large archive, beside what a plain taggit site
pays. Publishing it again costs more, as its rows have to be read: the plain site has nothing to set beside that.

The plain site: an article's row with an indexed date, then `tags.add(*eight)` of taggit's own manager; as many rows there as
here, copied. Three times: as taggit's documentation has it, which is what most sites do, names into its generic table, under
taggit's own settings; the same with full text search, as Django's documentation has it, a column of words and its index (on
SQLite FTS5); and given what is cheapest for it, tags as objects, so that no name is looked up, and a table of its own for its
tags' rows, with no more indexes than taggit needs.

The engine's share of publishing: the row of the published version, its eight rows of tags and eight of key terms, and the
counts of all its tags and words. That is what makes related articles possible. Two things more belong to the engine, and
have a line of their own, together with all that is settled on the way: finding the key terms in the text, and finding and
purging the pages that the article can come to stand beside. Search and the counts of lists by month are held to the same
floor, even beside a site that has none. Neither index of words has others in it than what this measure writes.

The whole verb, `article.publish(by=…)`, does much else: rights, house rules, revision, log, redirects, announcements. It is
told as it is; nobody claims that this costs as little as two inserts.

All of them in turn, each a transaction of its own. What was published stays: the archive is not to be measured again.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import archive

TIMES, WARM, TAGS, WORDS = 60, 5, 8, 500

Found = Iterator[tuple[str, float, str, float, float]]


def lines(size: int) -> Found:
    """On the archive of this size."""
    plain, usual, searched = _plain_sites()
    _copy(plain, usual, searched)
    took: dict[str, list[float]] = {
        "plain": [],
        "usual": [],
        "searched": [],
        "rows": [],
        "engine": [],
        "others": [],
        "settled": [],
        "verb": [],
    }
    for number in range(TIMES + WARM):
        chance = random.Random(f"publishing {number}")
        tags = some_tags(chance)
        plainly, usually, searchably, one, other = (
            an_article(f"{kind}-{number}", chance) for kind in ("plain", "usual", "searched", "engine", "verb")
        )
        took["plain"].append(_timed(_plainly(plain, plainly, tags)))
        took["usual"].append(_timed(_plainly(usual, usually, tags, by_name=True)))
        took["searched"].append(_timed(_plainly(searched, searchably, tags, by_name=True, then=_index)))
        for what, milliseconds in zip(("rows", "engine", "others"), engine(one, tags), strict=True):
            took[what].append(milliseconds)
        took["settled"].append(took["rows"][-1] + took["others"][-1])
        took["verb"].append(_timed(_publish(other, tags)))
    middle = {what: statistics.median(times[WARM:]) for what, times in took.items()}
    name = f"{size:,}, first publishing with {TAGS} tags"
    documented = "create and tags.add() as documented"
    for what, key, beside, against, target, floor in (
        ("rows and counts", "rows", documented, "usual", 0.8, 1.2),
        ("rows, counts, search and lists", "settled", documented, "usual", 0.8, 1.2),
        ("rows, counts, search and lists", "settled", f"{documented}, with search", "searched", 0.8, 1.2),
        ("rows, counts, search and lists", "settled", "create and tags.add() at its cheapest", "plain", 1.2, 2.5),
        ("the engine's whole share, with search and lists", "engine", documented, "usual", 2.0, 3.0),
        ("the whole verb", "verb", documented, "usual", 6.0, 12.0),
    ):
        yield f"{name}, {what} / {beside}", round(middle[key] / middle[against], 2), "times", target, floor
    yield f"{name}, {documented}", round(middle["usual"], 2), "ms", 10, 60
    yield f"{name}, {documented}, with search", round(middle["searched"], 2), "ms", 15, 80
    yield f"{name}, create and tags.add() at its cheapest", round(middle["plain"], 2), "ms", 10, 60
    yield f"{name}, what search and lists by month keep", round(middle["others"], 2), "ms", 10, 60
    yield f"{name}, the whole verb", round(middle["verb"], 2), "ms", 50, 150


# --- what is timed ----------------------------------------------------------------------------------------------------


def _plainly(
    plain: Any,
    text: dict[str, Any],
    tags: list[int],
    *,
    by_name: bool = False,
    then: Callable[[Any], None] = lambda article: None,
) -> Callable[[], Any]:
    from django.db import transaction
    from django.test import override_settings
    from django.utils import timezone
    from taggit.models import Tag

    chosen: list[Any] = list(Tag.objects.filter(pk__in=tags))
    if by_name:
        chosen = [tag.name for tag in chosen]

    def act() -> None:
        # With our setting taggit would ask for each name by itself, and read the whole table for each.
        with override_settings(TAGGIT_CASE_INSENSITIVE=False), transaction.atomic():
            article = plain.objects.create(**text, published_at=timezone.now())
            article.tags.add(*chosen)
            then(article)

    return act


def _index(article: Any) -> None:
    """As a site does that has taken full text search from Django's documentation; on SQLite, as from its own."""
    from django.db import connection

    table, words = article._meta.db_table, [article.headline, article.body, article.pk]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            weights = "setweight(to_tsvector('english', %s), 'A') || setweight(to_tsvector('english', %s), 'D')"
            cursor.execute(f"UPDATE {table} SET search = {weights} WHERE id = %s", words)
        else:
            cursor.execute(f"INSERT INTO {table}_words (headline, body, rowid) VALUES (%s, %s, %s)", words)


def engine(text: dict[str, Any], tags: list[int]) -> tuple[float, float, float]:
    """Milliseconds for rows and counts, for all that is done, and for what others keep. As publishing.py does it, through
    the same functions.
    """
    from django.db import transaction
    from django.utils import timezone

    from articles.models import Article, PublishedArticle, PublishedTag, timelines
    from articles.models.related.terms import PublishedTerm, found_in, rows_for
    from articles.models.related.words import found_by

    article, now = Article.objects.create(**text), timezone.now()
    with (
        _timing(timelines, "articles_beside") as beside,
        _timing(timelines, "articles_that_pin") as pinning,
        _timing(timelines, "recount") as months,
        _timing(timelines, "signed") as bylines,
        _timing(timelines.searching, "settle") as search,
    ):
        start = time.perf_counter()
        with transaction.atomic():
            standing = timelines.Timelines.of(article, [])
            version = PublishedArticle(
                article=article, version=1, live_from=now, published_at=now, **article.content(),
            )  # fmt: skip
            [found] = found_in([version], [len(tags)])
            finding = _since(start)
            version.key_terms = found.written()
            PublishedArticle.objects.bulk_create([version])
            terms = PublishedTerm.objects.bulk_create(rows_for(version, found))
            tagged = PublishedTag.objects.bulk_create(
                PublishedTag(content_object=version, tag_id=pk, published_at=now) for pk in tags
            )
            standing.settle(now, timelines.Written.of(version, tagged, terms))
        whole = _since(start)
    assert beside and pinning and months and bylines and search and len(found.ids) == found_by(len(tags))
    others = sum(months) + sum(bylines) + sum(search)
    return whole - others - finding - sum(beside) - sum(pinning), whole, others


@contextmanager
def _timing(module: Any, name: str) -> Iterator[list[float]]:
    """The milliseconds of each call of a function of a module."""
    usual, took = getattr(module, name), []

    def timed(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return usual(*given, **named)
        finally:
            took.append(_since(start))

    setattr(module, name, timed)
    try:
        yield took
    finally:
        setattr(module, name, usual)


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


def an_article(slug: str, chance: random.Random) -> dict[str, Any]:
    """Words that the archive knows, as most of an article's words are known in a large one."""
    from articles.models import Section

    words = [
        archive.word(one + 1) for one in chance.choices(range(archive.WORDS), cum_weights=archive.WORD_LAW, k=WORDS)
    ]
    text = "".join(f"<p>{' '.join(words[start : start + 50])}</p>" for start in range(0, WORDS, 50))
    headline = f"Published with {' '.join(words[:4])}"
    return {"headline": headline, "slug": slug, "body": text, "section": Section.objects.get()}


def some_tags(chance: random.Random) -> list[int]:
    found: dict[int, None] = {}
    while len(found) < TAGS:
        found |= dict.fromkeys(chance.choices(range(1, archive.TAGS + 1), cum_weights=archive.TAG_LAW))
    return list(found)


def _plain_sites() -> tuple[Any, Any, Any]:
    """Their articles, at its cheapest, as documented, and that with search: tables of their own beside the site's, and
    taggit's own of tags.
    """
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

    class UsualBase(models.Model):
        headline = models.CharField(max_length=200)
        slug = models.SlugField(max_length=120)
        body = models.TextField()
        section = models.ForeignKey("articles.Section", models.PROTECT, related_name="+")
        published_at = models.DateTimeField(db_index=True)

        tags = TaggableManager()

        class Meta:
            abstract = True

        def __str__(self) -> str:
            return self.headline

    class UsualArticle(UsualBase):
        class Meta:
            app_label = "benchmarks"

    class SearchedArticle(UsualBase):
        class Meta:
            app_label = "benchmarks"

    there = connection.introspection.table_names()
    for model in (PlainArticle, PlainTagged, UsualArticle, SearchedArticle):
        if model._meta.db_table not in there:
            with connection.schema_editor() as editor:
                editor.create_model(model)
                if model is SearchedArticle:
                    _create_index(editor, model._meta.db_table)
    return PlainArticle, UsualArticle, SearchedArticle


def _create_index(editor: Any, table: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"ALTER TABLE {table} ADD COLUMN search tsvector")
        editor.execute(f"CREATE INDEX {table}_search ON {table} USING gin (search)")
    else:
        editor.execute(f"CREATE VIRTUAL TABLE {table}_words USING fts5(headline, body)")


def _copy(plain: Any, usual: Any, searched: Any) -> None:
    """As many rows as the archive has, of which they are a copy."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    kinds = [ContentType.objects.get_for_model(model).pk for model in (usual, searched)]
    articles = "(id, headline, slug, body, section_id, published_at)"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO taggit_tag (id, name, slug) SELECT id, name, slug FROM articles_tag"
            " WHERE id NOT IN (SELECT id FROM taggit_tag)"
        )
        for table, tagged, columns, values in (
            (plain._meta.db_table, "benchmarks_plaintagged", "", ""),
            *(
                (model._meta.db_table, "taggit_taggeditem", ", content_type_id", f", {kind}")
                for model, kind in zip((usual, searched), kinds, strict=True)
            ),
        ):
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            [there] = cursor.fetchone()
            cursor.execute(
                f"INSERT INTO {table} {articles} SELECT id, headline, slug, body, section_id, published_at"
                " FROM articles_publishedarticle WHERE id > %s",
                [there],
            )
            identity = "object_id" if values else "content_object_id"
            cursor.execute(
                f"INSERT INTO {tagged} (tag_id, {identity}{columns})"
                f" SELECT tag_id, content_object_id{values} FROM articles_publishedtag WHERE content_object_id > %s",
                [there],
            )
            if connection.vendor == "postgresql":
                for one in (table, tagged):
                    cursor.execute(f"SELECT setval(pg_get_serial_sequence('{one}', 'id'), (SELECT max(id) FROM {one}))")
                    cursor.execute(f"VACUUM ANALYZE {one}")
