"""What the tag field costs at the desk in a newsroom with 20,000 tags of two names each: finding a tag by what is typed, near
misses, and what a text of 1,500 words is about. Within the server: requests through Django's test client.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

from benchmarks.measure import Line, Site
from benchmarks.people import measurer

TAGS, WORDS, TIMES = 20_000, 1_500, 25
LETTERS = [a + b + c for a in "bdglmprstvk" for b in "aeiou" for c in ("l", "n", "r", "s", "")]


def measure(site: Site) -> Iterator[Line]:
    report = site.folder / "tagging.json"
    site.run("manage.py", "migrate", "-v0")
    site.run("-m", "benchmarks.tagging", str(report))
    for name, (value, unit, target, floor) in json.loads(report.read_text()).items():
        yield Line(f"{name} ({site.name})", value, unit, target, floor)


def main(report: Path) -> None:
    django.setup()
    from django.test import Client

    from articles.models import Article, Tag
    from articles.models.tags.index import NAMES_KEY, tag_index
    from articles.models.tags.near_names import near_pairs
    from newsroom.pagecache import Remembered

    names = _fill()
    client = Client(headers={"host": "localhost"})
    client.force_login(measurer())
    article = Article.objects.create(headline="Measured")
    chosen = [str(tag.pk) for tag in Tag.objects.order_by("-uses")[:4]]
    find, suggest = "/admin/articles/article/tags/", f"/admin/articles/article/{article.pk}/tag-suggestions/"
    posted = {"headline": f"Of {names[7]}", "body": _text(names), "tags": chosen}

    def asks(text: str) -> Callable[[], Any]:
        return lambda: client.get(find, {"q": text})

    def cold() -> None:
        Remembered.forget([NAMES_KEY])
        tag_index()

    found = {
        "a tag of 20,000 by one letter": (_median(asks("b")), "ms", 25, 50),
        "a tag of 20,000 by its name": (_median(asks(names[77])), "ms", 25, 50),
        "a tag of 20,000 that is misspelt": (_median(asks(f"{names[77]}x")), "ms", 30, 50),
        f"suggestions for {WORDS} words of 20,000 tags": (_median(lambda: client.post(suggest, posted)), "ms", 50, 100),
        "40,000 names read again, unchanged": (_median(cold, 5), "ms", 250, 500),
        "near duplicates among 20,000 tags": (_median(near_pairs, 3) / 1000, "s", 1, 2),
    }  # fmt: skip
    article.delete()
    report.write_text(json.dumps(found))


def _median(act: Callable[[], Any], times: int = TIMES) -> float:
    act()
    took = []
    for _ in range(times):
        start = time.perf_counter()
        answer = act()
        took.append((time.perf_counter() - start) * 1000)
        assert getattr(answer, "status_code", 200) == 200, answer.status_code
    return round(statistics.median(took), 2)


def _fill() -> list[str]:
    """Tags beside those that the other measures made. Their names, in order."""
    from articles.models import Tag, TagName
    from articles.models.tags.names import folded

    names = _names()
    own, aliases = names[:TAGS], names[TAGS:]
    if not Tag.objects.filter(slug="measured-0").exists():
        chance = random.Random(3)
        tags = Tag.objects.bulk_create(
            (
                Tag(name=name, slug=f"measured-{n}", folded_name=folded(name), uses=int(chance.paretovariate(1)))
                for n, name in enumerate(own)
            ),
            batch_size=1000,
        )
        for few in (own, aliases):
            rows = (TagName(name=name, folded=folded(name), tag=tag) for name, tag in zip(few, tags, strict=True))
            TagName.objects.bulk_create(rows, batch_size=1000)
    return own


def _names() -> list[str]:
    """40,000 of one to three made-up words, the same every time."""
    from articles.models.tags.names import folded

    chance = random.Random(2)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(1, 3))).capitalize() for _ in range(9_000)]
    found: dict[str, str] = {}
    while len(found) < 2 * TAGS:
        name = " ".join(chance.choices(words, k=chance.choice((1, 2, 2, 3))))
        found.setdefault(folded(name), name)
    return list(found.values())


def _text(names: list[str]) -> str:
    """One word in twenty is a tag's name, and half of the others begin one."""
    chance = random.Random(4)
    parts = [
        chance.choice(names)
        if chance.random() < 0.05
        else chance.choice((chance.choice(names).split()[0].lower(), "and"))
        for _ in range(WORDS)
    ]
    return "".join(f"<p>{' '.join(parts[at : at + 60])}.</p>" for at in range(0, WORDS, 60))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
