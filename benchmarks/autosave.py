"""What keeping a text costs the server: an autosave of a long article, and a report of who is there."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

from benchmarks.measure import Line, Site

TIMES, WORDS, PEOPLE = 200, 3000, 5


def measure(site: Site) -> Iterator[Line]:
    site.run("manage.py", "migrate", "-v0")
    times = site.folder / "autosave.txt"
    site.run("-m", "benchmarks.autosave", str(times))
    keeping, reporting = (float(text) for text in times.read_text().split())
    yield Line(f"autosave of {WORDS} words, server time ({site.name})", keeping, "ms", 15, 30)
    yield Line(f"presence among {PEOPLE}, server time ({site.name})", reporting, "ms", 8, 10)


def main(path: Path) -> None:
    """Medians of whole requests, middleware, session and permissions included, through Django's own client."""
    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client
    from django.utils import timezone

    from articles.models import Article, Presence

    people = [User.objects.get_or_create(username=f"measured-{number}", is_staff=True, is_superuser=True)[0]
              for number in range(PEOPLE)]  # fmt: skip
    article = Article.objects.create(headline="Measured", body="<p>Words.</p>")
    now = timezone.now()
    for user in people[1:]:
        Presence.objects.create(article=article, by=user, since=now, seen_at=now)
    client = Client(headers={"host": "localhost"})
    client.force_login(people[0])
    fields = {"headline": ["Measured"], "body": ["<p>" + "words " * WORDS + "</p>"], "opened_version": ["1"]}
    snapshot: dict[str, Any] = {"fields": fields, "labels": {}}
    base = f"/admin/articles/article/{article.pk}"

    def keep() -> None:
        sent = snapshot | {"kept_at": time.time() * 1000}
        _post(client, f"/admin/articles/article/autosave/{article.pk}/", sent)

    def report() -> None:
        _post(client, f"{base}/presence/", {"is_writing": True, "version": 1})

    path.write_text(f"{_median(keep)} {_median(report)}")
    article.delete()


def _post(client: Any, url: str, data: dict[str, Any]) -> None:
    answer = client.post(url, data, content_type="application/json")
    assert answer.status_code == 200, answer.status_code


def _median(act: Callable[[], None]) -> float:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times[5:])[len(times[5:]) // 2]  # the first ones also load what every request needs


if __name__ == "__main__":
    main(Path(sys.argv[1]))
