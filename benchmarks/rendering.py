"""What it costs to turn a long article's body into the page's HTML, and to clean it: python -m benchmarks.rendering FILE.

1,800 words, 7 pictures, 3 embeds, 2 cards, 6 links to other articles: a long read with all that the desk can put in.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from benchmarks.measure import Line, Site

PICTURES, WORDS, ROUNDS = 7, 1_800, 200


def measure(site: Site) -> Iterator[Line]:
    """On the corpus that `reading` made; it makes it when it runs alone."""
    site.run("manage.py", "migrate", "-v0")
    site.run("-m", "benchmarks.corpus")
    found = site.folder / "rendering.json"
    site.run("-m", "benchmarks.rendering", str(found))
    figures = json.loads(found.read_text())
    yield Line(f"body of 1,800 words to HTML, templates and all ({site.name})", figures["render"], "ms", 3, 5)
    yield Line(f"... its queries ({site.name})", figures["queries"], "queries", 2, 2)
    yield Line(f"body of 1,800 words cleaned ({site.name})", figures["clean"], "ms", 0.5, 1)


def main(path: Path) -> None:
    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from articles.models import PublishedArticle
    from articles.richtext import Body, sanitise
    from images.models import Image

    body = sanitise(_body(list(Image.objects.values_list("pk", flat=True)[:PICTURES]), _article_ids()))

    def fetch():
        parsed = Body(body)
        images = Image.objects.in_bulk(parsed.image_ids)
        # Through cards(), which brings the bylines: that is one query of the page's, whether the body has cards or not.
        rows = PublishedArticle.objects.live().select_related("section", "lead_image")
        return images, {row.article_id: row for row in rows.filter(article_id__in=parsed.article_ids)}

    with CaptureQueriesContext(connection) as queries:
        images, _ = fetch()
    linked = {
        row.article_id: row for row in PublishedArticle.objects.live().cards().filter(article_id__in=_article_ids())
    }
    figures = {
        "render": _milliseconds(lambda: Body(body).render(images=images, articles=linked)),
        "clean": _milliseconds(lambda: sanitise(body)),
        "queries": len(queries),
    }
    path.write_text(json.dumps(figures))


def _article_ids() -> list[int]:
    from articles.models import PublishedArticle

    return list(PublishedArticle.objects.live().order_by("pk").values_list("article_id", flat=True)[:8])


def _body(pictures: list[int], articles: list[int]) -> str:
    blocks = [f"<p>{'A sentence of seven words, no more. ' * 8}</p>" for _ in range(WORDS // 56)]
    for number, picture in enumerate(pictures):
        figure = (
            f'<figure data-image="{picture}" data-align="wide"><figcaption>A <em>caption</em></figcaption></figure>'
        )
        blocks.insert(3 + number * 5, figure)
    for number, article in enumerate(articles[:6]):
        blocks.insert(2 + number * 6, f'<p>See <a data-article="{article}" href="/x/">another</a>.</p>')
    blocks += [f'<aside data-article-card="{article}"></aside>' for article in articles[6:8]]
    blocks += [
        f'<figure data-embed="youtube" data-url="https://youtu.be/abcdefghij{number}"></figure>' for number in range(3)
    ]
    return "".join(blocks)


def _milliseconds(act: Callable[[], object]) -> float:
    """What nine of ten rounds exceed: other processes of the machine make the others slow."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.quantiles(times, n=10)[0], 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
