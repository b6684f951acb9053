"""The structured data of pages: it parses, schema.org knows it, it has what Google asks for, and each kind of page says
what it is.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from judge import tools
from judge.pages import Page
from judge.table import Line, none_of, skipped
from judge.visiting import Answer
from judge.vocabulary import Vocabulary

ARTICLES = {"Article", "NewsArticle", "BlogPosting", "LiveBlogPosting", "Review", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "ReviewNewsArticle"}  # fmt: skip

# What Google's documentation requires (developers.google.com/search/docs/appearance/structured-data), and of an article,
# where it only recommends, what a news site always knows.
ARTICLE = ("headline", "image", "datePublished", "dateModified", "author.name", "author.url", "publisher.name")
REQUIRED = {
    "Article": ARTICLE,
    "NewsArticle": ARTICLE,
    "LiveBlogPosting": (
        *ARTICLE,
        "coverageStartTime",
        "liveBlogUpdate.datePublished",
        "liveBlogUpdate.articleBody|liveBlogUpdate.headline",
    ),
    "Review": ("author.name", "itemReviewed.name", "reviewRating.ratingValue"),
    "BreadcrumbList": ("itemListElement.position", "itemListElement.name"),
    "ItemList": ("itemListElement.position", "itemListElement.url|itemListElement.item"),
    "ProfilePage": ("mainEntity.name",),
    "WebSite": ("name", "url"),
    "SearchAction": ("target", "query-input"),
    "VideoObject": ("name", "thumbnailUrl", "uploadDate"),
    "ImageObject": ("url|contentUrl",),
}
# What each kind of page must be, by the beginning of its name.
EXPECTED = {
    "home": {"WebSite"},
    "section": {"BreadcrumbList", "ItemList"},
    "article": {"BreadcrumbList"},
    "article, a review with a rating": {"Review"},
    "article, live": {"LiveBlogPosting"},
    "author": {"ProfilePage"},
    "tag": {"BreadcrumbList"},
    "series": {"BreadcrumbList"},
}
DATES = ("datePublished", "dateModified", "uploadDate", "coverageStartTime", "coverageEndTime", "dateCreated")
ADDRESSES = ("url", "image", "logo", "thumbnailUrl", "contentUrl", "sameAs", "mainEntityOfPage")


def judge(pages: list[Page], answers: list[Answer]) -> Iterator[Line]:
    """`answers` are all pages of the site; `pages` one of each kind."""
    faults: dict[str, list[str]] = {"data": [], "Google": [], "schema.org": []}
    try:
        vocabulary = Vocabulary(tools.folder(tools.SCHEMAS))
    except tools.Missing as reason:
        vocabulary = None
        yield skipped("JSON-LD by schema.org's vocabulary", str(reason))
    for answer in answers:
        try:
            nodes = data_of(answer)
        except ValueError as error:
            faults["data"].append(f"{answer.path}: {error}")
            continue
        faults["Google"] += (f"{answer.path}: {fault}" for fault in google_faults(nodes))
        if vocabulary is not None:
            faults["schema.org"] += (f"{answer.path}: {fault}" for fault in vocabulary.faults(nodes))
    yield none_of(f"JSON-LD that doesn't parse, of {len(answers)} pages", faults["data"])
    yield none_of("JSON-LD by Google's required fields", faults["Google"])
    if vocabulary is not None:
        yield none_of("JSON-LD by schema.org's vocabulary", faults["schema.org"])
    yield none_of("pages that don't say what they are", _unsaid(pages))


def data_of(answer: Answer) -> list[Any]:
    """All its nodes at the top. Raises ValueError for what is no JSON."""
    tree = html.fromstring(answer.body, parser=html.HTMLParser(encoding="utf-8"))
    found = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        told = json.loads(script.text or "")
        for one in told if isinstance(told, list) else [told]:
            if "schema.org" not in str(one.get("@context", "")):
                raise ValueError("a block without schema.org as its @context")
            found += one.get("@graph", [one])
    return found


def every_node(node: Any) -> Iterator[dict[str, Any]]:
    """The node and all within it."""
    if isinstance(node, list):
        for one in node:
            yield from every_node(one)
    elif isinstance(node, dict):
        yield node
        for value in node.values():
            yield from every_node(value)


def kinds_of(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type", [])
    return kind if isinstance(kind, list) else [kind]


def google_faults(nodes: list[Any]) -> Iterator[str]:
    named = {one["@id"]: one for one in every_node(nodes) if "@id" in one and len(one) > 1}
    for node in every_node(nodes):
        for kind in kinds_of(node):
            for path in REQUIRED.get(kind, REQUIRED["Article"] if kind in ARTICLES else ()):
                if not any(_has(node, one.split("."), named) for one in path.split("|")):
                    yield f"{kind} has no {path}"
        for name in DATES:
            if name in node and not _is_date(node[name]):
                yield f"{name} is {node[name]!r}"
        for name in ADDRESSES:
            for one in _list(node.get(name, [])):
                if isinstance(one, str) and urlsplit(one).scheme not in {"http", "https"}:
                    yield f"{name} is {one!r}, and no whole address"
        if "BreadcrumbList" in kinds_of(node) or "ItemList" in kinds_of(node):
            yield from _order_faults(node)


def _has(node: Any, path: list[str], named: dict[str, Any]) -> bool:
    """Whether each of the things on the way has it."""
    if not path:
        return node not in (None, "", [], {})
    if isinstance(node, dict) and set(node) == {"@id"}:
        node = named.get(node["@id"], {})
    if not isinstance(node, dict) or path[0] not in node:
        return False
    values = _list(node[path[0]])
    return bool(values) and all(_has(one, path[1:], named) for one in values)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _order_faults(node: dict[str, Any]) -> Iterator[str]:
    positions = [one.get("position") for one in _list(node.get("itemListElement", [])) if isinstance(one, dict)]
    if positions != list(range(1, len(positions) + 1)):
        yield f"the positions of a list are {positions}"


def _is_date(value: Any) -> bool:
    try:
        if len(str(value)) == 10:
            return bool(date.fromisoformat(value))
        return datetime.fromisoformat(str(value)).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _unsaid(pages: Iterable[Page]) -> Iterator[str]:
    for page in pages:
        said = {kind for node in every_node(data_of(page.answer)) for kind in kinds_of(node)}
        wanted = EXPECTED.get(page.name) or EXPECTED.get(page.name.partition(",")[0].partition(" ")[0], set())
        if page.name.startswith("article") and not said & ARTICLES:
            yield f"{page.name}: no article"
        yield from (f"{page.name}: no {kind}" for kind in sorted(wanted - said))
