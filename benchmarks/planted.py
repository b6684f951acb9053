"""How good the related articles are, where it can be known: a made-up newsroom whose links were planted.

Those links are what a good list finds. Two moments are asked about, of every article with links. At its publishing only
older ones exist, and what its writer linked to is wanted. In the archive all exist, and links in both directions are wanted.
The peers (planted_peers.py) are asked the same; about articles without tags, which have lines of their own, only one of them
has anything to say. The floors are the bar that was set for real sites, the targets what was measured on them. The newsroom is
made so that the peers do in it as well as there (planted_newsroom.py), and one line says how nearly they do. Yet it is none:
words are drawn by chance and mean nothing, no story leads to another, and every writer links by one law.

The order that readers get is asked for, through the same function.

Breaches are counted in the same lists: an article beside itself, one twice, one that readers can't see (some are withdrawn
and some planned), a reason that is untrue or missing.
"""

import json
import math
import statistics
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import django

from benchmarks.measure import Line, Site
from benchmarks.planted_newsroom import ON_REAL_SITES, Written, all_written
from benchmarks.planted_peers import PEERS, Known

SHOWN, WITHDRAWN, PLANNED = 6, 20, 30
MOMENTS = ("at publishing", "in the archive")
# By moment and questions: how many times better than each peer. The floor and the target.
BETTER = {
    "at publishing": {
        "the count of shared tags": (2.15, 2.28), "the count, then the newest": (1.55, 1.65), "YARPP": (1.25, 1.33),
    },
    "in the archive": {
        "the count of shared tags": (2.75, 2.93), "the count, then the newest": (3.0, 3.21), "YARPP": (1.4, 1.48),
    },
    "at publishing, untagged": {"YARPP": (1.3, 1.5)},
    "in the archive, untagged": {"YARPP": (1.0, 1.05)},
}  # fmt: skip
# nDCG and recall, of each the floor and the target.
GOOD = {
    "at publishing": ((0.46, 0.477), (0.53, 0.555)), "in the archive": ((0.395, 0.411), (0.45, 0.466)),
    "at publishing, untagged": ((0.3, 0.444), (0.3, 0.4)), "in the archive, untagged": ((0.3, 0.311), (0.3, 0.4)),
}  # fmt: skip
# ... where nothing but tags and dates is left, against the count.
EMPTIED = {"at publishing": (1.35, 1.49), "in the archive": (1.35, 1.82)}


def measure(site: Site) -> Iterator[Line]:
    """On both databases, which have to give the same lists, and so the same figures."""
    for texts in ("written", "emptied"):
        own = site.apart(f"planted_{texts}", anew=True)
        report = own.folder / "planted.json"
        own.run("-m", "benchmarks.planted", texts, str(report))
        for name, value, unit, target, floor in json.loads(report.read_text()):
            yield Line(f"related, planted links, {name} ({site.name})", value, unit, target, floor)


@dataclass
class Asked:
    """Lists about one kind of questions, by who made them; what they should have held."""

    wanted: list[frozenset[int]] = field(default_factory=list)
    lists: dict[str, list[list[int]]] = field(default_factory=dict)

    def note(self, wanted: Iterable[int], lists: dict[str, list[int]]) -> None:
        self.wanted.append(frozenset(wanted))
        for who, found in lists.items():
            self.lists.setdefault(who, []).append(found[:SHOWN])

    def ndcg(self, who: str) -> float:
        return statistics.mean(_ndcg(*one) for one in zip(self.lists[who], self.wanted, strict=True))

    def recall(self, who: str) -> float:
        pairs = zip(self.lists[who], self.wanted, strict=True)
        return statistics.mean(len(wanted & set(found)) / len(wanted) for found, wanted in pairs)


def _ndcg(found: list[int], wanted: frozenset[int]) -> float:
    gain = sum(1 / math.log2(place + 2) for place, number in enumerate(found) if number in wanted)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(len(wanted), SHOWN)))


@dataclass
class Inquiry:
    """All that is asked and what came of it. `tags` are the names of tags by number, `known` what readers can see."""

    articles: dict[int, Written]
    known: Known = field(default_factory=Known)
    asked: dict[str, Asked] = field(default_factory=lambda: {kind: Asked() for kind in BETTER})
    breaches: int = 0

    def ask(self, moment: str, article: Written, wanted: Iterable[int]) -> None:
        """Nothing is asked where no link is to be found."""
        if not (wanted := frozenset(wanted) & self.known.articles.keys()):
            return
        ours = _ours(article.number)
        self.breaches += sum(_breaches(article, ours, self.known))
        lists = {who: make(self.known, article) for who, make in PEERS.items()}
        for kind in (moment, *([] if article.tags else [f"{moment}, untagged"])):
            self.asked[kind].note(wanted, lists | {"ours": [one.row.article for one in ours]})


def main(texts: str, report: Path) -> None:
    """With their texts, or `emptied`: a number for a headline and no body, so that there are tags and dates alone to go by."""
    django.setup()
    articles = all_written()
    if texts == "emptied":
        articles = [replace(one, headline=str(one.number), text="") for one in articles]
    inquiry = Inquiry({one.number: one for one in articles})
    for article in inquiry.articles.values():
        _publish(article)
        inquiry.known.add(article)
        inquiry.ask("at publishing", article, article.links)
    _hide_some(inquiry)
    linked = {one.number: set(one.links) for one in inquiry.articles.values()}
    for one in inquiry.articles.values():
        for other in one.links:
            linked[other].add(one.number)
    for article in list(inquiry.known.articles.values()):
        inquiry.ask("in the archive", article, linked[article.number])
    lines = _lines_of_emptied if texts == "emptied" else _lines
    report.write_text(json.dumps(list(lines(inquiry))))


def _lines_of_emptied(inquiry: Inquiry) -> Iterator[tuple[str, float, str, float, float]]:
    for moment, (floor, target) in EMPTIED.items():
        asked, who = inquiry.asked[moment], "the count of shared tags"
        better = round(asked.ndcg("ours") / asked.ndcg(who), 3)
        yield f"{moment}, texts emptied: against {who}", better, "times better", target, floor
    yield "breaches where texts are emptied", inquiry.breaches, "breaches", 0, 0


def _lines(inquiry: Inquiry) -> Iterator[tuple[str, float, str, float, float]]:
    for kind, asked in inquiry.asked.items():
        ours = asked.ndcg("ours")
        (ndcg, best_ndcg), (recall, best_recall) = GOOD[kind]
        yield f"{kind}: nDCG@{SHOWN}", round(ours, 3), "of 1", best_ndcg, ndcg
        yield f"{kind}: recall@{SHOWN}", round(asked.recall("ours"), 3), "of 1", best_recall, recall
        for who, (floor, target) in BETTER[kind].items():
            yield f"{kind}: against {who}", round(ours / asked.ndcg(who), 3), "times better", target, floor
    yield "how far the peers are from real sites", round(_strangeness(inquiry), 1), "%", 2, 5
    lists = [found for moment in MOMENTS for found in inquiry.asked[moment].lists["ours"]]
    theirs = [found for moment in MOMENTS for found in inquiry.asked[moment].lists["YARPP"]]
    # Else nobody would be tempted, and the line would say nothing.
    assert _near_same(inquiry, theirs) > 2, _near_same(inquiry, theirs)
    yield "pairs of near-same headlines in a list", round(_near_same(inquiry, lists), 2), "%", 1, 2
    yield f"breaches in {len(lists)} lists", inquiry.breaches, "breaches", 0, 0


def _strangeness(inquiry: Inquiry) -> float:
    """By how much the peers do better or worse here than on real sites: the mean of squares of the logarithms, in percent."""
    off = [
        math.log(inquiry.asked[moment].ndcg(who) / real)
        for who, reals in ON_REAL_SITES.items()
        for moment, real in zip(MOMENTS, reals, strict=True)
    ]
    return 100 * math.expm1(math.sqrt(statistics.mean(one * one for one in off)))


def _near_same(inquiry: Inquiry, lists: list[list[int]]) -> float:
    """Of a hundred pairs in one list so many share 60 % of the words of the shorter headline, or more."""
    titles = {one.number: set(one.headline.lower().split()) for one in inquiry.articles.values()}
    pairs = [(titles[a], titles[b]) for found in lists for a, b in combinations(found, 2)]
    return 100 * statistics.mean(len(a & b) >= 0.6 * min(len(a), len(b)) for a, b in pairs)


# --- our part ---------------------------------------------------------------------------------------------------------


def _publish(article: Written, at: Any = None) -> None:
    from articles.models import Article, Section

    section = Section.objects.get_or_create(name="News", slug="news")[0]
    made = Article.objects.create(
        headline=article.headline, body=f"<p>{article.text}</p>", section=section, slug=f"a-{article.number}"
    )
    assert made.pk == article.number
    made.tags.set(article.tags)
    made.publish(at=at or article.at)


def _hide_some(inquiry: Inquiry) -> None:
    """Every twentieth is withdrawn; of some stories one more is planned, which resembles what is there."""
    from django.utils import timezone

    from articles.models import Article

    for article in list(inquiry.articles.values())[::WITHDRAWN]:
        assert Article.objects.get(pk=article.number).withdraw()
        inquiry.known.remove(article)
    last = len(inquiry.articles)
    for number, article in enumerate(list(inquiry.articles.values())[-PLANNED:], last + 1):
        _publish(replace(article, number=number), timezone.now() + timedelta(days=1))


def _ours(number: int) -> list[Any]:
    from articles.models import PublishedArticle
    from articles.models.related import question_about, suggestions

    version = PublishedArticle.objects.live().get(article=number)
    return suggestions(*question_about(version, list(version.tags.all())), SHOWN)


def _breaches(article: Written, found: list[Any], known: Known) -> Iterator[bool]:
    """One for each rule and place: is it broken? Told from what was written, not from our tables."""
    numbers = [one.row.article for one in found]
    yield len(found) < min(SHOWN, len(known.articles) - 1)
    yield len(set(numbers)) < len(numbers)
    for one in found:
        other = known.articles.get(one.row.article)
        yield other is None or other is article or not _is_true(one, article, other)


def _is_true(one: Any, article: Written, other: Written) -> bool:
    from articles.models import Tag
    from articles.models.related import Why

    tags = set(Tag.objects.filter(pk__in=one.tags).values_list("name", flat=True))
    if not (tags <= {*article.tags} & {*other.tags} and set(one.words) <= article.words & other.words):
        return False
    reasons = {
        Why.TAGS: bool(tags),
        Why.WORDS: bool(one.words),
        Why.SECTION: True,
        Why.NEWEST: False,
        Why.PICKED: False,
    }
    return reasons[one.why]  # all are in one section, and nobody picks


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
