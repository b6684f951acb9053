"""A made-up newsroom whose links are known: what planted.py asks about.

Stories run for some weeks; an article belongs to one, has some of its words, some of its tags (not all, and some of
other stories), and links to earlier articles of it, the nearer the likelier. One in ten repeats the headline before it but
for a word, as series and updates do. Drawn by chance, the same every time.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

STORIES, ARTICLES = 150, 1500
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Written:
    """`links`: the numbers of the articles that its writer linked to."""

    number: int
    at: datetime
    headline: str
    text: str
    tags: tuple[str, ...]
    links: frozenset[int]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(f"{self.headline} {self.text}".lower().split())


def all_written() -> list[Written]:
    """In the order of time; an article links to earlier ones only."""
    chance, again = random.Random(3), random.Random(4)
    stories = [_Story(chance, number) for number in range(STORIES)]
    moments = sorted((story.moment(chance), story) for story in chance.choices(stories, k=ARTICLES))
    by_story: dict[_Story, list[Written]] = {story: [] for story in stories}
    found: list[Written] = []
    for number, (at, story) in enumerate(moments, 1):
        headline, text, tags = story.article(chance, stories)
        before = by_story[story]
        near = [one.number for one in before if chance.random() < 0.7 ** (1 + (at - one.at).days / 20)]
        if before and again.random() < 0.1:
            headline = " ".join([*before[-1].headline.split()[:-1], again.choice(COMMON)])
        one = Written(number, at, headline, text, tuple(dict.fromkeys(tags)), frozenset(near[-3:]))
        before.append(one)
        found.append(one)
    return found


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
        return headline, " ".join(text), tags


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(part) for part in ("bcdfglmprst", "aeiou", "lmnrst", "aeiou", "bdgklmnt"))


COMMON = [f"{_name(random.Random(number))}ly" for number in range(600)]
