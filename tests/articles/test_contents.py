"""The table of contents of a long article."""

import re

import pytest

from articles.richtext import Body

LONG = "<p>" + "word " * 700 + "</p>"
HEADINGS = "".join(
    f"<h2>{title}</h2><p>Text.</p>" for title in ("Before", "After", "After", "新聞", "!!!", "<em>Why</em>  now?")
)


def rendered(html: str) -> tuple[Body, str]:
    body = Body(html)
    return body, body.render(images={}, articles={})


def test_each_heading_has_an_anchor_of_its_own():
    body, html = rendered(LONG + HEADINGS)
    anchors = [part.anchor for part in body.contents]
    assert anchors == ["part-before", "part-after", "part-after-2", "part-新聞", "part", "part-why-now"]
    assert re.findall(r'<h2 id="([^"]*)"', html) == anchors
    assert [part.title for part in body.contents][-1] == "Why now?"


@pytest.mark.parametrize("html", [HEADINGS, LONG, LONG + "<h2>One</h2><h2>Two</h2>", ""])
def test_a_short_text_or_one_of_few_parts_needs_none(html):
    assert Body(html).contents == []


def test_a_heading_of_a_short_text_can_be_linked_to_all_the_same():
    assert '<h2 id="part-before">' in rendered(HEADINGS)[1]


def test_no_rank_of_the_headings_is_missing():
    _body, html = rendered("<h3>A</h3><p>b</p><h3>C</h3><h2>D</h2><h3>E</h3>")
    assert re.findall(r"<(h\d[^>]*)>", html) == ['h2 class="minor"', 'h2 class="minor"', 'h2 id="part-d"', "h3"]


@pytest.mark.django_db
def test_it_stands_before_the_text_with_links_that_lead_there(client, make_article):
    make_article("Long", slug="long", body=LONG + HEADINGS).publish()
    page = client.get("/film/long/").content.decode()
    links = re.findall(r'href="#(part[^"]*)"', page.partition('<div class="body">')[0])
    assert len(links) == 6 and all(page.count(f'id="{link}"') == 1 for link in links)


@pytest.mark.django_db
def test_stars_language_and_sharing_stand_on_the_page(client, make_article, settings):
    article = make_article("Film & “you”", slug="film-you", rating=7, kind="review", reviewed="The Film", language="ar")
    article.publish()
    page = client.get("/film/film-you/").content.decode()
    assert 'class="stars stars-7" role="img" aria-label="3.5 of 5 stars"' in page
    assert re.search(r'<article class="article article-review" lang="ar" dir="rtl">', page)
    assert f"u={settings.SITE_URL.replace(':', '%3A').replace('/', '%2F')}%2Ffilm%2Ffilm-you%2F" in page
    assert not re.search(r'datetime="[^"]*\.\d', page)
