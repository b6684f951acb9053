"""How soon a site with 10,000 articles serves its first page after `make run`."""

from collections.abc import Iterator

from benchmarks.measure import Line, Site


def measure(site: Site) -> Iterator[Line]:
    with site.serving() as (_, seconds):
        yield Line(f"from start to the first page ({site.name})", round(seconds, 2), "s", 2, 3)
