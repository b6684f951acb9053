"""How far a publishing reaches: beside which articles the list of six is another one afterwards.

What it purges (articles_beside) has to hold all of them. New articles are published at this moment, which is the newest,
one after another, each in a transaction that is not committed. Lists are asked for with it and without it: those of all
articles within its reach, of the next ones on its timelines, which it only just does not reach, and of some at random.

It also adds one to what is counted of its tags, so that they weigh a little less wherever they stand. Now and then two
articles that were as good as equal change places by that, beside any other. Such a list is told by asking once more without
the new article, but with the same weights; it has a line of its own. It is not wrong, and becomes new when what is remembered
of it ends.
"""

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import publishing
from benchmarks.asking import SHOWN, percentile

TIMES, NEXT, AT_RANDOM = 20, 3, 200
Question = tuple[Any, Any]  # and the weights of its terms


def lines(size: int) -> Iterator[tuple[str, float, str, float, float]]:
    """On the archive of this size."""
    strangers = random.Random(f"reach {size}").sample(range(1, size + 1), AT_RANDOM)
    without: dict[int, list[int]] = {}
    changed, by_counts, strange, asked = [], 0, 0, 0
    for number in range(TIMES):
        with _published(number) as (version, reach):
            outside = {*strangers[number::TIMES], *_next_ones(version)} - reach
            questions = _questions(reach | outside)
            after = {article: _list(question) for article, question in questions.items()}
        new = _questions(questions.keys() - without.keys())
        without |= {article: _list(question) for article, question in new.items()}
        others = {article for article, found in after.items() if found != without[article]}
        changed.append(len(others & reach))
        asked += len(outside)
        for article in others & outside:
            if _list(questions[article]) == after[article]:
                by_counts += 1
            else:
                strange += 1
    assert any(changed)  # else nothing would have been published
    yield f"{size:,}, lists changed by one publishing, p95 of {TIMES}", percentile(95, changed), "lists", 13, 16
    yield f"{size:,}, lists changed outside its reach, of {asked:,}", strange, "lists", 0, 0
    yield f"{size:,}, lists changed there as a tag weighs less", round(100 * by_counts / asked, 2), "%", 0.1, 1


@contextmanager
def _published(number: int) -> Iterator[tuple[Any, set[int]]]:
    """The version, and the articles whose pages its publishing purges."""
    from django.db import transaction

    from articles.models import PublishedArticle, timelines

    chance, slug = random.Random(f"reach {number}"), f"reach-{number}"
    with transaction.atomic():
        with _noting(timelines, "articles_beside") as reaches:
            publishing.engine(publishing.an_article(slug, chance), publishing.some_tags(chance))
        version = PublishedArticle.objects.get(slug=slug)
        yield version, set().union(*reaches) - {version.article_id}
        transaction.set_rollback(True)


@contextmanager
def _noting(module: Any, name: str) -> Iterator[list[Any]]:
    """What each call of a function of a module answers."""
    usual, found = getattr(module, name), []

    def noted(*given: Any, **named: Any) -> Any:
        found.append(usual(*given, **named))
        return found[-1]

    setattr(module, name, noted)
    try:
        yield found
    finally:
        setattr(module, name, usual)


def _next_ones(version: Any) -> set[int]:
    """Articles on each of its timelines from the newest on, some more than are read of it."""
    from articles.models import PublishedArticle, PublishedTag, PublishedTerm
    from articles.models.related.candidates import KINDS

    found: set[int] = set()
    for kind, table, own in (
        ("tag", PublishedTag, version.tagged_items.values_list("tag_id", flat=True)),
        ("term", PublishedTerm, version.term_items.values_list("term_id", flat=True)),
    ):
        for thing in own:
            rows: Any = table.objects.filter(**{KINDS[kind].column: thing}, published_at__lte=version.published_at)
            rows = rows.order_by("-published_at", "-content_object_id").values_list("content_object_id", flat=True)
            found.update(rows[: KINDS[kind].a_side + 1 + NEXT])
    articles = PublishedArticle.objects.filter(pk__in=found).exclude(pk=version.pk)
    return set(articles.values_list("article_id", flat=True))


def _questions(articles: Iterable[int]) -> dict[int, Question]:
    """What is asked beside each, with the weights that tags have now."""
    from articles.models import PublishedArticle
    from articles.models.related import question_about

    versions = PublishedArticle.objects.live().filter(article__in=list(articles))
    return {version.article_id: question_about(version, list(version.tags.all())) for version in versions}


def _list(question: Question) -> list[int]:
    from articles.models.related import suggestions

    return [one.row.article for one in suggestions(*question, SHOWN)]
