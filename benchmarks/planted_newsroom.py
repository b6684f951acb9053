"""A made-up newsroom whose links are known: what planted.py asks about.

It is made like real ones. On five real sites it has been measured how often simple lists hold what a writer linked to, what
it costs a list to leave out near-same headlines, and what it costs to look at the nearest articles only. The numbers below
(how long a story runs, how much of a text is about it, how many tags an article has, how far back its links reach) were
searched for until the same comes out here. How good our own lists are was not asked in that search. How near it came is a line
of the measure (`ON_REAL_SITES`).

Stories belong to beats and run for some weeks. An article has words of its story, of its beat, and many of everybody's, each
kind by Zipf's law; one in eight has no tags, and is less about its story. It links to earlier articles of its story, of its
beat, or to any, the nearer the likelier, by a law with a long tail. Some stories are series: their headlines are the same
but for a word, and hardly anybody links to them. Drawn by chance, the same every time.
"""

import bisect
import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

ARTICLES, STORIES, BEATS, TOPICS = 1500, 258, 10, 64
BEGIN, YEARS = datetime(2018, 1, 1, tzinfo=UTC), 6
STORY_RUNS = 103.155  # days, on average
STORY_SIZES = 0.535  # the exponent of their law
STORY_WORDS, BEAT_WORDS, EVERYBODYS_WORDS = 28, 128, 2500
STORY_LAW = 1.072  # the exponent: how much some of a story's words stand out, as names do
WORDS_A_TEXT, WORDS_A_HEADLINE = 168, 7
# Of the story and of the beat; the rest are everybody's.
IN_TEXT, IN_HEADLINE = (0.09, 0.154), (0.441, 0.07)
UNTAGGED, STORY_TAG, BEAT_TAG, ANOTHER_TOPIC = 0.12, 0.726, 0.38, 0.112
LINKS_AT_ALL, ANOTHER_LINK = 0.514, 0.269
TO_STORY, TO_BEAT = 0.753, 0.15
NEAR, TAIL = 2.054, 0.985  # days, and the exponent of their law
SERIES, SELDOM = 0.4, 0.028  # stories that are one; of the links to their articles so many are made
UNTAGGED_IS_ON = 0.716  # so much less is a text about its story, where nobody tagged it

# nDCG@6 of lists that need no engine on five real sites, 12,340 articles: at publishing, in the archive.
ON_REAL_SITES = {
    "the count of shared tags": (0.216, 0.147),
    "the count, then the newest": (0.294, 0.135),
    "YARPP": (0.374, 0.280),
}


@dataclass(frozen=True)
class Written:
    """`links`: the numbers of the articles that its writer linked to."""

    number: int
    at: datetime
    headline: str
    text: str
    tags: tuple[str, ...]
    links: frozenset[int]
    in_series: bool = False

    @property
    def words(self) -> frozenset[str]:
        return frozenset(f"{self.headline} {self.text}".lower().split())


def all_written() -> list[Written]:
    """In the order of time; an article links to earlier ones only."""
    chance = random.Random(3)
    stories = [_Story(chance, number) for number in range(STORIES)]
    sizes = [(number + 1) ** -STORY_SIZES for number in range(STORIES)]
    moments = sorted((story.moment(chance), story.number) for story in chance.choices(stories, sizes, k=ARTICLES))
    found: list[Written] = []
    by_story: dict[int, list[Written]] = defaultdict(list)
    by_beat: dict[int, list[Written]] = defaultdict(list)
    for number, (at, of) in enumerate(moments, 1):
        story = stories[of]
        shelves = (by_story[of], by_beat[story.beat], found)
        tags = tuple(story.tags(chance))
        one = Written(
            number,
            at,
            story.headline(chance),
            story.text(chance, 1 if tags else UNTAGGED_IS_ON),
            tags,
            frozenset(_links(chance, at, *shelves)),
            story.is_series,
        )
        for shelf in shelves:
            shelf.append(one)
    return found


def _links(chance: random.Random, at: datetime, *shelves: Sequence[Written]) -> Iterable[int]:
    """To the story, to the beat, or to anything."""
    share = LINKS_AT_ALL
    while chance.random() < share:
        share = ANOTHER_LINK
        [shelf] = chance.choices(shelves, (TO_STORY, TO_BEAT, 1 - TO_STORY - TO_BEAT))
        if shelf:
            weights = [(1 + (at - one.at) / timedelta(days=NEAR)) ** -TAIL for one in shelf]
            [one] = chance.choices(shelf, weights)
            if not one.in_series or chance.random() < SELDOM:
                yield one.number


class _Story:
    def __init__(self, chance: random.Random, number: int) -> None:
        self.number, self.beat = number, chance.randrange(BEATS)
        self.begin = BEGIN + timedelta(days=chance.uniform(0, YEARS * 365))
        first = EVERYBODYS_WORDS + BEATS * BEAT_WORDS
        self.words = _Words(first + number * STORY_WORDS, STORY_WORDS, STORY_LAW)
        self.beat_words = _Words(EVERYBODYS_WORDS + self.beat * BEAT_WORDS, BEAT_WORDS)
        self.is_series = chance.random() < SERIES
        self.title = self._words(chance, WORDS_A_HEADLINE, *IN_HEADLINE)

    def moment(self, chance: random.Random) -> datetime:
        return self.begin + timedelta(days=chance.expovariate(1 / STORY_RUNS))

    def headline(self, chance: random.Random) -> str:
        words = self._words(chance, WORDS_A_HEADLINE, *IN_HEADLINE)
        return " ".join([*self.title[:-1], words[-1]] if self.is_series else words).capitalize()

    def text(self, chance: random.Random, is_on: float) -> str:
        """`is_on`: how much of what is usual is about the story and the beat."""
        length = max(40, int(WORDS_A_TEXT * chance.lognormvariate(0, 0.5)))
        return " ".join(self._words(chance, length, *(share * is_on for share in IN_TEXT)))

    def tags(self, chance: random.Random) -> list[str]:
        if chance.random() < UNTAGGED:
            return []
        tags = [f"Story {self.number}"] if chance.random() < STORY_TAG else []
        tags += [f"Beat {self.beat}"] if chance.random() < BEAT_TAG else []
        while chance.random() < ANOTHER_TOPIC:
            tags.append(f"Topic {TOPIC_LAW.draw(chance)}")
        return list(dict.fromkeys(tags)) or [f"Beat {self.beat}"]

    def _words(self, chance: random.Random, number: int, story: float, beat: float) -> list[str]:
        kinds = chance.choices((self.words, self.beat_words, EVERYBODYS), (story, beat, 1 - story - beat), k=number)
        return [kind.draw(chance) for kind in kinds]


class _Zipf:
    """Numbers of which the first are the likeliest."""

    def __init__(self, size: int, exponent: float = 1.0) -> None:
        self.law = list(itertools.accumulate((number + 2.7) ** -exponent for number in range(size)))

    def draw(self, chance: random.Random) -> int:
        return bisect.bisect(self.law, chance.random() * self.law[-1])


class _Words:
    """So many words from the `first` one on."""

    def __init__(self, first: int, size: int, exponent: float = 1.0) -> None:
        self.first, self.law = first, _Zipf(size, exponent)

    def draw(self, chance: random.Random) -> str:
        return _word(self.first + self.law.draw(chance))


def _word(number: int) -> str:
    """Another for each number; none looks like a plural."""
    parts = []
    for _ in range(3):
        number, part = divmod(number, 70)
        parts.append("bcdfghklmnprtv"[part // 5] + "aeiou"[part % 5])
    return "".join(parts) + "n"


EVERYBODYS, TOPIC_LAW = _Words(0, EVERYBODYS_WORDS), _Zipf(TOPICS)
