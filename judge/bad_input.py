"""What nobody should send: every parameter of every kind of page, and every part of an address, with strings that break
programs. Each must answer 200, 301, 400, 404, 410, or that it is too long, and within half a second.
"""

import http.client
import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlsplit

from lxml import html

from judge import tools
from judge.links import Crawl
from judge.pages import Page
from judge.table import Line, at_most, none_of, skipped
from judge.visiting import Visitor

SLOWEST = 500.0  # milliseconds
GOOD = {200, 400, 404, 410}
MOVED = {301, 302}  # to the address as it should be written
TOO_LONG = {414, 431}  # said by the server before the site is asked

OWN = (
    "", "0", "-1", "1e9", "1000000000", "9" * 30, "1.5", "٣", "NaN", "0x10", "' OR 1=1 --", "\"", "'", "\\", "%", "_", "%00", "\0",
    "a\0b", "\u2028", "</script><script>alert(1)</script>", "{{7*7}}", "${7*7}", "../../etc/passwd", "\u202e\u2066abc", "é" * 300,
    "🚀", "\ud800", "\ufffe", "a" * 100_000, " ".join("ab" for _ in range(30_000)), "(" * 500, '"' * 501, "a OR b OR NOT -", "* * *",
    ":*", "<->", "a & b | !c", "NEAR(a b)", "2026-13-45", "9999-12-31", "0000-00-00", "2026-02-30", "-0001-01-01", "\x1b[31m", "\r\nX: y",
)  # fmt: skip
PARAMETERS = ("page", "q", "x")
PARTS = ("/{}/", "/film/{}/", "/tags/{}/", "/tags/{}/feed/", "/tags/{}+{}/", "/authors/{}/", "/archive/{}/", "/archive/2026/{}/", "/archive/2026/11/{}/", "/series/{}/", "/media/{}", "/preview/{}/")  # fmt: skip


def judge(crawl: Crawl, pages: list[Page], database: str) -> Iterator[Line]:
    attempts = list(attempts_on(crawl, pages, OWN))
    yield from lines(f"bad input on {database}", attempts, crawl.visitor)
    try:
        strings = json.loads((tools.folder(tools.STRINGS) / "blns.json").read_text("utf-8"))
    except tools.Missing as reason:
        yield skipped(f"naughty strings on {database}", str(reason))
    else:
        yield from lines(
            f"naughty strings on {database}", list(attempts_on(crawl, pages, strings, only_known=True)), crawl.visitor
        )


def attempts_on(
    crawl: Crawl, pages: list[Page], strings: "tuple[str, ...] | list[str]", *, only_known: bool = False
) -> Iterator[str]:
    """Addresses to ask for. `only_known` leaves away the parameters that a page doesn't read as far as its forms and links tell."""
    every = {page.path.partition("?")[0]: page for page in pages if page.kind.status == 200}
    known = _parameters(crawl)
    for path in every:
        names = known.get(path, set()) if only_known else {*PARAMETERS, *known.get(path, ())}
        for name in sorted(names):
            yield from (f"{path}?{quote(name)}={_quoted(one)}" for one in strings)
    for part in PARTS:
        for one in strings:
            yield part.replace("{}", _quoted(one)[:20_000])


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _parameters(crawl: Crawl) -> dict[str, set[str]]:
    """By path: what its own links and the forms that lead to it send."""
    found: dict[str, set[str]] = {}
    for path in crawl.answers:
        if "?" in path:
            whole, _, query = path.partition("?")
            found.setdefault(whole, set()).update(name for name, _ in parse_qsl(query, keep_blank_values=True))
    for answer in crawl.pages:
        tree = html.fromstring(answer.body, parser=html.HTMLParser(encoding="utf-8"))
        for form in tree.xpath("//form[not(@method) or translate(@method, 'GET', 'get')='get']"):
            target = urlsplit(form.get("action") or answer.path).path
            found.setdefault(target, set()).update(str(one) for one in form.xpath(".//@name"))
    return found


def lines(name: str, attempts: list[str], visitor: Visitor) -> Iterator[Line]:
    wrong, slowest, slow = [], 0.0, ""
    for path in attempts:
        try:
            answer = visitor.get(path)
        except (OSError, http.client.HTTPException) as error:
            wrong.append(f"{_short(path)}: no answer ({type(error).__name__})")
            continue
        if answer.status not in GOOD | MOVED | TOO_LONG:
            wrong.append(f"{_short(path)} answers {answer.status}")
        if answer.seconds > slowest:
            slowest, slow = answer.seconds, path
    yield none_of(f"{name}: wrong answers, of {len(attempts)}", wrong)
    yield at_most(f"{name}: slowest answer", slowest * 1000, SLOWEST, "ms", note=_short(slow))


def _short(path: str) -> str:
    path = re.sub(r"(.)\1{20,}", r"\1…", path)
    return path if len(path) <= 100 else f"{path[:80]}… ({len(path)})"
