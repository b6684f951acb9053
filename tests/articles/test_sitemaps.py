"""Sitemaps: all that search engines should know, and nothing that readers can't see.

A file's number follows from its articles': PostgreSQL's sequences count on from test to test.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from articles.models import Article, PublishedArticle, Section, StandingPage, Tag
from articles.pages.sitemaps import kinds, views
from authors.models import Author
from newsroom.models import SiteIdentity
from tests.conftest import SHARED

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def file_of(article: Article) -> str:
    return f"/sitemap-articles-{article.pk // kinds.IN_FILE}.xml"


def read(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8"), address
    return ElementTree.fromstring(answer.content)


def places(client: Client, address: str) -> dict[str, Any]:
    found = read(client, address).findall("s:url", NAMES)
    return {one.findtext("s:loc", "", NAMES).removeprefix(SITE): one for one in found}


def files(client: Client) -> list[str]:
    return [one.text.removeprefix(SITE) for one in read(client, "/sitemap.xml").findall("s:sitemap/s:loc", NAMES)]


def everywhere(client: Client) -> set[str]:
    return {place for address in files(client) for place in places(client, address)}


def of_the_site(client: Client) -> set[str]:
    """What is always there."""
    found = set(places(client, "/sitemap-site-0.xml"))
    assert found == {"/", "/corrections/", "/authors/", "/archive/"}
    return found


def archive_of(*moments: datetime) -> set[str]:
    return {one.strftime(f"/archive/{form}") for one in moments for form in ("%Y/", "%Y/%m/", "%Y/%m/%d/")}


def test_the_archive_is_told_by_years_and_only_where_something_appeared(make_article: Any, client: Client) -> None:
    moments = [
        datetime(2019, 12, 31, 12, tzinfo=UTC),
        datetime(2021, 2, 1, tzinfo=UTC),
        datetime(2021, 2, 28, tzinfo=UTC),
    ]
    for moment in moments:
        make_article(f"{moment:%d}").publish(at=moment)
    assert [one for one in files(client) if "archive" in one] == [
        "/sitemap-archive-2021.xml",
        "/sitemap-archive-2019.xml",
    ]
    assert set(places(client, "/sitemap-archive-2021.xml")) == archive_of(*moments[1:])
    for year in (2020, 0, 999, 99999):
        assert client.get(f"/sitemap-archive-{year}.xml").status_code == 404


def test_the_index_leads_to_every_page(make_article: Any, client: Client) -> None:
    article = make_article(slug="story", tags=("Noir",))
    article.publish()
    StandingPage.objects.create(title="About us", is_public=True)
    StandingPage.objects.create(title="Not yet")
    assert file_of(article) in files(client) and "/sitemap-news.xml" in files(client)
    found = everywhere(client)
    assert found - of_the_site(client) == {
        "/film/story/", "/film/", "/authors/ines-duarte/", "/tags/noir/", "/about-us/", *archive_of(timezone.now())
    }  # fmt: skip
    for place in found:
        assert client.get(place).status_code == 200, place


def test_an_article_stays_in_its_file_and_files_without_any_are_not_there(
    make_article: Any, client: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(kinds, "IN_FILE", 2)
    articles = [make_article(f"No {number}") for number in range(6)]
    for article in (articles[0], articles[5]):
        article.publish()
    wanted = sorted({file_of(articles[0]), file_of(articles[5])})
    assert sorted(one for one in files(client) if "articles" in one) == wanted
    assert list(places(client, file_of(articles[5]))) == ["/film/no-5/"]
    before = client.get(file_of(articles[0])).content
    articles[2].publish()
    assert client.get(file_of(articles[0])).content == before or file_of(articles[2]) == file_of(articles[0])
    assert client.get("/sitemap-articles-99999999.xml").status_code == 404


def test_pictures_and_the_true_time_of_change(make_article: Any, client: Client, picture: Any) -> None:
    article = make_article(lead_image=picture, body=f'<p>Some text.</p><figure data-image="{picture.pk}"></figure>')
    article.publish(at=timezone.now() - timedelta(days=1))

    def told() -> tuple[datetime, int]:
        (place,) = places(client, file_of(article)).values()
        images = place.findall("image:image/image:loc", NAMES)
        assert all(one.text.startswith(f"{SITE}/media/renditions/") for one in images)
        return datetime.fromisoformat(place.findtext("s:lastmod", "", NAMES)), len(images)

    published = PublishedArticle.objects.get().published_at.replace(microsecond=0)
    assert told() == (published, 1)  # the same picture twice is one
    article.kicker = "Minor"
    article.save()
    article.publish(minor=True)
    assert told()[0] == published
    article.headline = "Quite another thing"
    article.save()
    article.publish()
    assert told()[0] > published


STATES: dict[str, Any] = {
    "draft": lambda article: None,
    "planned": lambda article: article.publish(at=timezone.now() + timedelta(hours=1)),
    "withdrawn": lambda article: (article.publish(), article.withdraw()),
    "taken down": lambda article: (article.publish(), article.take_down(reason="A court says so.")),
    "ended": lambda article: article.publish(
        at=timezone.now() - timedelta(days=2), until=timezone.now() - timedelta(days=1)
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_what_readers_can_not_see_is_in_no_file(state: str, make_article: Any, client: Client) -> None:
    secret = make_article("Coup", section=Section.objects.create(name="War", slug="war"), tags=("Coup",))
    secret.bylines.all().delete()
    secret.bylines.create(author=Author.objects.create(name="Nobody Knows"))
    STATES[state](secret)
    assert everywhere(client) == of_the_site(client)
    assert client.get(file_of(secret)).status_code == 404
    assert files(client) == ["/sitemap-site-0.xml"]


def test_what_is_told_of_elsewhere_or_hidden_is_left_out(make_article: Any, client: Client) -> None:
    make_article("Theirs", canonical_url="https://other.example/x/").publish()
    article = make_article("Ours", tags=("Hidden", "Gone", "Merged", "Seen"))
    article.publish()
    Tag.objects.filter(name="Hidden").update(is_hidden=True)
    Tag.objects.filter(name="Gone").update(retired_at=timezone.now())
    Tag.objects.filter(name="Merged").update(merged_into=Tag.objects.get(name="Seen"))
    archive = archive_of(timezone.now())
    assert everywhere(client) - of_the_site(client) - archive == {
        "/film/ours/", "/film/", "/authors/ines-duarte/", "/tags/seen/"
    }  # fmt: skip


def test_the_news_of_two_days(make_article: Any, client: Client, settings: Any, monkeypatch: Any) -> None:
    SiteIdentity.objects.create(name="The <Paper>")
    for hours in (49, 47, 1):
        make_article(f"{hours} & more", slug=f"h{hours}").publish(at=timezone.now() - timedelta(hours=hours))
    make_article("Deutsch", slug="de", language="de-at").publish()
    make_article("中文", slug="zh", language="zh-hant").publish()
    found = places(client, "/sitemap-news.xml")
    assert list(found) == ["/film/zh/", "/film/de/", "/film/h1/", "/film/h47/"]

    def told(name: str) -> list[str]:
        return [one.findtext(f"news:news/{name}", "", NAMES) for one in found.values()]

    assert told("news:publication/news:language") == ["zh-tw", "de", "en", "en"]
    assert set(told("news:publication/news:name")) == {"The <Paper>"}
    assert told("news:title")[2] == "1 & more"
    assert datetime.fromisoformat(told("news:publication_date")[2]).tzinfo
    monkeypatch.setattr(views, "MOST_NEWS", 2)
    assert len(places(client, "/sitemap-news.xml")) == 2


def test_they_are_answered_like_pages(make_article: Any, client: Client) -> None:
    article = make_article()
    article.publish()
    for address in ("/sitemap.xml", "/sitemap-news.xml", file_of(article), "/robots.txt"):
        first = client.get(address)
        assert "s-maxage" in first["Cache-Control"] and not first.cookies
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert "list-home" in client.get(file_of(article))["Surrogate-Key"].split()


def test_a_file_costs_as_many_queries_with_thirty_articles_as_with_one(
    make_article: Any, client: Client, picture: Any
) -> None:
    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    body = f'<figure data-image="{picture.pk}"></figure>'
    article = make_article(lead_image=picture, body=body, tags=("T",))
    article.publish()
    addresses = (
        "/sitemap.xml",
        file_of(article),
        "/sitemap-news.xml",
        *(f"/sitemap-{kind}-0.xml" for kind in ("tags", "authors")),
    )
    addresses = tuple(one for one in addresses if client.get(one).status_code == 200)
    before = [queries(one) for one in addresses]
    for number in range(29):
        make_article(f"No {number}", lead_image=picture, body=body, tags=(f"T{number}",)).publish()
    assert [queries(one) for one in addresses] == before and max(before[1:]) <= 2


@pytest.mark.parametrize("number", ["", "-1", "00", "01", "1e9", "9" * 10, "9" * 5000, "%00", "0%E2%80%A8", "٣"])
def test_what_is_no_file_is_not_found(number: str, db: None, client: Client) -> None:
    assert client.get(f"/sitemap-articles-{number}.xml").status_code in {400, 404}
    assert client.get(f"/sitemap-{number or 'x' * 9000}-0.xml").status_code in {400, 404}


def test_robots_are_led_to_them_and_kept_from_the_desk(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert {f"Sitemap: {SITE}/sitemap.xml", f"Sitemap: {SITE}/sitemap-news.xml"} <= set(lines)
    assert {"User-agent: *", "Disallow: /admin/", "Disallow: /preview/", "Disallow: /search/"} <= set(lines)


def test_all_are_valid(make_article: Any, client: Client, picture: Any) -> None:
    schemas = SHARED / "data" / "schemas"
    if not schemas.exists():
        pytest.skip("the shared schemas are not here")
    for number in range(3):
        make_article(f"No {number} & <b>", slug=f"ночь-{number}", lead_image=picture, tags=("新聞",)).publish()
    StandingPage.objects.create(title="About us", is_public=True)
    sitemaps = etree.XMLSchema(etree.parse(schemas / "all-local.xsd"))
    index = etree.XMLSchema(etree.parse(schemas / "siteindex.xsd"))
    index.assertValid(etree.fromstring(client.get("/sitemap.xml").content))
    assert len(files(client)) == 8
    for address in files(client):
        sitemaps.assertValid(etree.fromstring(client.get(address).content))
