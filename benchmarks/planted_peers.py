"""What sites show as related without our engine, over articles in memory: lists of numbers, the best first.

- The count of shared tags, as taggit's similar_objects orders: ties by chance.
- The recipe that one reads everywhere: the count, then the newest.
- YARPP, WordPress's usual plugin, with the weights it had for years as its defaults (today's leave out the text, which is
  weaker): MySQL's full-text score of the title by the title's 20 most frequent words, that of the body likewise, one for
  each shared tag and each shared category; below a threshold of 4 nothing. MySQL's score of a word is its count in the
  text × the square of the logarithm of how many articles there are for one with the word. Every article here is in one
  category. Its list of overused words is left out: made-up words are in none.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable

from benchmarks.planted_newsroom import Written

KEYWORDS, THRESHOLD = 20, 4.0


class Known:
    """The articles that there are at a moment."""

    def __init__(self) -> None:
        self.articles: dict[int, Written] = {}
        self.by_tag: dict[str, set[int]] = defaultdict(set)
        self.titles: dict[str, dict[int, int]] = defaultdict(dict)
        self.bodies: dict[str, dict[int, int]] = defaultdict(dict)

    def add(self, article: Written) -> None:
        self.articles[article.number] = article
        for tag in article.tags:
            self.by_tag[tag].add(article.number)
        for index, text in ((self.titles, article.headline), (self.bodies, article.text)):
            for word, times in Counter(text.lower().split()).items():
                index[word][article.number] = times

    def remove(self, article: Written) -> None:
        del self.articles[article.number]
        for tag in article.tags:
            self.by_tag[tag].discard(article.number)
        for index in (self.titles, self.bodies):
            for numbers in index.values():
                numbers.pop(article.number, None)

    def sharing(self, article: Written) -> Counter[int]:
        """How many tags each of the others shares with it."""
        found = Counter(number for tag in article.tags for number in self.by_tag[tag])
        del found[article.number]
        return found


def by_count(known: Known, article: Written) -> list[int]:
    shared, chance = known.sharing(article), random.Random(article.number)
    return sorted(shared, key=lambda number: (-shared[number], chance.random()))


def by_recipe(known: Known, article: Written) -> list[int]:
    shared = known.sharing(article)
    return sorted(shared, key=lambda number: (-shared[number], -number))


def by_yarpp(known: Known, article: Written) -> list[int]:
    scores: dict[int, float] = {number: 1.0 + shared for number, shared in known.sharing(article).items()}
    for index, text in ((known.titles, article.headline), (known.bodies, article.text)):
        for word in _keywords(text):
            rarity = math.log10(len(known.articles) / max(len(index[word]), 1)) ** 2
            for number, times in index[word].items():
                scores[number] = scores.get(number, 1.0) + times * rarity
    scores.pop(article.number, None)
    above = (number for number, score in scores.items() if round(score, 4) >= THRESHOLD)
    return sorted(above, key=lambda number: (-round(scores[number], 4), number))


def _keywords(text: str) -> list[str]:
    """Where several are as frequent, those that come first."""
    return [word for word, _times in Counter(text.lower().split()).most_common(KEYWORDS)]


PEERS: dict[str, Callable[[Known, Written], list[int]]] = {
    "the count of shared tags": by_count,
    "the count, then the newest": by_recipe,
    "YARPP": by_yarpp,
}
