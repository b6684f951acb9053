"""python -m judge: serve the demo, let every judge look at it, print the table. The exit code is 1 when a line is missed.

make judge
make judge ARGS='--only html axe'          some judges
make judge ARGS='--at http://localhost:8000'    a site that is served already (what needs its database is left out)
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from benchmarks.measure import Site as Served
from judge import (
    bad_input,
    feeds,
    heads,
    html_checkers,
    in_browser,
    jsonld,
    lighthouse,
    links,
    sitemaps,
    text_browser,
    tools,
    weight,
)
from judge.pages import Page, find
from judge.serving import demo, demo_on_postgresql
from judge.table import Line, broken, exit_code, not_built, report, skipped
from judge.visiting import Visitor


@dataclass
class Site:
    """What every judge may look at."""

    address: str
    crawl: links.Crawl
    pages: list[Page]
    served: Served | None

    @property
    def visitor(self) -> Visitor:
        return self.crawl.visitor


def html(site: Site) -> Iterator[Line]:
    """Every page of the site, and what stands in its feeds."""
    found, _ = feeds.find(site.visitor, _author(site))
    documents = {page.name: page.answer.body for page in site.pages}
    documents |= {one.path: one.body for one in site.crawl.pages}
    return html_checkers.judge(documents | feeds.documents(found))


def _author(site: Site) -> str:
    return next((page.path for page in site.pages if page.name == "author"), "")


def all_feeds(site: Site) -> Iterator[Line]:
    return feeds.judge(*feeds.find(site.visitor, _author(site)), site.visitor)


def weights(site: Site) -> Iterator[Line]:
    yield from weight.judge(site.visitor, site.pages)
    if site.served is None:
        yield skipped("queries", "the site is served by somebody else")
    else:
        yield from weight.queries(site.served, site.pages)


def inputs(site: Site) -> Iterator[Line]:
    """On both databases where the site is ours: one takes what the other doesn't."""
    if site.served is None:
        yield from bad_input.judge(site.crawl, site.pages, "its database")
        return
    yield from bad_input.judge(site.crawl, site.pages, "SQLite")
    try:
        with demo_on_postgresql() as address:
            crawl = links.crawl(address)
            yield from bad_input.judge(crawl, find(crawl)[0], "PostgreSQL")
    except tools.Missing as reason:
        yield skipped("bad input on PostgreSQL", str(reason))


JUDGES: dict[str, Callable[[Site], Iterator[Line]]] = {
    "html": html,
    "axe": lambda site: in_browser.judge(site.address, site.pages),
    "lighthouse": lambda site: lighthouse.judge(site.address, site.pages),
    "feeds": all_feeds,
    "sitemaps": lambda site: sitemaps.judge(site.crawl),
    "jsonld": lambda site: jsonld.judge(site.pages, site.crawl.pages),
    "heads": lambda site: heads.judge(site.crawl),
    "links": lambda site: links.judge(site.crawl),
    "text": lambda site: text_browser.judge(site.pages),
    "weight": weights,
    "bad-input": inputs,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m judge", description="Judges the readers' side of the demo.")
    parser.add_argument(
        "--only", nargs="+", choices=JUDGES, default=list(JUDGES), metavar="JUDGE", help=", ".join(JUDGES)
    )
    parser.add_argument("--at", metavar="ADDRESS", help="judge the demo that is served there")
    options = parser.parse_args(arguments)
    if not options.at:
        say("Making the demo (a minute) …")
    with nullcontext((options.at.rstrip("/"), None)) if options.at else demo() as (address, served):
        lines = list(judge(address, served, options.only))
    print(report(lines))
    return exit_code(lines)


def judge(address: str, served: Served | None, only: list[str]) -> Iterator[Line]:
    say(f"Following the links of {address} …")
    crawl = links.crawl(address)
    pages, missing = find(crawl)
    yield from (not_built(f"page: {kind.name}", kind.address or kind.pattern) for kind in missing)
    site = Site(address, crawl, pages, served)
    for name in only:
        start = time.monotonic()
        try:
            yield from JUDGES[name](site)
        except Exception as error:  # the other judges are heard all the same, and the line is missed
            yield broken(name, error)
        say(f"{name}: {time.monotonic() - start:.0f} s")


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
