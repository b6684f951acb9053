"""Which words of an article are its key terms: pure, the database is asked by terms.py.

A word weighs by how often it stands in the article, whether in the headline, and how few other articles keep it. So few
are enough that an article with one tag, or none, finds its like.

By its heaviest words an article is found, as it is by its tags: by sixteen timelines of both together. The fewer tags it
has, the more its words have to do.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import stop_words

KEPT = 40  # words by which two articles are compared
TIMELINES, FEWEST = 16, 8  # of tags and words together; of words, however many tags there are
READ = 6000  # characters of the text; the beginning says what it is about
LONGEST = 40
_SCALE = 1000  # weights are kept as whole numbers

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Scripts that write without spaces: pairs of characters stand for words there.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+")


@dataclass(frozen=True)
class KeyTerms:
    """`weights` by word, the heaviest first, of unit length; `ids` are the numbers of those it is found by, by word."""

    weights: Mapping[str, float]
    ids: Mapping[str, int]

    def __bool__(self) -> bool:
        return bool(self.weights)

    def written(self) -> str:
        """As one short text, which a list of candidates reads a hundred of."""
        words = " ".join(self.weights)
        numbers = " ".join(str(round(weight * _SCALE)) for weight in self.weights.values())
        return f"{words}|{numbers}|{' '.join(str(self.ids[word]) for word in self.weights if word in self.ids)}"

    @classmethod
    def read(cls, text: str) -> "KeyTerms":
        """What `written` wrote; nothing for an article from before there were terms."""
        if text.count("|") != 2:
            return cls({}, {})
        words, numbers, ids = (part.split() for part in text.split("|"))
        weights = {word: int(number) / _SCALE for word, number in zip(words, numbers, strict=True)}
        return cls(weights, {word: int(pk) for word, pk in zip(words, ids, strict=False)})


def weights_in(text: str, among: Mapping[str, float]) -> dict[str, float]:
    """Of what `written` wrote the weights of these words alone: all that a comparison needs, in a third of the time."""
    words, _, rest = text.partition("|")
    found = words.split(" ")
    if among.keys().isdisjoint(found):
        return {}
    numbers = rest.partition("|")[0].split(" ")
    return {word: int(number) / _SCALE for word, number in zip(found, numbers, strict=True) if word in among}


def found_by(tags: int) -> int:
    """By how many of its heaviest words an article with so many tags is found."""
    return max(TIMELINES - tags, FEWEST)


def words_of(headline: str, text: str, language: str) -> dict[str, float]:
    """How much each word stands out in this article by itself: more than once counts little more, the headline much."""
    title = set(tokens(headline, language))
    counted = Counter([*title, *tokens(text[:READ], language)])
    return {word: 1 + math.log(count) + (2 if word in title else 0) for word, count in counted.items()}


def heaviest(words: Mapping[str, float], kept_by: Mapping[str, int], articles: int) -> dict[str, float]:
    """The KEPT heaviest as a unit vector. `kept_by` says in how many articles a word was kept, of `articles`."""
    weighed = {
        word: weight * math.log(1 + (articles + 1) / (1 + min(kept_by.get(word, 0), articles)))
        for word, weight in words.items()
    }
    best = sorted(weighed.items(), key=lambda one: (-round(one[1], 9), one[0]))[:KEPT]
    length = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return {word: weight / length for word, weight in best}


def tokens(text: str, language: str) -> list[str]:
    """Words as they are compared, in their order, without those that every text has."""
    text = unicodedata.normalize("NFKC", text).casefold()
    stops = _stop_words(language)
    found = [_singular(word) for word in _WORD.findall(_UNSPACED.sub(" ", text)) if word not in stops]
    pairs = [run[place : place + 2] for run in _UNSPACED.findall(text) for place in range(max(len(run) - 1, 1))]
    return [word for word in found if 2 < len(word) <= LONGEST and not word.isdecimal()] + pairs


@lru_cache(maxsize=1 << 14)
def _singular(word: str) -> str:
    """The plural in s, which many languages have. Wrong for some words, and then for all of their kind alike."""
    word = word.replace("’", "'").removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


@lru_cache(maxsize=8)
def _stop_words(language: str) -> frozenset[str]:
    """None for a language that the list does not know: there rarity has to do alone."""
    code = language.split("-")[0].lower()
    if code not in stop_words.LANGUAGE_MAPPING:
        return frozenset()
    return frozenset(unicodedata.normalize("NFKC", word).casefold() for word in stop_words.get_stop_words(code))


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """0 for nothing in common, 1 for the same words."""
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def in_common(one: Mapping[str, float], other: Mapping[str, float], most: int) -> list[str]:
    """The words that make two articles alike, the heaviest first."""
    shared: Callable[[str], float] = lambda word: one[word] * other[word]  # noqa: E731
    return sorted((word for word in one if word in other), key=lambda word: (-round(shared(word), 9), word))[:most]
