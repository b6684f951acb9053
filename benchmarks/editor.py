"""What the body's editor costs: how much is fetched, how soon one can write, how long a key takes in a long text.

In the system's Chromium, against the site as it is served, with nothing in the cache. Left out, and said so, where
there is no Chromium.
"""

import secrets
from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import Line, Site
from tests.run import LeftOut, find_chromium

TIMES = 5  # opened; the middle one counts
KEYS = 60
LOGIN = "measurer"

# Run before any script of the page: when may one write, and how long from a key to the form's own text?
WATCH = """
addEventListener("prose-editor:ready", () => (window.readyAt = performance.now()))
window.keys = []
let pressed = 0
addEventListener("keydown", () => (pressed = performance.now()), true)
addEventListener("input", (event) => {
  if (event.target.id !== "id_body" || !pressed) return // the browser's own, of the text that is shown
  window.keys.push(performance.now() - pressed)
  pressed = 0
}, true)
"""


def measure(site: Site) -> Iterator[Line]:
    try:
        chromium = find_chromium()
    except LeftOut as reason:
        print(f"  the editor is left out: {reason}")
        return
    password, number = secrets.token_urlsafe(), site.folder / "long-article.txt"
    site.run("-m", "benchmarks.long_article", LOGIN, password, str(number))
    with site.serving() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        desk = Desk(browser, address, password)
        opened = [desk.open("add") for _ in range(TIMES)]
        kilobytes, ready = median(one[0] for one in opened), median(one[1] for one in opened)
        yield Line(f"empty article form, fetched with nothing cached ({site.name})", round(kilobytes), "KB", 400, 420)
        yield Line(f"until one can write, nothing cached ({site.name})", round(ready / 1000, 2), "s", 0.6, 0.7)
        keys = desk.type(f"{number.read_text()}/change")
        yield Line(f"a key in 12,000 words, in the middle ({site.name})", round(median(keys), 1), "ms", 10, 20)
        yield Line(
            f"a key in 12,000 words, 19 of 20 ({site.name})", round(sorted(keys)[-(KEYS // 20)], 1), "ms", 10, 20
        )
        browser.close()


class Desk:
    """A logged-in person with a fresh browser for each page that is opened."""

    def __init__(self, browser: Browser, address: str, password: str) -> None:
        self.browser, self.forms = browser, f"{address}/admin/articles/article"
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/admin/login/")
        page.fill("#id_username", LOGIN)
        page.fill("#id_password", password)
        page.click("[type=submit]")
        page.wait_for_url(f"{address}/admin/")
        self.cookies: Any = context.cookies()
        context.close()

    def page(self) -> Page:
        context = self.browser.new_context()
        context.add_cookies(self.cookies)
        context.add_init_script(WATCH)
        return context.new_page()

    def open(self, form: str) -> tuple[float, float]:
        """Kilobytes over the wire, heads included, and milliseconds until the editor was ready."""
        page = self.page()
        fetched: list[float] = []
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: fetched.append(event["encodedDataLength"]))
        page.goto(f"{self.forms}/{form}/", wait_until="networkidle")
        ready: float = page.evaluate("window.readyAt")
        page.context.close()
        return sum(fetched) / 1000, ready

    def type(self, form: str) -> list[float]:
        """Milliseconds for each key, from its event until the form's own field holds the new text."""
        page = self.page()
        page.goto(f"{self.forms}/{form}/", wait_until="networkidle")
        page.locator(".prose-editor > .ProseMirror > p").nth(90).click()
        for _ in range(KEYS):
            page.keyboard.press("a")
            page.wait_for_timeout(30)
        taken: list[float] = page.evaluate("window.keys")
        page.context.close()
        assert len(taken) == KEYS, f"{len(taken)} of {KEYS} keys arrived"
        return taken
