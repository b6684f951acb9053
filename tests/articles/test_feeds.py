"""Feeds: what they tell in three forms, whole and valid, to programs that ask again and again."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from articles.models import Article, Correction, PublishedArticle
from articles.models.section import Section
from articles.pages.feeds.forms import FORMS
from articles.pages.feeds.telling import Entry, Feed, Person, Text, legal
from newsroom.models import SiteIdentity
from tests.conftest import SHARED

pytestmark = pytest.mark.django_db

SCHEMAS = SHARED / "data" / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
PAGES = ["/", "/film/", "/authors/ines-duarte/", "/tags/noir/", "/tags/noir+venice/", "/corrections/"]
TAILS = ["feed/", "feed/atom/", "feed/json/"]
# C0 controls, both that no XML and no JSON text should hold, halves of surrogates, and two that are no characters.
ILLEGAL = "\x00\x01\x08\x0b\x0c\x0e\x1f\ud800\udfff\ufffe\uffff"


@pytest.fixture
def rich(make_article: Any, picture: Any) -> Article:
    """An article with all that can stand in one; beside it the one it links to."""
    SiteIdentity.objects.create(name="The Paper", description="News.", disclosure="We earn.", disclosure_url="/about/")
    other = make_article("The other", slug="other")
    other.publish(at=timezone.now() - timedelta(days=2))
    article: Article = make_article(
        "A <b>story</b> & more",
        slug="story",
        standfirst="A < B",
        tags=("Noir", "Venice"),
        lead_image=picture,
        lead_image_caption="Rows",
        has_affiliate_links=True,
        recommended_videos=[{"url": "https://www.youtube.com/watch?v=abcdefghijk", "title": "A video"}],
        language="de",
        body=f'<p>See <a data-article="{other.pk}" href="/film/old/">that</a>, <a href="/x/">x</a> or <a href="#y">y</a>.'
        f'<span data-footnote="">A note.</span></p><figure data-image="{picture.pk}"></figure>'
        '<figure data-embed="youtube" data-url="https://www.youtube.com/watch?v=abcdefghijk"></figure>'
        f'<aside data-article-card="{other.pk}"></aside>',
    )
    Correction.objects.create(article=article, text="It was Tuesday.")
    article.publish(at=timezone.now() - timedelta(days=1))
    return article


def rss(client: Client, address: str = "/feed/") -> list[Any]:
    return ElementTree.fromstring(client.get(address).content).findall("channel/item")


def test_each_page_has_its_feed_in_three_forms(rich: Article, client: Client) -> None:
    for page in PAGES:
        for tail, form in zip(TAILS, FORMS, strict=True):
            answer = client.get(page + tail)
            assert (answer.status_code, answer["Content-Type"]) == (200, f"{form.type}; charset=utf-8"), page + tail
            assert f"http://127.0.0.1:8000{page}{tail}" in answer.content.decode(), page + tail


def test_the_whole_text_goes_out_and_stands_by_itself(rich: Article, client: Client) -> None:
    site = "http://127.0.0.1:8000"
    [entry, _] = rss(client)
    text = entry.findtext(CONTENT)
    for part in (
        f'<a href="{site}/film/other/">that</a>', f'<a href="{site}/x/">x</a>', f'<a href="{site}/film/story/#y">y</a>',
        f'<img src="{site}/media/renditions/', 'alt="Rows of red seats"', "Sam Oyelaran", "Rows", "We earn.", "Tuesday",
        f'href="{site}/about/"', '<a href="https://www.youtube.com/watch?v=abcdefghijk">Watch on YouTube</a>', "A note.",
        f'<a href="{site}/film/other/">The other</a>', "A video",
    ):  # fmt: skip
        assert part in text, part
    for part in (
        "<button",
        "<script",
        "<picture",
        "data-",
        'href="/',
        'src="/',
        'href="#',
        "embed-here",
        "srcset",
        "id=",
        "class=",
        "aria-",
        "role=",
        "<aside",
    ):
        assert part not in text, part
    assert entry.findtext("title") == "A <b>story</b> & more"
    assert entry.findtext("description") == "A &lt; B"
    media = entry.find(f"{MEDIA}content")
    assert media.get("url").startswith(f"{site}/media/renditions/") and media.get("width") == "60"
    assert (media.findtext(f"{MEDIA}description"), media.findtext(f"{MEDIA}credit")) == ("Rows", "Sam Oyelaran")
    [item, _] = client.get("/feed/json/").json()["items"]
    assert item["content_html"] == text and item["tags"] == ["Noir", "Venice"] and item["language"] == "de"
    assert item["authors"] == [{"name": "Inês Duarte", "url": f"{site}/authors/ines-duarte/"}]


def test_the_disclosure_stands_where_it_was_put_and_once(make_article: Any, client: Client) -> None:
    SiteIdentity.objects.create(name="The Paper", disclosure="We earn.")
    body = '<p>First.</p><aside data-module="affiliate-disclosure"></aside>'
    make_article(has_affiliate_links=True, body=body).publish()
    make_article("None").publish()
    none, one = rss(client)
    assert one.findtext(CONTENT).count("We earn.") == 1 and one.findtext(CONTENT).index("We earn.") > 10
    assert "We earn." not in none.findtext(CONTENT)


def test_what_is_legal_stays() -> None:
    assert legal("tab\t line\n 𝄞 é \u2028\u202e") == "tab\t line\n 𝄞 é \u2028\u202e"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_characters_that_xml_does_not_know_never_get_out(form: Any) -> None:
    bad = f"a{ILLEGAL}b\u2028<c>&]]>"
    now = timezone.now()
    entry = Entry(bad, "http://x/", bad, bad, bad, now, now, (Person(bad, bad),), (Text(bad),), language="")
    text = form.write(Feed("x", bad, "/", bad, (entry,), ("https://hub.example.org/",)), "http://x/feed/")
    assert not set(text) & set(ILLEGAL)
    told = json.loads(text)["title"] if form.name == "feed-json" else _title(text)
    assert told == "ab\u2028<c>&]]>"


def _title(text: str) -> Any:
    root = ElementTree.fromstring(text)
    found = next(one for one in root.iter() if one.tag in {"title", f"{ATOM}title"})
    return found.text


def test_what_got_into_the_database_around_every_door_does_not_break_a_feed(make_article: Any, client: Client) -> None:
    make_article(tags=("Noir",)).publish()
    bad = ILLEGAL.replace("\x00", "").replace("\ud800", "").replace("\udfff", "")  # which no database takes
    PublishedArticle.objects.update(
        headline=f"a{bad}b" + "\u202e</script>" + "x" * 170, standfirst=f"{bad}s", body=f"<p>c{bad}d&#1;&#xfffe;e</p>"
    )
    for tail in TAILS:
        for page in ("/", "/film/", "/tags/noir/"):
            answer = client.get(page + tail)
            assert not set(answer.content.decode()) & set(ILLEGAL), page + tail
            json.loads(answer.content) if tail.endswith("json/") else ElementTree.fromstring(answer.content)
    sitemaps = ("/sitemap-news.xml", f"/sitemap-articles-{PublishedArticle.objects.get().article_id // 10_000}.xml")
    for address in sitemaps:
        ElementTree.fromstring(client.get(address).content)


# --- dates, ids, and asking again -------------------------------------------------------------------------------------


def test_an_entry_keeps_its_id_and_tells_only_changes_of_substance(rich: Article, client: Client) -> None:
    def told() -> tuple[str, str, str]:
        entry = client.get("/feed/json/").json()["items"][0]
        return entry["id"], entry["date_published"], entry["date_modified"]

    first = told()
    assert first[1] == first[2]
    rich.slug = "moved"
    rich.save()
    rich.publish(minor=True)
    assert told() == first
    rich.headline = "Another story altogether"
    rich.save()
    rich.publish()
    after = told()
    assert after[:2] == first[:2] and after[2] > first[2]
    [atom, _] = ElementTree.fromstring(client.get("/feed/atom/").content).findall(f"{ATOM}entry")
    assert (atom.findtext(f"{ATOM}id"), atom.findtext(f"{ATOM}updated")[:19]) == (after[0], after[2][:19])


@pytest.mark.parametrize("address", [page + tail for page in PAGES for tail in TAILS])
def test_who_has_it_already_is_told_so(rich: Article, client: Client, address: str) -> None:
    first = client.get(address)
    assert "s-maxage=300," in first["Cache-Control"] and not first.cookies
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(address)["ETag"] == first["ETag"]
    assert client.post(address).status_code == 405
    if page_has_articles := "corrections" not in address:
        rich.headline = "Other"
        rich.save()
        rich.publish()
    assert page_has_articles == (client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200)


def test_a_feed_says_what_it_hangs_on(rich: Article, client: Client, picture: Any) -> None:
    keys = set(client.get("/film/feed/")["Surrogate-Key"].split())
    other = Article.objects.get(slug="other")
    tags = {tag.key for tag in rich.tags.all()}
    assert keys >= {
        "site",
        f"list-section:{rich.section_id}",
        f"section:{rich.section_id}",
        picture.key,
        other.key,
        *tags,
    }


def test_it_lasts_no_longer_than_the_next_plan(make_article: Any, client: Client) -> None:
    make_article().publish()
    make_article("Later").publish(at=timezone.now() + timedelta(seconds=100))
    kept = int(client.get("/feed/")["Cache-Control"].split("s-maxage=")[1].split(",")[0])
    assert 90 <= kept <= 100


@pytest.mark.parametrize("page", PAGES[:-1])
def test_thirty_articles_cost_as_many_queries_as_one(
    page: str, make_article: Any, picture: Any, client: Client
) -> None:
    def publish(number: int) -> None:
        body = f'<p><a data-article="{target.pk}" href="/x/">x</a></p><figure data-image="{picture.pk}"></figure>'
        article = make_article(f"No {number}", tags=("Noir", "Venice"), lead_image=picture, body=body)
        Correction.objects.create(article=article, text="It was Tuesday.")
        article.publish()

    def queries() -> int:
        client.get(f"{page}feed/")
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{page}feed/").status_code == 200
        return len(found)

    target = make_article("Target")
    target.publish(at=timezone.now() - timedelta(days=1))
    publish(0)
    once = queries()
    for number in range(1, 30):
        publish(number)
    assert queries() == once <= 8
    assert len(rss(client, f"{page}feed/")) == 20


def test_an_empty_paper_has_feeds_whose_bytes_rest(db: None, film: Section, client: Client) -> None:
    for address in ("/feed/", "/feed/atom/", "/feed/json/", "/film/feed/atom/", "/corrections/feed/json/"):
        assert client.get(address).content == client.get(address).content
    assert client.get("/feed/json/").json()["items"] == []


# --- addresses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tail", TAILS)
def test_old_feeds_lead_to_the_new(rich: Article, client: Client, tail: str) -> None:
    section, author = Section.objects.get(), rich.bylines.get().author
    section.slug, author.slug = "cinema", "ines"
    section.save()
    author.save()
    for old, new in (("film", "cinema"), ("authors/ines-duarte", "authors/ines")):
        answer = client.get(f"/{old}/{tail}")
        assert (answer.status_code, answer["Location"]) == (301, f"/{new}/{tail}")
        assert client.get(answer["Location"]).status_code == 200


def test_no_article_takes_the_address_of_a_feed(make_article: Any, client: Client) -> None:
    given, made = make_article("A given slug", slug="feed"), make_article("Feed")
    assert {given.slug, made.slug} == {"feed-2", "feed-3"}
    given.publish()
    assert client.get("/film/feed-2/").status_code == 200
    assert client.get("/film/feed/")["Content-Type"].startswith("application/rss")


def test_pages_name_their_feeds_and_the_site_s(rich: Article, client: Client) -> None:
    for page in [*PAGES, "/film/story/"]:
        html = client.get(page).content.decode()
        own = "/film/" if page == "/film/story/" else page
        for tail, form in zip(TAILS, FORMS, strict=True):
            assert f'href="{own}{tail}"' in html and f'type="{form.type}"' in html, (page, tail)
        assert 'href="/feed/"' in html, page


@pytest.mark.parametrize(
    "address",
    ["/feed/xml/", "/feed/atom/feed/", "/nothing/feed/", "/authors/nobody/feed/", "/tags/none/feed/json/", "/feed/%00/",
     "/film/feed/%E2%80%A8/", "/" + "x" * 9000 + "/feed/", "/tags/" + "+".join("abc") * 999 + "/feed/"],
)  # fmt: skip
def test_what_is_no_feed_is_not_found(film: Section, client: Client, address: str) -> None:
    assert client.get(address).status_code in {400, 404}


# --- valid ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_rss_is_valid(rich: Article, client: Client, settings: Any, page: str) -> None:
    settings.WEBSUB_HUBS = ["https://hub.example.org/"]
    valid(etree.XMLSchema(etree.parse(schema("rss-2_0.xsd"))), client.get(f"{page}feed/").content)


@pytest.mark.parametrize("page", PAGES)
def test_atom_is_valid(rich: Article, client: Client, settings: Any, page: str) -> None:
    settings.WEBSUB_HUBS = ["https://hub.example.org/"]
    rnc2rng = pytest.importorskip("rnc2rng", reason="lxml reads RELAX NG's compact syntax only by rnc2rng")
    # It writes the absence of a namespace as a prefix, which XML forbids; nothing refers to it.
    grammar = rnc2rng.dumps(rnc2rng.load(str(schema("atom.rnc")))).replace('xmlns:local=""', "")
    valid(etree.RelaxNG(etree.fromstring(grammar.encode())), client.get(f"{page}feed/atom/").content)


def schema(name: str) -> Path:
    if not (SCHEMAS / name).exists():
        pytest.skip("the shared schemas are not here")
    return SCHEMAS / name


def valid(against: Any, document: bytes) -> None:
    against.assertValid(etree.fromstring(document))
