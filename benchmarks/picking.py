"""What choosing a picture costs at the desk with 10,000 pictures in the library. Within the server: a request through
Django's test client, whose login and middleware are the real ones.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django

from benchmarks.measure import Line, Site
from benchmarks.people import measurer

PICTURES, TIMES = 10_000, 15
QUESTIONS = {
    "newest": {},
    "one word": {"q": "harbour"},
    "two words": {"q": "harbour 77"},
    "no match": {"q": "zanzibar"},
    "page 300": {"page": "300"},
}


def measure(site: Site) -> Iterator[Line]:
    report = site.folder / "picking.json"
    site.run("-m", "benchmarks.picking", str(report))
    for question, milliseconds in json.loads(report.read_text()).items():
        yield Line(f"choosing a picture of 10,000, {question} ({site.name})", milliseconds, "ms", 75, 150)


def main(report: Path) -> None:
    django.setup()
    from django.test import Client
    from django.urls import reverse

    _fill()
    user = measurer()
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    url, found = reverse("admin:images_image_picker"), {}
    for name, question in QUESTIONS.items():
        took = []
        for _ in range(TIMES):
            start = time.perf_counter()
            answer = client.get(url, question)
            took.append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, answer.status_code
        found[name] = round(statistics.median(took), 1)
    report.write_text(json.dumps(found))


def _fill() -> None:
    """Rows without files: what a chooser shows follows from the rows."""
    from images.models import Image

    missing = PICTURES - Image.objects.count()
    things = ["harbour", "theatre", "rehearsal", "turntable", "bookshop", "cinema", "crowd", "portrait"]
    Image.objects.bulk_create(
        (
            Image(
                title=f"{things[n % 8]} {n}",
                alt=f"A {things[n % 8]} seen from the street, number {n}",
                caption=f"The {things[(n + 3) % 8]} in question, on a day in March.",
                credit=f"Photographer {n % 97}",
                width=1600,
                height=1067,
                digest=f"{n + 1_000_000:016x}",
            )
            for n in range(missing)
        ),
        batch_size=1000,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
