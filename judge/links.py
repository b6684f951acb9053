"""Follows every link of the site from its home page and its sitemaps: none may lead nowhere, none to an old address."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html

from judge.table import Line, none_of
from judge.visiting import Answer, Visitor

# Attributes that hold one address, by the elements that have them.
ONE = {"a": "href", "link": "href", "img": "src", "source": "src", "script": "src", "iframe": "src", "video": "poster"}
MOST = 5000  # addresses; a site that makes endless ones would never be done
LOGIN_ONLY = ("/admin/",)


@dataclass
class Crawl:
    """All answers by path (with the query), and from where each was linked."""

    visitor: Visitor
    answers: dict[str, Answer] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)
    fragments: dict[tuple[str, str], str] = field(default_factory=dict)  # (path, id): where it was linked

    @property
    def pages(self) -> list[Answer]:
        return [one for one in self.answers.values() if one.is_html and one.status == 200]


def crawl(address: str) -> Crawl:
    """Asks for every address that a page, a style sheet's page or a sitemap names. A few hundred for the demo."""
    found = Crawl(Visitor(address))
    waiting = ["/", "/robots.txt", "/sitemap.xml"]
    found.found_on = dict.fromkeys(waiting, "the judge")
    while waiting and len(found.answers) < MOST:
        path = waiting.pop(0)
        answer = found.visitor.get(path)
        found.answers[path] = answer
        for link in _links(answer, address):
            if not link.startswith(address + "/") or link[len(address) :].startswith(LOGIN_ONLY):
                continue
            whole, fragment = urldefrag(link[len(address) :])
            if fragment:
                found.fragments.setdefault((whole, unquote(fragment)), path)
            if whole not in found.found_on:
                found.found_on[whole] = path
                waiting.append(whole)
    return found


def _links(answer: Answer, address: str) -> Iterator[str]:
    """Every address that an answer names, absolute. What a page shows, and not what its data says."""
    here = address + answer.path
    if answer.status in {301, 302, 307, 308}:
        yield urljoin(here, answer.headers.get("location", ""))
    elif answer.is_html and answer.body:
        for link in addresses_in(answer.body):
            yield urljoin(here, link)
    elif answer.kind in {"application/xml", "text/xml"} and b"sitemaps.org" in answer.body:
        from lxml import etree

        for one in etree.fromstring(answer.body).iter("{*}loc"):
            yield (one.text or "").strip()
    elif answer.path == "/robots.txt":
        for line in answer.text.splitlines():
            if line.lower().startswith("sitemap:"):
                yield line.partition(":")[2].strip()


def addresses_in(page: bytes) -> Iterator[str]:
    """As they stand in the page, relative or not."""
    tree = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        one = element.get(ONE[element.tag], "") if element.tag in ONE else ""
        if one and urlsplit(one).scheme in {"", "http", "https"}:
            yield one
        for candidate in element.get("srcset", "").split(","):
            if candidate.strip():
                yield candidate.split()[0]
        if element.tag == "form" and element.get("method", "get").lower() == "get" and element.get("action"):
            yield element.get("action", "")


def judge(crawl: Crawl) -> Iterator[Line]:
    broken = [
        f"{path} answers {answer.status}, linked on {crawl.found_on[path]}"
        for path, answer in crawl.answers.items()
        if answer.status >= 400 and crawl.found_on[path] != "the judge"
    ]
    yield none_of(f"broken internal links, of {len(crawl.answers)} addresses", broken)
    moved = [
        f"{path} leads to {answer.headers.get('location')}, linked on {crawl.found_on[path]}"
        for path, answer in crawl.answers.items()
        if 300 <= answer.status < 400
    ]
    yield none_of("links to an address that has moved", moved)
    yield none_of("links to a part that the page doesn't have", _without_their_part(crawl))


def _without_their_part(crawl: Crawl) -> Iterator[str]:
    ids: dict[str, set[str]] = {}
    for (path, fragment), where in crawl.fragments.items():
        answer = crawl.answers.get(path)
        if answer is None or not answer.is_html or answer.status != 200:
            continue
        if path not in ids:
            tree = html.fromstring(answer.body, parser=html.HTMLParser(encoding="utf-8"))
            ids[path] = {str(one) for one in tree.xpath("//@id")}
        if fragment not in ids[path]:
            yield f"{path}#{fragment}, linked on {where}"
