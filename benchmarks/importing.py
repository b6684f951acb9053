"""A WordPress export of 3,000 posts without pictures: posts a second, and memory."""

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import VOCABULARY
from benchmarks.measure import Line, Site
from tests.wordpress.building import HEAD, TAIL, category, post, tag

POSTS = 3000


def measure(site: Site) -> Iterator[Line]:
    fresh = site.apart("importing", anew=True)
    path = fresh.folder / "export.xml"
    _write(path)
    nothing, _ = fresh.run_measured("manage.py", "import_wordpress", str(path), "--dry-run")
    seconds, memory = fresh.run_measured("manage.py", "import_wordpress", str(path))
    yield Line(f"WordPress import ({site.name})", POSTS / seconds, "posts/s", 150, 100)
    yield Line(f"WordPress import, dry run ({site.name})", POSTS / nothing, "posts/s", 500, 200)
    yield Line(f"WordPress import, most memory ({site.name})", memory, "MB", 150, 300)
    again, _ = fresh.run_measured("manage.py", "import_wordpress", str(path))
    yield Line(f"WordPress import, again ({site.name})", POSTS / again, "posts/s", 1000, 300)


def _write(path: Path) -> None:
    chance = random.Random(3)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(1, POSTS + 1):
            words = [chance.choice(VOCABULARY) for _ in range(600)]
            parts = [" ".join(words[start : start + 60]) for start in range(0, 600, 60)]
            content = "\n\n".join(f"<!-- wp:paragraph -->\n<p>{part}</p>\n<!-- /wp:paragraph -->" for part in parts)
            section = chance.randrange(12)
            more = category(f"section-{section}", f"Section {section}")
            more += "".join(tag(f"Tag {int(chance.paretovariate(1)) % 3000}") for _ in range(6))
            file.write(post(number, f"Post number {number}", content=content, more=more, creator=f"a{number % 200}"))
        file.write(TAIL)
