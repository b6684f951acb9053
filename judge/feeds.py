"""The feeds against the schemas of RSS and Atom and the rules of JSON Feed, and whether they answer "not changed"."""

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from judge import tools
from judge.html_checkers import as_document
from judge.table import Line, none_of, not_built, skipped
from judge.visiting import Answer, Visitor

FORMS = {"RSS": b"<rss", "Atom": b"<feed", "JSON": b"{"}  # how each begins, after XML's own lines
ENDS = ("feed/", "feed/atom/", "feed/rss/", "feed/json/")
OF = {"site": "/", "section": "/film/", "tag": "/tags/working-life/", "author": "", "corrections": "/corrections/"}
JING = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "{http://www.w3.org/2005/Atom}"

Feeds = dict[str, dict[str, Answer]]  # by form ("RSS"), then by what it is the feed of


def find(visitor: Visitor, author: str) -> tuple[Feeds, list[str]]:
    """The feeds there are, and the names of those that there should be. `author` is the address of an author's page."""
    found: Feeds = {form: {} for form in FORMS}
    for of, page in (OF | {"author": author}).items():
        for answer in (visitor.get(page + end) for end in ENDS if page):
            form = _form(answer)
            if form:
                found[form].setdefault(of, answer)
    return found, [f"{form} feed: {of}" for form in FORMS for of in OF if of not in found[form]]


def _form(answer: Answer) -> str:
    """ "" for what is no feed."""
    if answer.status != 200 or answer.is_html:
        return ""
    start = answer.body[:2000].lstrip()
    return next((form for form, sign in FORMS.items() if sign in (start[:1] if form == "JSON" else start)), "")


def judge(feeds: Feeds, missing: list[str], visitor: Visitor) -> Iterator[Line]:
    for name in missing:
        yield not_built(name)
    for form, check in (("RSS", rss_faults), ("Atom", atom_faults)):
        if not feeds[form]:
            continue
        try:
            schemas = tools.folder(tools.SCHEMAS)
            faults = [f"{of}: {fault}" for of, one in feeds[form].items() for fault in check(one.body, schemas)]
        except tools.Missing as reason:
            yield skipped(f"{form} feeds by the schema", str(reason))
        else:
            yield none_of(f"{form} feeds by the schema, {len(feeds[form])}", faults)
    if feeds["JSON"]:
        faults = [f"{of}: {fault}" for of, one in feeds["JSON"].items() for fault in json_feed_faults(one.body)]
        yield none_of(f"JSON feeds by version 1.1, {len(feeds['JSON'])}", faults)
    every = [(f"{form} {of}", one) for form, some in feeds.items() for of, one in some.items()]
    yield none_of(
        "feeds: ids twice, addresses that are not whole, dates", [f for n, a in every for f in _content(n, a)]
    )
    yield none_of("feeds that don't answer 304 to their ETag", _unconditional(every, visitor))


def documents(feeds: Feeds) -> dict[str, bytes]:
    """The HTML inside the feeds, for the checkers of HTML: each feed's as one page."""
    return {
        f"HTML in the {form} feed of {of}": as_document("\n".join(f"<article>{one}</article>" for one in texts), of)
        for form, some in feeds.items()
        for of, answer in some.items()
        if (texts := [text for _, text in entries(form, answer)])
    }


def entries(form: str, answer: Answer) -> Iterator[tuple[str, str]]:
    """(id, HTML) of each entry."""
    if form == "JSON":
        for one in json.loads(answer.body)["items"]:
            yield str(one.get("id", "")), one.get("content_html", "")
        return
    tree = etree.fromstring(answer.body)
    for one in tree.iter("item", f"{ATOM}entry"):
        key = one.findtext("guid") or one.findtext(f"{ATOM}id") or ""
        yield key, one.findtext(CONTENT) or one.findtext(f"{ATOM}content") or one.findtext("description") or ""


def rss_faults(feed: bytes, schemas: Path) -> Iterator[str]:
    yield from schema_faults(feed, schemas / "rss-2_0.xsd")


def schema_faults(document: bytes, schema: Path) -> Iterator[str]:
    """By an XML Schema; libxml2 reads it and looks nothing up on the network."""
    rules = etree.XMLSchema(etree.parse(schema, etree.XMLParser(no_network=True)))
    try:
        tree = etree.fromstring(document)
    except etree.XMLSyntaxError as error:
        yield f"is no XML: {error}"
        return
    if not rules.validate(tree):
        yield from (f"line {one.line}: {one.message}" for one in rules.error_log)


def atom_faults(feed: bytes, schemas: Path) -> Iterator[str]:
    """By RELAX NG in its compact syntax: with Jing, which the Nu checker brings."""
    with tempfile.NamedTemporaryFile(suffix=".atom") as file:
        file.write(feed)
        file.flush()
        command = [tools.java(), "-cp", str(tools.nu_jar()), JING, "-c", str(schemas / "atom.rnc"), file.name]
        done = tools.run(command)
        told = (done.stdout + done.stderr).replace(file.name, "")
    if done.returncode:
        yield from told.strip().splitlines()


def json_feed_faults(feed: bytes) -> Iterator[str]:
    """What https://www.jsonfeed.org/version/1.1/ requires."""
    try:
        told: dict[str, Any] = json.loads(feed)
    except ValueError as error:
        yield f"is no JSON: {error}"
        return
    if told.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version is {told.get('version')!r}"
    for name in ("title", "items"):
        if not told.get(name):
            yield f"has no {name}"
    for name in ("home_page_url", "feed_url"):
        if name in told and not _is_whole(told[name]):
            yield f"{name} is {told[name]!r}"
    for one in told.get("items", []):
        key = one.get("id")
        if not isinstance(key, str) or not key:
            yield f"an item has the id {key!r}: it must be text"
        if "content_html" not in one and "content_text" not in one:
            yield f"{key} has no content"
        for name in ("url", "external_url", "image", "banner_image"):
            if name in one and not _is_whole(one[name]):
                yield f"{key}: {name} is {one[name]!r}"
        for name in ("date_published", "date_modified"):
            if name in one and not _is_moment(one[name]):
                yield f"{key}: {name} is {one[name]!r}"
        if not all(isinstance(author, dict) and author.get("name") for author in one.get("authors", [])):
            yield f"{key}: an author has no name"


def _is_whole(url: Any) -> bool:
    return isinstance(url, str) and urlsplit(url).scheme in {"http", "https"} and bool(urlsplit(url).netloc)


def _is_moment(text: Any) -> bool:
    try:
        return datetime.fromisoformat(str(text)).tzinfo is not None
    except ValueError:
        return False


def _content(name: str, answer: Answer) -> Iterator[str]:
    form = name.partition(" ")[0]
    found = list(entries(form, answer))
    keys = [key for key, _ in found]
    yield from (f"{name}: the id {key!r} stands twice" for key in sorted({one for one in keys if keys.count(one) > 1}))
    yield from (f"{name}: {key!r} holds an address that is not whole" for key, text in found if _has_part_address(text))
    if form == "RSS":
        for date in etree.fromstring(answer.body).iter("pubDate", "lastBuildDate"):
            try:
                parsedate_to_datetime(date.text or "")
            except ValueError:
                yield f"{name}: {date.text!r} is no date"


def _has_part_address(text: str) -> bool:
    return any(f'{name}="{start}' in text for name in ("href", "src") for start in ("/", "#", "?"))


def _unconditional(every: list[tuple[str, Answer]], visitor: Visitor) -> Iterator[str]:
    for name, answer in every:
        tag = answer.headers.get("etag", "")
        if not tag:
            yield f"{name}: no ETag"
        elif visitor.get(answer.path, If_None_Match=tag).status != 304:
            yield f"{name}: answers anew"
