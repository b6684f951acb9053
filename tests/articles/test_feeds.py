"""Feeds: three forms of the same, with full text, ids that stay, and nothing that breaks a program."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from lxml import etree

from articles.models import Article, Correction, PublishedArticle, Tag
from articles.pages.feeds.telling import legal
from newsroom.models import SiteIdentity

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "schemas"


@pytest.fixture
def story(make_article, editor, picture, author):
    story = make_article(
        "Tide & <Clerk>",
        tags=("Venice",),
        lead_image=picture,
        standfirst="Why read on?",
        has_affiliate_links=True,
        body='<p>First words. <a href="/about/">Here</a></p>',
    )
    story.publish(by=editor)
    return story


def pages(story):
    return ["/", story.section.get_absolute_url(), Tag.objects.get().get_absolute_url()]


@pytest.mark.parametrize("place", range(3))
def test_each_page_has_its_feed_in_three_forms_and_names_them(client, story, place):
    page = pages(story)[place]
    html = client.get(page).content.decode()
    for tail, kind in (("feed/", "rss+xml"), ("feed/atom/", "atom+xml"), ("feed/json/", "feed+json")):
        assert f'href="{page}{tail}"' in html
        answer = client.get(f"{page}{tail}")
        assert answer.status_code == 200 and kind in answer["Content-Type"], tail
        assert "Tide &amp; &lt;Clerk&gt;" in answer.content.decode() or "Tide & <Clerk>" in answer.content.decode()


def test_the_whole_text_is_in_it_with_its_picture_and_whole_addresses(client, story, settings):
    SiteIdentity(disclosure="We may earn from links.").save()
    [item] = json.loads(client.get("/feed/json/").content)["items"]
    text = item["content_html"]
    assert "First words." in text and f'href="{settings.SITE_URL}/about/"' in text
    assert "<img" in text and f"{settings.SITE_URL}/media/" in text
    assert "We may earn from links." in text
    assert "<script" not in text and "<iframe" not in text


def test_an_entry_keeps_its_id_when_its_address_changes(client, story, editor):
    ids = [json.loads(client.get("/feed/json/").content)["items"][0]["id"]]
    story.slug, story.headline = "another", "Another"
    story.save()
    story.publish(by=editor)
    [item] = json.loads(client.get("/feed/json/").content)["items"]
    assert [item["id"]] == ids and item["url"].endswith("/another/")


def test_nothing_that_is_not_live_is_in_it(client, story, make_article, editor):
    make_article("Secret plan").publish(by=editor, at=timezone.now() + timedelta(days=1))
    make_article("Secret draft")
    gone = make_article("Secret gone")
    gone.publish(by=editor)
    gone.withdraw(by=editor)
    for tail in ("feed/", "feed/atom/", "feed/json/"):
        assert b"Secret" not in client.get(f"/{tail}").content


@pytest.mark.parametrize("tail", ["feed/", "feed/atom/"])
def test_characters_that_xml_does_not_know_never_reach_it(client, story, tail):
    PublishedArticle.objects.update(headline="Bell\x07 and \ufffe end", body="<p>Form\x0cfeed \x1b</p>")
    root = etree.fromstring(client.get(f"/{tail}").content)
    assert "Bell and  end" in "".join(root.itertext())


def test_what_is_legal_stays():
    assert legal("tab\t line\n 𝄞 é") == "tab\t line\n 𝄞 é"
    assert legal("\x00\x0b\ud800\uffff") == ""


def test_it_costs_the_same_for_one_and_for_thirty(client, story, make_article, editor, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/feed/")
    with CaptureQueriesContext(connection) as one:
        client.get("/feed/")
        asked = len(one)
    for number in range(8):
        make_article(f"Number {number}", tags=("Venice",)).publish(by=editor)
    client.get("/feed/")  # what every page remembers is asked for anew after a publication
    with django_assert_max_num_queries(asked):
        client.get("/feed/")


def test_asked_again_it_answers_304_until_something_changes(client, story, make_article, editor):
    tag = client.get("/feed/")["ETag"]
    assert client.get("/feed/", headers={"If-None-Match": tag}).status_code == 304
    make_article("Newer").publish(by=editor)
    assert client.get("/feed/", headers={"If-None-Match": tag}).status_code == 200


def test_hubs_are_named_where_there_are_any(client, story, settings):
    settings.WEBSUB_HUBS = ["https://hub.example.org/"]
    answer = client.get("/feed/atom/")
    assert '<https://hub.example.org/>; rel="hub"' in answer["Link"]
    root = etree.fromstring(answer.content)
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} >= {"self", "hub"}


def test_corrections_have_feeds(client, story, editor):
    Correction.objects.create(article=story, text="It was Wednesday.")
    Article.objects.get(pk=story.pk).publish(by=editor)
    for tail in ("feed/", "feed/atom/", "feed/json/"):
        assert "It was Wednesday." in client.get(f"/corrections/{tail}").content.decode()


def test_rss_is_what_its_schema_says(client, story):
    if not (SCHEMAS / "rss-2_0.xsd").exists():
        pytest.skip("the schema of RSS is not here")
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "rss-2_0.xsd")))
    root = etree.fromstring(client.get("/feed/").content)
    assert schema.validate(root), schema.error_log
