"""How good the related articles are, where it can be known: a made-up newsroom whose links were planted.

Stories run for some weeks; an article belongs to one, has some of its words, some of its tags (not all, and some of
other stories), and links to earlier articles of it, the nearer the likelier. Those links are what a good list finds. The
peers are what sites do without an engine: the count of shared tags, and the same with the newest first.

The order that readers get is asked for, through the same function. It is no real site: figures say whether a change made
the lists worse, and how far the peers are.
"""

import json
import math
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django

from benchmarks.measure import Line, Site

STORIES, ARTICLES, SHOWN = 150, 1500, 6
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def measure(site: Site) -> Iterator[Line]:
    """On SQLite alone: tests prove that the other database gives the same lists."""
    if site.database:
        return
    own = site.apart("planted", anew=True)
    report = own.folder / "planted.json"
    own.run("-m", "benchmarks.planted", str(report))
    for name, value, target, floor in json.loads(report.read_text()):
        yield Line(f"related, planted links: {name}", value, "of 1" if value <= 1 else "times better", target, floor)


def main(report: Path) -> None:
    django.setup()
    truth = plant()
    lines = []
    for setting in ("archive", "untagged"):
        ours, count, recipe = (_quality(truth, setting, lists) for lists in (_ours, _by_count, _by_recipe))
        lines.append((f"nDCG@{SHOWN}, {setting}", round(ours, 3), *FLOORS[setting]))
        if setting == "archive":
            lines.append(("against the count of shared tags", round(ours / count, 2), 1.6, 1.3))
            lines.append(("against the count, then the newest", round(ours / recipe, 2), 1.6, 1.3))
    lines.append(("lists without two of one headline", _varied(truth), 1.0, 0.98))
    report.write_text(json.dumps(lines))


FLOORS = {"archive": (0.5, 0.4), "untagged": (0.4, 0.3)}


def plant() -> dict[int, set[int]]:
    """Made and published once, in the order of time. What each article's writer linked to, by the articles' numbers."""
    from articles.models import Article, Section, Tag

    chance = random.Random(3)
    stories = [_Story(chance, number) for number in range(STORIES)]
    moments = sorted((story.moment(chance), story) for story in chance.choices(stories, k=ARTICLES))
    is_there = Article.objects.exists()
    section = Section.objects.get_or_create(name="News", slug="news")[0]
    Tag.objects.named(name for story in stories for name in story.tags)
    written: dict[_Story, list[tuple[int, datetime]]] = {story: [] for story in stories}
    truth: dict[int, set[int]] = {}
    for number, (at, story) in enumerate(moments, 1):
        headline, body, tags = story.article(chance, stories)
        if not is_there:
            article = Article.objects.create(headline=headline, body=body, section=section, slug=f"a-{number}")
            assert article.pk == number
            article.tags.set(tags)
            article.publish(at=at)
        before = written[story]
        near = [pk for pk, when in before if chance.random() < 0.7 ** (1 + (at - when).days / 20)]
        truth[number] = set(near[-3:])
        before.append((number, at))
    return {pk: found for pk, found in truth.items() if found}


class _Story:
    def __init__(self, chance: random.Random, number: int) -> None:
        self.words = [f"{_name(chance)}" for _ in range(30)]
        self.tags = [f"Story {number} {kind}" for kind in "abc"] + [f"Beat {chance.randint(1, 12)}"]
        self.begin = BEGIN + timedelta(days=chance.randint(0, 1500))

    def __lt__(self, other: "_Story") -> bool:
        return self.begin < other.begin

    def moment(self, chance: random.Random) -> datetime:
        return self.begin + timedelta(hours=chance.expovariate(1 / 700))

    def article(self, chance: random.Random, others: "list[_Story]") -> tuple[str, str, list[str]]:
        own, foreign = chance.sample(self.words, 12), chance.choice(others)
        filler = chance.choices(COMMON, k=150)
        text = [*own, *chance.choices(own, k=10), *chance.sample(foreign.words, 5), *filler]
        chance.shuffle(text)
        tags = [tag for tag in self.tags if chance.random() < 0.5]
        if chance.random() < 0.4:
            tags.append(chance.choice(foreign.tags))
        if chance.random() < 0.15:
            tags = []
        headline = " ".join([*chance.sample(own, 3), *chance.choices(COMMON, k=3)]).capitalize()
        return headline, f"<p>{' '.join(text)}</p>", tags


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(part) for part in ("bcdfglmprst", "aeiou", "lmnrst", "aeiou", "bdgklmnt"))


COMMON = [f"{_name(random.Random(number))}ly" for number in range(600)]


def _quality(truth: dict[int, set[int]], setting: str, lists: Any) -> float:
    from articles.models import PublishedArticle

    scores = []
    for version in PublishedArticle.objects.filter(article__in=truth).order_by("pk")[::3]:
        tags = list(version.tags.all())
        if (setting == "untagged") == bool(tags):
            continue
        wanted = truth[version.article_id]
        found = lists(version, tags)
        gain = sum(1 / math.log2(place + 2) for place, pk in enumerate(found) if pk in wanted)
        scores.append(gain / sum(1 / math.log2(place + 2) for place in range(min(len(wanted), SHOWN))))
    return statistics.mean(scores)


def _ours(version: Any, tags: list[Any]) -> list[int]:
    from articles.models.related import question_about, suggestions

    return [one.row.article for one in suggestions(*question_about(version, tags), SHOWN)]


def _sharing(version: Any) -> Counter[int]:
    from articles.models import PublishedTag

    own = PublishedTag.objects.filter(content_object=version).values("tag")
    rows = PublishedTag.objects.filter(tag__in=own).exclude(content_object=version).order_by()
    return Counter(rows.values_list("content_object__article_id", flat=True))


def _by_count(version: Any, tags: list[Any]) -> list[int]:
    """As taggit's similar_objects orders them: ties by chance."""
    shared = _sharing(version)
    chance = random.Random(version.pk)
    return sorted(shared, key=lambda pk: (-shared[pk], chance.random()))[:SHOWN]


def _by_recipe(version: Any, tags: list[Any]) -> list[int]:
    shared = _sharing(version)
    return sorted(shared, key=lambda pk: (-shared[pk], -pk))[:SHOWN]


def _varied(truth: dict[int, set[int]]) -> float:
    from articles.models import PublishedArticle
    from articles.models.related.ranking import same_headline

    fine = 0
    versions = list(PublishedArticle.objects.filter(article__in=truth).order_by("pk")[::10])
    for version in versions:
        found = PublishedArticle.objects.filter(article__in=_ours(version, list(version.tags.all())))
        heads = [one.headline for one in found]
        fine += not any(same_headline(a, b) for place, a in enumerate(heads) for b in heads[place + 1 :])
    return round(fine / len(versions), 3)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
