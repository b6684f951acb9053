"""Related articles in an archive that grows: time, work, the pathological, what a publishing reaches and costs.

Within one process, through the functions that the pages call.
"""

import json
import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from django.db.utils import OperationalError

from benchmarks import archive, cold, one_date, publishing, reach
from benchmarks.asking import SHOWN, answer, milliseconds, percentile, queries, work
from benchmarks.measure import Line, Site

# BENCH_RELATED=10000,100000 leaves out the million, which takes some minutes to make.
SIZES = tuple(int(size) for size in os.environ.get("BENCH_RELATED", "10000,100000,1000000").split(","))
ASKED, PEERS_ASKED, RUNS = 300, 100, 3
TAGS = (1, 40)


def measure(site: Site) -> Iterator[Line]:
    own = site.apart("related", anew=True)  # an archive that is larger already is none of these sizes
    report = own.folder / "related.json"
    own.run("-m", "benchmarks.related", str(report), timeout=7200)
    for name, value, unit, target, floor in json.loads(report.read_text()):
        yield Line(f"related: {name} ({site.name})", value, unit, target, floor)


def main(report: Path) -> None:
    django.setup()
    lines: list[tuple[str, float, str, float, float]] = []
    found: dict[int, dict[str, float]] = {}
    for size in SIZES:
        archive.grow(size)
        found[size] = measured(size)
        lines += list(_lines_of(size, found[size]))
    first, last = SIZES[0], SIZES[-1]
    if last > first:
        for what, floor in (("work", 1.5), ("p50", 2.0), ("p99", 2.5)):
            ratio = found[last][what] / found[first][what]
            lines.append((f"{what} at {last:,} / at {first:,}", round(ratio, 2), "times", 1.3, floor))
    lines += reach.lines(last)
    lines += publishing.lines(last)
    lines += cold.lines(last)  # after it nothing would be as before
    report.write_text(json.dumps(lines))


def _lines_of(size: int, got: dict[str, float]) -> Iterator[tuple[str, float, str, float, float]]:
    from django.db import connection

    name = f"{size:,}"
    guard = 5 if connection.vendor == "sqlite" else 10
    yield f"{name}, p50", round(got["p50"], 2), "ms", guard / 2, guard
    yield f"{name}, p99", round(got["p99"], 2), "ms", guard, guard * 4
    yield f"{name}, queries of one answer", got["queries"], "queries", 6, 8
    for tags in TAGS:
        yield f"{name}, queries of one with {tags} tag{'s' * (tags > 1)}", got[f"queries of {tags}"], "queries", 6, 8
    apart = max(got[f"queries of {tags}"] for tags in TAGS) - min(got[f"queries of {tags}"] for tags in TAGS)
    yield f"{name}, these two apart", apart, "queries", 0, 0
    yield f"{name}, queries of a remembered one", got["remembered queries"], "queries", 0, 2
    yield f"{name}, a remembered one", round(got["remembered"], 3), "ms", 0.2, 1
    yield f"{name}, reach of one publishing, the most", got["reach"], "articles", 300, 2 * 20 * (10 + 8)
    for kind in (one for one in got if one.startswith("work of ")):
        yield f"{name}, {kind} / the usual", round(got[kind] / got["work"], 2), "times", 1.5, 3
    if "one date" in got:
        yield f"{name}, all on one date, p50", round(got["one date"], 2), "ms", guard / 2, guard
    if "similar_objects" in got:
        floor = {100_000: 15, 1_000_000: 100}.get(size, 1)
        yield (
            f"{name}, faster than similar_objects()",
            round(got["similar_objects"] / got["p50"], 1),
            "times better",
            floor,
            floor,
        )
    if "similar_objects p99" in got:
        better = round(got["similar_objects p99"] / got["p99"], 1)
        beside = f"p99 of {ASKED} faster than that of similar_objects(), of {PEERS_ASKED}"
        yield f"{name}, {beside}", better, "times better", 60, 40


def measured(size: int) -> dict[str, float]:
    from articles.models import PublishedArticle
    from articles.models.related.reaching import articles_beside
    from articles.models.related.remembering import suggested
    from articles.models.related.words import KeyTerms

    chance = random.Random(size)
    asked = [PublishedArticle.objects.get(pk=chance.randint(1, size)) for _ in range(ASKED)]

    for version in asked[:20]:
        assert len(answer(version)) == SHOWN
    runs = [sorted(milliseconds(lambda version=version: answer(version)) for version in asked) for _ in range(RUNS)]
    best = min(runs, key=lambda run: run[len(run) // 2])
    got = {"p50": best[len(best) // 2], "p99": min(run[int(len(run) * 0.99)] for run in runs)}
    got["work"] = statistics.median(work(lambda version=version: answer(version)) for version in asked[:60])
    got["queries"] = queries(lambda: answer(asked[0]))
    tags = list(asked[0].tags.all())
    suggested(asked[0], tags)
    got["remembered"] = statistics.median(milliseconds(lambda: suggested(asked[0], tags)) for _ in range(50))
    for place, number in enumerate(TAGS, 1):
        got[f"queries of {number}"] = _queries_with(asked[place], number)
    got["remembered queries"] = queries(lambda: suggested(asked[0], tags))
    reaches = []
    for version in asked[:60]:
        terms = KeyTerms.read(version.key_terms).ids.values()
        own = [tag.pk for tag in version.tags.all()]
        reaches.append(len(articles_beside(version.published_at, own, list(terms))))
    got["reach"] = max(reaches)
    for kind, question in pathological(size).items():
        got[f"work of {kind}"] = work(question)
    if size >= 100_000:
        got |= _peers(asked, size)
    if size <= 100_000:
        got["work of all on one date"], got["one date"] = one_date.measured(size)
    return got


def _queries_with(version: Any, tags: int) -> int:
    """What an answer that nobody remembers asks, if this article had so many tags."""
    from django.db import transaction

    from articles.models import PublishedTag
    from articles.models.published import next_boundary
    from articles.models.related import RelatedSettings
    from articles.models.related.remembering import suggested

    known = _words(version)
    with transaction.atomic():
        PublishedTag.objects.filter(content_object=version).delete()
        PublishedTag.objects.bulk_create(
            PublishedTag(content_object=version, tag_id=pk, published_at=version.published_at)
            for pk in range(1, tags + 1)
        )
        version.key_terms = _written(known, tags)
        RelatedSettings.current(), next_boundary()  # of the site, not of the answer: remembered for a minute
        found = queries(lambda: suggested(version, list(version.tags.all())))
        transaction.set_rollback(True)
    return found


def _words(version: Any) -> dict[str, int]:
    from articles.models.related.words import KeyTerms

    return {word: round(1000 * weight) for word, weight in KeyTerms.read(version.key_terms).weights.items()}


def _written(known: dict[str, int], tags: int) -> str:
    """The key terms of an article with so many tags."""
    from articles.models.related.words import found_by

    return archive.written(known, list(known)[: found_by(tags)])


def _peers(asked: list[Any], size: int) -> dict[str, float]:
    """Once each: they take a part of a second, in a million seconds. There few are asked, too few for a percentile."""
    peers = asked[:PEERS_ASKED] if size < 1_000_000 else asked[:8]
    took = [_at_least(version.tags.similar_objects) for version in peers]
    found = {"similar_objects": statistics.median(took)}
    return found | ({"similar_objects p99": percentile(99, took)} if len(peers) == PEERS_ASKED else {})


def pathological(size: int) -> dict[str, Callable[[], Any]]:
    """Questions about articles that are not there, so that any article can be asked about."""
    from articles.models import PublishedArticle, Tag
    from articles.models.related import question_about, suggestions

    chance = random.Random(7)
    like = PublishedArticle.objects.get(pk=size // 2)
    known = _words(like)
    common, usual = list(Tag.objects.order_by("-uses")[:5]), list(Tag.objects.filter(pk__in=range(1000, 1006)))
    many = list(Tag.objects.filter(pk__in=chance.sample(range(1, 3000), 40)))
    rare = list(Tag.objects.order_by("uses", "pk")[:8])

    def ask(tags: list[Any], terms: bool = True) -> Callable[[], Any]:
        version = PublishedArticle(
            article_id=None, headline="Nowhere", section_id=like.section_id, published_at=like.published_at,
            key_terms=_written(known, len(tags)) if terms else "x|1|", body="",
        )  # fmt: skip
        return lambda: suggestions(*question_about(version, tags), SHOWN)

    return {
        "a tag on 30 % and six usual": ask([common[0], *usual]),
        "only a tag on 30 %": ask(common[:1]),
        "the five commonest": ask(common),
        "40 tags": ask(many),
        "no tag": ask([]),
        "eight tags on one article each": ask(rare),
        "no tag and no words": ask([], terms=False),
    }


def _at_least(act: Callable[[], Any]) -> float:
    """Milliseconds; until SQLite gave up, where the last of its statements has more variables than that takes."""

    def until_it_gave_up() -> None:
        with suppress(OperationalError):
            act()

    return milliseconds(until_it_gave_up)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
