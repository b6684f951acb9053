"""Whether an article can be read as text alone, in the order that a reader wants it: as in w3m, lynx, or read aloud."""

import shutil
import subprocess
from collections.abc import Callable, Iterator

from lxml import html

from judge.pages import Page
from judge.table import Line, none_of

_HIDDEN = "//script | //style | //template | //head | //svg"
_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "figure", "figcaption", "section", "article", "header", "footer", "nav", "ul", "ol", "dl", "dt", "dd", "table", "tr", "blockquote", "aside", "main", "time", "address"}  # fmt: skip


def judge(pages: list[Page]) -> Iterator[Line]:
    program = shutil.which("w3m")
    read = _by_w3m if program else as_text
    articles = [page for page in pages if page.name.startswith("article")]
    faults = [f"{page.name}: {fault}" for page in articles for fault in order_faults(page.answer.body, read)]
    yield none_of(f"articles read as text ({'w3m' if program else 'lxml'})", faults)
    yield none_of(
        "links and buttons without words", [f"{page.name}: {one}" for page in pages for one in _wordless(page)]
    )


def as_text(page: bytes) -> str:
    tree = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    for one in tree.xpath(_HIDDEN):
        one.drop_tree()
    for one in tree.iter("img"):
        one.tail = f" {one.get('alt', '')} {one.tail or ''}"
    for one in tree.iter():
        if one.tag in _BLOCKS:
            one.tail = f" {one.tail or ''}"
            one.text = f" {one.text or ''}"
    return " ".join(tree.text_content().split())


def _by_w3m(page: bytes) -> str:
    done = subprocess.run(
        ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "10000"],
        input=page,
        capture_output=True,
        timeout=60,
    )
    return " ".join(done.stdout.decode("utf-8", "replace").split())


def order_faults(page: bytes, read: Callable[[bytes], str] = as_text) -> Iterator[str]:
    """Headline, byline, the text's first and last paragraph, then tags or other articles: each after the one before."""
    tree = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    text = read(page)
    at = 0
    for name, where in (
        ("the headline", "//h1"),
        ("the byline", "//h1/following::*[@rel='author'][1]"),
        ("the text's first paragraph", "(//*[contains(concat(' ', @class, ' '), ' body ')]/p)[1]"),
        ("the text's last paragraph", "(//*[contains(concat(' ', @class, ' '), ' body ')]/p)[last()]"),
    ):
        found = tree.xpath(where)
        words = " ".join(found[0].text_content().split()) if found else ""
        if not words:
            yield f"{name} is not there"
            continue
        place = text.find(words[:60], at)
        if place < 0:
            yield f"{name} does not come in its place: {words[:60]}"
        else:
            at = place


def _wordless(page: Page) -> Iterator[str]:
    tree = html.fromstring(page.answer.body, parser=html.HTMLParser(encoding="utf-8"))
    for one in tree.xpath("//a[@href] | //button"):
        alt = " ".join(one.xpath(".//img/@alt"))
        if not (one.text_content() + alt + one.get("aria-label", "")).strip():
            yield html.tostring(one, encoding="unicode", with_tail=False)[:120]
