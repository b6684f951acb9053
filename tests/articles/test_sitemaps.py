"""Sitemaps and robots.txt: every page that search engines should know, and no other."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from lxml import etree

from articles.models import PublishedArticle, StandingPage

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "schemas"


@pytest.fixture
def story(make_article, editor, picture):
    story = make_article("In the open", tags=("Venice",), lead_image=picture)
    story.publish(by=editor)
    return story


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return etree.fromstring(answer.content)


def everything(client, settings):
    """All addresses of all files that the index names, with their dates."""
    files = read(client, "/sitemap.xml").xpath("//s:loc/text()", namespaces=NAMES)
    found = {}
    for file in files:
        for place in read(client, file.removeprefix(settings.SITE_URL)).findall("s:url", NAMES):
            found[place.findtext("s:loc", namespaces=NAMES).removeprefix(settings.SITE_URL)] = place.findtext(
                "s:lastmod", namespaces=NAMES
            )
    return found


def test_every_page_is_there_and_nothing_that_is_not_live(client, story, make_article, editor, settings):
    make_article("Secret plan", tags=("Hidden",)).publish(by=editor, at=timezone.now() + timedelta(days=1))
    make_article("Secret draft")
    StandingPage(title="About", is_public=True).save()
    StandingPage(title="Secret page").save()
    found = everything(client, settings)
    assert {story.get_absolute_url(), story.section.get_absolute_url(), "/tags/venice/", "/about/"} <= found.keys()
    assert not [one for one in found if "secret" in one or "hidden" in one]
    for address in found:
        assert client.get(address).status_code == 200, address


def test_lastmod_is_the_last_change_of_substance(client, story, editor, settings):
    first = PublishedArticle.objects.get().published_at
    address = story.get_absolute_url()
    assert everything(client, settings)[address].startswith(f"{first:%Y-%m-%dT%H:%M:%S}")
    changed = first + timedelta(hours=3)
    PublishedArticle.objects.update(updated_at=changed)
    assert everything(client, settings)[address].startswith(f"{changed:%Y-%m-%dT%H:%M:%S}")


def test_what_first_appeared_elsewhere_is_left_to_them(client, make_article, editor, settings):
    make_article("Borrowed", canonical_url="https://example.org/first/").publish(by=editor)
    assert "/film/borrowed/" not in everything(client, settings)


def test_news_are_of_two_days(client, story, make_article, editor):
    old = make_article("Old news")
    old.publish(by=editor)
    PublishedArticle.objects.filter(article=old).update(published_at=timezone.now() - timedelta(hours=49))
    titles = read(client, "/sitemap-news.xml").xpath("//n:title/text()", namespaces=NAMES)
    assert titles == ["In the open"]


@pytest.mark.parametrize("address", ["/sitemap-articles-999.xml", "/sitemap-drafts-0.xml", "/sitemap-articles-01.xml"])
def test_files_that_are_not_there(client, story, address):
    assert client.get(address).status_code == 404


def test_robots_are_told_where_and_where_not(client, settings):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /admin/" in text and "Disallow: /search/" in text


def test_the_index_costs_nothing_for_more_articles(client, story, make_article, editor, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get("/sitemap.xml")
        asked = len(one)
    for number in range(5):
        make_article(f"Number {number}").publish(by=editor)
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(asked):
        client.get("/sitemap.xml")


def test_files_are_what_their_schemas_say(client, story, settings):
    if not (SCHEMAS / "all-local.xsd").exists():
        pytest.skip("the schemas of sitemaps are not here")
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "siteindex.xsd")))
    index = read(client, "/sitemap.xml")
    assert schema.validate(index), schema.error_log
