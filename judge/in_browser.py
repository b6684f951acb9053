"""What only a browser can tell of each kind of page: axe's findings in both colour schemes on a phone and on a desk, what it
says on its console, how wide it gets, what it loads, and whether it reads the same without JavaScript.
"""

from collections.abc import Iterator
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

from judge import tools
from judge.looking import browser
from judge.pages import Page
from judge.table import Line, at_most, none_of, skipped

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
REQUESTS = 8

RUN = "axe.run(document, {resultTypes: ['violations']})"
# Without the offer to load an embed here: without a script there is the link alone, which leads to the same.
OFFERS = "document.querySelectorAll('.embed-here').forEach((one) => { one.style.display = 'none' })"
TEXT = "document.body.innerText.replace(/\\s+/g, ' ').trim()"
# Colours that glide from one scheme to the other are measured at their end.
ARRIVE = "document.getAnimations().forEach((one) => one instanceof CSSTransition && one.finish())"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def judge(address: str, pages: list[Page]) -> Iterator[Line]:
    try:
        with browser() as opened:
            yield from _judge(opened, address, pages)
    except tools.Missing as reason:
        yield skipped("axe, console, JavaScript off", str(reason))


def _judge(opened: Browser, address: str, pages: list[Page]) -> Iterator[Line]:
    faults: dict[tuple[int, str], list[str]] = {}
    problems: list[str] = []
    wide: list[str] = []
    texts: dict[str, str] = {}
    for width in WIDTHS:
        context = opened.new_context(viewport={"width": width, "height": 800})
        for page in pages:
            found, told = look(context, address, page)
            problems += told
            wide += found.pop("wide")
            texts[page.name] = found.pop("text")
            for scheme, some in found.items():
                faults.setdefault((width, scheme), []).extend(some)
        context.close()
    for (width, scheme), some in sorted(faults.items()):
        yield none_of(f"axe at {width} pixels, {scheme}, {len(pages)} pages", some)
    yield none_of("console: messages, errors, failed requests", dict.fromkeys(problems))
    yield none_of("pages wider than the window at 360 or 1280 pixels", wide)
    yield none_of("pages that read differently without JavaScript", _without_scripts(opened, address, pages, texts))
    yield from _requests(opened, address, pages)


def look(context: BrowserContext, address: str, page: Page) -> tuple[dict[str, Any], list[str]]:
    """What axe finds, by colour scheme; the page's text; and what the browser complained of."""
    tab = context.new_page()
    problems: list[str] = []
    tab.on("console", lambda one: problems.append(f"{page.name}: {one.text}"))
    tab.on("pageerror", lambda one: problems.append(f"{page.name}: {one}"))
    tab.on("requestfailed", lambda one: problems.append(f"{page.name}: {one.url} failed: {one.failure}"))
    tab.goto(address + page.path, wait_until="networkidle")
    if page.kind.status >= 400:  # the browser tells on the console that the page itself is such a one; that is true
        problems = [one for one in problems if f"status of {page.kind.status}" not in one]
    width = tab.viewport_size["width"] if tab.viewport_size else 0
    found: dict[str, Any] = {"wide": []}
    if (more := tab.evaluate(TOO_WIDE)) > 0:
        found["wide"].append(f"{page.name}: {more} pixels more than {width}")
    for frame in tab.frames:
        frame.evaluate(_axe())  # not a script tag: the site's Content-Security-Policy forbids that
    for scheme in SCHEMES:
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        tab.evaluate(ARRIVE)
        result = tab.evaluate(RUN)
        found[scheme] = [
            f"{page.name}: {rule['id']} ({rule['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}".replace(
                "\n", " "
            )
            for rule in result["violations"]
            for node in rule["nodes"]
        ]
    tab.evaluate(OFFERS)
    found["text"] = tab.evaluate(TEXT)
    tab.close()
    return found, problems


def _axe() -> str:
    return resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def _without_scripts(opened: Browser, address: str, pages: list[Page], texts: dict[str, str]) -> Iterator[str]:
    context = opened.new_context(viewport={"width": WIDTHS[-1], "height": 800}, java_script_enabled=False)
    tab = context.new_page()
    for page in pages:
        tab.goto(address + page.path, wait_until="load")
        text = " ".join(tab.locator("body").inner_text().split())
        if text != texts[page.name]:
            yield f"{page.name}: {_first_difference(text, texts[page.name])}"
    context.close()


def _first_difference(one: str, other: str) -> str:
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"without: “{one[same : same + 60]}”, with: “{other[same : same + 60]}”"


def _requests(opened: Browser, address: str, pages: list[Page]) -> Iterator[Line]:
    """As a reader opens it on a phone, before scrolling; nothing cached."""
    for page in (one for one in pages if one.name.startswith("article")):
        context = opened.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=1.75)
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda one, asked=asked: asked.append(one.url))  # type: ignore[misc]
        tab.goto(address + page.path, wait_until="networkidle")
        others = [one for one in asked if urlsplit(one).netloc != urlsplit(address).netloc]
        yield at_most(f"requests before scrolling: {page.name}", len(asked), REQUESTS)
        if others:
            yield none_of(f"requests to other machines: {page.name}", others)
        context.close()
