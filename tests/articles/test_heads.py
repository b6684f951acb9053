"""What every page says of itself: to browsers, to search engines, to who shares it. Page by page."""

import json
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Byline, Correction, Tag
from authors.models import Author
from images.models import Image
from newsroom.models import SiteIdentity
from tests.articles.heads import Read, read
from tests.conftest import SHARED, jpeg

pytestmark = pytest.mark.django_db

ORIGIN = "http://127.0.0.1:8000"
HOSTILE = "</script><script>alert(1)</script><!-- \u2028\u2029 ]]> \u202etfel\u202c & \"'"


@pytest.fixture
def site() -> SiteIdentity:
    one = SiteIdentity(name="The Interval", tagline="Between the acts", description="A magazine.")
    one.social_links = [{"url": "https://example.com/interval", "title": "Elsewhere"}]
    one.save()
    return one


@pytest.fixture
def article(site: SiteIdentity, make_article: Any, author: Author) -> Article:
    """Published, with all that can be told of one."""
    author.links = [{"url": "https://example.com/ines", "title": "Elsewhere"}]
    author.portrait = Image.objects.create(file=jpeg(400, 400), title="Inês", alt="Portrait of Inês")
    author.save()
    picture = Image.objects.create(file=jpeg(1600, 1200), title="Seats", alt="Rows of red seats")
    one: Article = make_article(
        "The sea rises", slug="sea", standfirst="Why?", tags=("Noir", "Venice"), lead_image=picture
    )
    Byline.objects.create(article=one, author=Author.objects.create(name="Kit"), role="photographer", position=1)
    Correction.objects.create(article=one, text="It was Tuesday.")
    one.publish(at=timezone.now() - timedelta(days=2))
    return one


# address: schema.org's name of such a page, its title, Open Graph's type of it
PAGES = {
    "/": ("WebSite", "The Interval: Between the acts", "website"),
    "/film/": ("CollectionPage", "Film · The Interval", "website"),
    "/film/sea/": ("NewsArticle", "The sea rises · The Interval", "article"),
    "/tags/noir/": ("CollectionPage", "Noir · The Interval", "website"),
    "/tags/noir+venice/": ("CollectionPage", "Noir and Venice · The Interval", "website"),
    "/authors/ines-duarte/": ("ProfilePage", "Inês Duarte · The Interval", "profile"),
    "/corrections/": ("CollectionPage", "Corrections · The Interval", "website"),
}


@pytest.mark.parametrize("address", PAGES)
def test_each_kind_of_page_says_what_it_is(client: Client, article: Article, address: str) -> None:
    kind, title, og_type = PAGES[address]
    page = read(client, address)
    assert page.title == title
    assert page.canonical == page.meta("og:url") == ORIGIN + address
    assert page.meta("og:type") == og_type
    assert page.meta("og:site_name") == "The Interval"
    assert page.meta("description") == page.meta("og:description") != ""
    assert page.meta("robots") == "max-image-preview:large"
    assert page.meta("og:locale") == "en_GB"
    picture = page.meta("og:image")
    assert picture is not None and picture.startswith(ORIGIN) and page.meta("og:image:width")
    assert page.meta("twitter:card") == "summary_large_image"
    languages = {link["hreflang"]: link["href"] for link in page.links("alternate") if "hreflang" in link}
    assert languages == dict.fromkeys(("en-GB", "x-default"), ORIGIN + address)
    assert page.node(kind)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_but_the_first_says_the_way_to_it(client: Client, article: Article, address: str) -> None:
    crumbs = [node for node in read(client, address).graph if node["@type"] == "BreadcrumbList"]
    if address == "/":
        assert not crumbs
        return
    steps = crumbs[0]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[0]["item"] == f"{ORIGIN}/" and steps[-1]["item"] == ORIGIN + address
    assert all(step["name"] for step in steps)


def test_an_article_has_all_that_google_asks_for(client: Client, article: Article) -> None:
    """https://developers.google.com/search/docs/appearance/structured-data/article and …/breadcrumb."""
    node = read(client, "/film/sea/").node("NewsArticle")
    assert node["headline"] == "The sea rises" and node["description"] == "Why?"
    assert node["mainEntityOfPage"] == f"{ORIGIN}/film/sea/"
    assert node["datePublished"] == node["dateModified"]
    assert node["author"] == [
        {
            "@type": "Person",
            "name": "Inês Duarte",
            "url": f"{ORIGIN}/authors/ines-duarte/",
            "jobTitle": "Critic",
            "image": node["author"][0]["image"],
            "sameAs": ["https://example.com/ines"],
        }
    ]  # who took the pictures did not write it
    assert (node["articleSection"], sorted(node["keywords"])) == ("Film", ["Noir", "Venice"])
    assert (node["inLanguage"], node["isAccessibleForFree"], node["wordCount"]) == ("en-GB", True, 2)
    assert node["correction"][0]["text"] == "It was Tuesday."
    publisher = read(client, "/film/sea/").node("NewsMediaOrganization")
    assert node["publisher"] == {"@id": publisher["@id"]}
    assert publisher["name"] == "The Interval" and publisher["sameAs"] == ["https://example.com/interval"]
    assert publisher["correctionsPolicy"] == f"{ORIGIN}/corrections/"


def test_its_picture_comes_in_three_ratios_1200_wide(client: Client, article: Article) -> None:
    import io

    from django.core.files.storage import default_storage
    from PIL import Image as Pillow

    page = read(client, "/film/sea/")
    sizes = []
    for url in page.node("NewsArticle")["image"]:
        with default_storage.open(url.removeprefix(f"{ORIGIN}/media/")) as file:
            sizes.append(Pillow.open(io.BytesIO(file.read())).size)
    assert sizes == [(1200, 675), (1200, 900), (1200, 1200)]
    assert page.meta("og:image") == page.node("NewsArticle")["image"][0]
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == ("1200", "675")
    assert page.meta("og:image:alt") == "Rows of red seats"


def test_the_logo_is_told_once_there_is_one(client: Client, article: Article, site: SiteIdentity) -> None:
    site.logo = jpeg(80, 40)
    site.save()
    logo = read(client, "/film/sea/").node("NewsMediaOrganization")["logo"]
    assert logo["url"].startswith(f"{ORIGIN}/media/identity/logo-")


def test_the_front_page_tells_how_to_search(client: Client, article: Article) -> None:
    action = read(client, "/").node("WebSite")["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{ORIGIN}/search/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


@pytest.mark.parametrize("address", ["/", "/film/", "/tags/noir/", "/authors/ines-duarte/"])
def test_a_list_tells_what_it_lists_in_its_order(
    client: Client, article: Article, make_article: Any, address: str
) -> None:
    make_article("Newer", slug="newer", tags=("Noir",)).publish()
    nodes = read(client, address).graph
    [listed] = [one for node in nodes for one in (node, node.get("mainEntity") or {}) if one.get("@type") == "ItemList"]
    assert [(one["position"], one["url"]) for one in listed["itemListElement"]] == [
        (1, f"{ORIGIN}/film/newer/"), (2, f"{ORIGIN}/film/sea/"),
    ]  # fmt: skip


def test_each_page_of_a_list_is_its_own_canonical_one(
    client: Client, article: Article, make_article: Any, settings: Any
) -> None:
    settings.PAGE_SIZE = 1
    make_article("Newer", slug="newer", tags=("Noir",)).publish()
    for address, title in (
        ("/", "The Interval, page 2"), ("/film/", "Film, page 2 · The Interval"),
        ("/tags/noir/", "Noir, page 2 · The Interval"), ("/authors/ines-duarte/", "Inês Duarte, page 2 · The Interval"),
    ):  # fmt: skip
        page = read(client, f"{address}?page=2")
        assert page.canonical == page.meta("og:url") == f"{ORIGIN}{address}?page=2"
        assert page.title == title


def test_what_search_engines_shall_not_list_says_so(client: Client, article: Article) -> None:
    article.tags.set(["A", "B", "C"])
    article.publish()
    page = read(client, "/tags/a+b+c/")
    assert page.meta("robots") == "noindex" and not [one for one in page.links("alternate") if "hreflang" in one]
    response = client.get("/nowhere/")
    assert response.status_code == 404
    lost = Read(response.content.decode())
    assert lost.meta("robots") == "noindex" and not lost.links("canonical") and not lost.graph


def test_what_first_appeared_elsewhere_sends_search_engines_there(client: Client, article: Article) -> None:
    article.canonical_url = "https://elsewhere.example/sea"
    article.save()
    article.publish()
    page = read(client, "/film/sea/")
    assert page.canonical == page.node("NewsArticle")["mainEntityOfPage"] == "https://elsewhere.example/sea"
    assert page.meta("og:url") == f"{ORIGIN}/film/sea/"
    assert not [one for one in page.links("alternate") if "hreflang" in one]


def test_a_long_headline_stands_alone_in_the_title(client: Client, make_article: Any, site: SiteIdentity) -> None:
    long = "Nobody who has seen the end of this film can be brought to talk about it"
    make_article(long, slug="long").publish()
    assert read(client, "/film/long/").title == long


def test_an_article_carries_its_own_language(client: Client, article: Article) -> None:
    article.language = "ar-eg"
    article.save()
    article.publish()
    page = read(client, "/film/sea/")
    assert page.node("NewsArticle")["inLanguage"] == "ar-EG"
    assert {one["hreflang"] for one in page.links("alternate") if "hreflang" in one} == {"ar-EG", "x-default"}
    assert page.meta("og:locale") == "ar_EG"
    assert 'lang="ar-EG" dir="rtl"' in page.html


# --- kinds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("", "NewsArticle"), ("feature", "NewsArticle"), ("analysis", ["NewsArticle", "AnalysisNewsArticle"]),
        ("opinion", ["NewsArticle", "OpinionNewsArticle"]), ("review", ["NewsArticle", "ReviewNewsArticle"]),
        ("live", ["NewsArticle", "LiveBlogPosting"]),
    ],
)  # fmt: skip
def test_machines_are_told_the_kind(client: Client, make_article: Any, kind: str, types: Any) -> None:
    make_article(slug="a", kind=kind).publish()
    assert read(client, "/film/a/").node("NewsArticle")["@type"] == types


@pytest.mark.parametrize(("halves", "stars"), [(7, 3.5), (10, 5), (None, None)])
def test_a_review_tells_what_it_rates_and_its_stars(client: Client, make_article: Any, halves: Any, stars: Any) -> None:
    make_article(slug="a", kind="review", reviewed="Tidewrack", reviewed_kind="VideoGame", rating=halves).publish()
    node = read(client, "/film/a/").node("Review")
    assert node["itemReviewed"] == {"@type": "VideoGame", "name": "Tidewrack"}
    assert node["author"][0]["name"] and node["datePublished"]
    rating = node.get("reviewRating")
    assert (rating and (rating["ratingValue"], rating["bestRating"])) == (stars and (stars, 5))


def test_live_coverage_tells_its_updates_the_newest_first(client: Client, make_article: Any) -> None:
    body = (
        '<section data-update="2026-11-25T18:05:00Z"><h3>Doors open</h3><p>They are in.</p></section>'
        '<section data-update="2026-11-25T20:00:00+01:00"><p>It begins.</p></section>'
    )
    make_article(slug="a", kind="live", body=body).publish(at=timezone.now() - timedelta(days=9000))
    page = read(client, "/film/a/")
    node = page.node("LiveBlogPosting")
    assert [(one["headline"], one["datePublished"]) for one in node["liveBlogUpdate"]] == [
        ("It begins.", "2026-11-25T20:00:00+01:00"), ("Doors open", "2026-11-25T18:05:00+00:00"),
    ]  # fmt: skip
    assert node["coverageStartTime"] == node["datePublished"]
    for one in node["liveBlogUpdate"]:
        assert f'id="{one["url"].partition("#")[2]}"' in page.html


# --- what must not happen -----------------------------------------------------------------------------------------


def test_no_text_breaks_out_of_the_data(client: Client, make_article: Any, author: Author, film: Any) -> None:
    for thing in (author, film):
        thing.name = HOSTILE[:80]
        thing.save()
    SiteIdentity(name=HOSTILE[:80], description=HOSTILE).save()
    article = make_article(HOSTILE + "x" * (200 - len(HOSTILE)), slug="a", standfirst=HOSTILE, tags=("Noir",))
    Correction.objects.create(article=article, text=HOSTILE)
    article.publish()
    Tag.objects.update(name=HOSTILE, description=HOSTILE)
    for address in (article.public_url(), "/", film.get_absolute_url(), author.get_absolute_url(), "/tags/noir/", "/corrections/"):  # fmt: skip
        page = read(client, address)
        assert page.graph, address
        data = page.html.split("ld+json")[1].partition(">")[2].partition("</script>")[0]
        assert data.isascii() and not set("<>&") & set(data), address
        assert "<script>alert" not in page.html
    assert "alert(1)" in read(client, article.public_url()).node("NewsArticle")["headline"]


def test_a_page_s_head_asks_the_database_for_nothing(
    client: Client, article: Article, django_assert_num_queries: Any
) -> None:
    from articles.pages.article import ArticlePage
    from articles.pages.head import head_of_article

    live = article.published_versions.select_related("section", "lead_image").get()
    page = ArticlePage(live, list(live.bylines.select_related("author__portrait")), list(live.tags.all()), list(live.corrections.all()))  # fmt: skip
    page.authors  # noqa: B018  # as the view has it
    client.get("/")  # the site's identity is remembered
    with django_assert_num_queries(0):
        head = head_of_article(live, page.writers, page.corrections, page.tags)
        assert head.json_ld and head.canonical and head.full_title


# --- against the vocabulary ---------------------------------------------------------------------------------------

VOCABULARY = SHARED / "data/schemas/schemaorg-all-https.jsonld"
SCHEMA = "schema:"


@cache
def vocabulary() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The types above each type, and the types that have each property."""
    above: dict[str, set[str]] = {}
    domains: dict[str, set[str]] = {}
    for one in json.loads(VOCABULARY.read_text())["@graph"]:
        name = one["@id"].removeprefix(SCHEMA)
        if "rdfs:Class" in _many(one["@type"]):
            above[name] = _names(one.get("rdfs:subClassOf", []))
        elif "rdf:Property" in _many(one["@type"]):
            domains[name] = _names(one.get("schema:domainIncludes", []))
    return above, domains


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _names(value: Any) -> set[str]:
    return {one["@id"].removeprefix(SCHEMA) for one in _many(value)}


def all_above(kind: str) -> set[str]:
    above = vocabulary()[0]
    assert kind in above, f"schema.org has no type {kind}"
    return {kind}.union(*(all_above(one) for one in above[kind] if one in above))


def check(node: dict[str, Any], names: set[str]) -> None:
    """Every type and every property is schema.org's, and the property one of the type. Every @id named is there."""
    kinds = set().union(*(all_above(kind) for kind in _many(node["@type"]))) if "@type" in node else set()
    if not kinds:
        assert set(node) == {"@id"} and node["@id"] in names, node
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if not name.endswith("-input"):  # an annotation of a property of an action
            assert kinds & vocabulary()[1].get(name, set()), f"{node['@type']} has no {name}"
        for one in _many(value):
            if isinstance(one, dict):
                check(one, names)


@pytest.mark.skipif(not VOCABULARY.exists(), reason="schema.org's vocabulary is not beside the project")
@pytest.mark.parametrize("address", [*PAGES, "/film/review/", "/film/live/"])
def test_every_word_is_in_the_vocabulary(client: Client, article: Article, make_article: Any, address: str) -> None:
    update = '<section data-update="2026-11-25T18:05:00Z"><p>They are in.</p></section>'
    make_article("R", slug="review", kind="review", reviewed="It", reviewed_kind="Book", rating=9).publish()
    make_article("L", slug="live", kind="live", body=update).publish()
    graph = read(client, address).graph
    names = {node["@id"] for node in graph if "@id" in node}
    for node in graph:
        check(node, names)
