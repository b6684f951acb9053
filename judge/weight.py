"""What a page weighs on the wire, and how many questions it asks of the database."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html

from benchmarks.measure import Site as Served
from judge.pages import Page
from judge.table import Line, at_most, none_of, not_built
from judge.visiting import Visitor

KB = 1000
HTML, CSS, QUERIES = 7, 12, 8
COUNTED = ("home", "section", "tag", "author")


def judge(visitor: Visitor, pages: list[Page]) -> Iterator[Line]:
    articles = [page for page in pages if page.name.startswith("article")]
    for page in articles:
        yield at_most(f"HTML without its text, gzipped: {page.name}", shell_of(page) / KB, HTML, "KB")
    styles = {path for page in pages for path in _files(page, "//link[@rel='stylesheet']/@href")}
    yield at_most(f"CSS, gzipped, {len(styles)} files", sum(visitor.get(one).gzipped for one in styles) / KB, CSS, "KB")
    yield none_of("script on pages without embeds", _scripts(pages))


def shell_of(page: Page) -> int:
    """Bytes of the page with its body emptied: head, masthead, headline, cards, footer. The article's text is what it is."""
    tree = html.fromstring(page.answer.body, parser=html.HTMLParser(encoding="utf-8"))
    for body in tree.xpath("//*[contains(concat(' ', @class, ' '), ' body ')]"):
        for child in list(body):
            body.remove(child)
        body.text = ""
    return replace(page.answer, body=html.tostring(tree, encoding="utf-8")).gzipped


def _files(page: Page, where: str) -> list[str]:
    tree = html.fromstring(page.answer.body, parser=html.HTMLParser(encoding="utf-8"))
    return [urlsplit(urljoin(page.path, str(one))).path for one in tree.xpath(where)]


def _scripts(pages: list[Page]) -> Iterator[str]:
    for page in pages:
        tree = html.fromstring(page.answer.body, parser=html.HTMLParser(encoding="utf-8"))
        has_embeds = bool(
            tree.xpath("//*[@data-embed or @data-frame or contains(@class, 'embed') or contains(@class, 'video')]")
        )
        for script in tree.xpath("//script[not(@type='application/ld+json')]"):
            if not has_embeds:
                yield f"{page.name}: {html.tostring(script, encoding='unicode', with_tail=False)[:120]}"


def queries(site: Served, every: list[Page]) -> Iterator[Line]:
    """Page 1, and the last page with two items on each, so that there is a deep one in a small demo."""
    pages = [page for page in every if page.name in COUNTED]
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "paths.json"
        asked.write_text(json.dumps([page.path for page in pages]))
        site.run("-m", "judge.counting", str(asked))
        told = json.loads(asked.read_text())
    for page in pages:
        for what, number in told[page.path].items():
            name = f"queries: {page.name}, {what}"
            yield at_most(name, number, QUERIES) if number is not None else not_built(name)
