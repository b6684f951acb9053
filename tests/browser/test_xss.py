"""Every known attack as the body of an article, in a real Chromium: nothing of it may run, wherever it is shown."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.articles.test_body_xss import FILES, payloads
from tests.articles.test_desk import ADD, change, filled_in
from tests.browser.desk import log_in

pytestmark = pytest.mark.django_db(transaction=True)

BATCH = 60

# Before any script of the page: what attacks call leaves a trace, also where nobody would see a dialog.
TRAP = """
window.__ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...values) => { window.__ran.push(name + "(" + values.join() + ")"); return null };
}
"""


class Detector:
    """What ran, what was asked of others, and where the page was taken to."""

    def __init__(self, page, own):
        self.page, self.own, self.seen = page, own, []
        page.add_init_script(TRAP)
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("popup", lambda popup: self.seen.append(f"window: {popup.url}"))

    def _dialog(self, dialog):
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and f"{address.scheme}://{address.netloc}" != self.own:
            self.seen.append(f"request: {request.url}")

    def provoke(self, inside):
        """Do to each element in it what a reader may do to it, without following links."""
        for frame in self.page.frames:
            frame.evaluate(
                """inside => {
                    addEventListener("click", event => event.preventDefault())
                    for (const one of document.querySelectorAll(inside + " *")) {
                        for (const name of ["click", "mouseover", "mouseenter", "focus", "error", "load", "toggle",
                                            "pointerover", "animationend", "wheel", "copy", "scroll"])
                            one.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}))
                    }
                }""",
                inside,
            )
        self.page.wait_for_timeout(150)

    def found(self):
        ran = [one for frame in self.page.frames for one in frame.evaluate("window.__ran || []")]
        # The preview opens its links in a tab of their own: that of an address of the web is a link, and ran nothing.
        ran = [one for one in ran if not one.startswith(("open(http://", "open(https://"))]
        scripts = [
            one for frame in self.page.frames
            for one in frame.evaluate(
                """() => [...document.querySelectorAll("*")].flatMap(one => [
                    ...[...one.attributes].filter(a => /^on/i.test(a.name)).map(a => one.tagName + " " + a.name),
                    ...["href", "src", "action", "formaction", "xlink:href"].filter(n => /^\\s*(javascript|vbscript|data:text)/i.test(one.getAttribute(n) || "")).map(n => one.tagName + " " + n),
                ])"""
            )
        ]  # fmt: skip
        return [*self.seen, *ran, *scripts]


def batches():
    every = [text.replace("\0", "") for path in FILES for text in payloads(path)]
    return [every[start : start + BATCH] for start in range(0, len(every), BATCH)]


def bodies():
    """Many in one body, each in a paragraph of its own; and each batch bare, as it might swallow what follows."""
    for batch in batches():
        yield "\n".join(f"<p>{text}</p>" for text in batch)
        yield "\n".join(batch)


@pytest.mark.parametrize(
    "html",
    [
        "<img src=x onerror=alert(1)>", "<script>confirm(1)</script>", '<a href="javascript:alert(1)">x</a>',
        "<p onmouseover=prompt(1)>x</p>", '<img src="https://evil.test/x.png">', "<svg onload=alert(1)>",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", "<details open ontoggle=alert(1)>x</details>",
    ],
)  # fmt: skip
def test_the_detector_sees_what_runs(page, live_server, html):
    """On a page that nobody cleaned and no policy guards."""
    page.expected_problems.append("")  # whatever the browser says of such a page
    page.route(
        "**/unsafe/", lambda route: route.fulfill(body=f"<!doctype html><div>{html}</div>", content_type="text/html")
    )
    detector = Detector(page, live_server.url)
    page.goto(f"{live_server.url}/unsafe/")
    detector.provoke("div")
    assert detector.found()


@pytest.mark.long
@pytest.mark.skipif(not FILES, reason="the shared folder with hostile strings is not here")
def test_no_attack_runs_anywhere(page, live_server, editor, film, author):
    client = Client()
    client.force_login(editor)
    byline = [{"author": author.pk, "role": "writer", "position": 0}]
    for number, body in enumerate(bodies()):
        data = filled_in(
            client, ADD, headline=f"Attack {number} <img src=x onerror=alert(1)>", standfirst="<script>alert(2)</script>",
            section=film.pk, body=body, bylines=byline, _publish="1",
        )  # fmt: skip
        assert client.post(ADD, data).status_code == 302
    articles = list(Article.objects.order_by("pk"))
    assert len(articles) > 6
    log_in(page, live_server, editor)
    detector = Detector(page, live_server.url)
    page.set_default_timeout(20_000)
    for number, article in enumerate(articles, 1):
        page.goto(f"{live_server.url}{article.public_url()}")
        detector.provoke(".body")
        assert detector.found() == [], f"public page of {article.pk}"
        page.goto(f"{live_server.url}{change(article)}")
        page.locator(".ProseMirror").wait_for()
        page.get_by_role("button", name="Preview", exact=True).click()
        shown = page.frame_locator(".preview-stage iframe:not(.preview-coming)")
        shown.locator("h1").wait_for()
        detector.provoke(".ProseMirror")
        detector.provoke(".body")
        assert detector.found() == [], f"form and preview of {article.pk}"
        # Against the state before, in which another batch stood: words come in and go.
        article.body = f"{articles[number % len(articles)].body}<p>Added to number {number}.</p>"
        article.save()
        article.record("saved", by=editor)
        address = reverse("admin:articles_article_compare", args=[article.pk])
        page.goto(f"{live_server.url}{address}?old=1&new=now")
        page.locator(".past-body").first.wait_for()
        detector.provoke("#content-main")
        assert detector.found() == [], f"comparison of {article.pk}"
    page.goto(f"{live_server.url}/admin/articles/article/")
    detector.provoke("#result_list")
    assert detector.found() == []
    page.goto(f"{live_server.url}/film/")
    assert detector.found() == []
