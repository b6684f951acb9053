"""Sitemaps against their schemas; which addresses they hold; and the small files that programs ask for by name."""

import json
from collections.abc import Iterator
from urllib.robotparser import RobotFileParser

from lxml import etree

from judge import tools
from judge.feeds import schema_faults
from judge.links import Crawl
from judge.table import Line, none_of, not_built, skipped
from judge.visiting import Answer

MOST = 50_000
SMALL_FILES = ("/robots.txt", "/humans.txt", "/.well-known/security.txt", "/manifest.webmanifest", "/favicon.ico")


def judge(crawl: Crawl) -> Iterator[Line]:
    sitemaps = [
        one for one in crawl.answers.values() if one.status == 200 and b"sitemaps.org/schemas" in one.body[:2000]
    ]
    if not sitemaps:
        yield not_built("sitemaps")
    else:
        try:
            schema = tools.folder(tools.SCHEMAS)
            faults = [f"{one.path}: {fault}" for one in sitemaps for fault in sitemap_faults(one, schema)]
        except tools.Missing as reason:
            yield skipped("sitemaps by the schemas", str(reason))
        else:
            yield none_of(f"sitemaps by the schemas, {len(sitemaps)}", faults)
        yield none_of("sitemaps: addresses that don't answer 200", _wrong_addresses(sitemaps, crawl))
        yield none_of("pages for search engines that no sitemap names", _unnamed(sitemaps, crawl))
    for path in SMALL_FILES:
        answer = crawl.visitor.get(path)
        if answer.status != 200:
            yield not_built(path)
    manifest = crawl.visitor.get("/manifest.webmanifest")
    if manifest.status == 200:
        yield none_of("the manifest's fields and icons", manifest_faults(manifest, crawl))


def sitemap_faults(answer: Answer, schemas: "tools.Path") -> Iterator[str]:
    is_index = b"<sitemapindex" in answer.body
    yield from schema_faults(answer.body, schemas / ("siteindex.xsd" if is_index else "all-local.xsd"))
    if answer.body.count(b"<url>") > MOST:
        yield f"holds more than {MOST} addresses"


def _paths(sitemaps: list[Answer], crawl: Crawl) -> Iterator[tuple[str, str]]:
    for one in sitemaps:
        for loc in etree.fromstring(one.body).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
            yield one.path, (loc.text or "").strip().removeprefix(crawl.visitor.address)


def _wrong_addresses(sitemaps: list[Answer], crawl: Crawl) -> Iterator[str]:
    for where, path in _paths(sitemaps, crawl):
        answer = crawl.answers.get(path)
        if answer is None or answer.status != 200:
            yield f"{where}: {path} answers {answer.status if answer else 'nothing'}"
        elif is_hidden(answer):
            yield f"{where}: {path} says noindex"


def is_hidden(answer: Answer) -> bool:
    """Whether it asks search engines to leave it away."""
    return "noindex" in answer.headers.get("x-robots-tag", "") or b'content="noindex' in answer.body


def _unnamed(sitemaps: list[Answer], crawl: Crawl) -> Iterator[str]:
    """Further pages of lists belong to their first; what robots.txt keeps closed is not for search engines."""
    rules = RobotFileParser()
    rules.parse(crawl.visitor.get("/robots.txt").text.splitlines())
    named = {path for _, path in _paths(sitemaps, crawl)}
    for answer in crawl.pages:
        is_open = rules.can_fetch("*", crawl.visitor.address + answer.path) and not is_hidden(answer)
        if "?" not in answer.path and is_open and answer.path not in named and "+" not in answer.path:
            yield answer.path


def manifest_faults(answer: Answer, crawl: Crawl) -> Iterator[str]:
    try:
        told = json.loads(answer.body)
    except ValueError as error:
        yield f"is no JSON: {error}"
        return
    for name in ("name", "start_url", "display", "icons"):
        if not told.get(name):
            yield f"has no {name}"
    for icon in told.get("icons", []):
        path = icon.get("src", "").removeprefix(crawl.visitor.address)
        if crawl.visitor.get(path).status != 200:
            yield f"the icon {path} is not there"
