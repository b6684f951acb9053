"""The judges see a fault that was planted, and hold where there is none. Without Node.js, a browser or a network."""

import json

import pytest

from judge import feeds, jsonld, table, weight
from judge.pages import Kind, Page
from judge.visiting import Answer

PLACE = "https://example.org/film/tide/"
AUTHOR = {"@type": "Person", "name": "Ines", "url": "https://example.org/authors/ines/"}
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Tide",
    "image": ["https://example.org/one.jpg"],
    "datePublished": "2026-11-26T10:00:00+00:00",
    "dateModified": "2026-11-26T10:00:00+00:00",
    "author": [AUTHOR],
    "publisher": {"@type": "Organization", "name": "The Tide"},
}


def page(body: str, name: str = "article") -> Page:
    return Page(Kind(name), Answer("/film/tide/", 200, {"content-type": "text/html"}, body.encode()))


def with_data(data: object) -> str:
    return f'<html><script type="application/ld+json">{json.dumps(data)}</script><p>Text</p></html>'


def test_the_exit_code_is_1_for_a_missed_line_and_for_nothing_judged():
    held, missed = table.none_of("one", []), table.none_of("two", ["a fault"])
    assert table.exit_code([held, table.skipped("three", "no Java")]) == 0
    assert table.exit_code([held, missed]) == 1
    assert table.exit_code([table.skipped("three", "no Java")]) == 1
    assert table.exit_code([held, table.not_built("four")]) == 1


def test_the_table_tells_each_fault_and_counts_what_holds():
    printed = table.report([table.none_of("links", ["/a/: answers 404"]), table.at_most("CSS", 13, 12, "KB")])
    assert "/a/: answers 404" in printed and "0 held, 2 MISSED, 0 skipped" in printed


@pytest.mark.parametrize(("value", "state"), [(12, table.State.HELD), (12.01, table.State.MISSED)])
def test_a_floor_holds_up_to_its_value(value, state):
    assert table.at_most("CSS", value, 12).state is state


def test_an_article_that_has_what_google_asks_for_has_no_fault():
    assert list(jsonld.google_faults([ARTICLE])) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"headline": ""}, "no headline"),
        ({"author": [{"@type": "Person", "name": "Ines"}]}, "no author.url"),
        ({"datePublished": "yesterday"}, "datePublished"),
        ({"image": ["/one.jpg"]}, "no whole address"),
    ],
)
def test_a_fault_of_an_article_is_seen(change, fault):
    assert any(fault in one for one in jsonld.google_faults([ARTICLE | change]))


def test_data_that_does_not_parse_is_refused():
    with pytest.raises(ValueError, match="Expecting"):
        jsonld.data_of(page('<script type="application/ld+json">{"@context": </script>').answer)
    with pytest.raises(ValueError, match="@context"):
        jsonld.data_of(page(with_data({"@type": "NewsArticle"})).answer)


def test_the_text_of_an_article_is_not_counted_as_its_weight():
    short, long = (
        f'<html><h1>Tide</h1><div class="body">{text}</div></html>' for text in ("x", "words and more " * 999)
    )
    assert weight.shell_of(page(long)) == weight.shell_of(page(short))


def test_a_script_on_a_page_without_embeds_is_seen():
    told = list(weight._scripts([page('<html><script src="/a.js"></script><p>Text</p></html>')]))
    assert len(told) == 1
    assert not list(weight._scripts([page('<html><script src="/a.js"></script><p data-embed="1">x</p></html>')]))


def test_a_json_feed_without_a_version_or_with_part_addresses_is_seen():
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Tide",
        "items": [{"id": "1", "url": PLACE, "content_html": "<p>Text</p>"}],
    }
    assert list(feeds.json_feed_faults(json.dumps(whole).encode())) == []
    assert list(feeds.json_feed_faults(json.dumps(whole | {"version": ""}).encode()))
    assert list(feeds.json_feed_faults(json.dumps(whole | {"items": [{"id": "1", "url": "/film/"}]}).encode()))
