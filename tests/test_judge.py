"""The judges of `make judge` themselves: each sees a fault that is planted for it, and none where there is none."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from judge import (
    bad_input,
    feeds,
    heads,
    html_checkers,
    jsonld,
    lighthouse,
    links,
    pages,
    sitemaps,
    table,
    text_browser,
    tools,
    weight,
)
from judge.table import State
from judge.visiting import Answer, Visitor
from judge.vocabulary import Vocabulary

GOOD = b"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title><link rel="stylesheet" href="/site.css"></head>
<body>
<main><h1>The headline</h1>
<p>By <a rel="author" href="/authors/kit/">Kit Sandoval</a></p>
<div class="body"><p>The first paragraph.</p><p>The last paragraph.</p></div></main>
</body>
</html>
"""


def page(body: bytes = GOOD, path: str = "/", kind: str = "article") -> pages.Page:
    return pages.Page(pages.Kind(kind, path), Answer(path, 200, {"content-type": "text/html; charset=utf-8"}, body))


@pytest.fixture
def serving() -> Iterator[Callable[[dict[str, Any]], str]]:
    """serving(answers): the address of a server with them, by path: HTML, or (status, type, body)."""
    servers = []

    def serve(answers: dict[str, Any]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = answers.get(self.path) or answers.get("*") or (404, "text/html", b"<p>Not here</p>")
                status, kind, body = found if isinstance(found, tuple) else (200, "text/html", found)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if 300 <= status < 400:
                    self.send_header("Location", body.decode())
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def schemas() -> Path:
    try:
        return tools.folder(tools.SCHEMAS)
    except tools.Missing as reason:
        pytest.skip(str(reason))


# --- the table ----------------------------------------------------------------------------------------------------


def test_one_missed_line_is_a_failure_and_so_is_judging_nothing() -> None:
    held, missed = table.none_of("links", []), table.none_of("links", ["/a/ answers 404"])
    assert table.exit_code([held, table.skipped("axe", "no Chromium")]) == 0
    assert table.exit_code([held, missed]) == 1
    assert table.exit_code([held, table.not_built("/search/")]) == 1
    assert table.exit_code([table.skipped("axe", "no Chromium")]) == 1


@pytest.mark.parametrize(("line", "state"), [
    (table.at_most("requests", 8, 8), State.HELD), (table.at_most("requests", 9, 8), State.MISSED),
    (table.at_least("performance", 100, 100), State.HELD), (table.at_least("performance", 99, 100), State.MISSED),
])  # fmt: skip
def test_floors(line: table.Line, state: State) -> None:
    assert line.state is state


def test_the_report_tells_faults_that_are_alike_once_and_ends_with_the_sum() -> None:
    faults = [f"/page-{number}/: “{number}” is no date" for number in range(40)] + ["/x/: something else"]
    told = table.report([table.none_of("dates", faults), table.skipped("axe", "no Chromium")])
    assert "/page-0/: “0” is no date  (× 40)" in told and "/page-1/" not in told and "/x/: something else" in told
    assert told.splitlines()[-1] == "0 held, 1 MISSED, 1 skipped"


# --- each judge sees its fault ------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", [html_checkers.nu, html_checkers.html_validate])
def test_checkers_of_html(check: Callable[[dict[str, bytes]], list[str]]) -> None:
    faulty = GOOD.replace(b"<h1>", b'<img src="x.jpg"><h1>')
    try:
        found = check({"the good one": GOOD, "the other": faulty})
    except tools.Missing as reason:
        pytest.skip(str(reason))
    assert found and all(fault.startswith("the other, line ") for fault in found)


def test_links_that_lead_nowhere(serving: Any) -> None:
    links_to = b'<a href="/there/">a</a> <a href="/gone/">b</a> <a href="/old/">c</a> <a href="/there/#no-part">d</a>'
    address = serving({
        "/": links_to, "/there/": b'<p id="part"></p><img src="/none.jpg" alt="">', "/old/": (301, "text/html", b"/there/"),
    })  # fmt: skip
    broken, moved, parts = links.judge(links.crawl(address))
    assert [fault.partition(",")[0] for fault in broken.faults] == ["/gone/ answers 404", "/none.jpg answers 404"]
    assert moved.faults == ["/old/ leads to /there/, linked on /"]
    assert parts.faults == ["/there/#no-part, linked on /"]


def test_pages_are_found_by_address_and_by_pattern_or_are_not_built(serving: Any) -> None:
    address = serving({"/": b'<a href="/authors/ines/">s</a>', "/authors/ines/": GOOD, "/film/": GOOD})
    found, missing = pages.find(links.crawl(address))
    paths = {one.name: one.path for one in found}
    assert (
        paths.items()
        >= {
            "home": "/",
            "author": "/authors/ines/",
            "404": "/film/no-such-article/",
        }.items()
    )
    assert {"search", "archive of a day"} <= {kind.name for kind in missing}


def test_heads(serving: Any) -> None:
    head = b"""<meta name="description" content="d"><meta name="viewport" content="v"><meta name="twitter:card" content="s">
    <meta name="robots" content="max-image-preview:large"><link rel="alternate" type="application/rss+xml" href="/f/">
    <link rel="canonical" href="ADDRESS/">""" + b"".join(
        b'<meta property="%s" content="x://y/z">' % one.encode() for one in heads.PROPERTIES
    )
    site: dict[str, Any] = {"/f/": (200, "application/rss+xml", b"<rss/>")}
    address = serving(site)
    site["/"] = GOOD.replace(b"</head>", head.replace(b"ADDRESS", address.encode()) + b"</head>")
    crawl = links.crawl(address)
    assert list(heads.faults(crawl.answers["/"], crawl)) == []
    site["/"] = (
        site["/"].replace(b'"og:image"', b'"og:picture"').replace(b'canonical" href="', b'canonical" href="/gone')
    )
    crawl = links.crawl(address)
    assert [one.partition(" http")[0] for one in heads.faults(crawl.answers["/"], crawl)] == [
        "no og:image", f"the canonical address /gone{address}/ is not whole",
    ]  # fmt: skip


def test_bad_input(serving: Any) -> None:
    address = serving({"/": GOOD, "/?page=%00": (500, "text/html", b"")})
    crawl = links.crawl(address)
    attempts = list(bad_input.attempts_on(crawl, [page()], ("7", "\0")))
    assert {"/?page=7", "/?page=%00", "/tags/%00/"} <= set(attempts)
    wrong, slowest = bad_input.lines("bad input", attempts, crawl.visitor)
    assert wrong.faults == ["/?page=%00 answers 500"] and slowest.state is State.HELD


def test_reading_as_text() -> None:
    assert list(text_browser.order_faults(GOOD)) == []
    turned = GOOD.replace(b"<p>By", b"<div><p>By").replace(b"</p>\n<div", b"</p></div>\n<div", 1)
    assert list(text_browser.order_faults(turned)) == []
    without = GOOD.replace(b'rel="author" ', b"")
    assert list(text_browser.order_faults(without)) == ["the byline is not there"]


def test_what_an_article_weighs_without_its_text() -> None:
    long = GOOD.replace(b"The last", json.dumps(list(range(5000))).encode() + b" The last")
    assert weight.shell_of(page(long)) == weight.shell_of(page()) < page(long).answer.gzipped
    assert weight.shell_of(
        page(GOOD.replace(b"<main>", b"<main>" + json.dumps(list(range(500))).encode()))
    ) > weight.shell_of(page())


def test_scripts_on_a_page_without_embeds(serving: Any) -> None:
    with_script = GOOD.replace(b"</head>", b'<script src="/x.js"></script></head>')
    visitor = Visitor(serving({"/site.css": (200, "text/css", b"p {}")}))

    def scripts(body: bytes) -> State:
        return next(line for line in weight.judge(visitor, [page(body)]) if line.name.startswith("script")).state

    assert scripts(GOOD) is State.HELD
    assert scripts(with_script) is State.MISSED
    assert scripts(with_script.replace(b"<main>", b'<main><figure class="embed"></figure>')) is State.HELD


# --- feeds, sitemaps, structured data -----------------------------------------------------------------------------

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title><link>https://e.org/</link>
<description>d</description><item><title>i</title><guid isPermaLink="false">1</guid></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>t</title><updated>2026-01-01T00:00:00Z</updated></feed>"""


def test_rss_and_atom_by_their_schemas(schemas: Path) -> None:
    assert list(feeds.rss_faults(RSS, schemas)) == []
    assert list(feeds.rss_faults(RSS.replace(b"guid", b"guide"), schemas))
    assert list(feeds.rss_faults(RSS.replace(b">i<", b">\x0b<"), schemas))
    try:
        assert list(feeds.atom_faults(ATOM, schemas)) == []
    except tools.Missing as reason:
        pytest.skip(str(reason))
    assert list(feeds.atom_faults(ATOM.replace(b"updated", b"update"), schemas))


def test_json_feeds() -> None:
    item = {"id": "1", "url": "https://e.org/1/", "content_html": "<p>x</p>", "date_published": "2026-01-01T00:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [item]}
    assert list(feeds.json_feed_faults(json.dumps(feed).encode())) == []
    for fault in ({"id": 1}, {"url": "/1/"}, {"date_published": "today"}, {"authors": [{}]}):
        assert list(feeds.json_feed_faults(json.dumps(feed | {"items": [item | fault]}).encode())), fault


def test_what_stands_in_feeds(serving: Any) -> None:
    item = '<item><guid>1</guid><description>&lt;a href="/part/"&gt;x&lt;/a&gt;</description></item>'
    body = f"<rss><channel><pubDate>today</pubDate>{item}{item}</channel></rss>".encode()
    visitor = Visitor(serving({"/feed/": (200, "application/rss+xml", body)}))
    found, missing = feeds.find(visitor, "")
    assert list(found["RSS"]) == ["site"] and "Atom feed: site" in missing
    lines = {line.name.partition(":")[0]: line for line in feeds.judge(found, [], visitor)}
    assert len(lines["feeds"].faults) == 4  # the id twice, two addresses, the date
    assert lines["feeds that don't answer 304 to their ETag"].faults == ["RSS site: no ETag"]


def test_sitemaps(schemas: Path) -> None:
    body = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://e.org/one/</loc></url></urlset>'
    )
    assert list(sitemaps.sitemap_faults(Answer("/s.xml", 200, {}, body), schemas)) == []
    assert list(sitemaps.sitemap_faults(Answer("/s.xml", 200, {}, body.replace(b"loc", b"lock")), schemas))


ARTICLE = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": "h", "image": ["https://e.org/a.jpg"],
    "datePublished": "2026-01-01T00:00:00+00:00", "dateModified": "2026-01-01T00:00:00+00:00",
    "author": [{"@type": "Person", "name": "Kit", "url": "https://e.org/kit/"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Interval"},
}  # fmt: skip


def test_what_google_asks_for() -> None:
    assert list(jsonld.google_faults([ARTICLE])) == []
    for fault, told in (
        ({"image": []}, "NewsArticle has no image"),
        ({"author": [{"@type": "Person", "url": "https://e.org/kit/"}]}, "NewsArticle has no author.name"),
        ({"dateModified": "2026-01-01T00:00:00"}, "dateModified is '2026-01-01T00:00:00'"),
        ({"image": ["/a.jpg"]}, "image is '/a.jpg', and no whole address"),
    ):
        assert list(jsonld.google_faults([ARTICLE | fault])) == [told]


def test_structured_data_that_cannot_be_read() -> None:
    script = b'<script type="application/ld+json">{"@context": "https://schema.org", "headline": "a "quote""}</script>'
    with pytest.raises(ValueError):
        jsonld.data_of(page(GOOD.replace(b"</head>", script + b"</head>")).answer)


def test_the_vocabulary(schemas: Path) -> None:
    vocabulary = Vocabulary(schemas)
    assert list(vocabulary.faults(ARTICLE)) == []
    assert list(vocabulary.faults(ARTICLE | {"headlines": "h"})) == ["/NewsArticle: headlines is no property"]
    assert list(vocabulary.faults(ARTICLE | {"jobTitle": "h"})) == [
        "/NewsArticle: jobTitle is not a property of this type"
    ]
    assert list(vocabulary.faults(ARTICLE | {"@type": "News"})) == ["/News: News is no type", *[
        f"/News: {name} is not a property of this type" for name in ARTICLE if not name.startswith("@")
    ]]  # fmt: skip
    wrong = {"publisher": {"@type": "Place", "name": "x"}}
    assert list(vocabulary.faults(ARTICLE | wrong)) == [
        "/NewsArticle: publisher is Place, and may be Organization, Person"
    ]


def test_lighthouse_report() -> None:
    audit = {"title": "T", "score": 1, "scoreDisplayMode": "numeric", "numericValue": 900.0}
    told = {
        "categories": {name: {"score": 1, "auditRefs": [{"id": "largest-contentful-paint", "weight": 1}]} for name in lighthouse.CATEGORIES},
        "audits": {"largest-contentful-paint": audit, "cumulative-layout-shift": audit | {"numericValue": 0}},
    }  # fmt: skip
    assert lighthouse.result_of(told).holds
    told["audits"]["largest-contentful-paint"] = audit | {"numericValue": 1100.0, "score": 0.9}
    result = lighthouse.result_of(told)
    assert not result.holds and result.faults[0] == "performance: T (largest-contentful-paint)"
    with pytest.raises(RuntimeError, match="no trace"):
        lighthouse.result_of({"runtimeError": {"message": "no trace"}})
