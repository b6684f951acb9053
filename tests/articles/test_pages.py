"""The readers' pages: what they show, how many queries they cost, what they answer to odd addresses."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles.models import Byline, Correction, PublishedArticle, Section
from images.models import Image
from newsroom.models import SiteIdentity
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole_article(make_article, author, picture):
    """An article with every element of the page."""
    SiteIdentity(name="The Interval", disclosure="We may earn.", disclosure_url="/about/links/").save()
    author.portrait = Image.objects.create(file=jpeg(), title="Portrait", alt="Portrait of Inês")
    author.save()
    for number in range(4):
        make_article(f"Related {number}", tags=("Noir",), lead_image=picture).publish()
    linked = make_article("The linked one", slug="linked", tags=("Noir",))
    linked.publish()
    article = make_article(
        "Every element",
        kicker="Review",
        standfirst="Why read on.",
        tags=("Noir", "Debuts"),
        lead_image=picture,
        lead_image_caption="A caption of this use",
        has_affiliate_links=True,
        recommended_videos=[{"url": "https://www.youtube.com/watch?v=abcdefghijk", "title": "The trailer"}],
        body=(
            "<p>First words.</p><h2>Under it</h2><blockquote>Quoted</blockquote>"
            f'<figure data-image="{picture.pk}" data-alt="In the text" data-align="wide"><figcaption>Cap</figcaption></figure>'
            '<figure data-embed="youtube" data-url="https://www.youtube.com/watch?v=abcdefghijk"></figure>'
            f'<p>See <a data-article="{linked.pk}" href="/x/">this</a>.</p>'
        ),
    )
    Byline.objects.create(article=article, author=author, role=Byline.Role.PHOTOGRAPHER, position=1)
    Correction.objects.create(article=article, text="It was a Tuesday.")
    article.publish()
    return article


def test_the_article_page_shows_every_element(client, whole_article):
    page = client.get("/film/every-element/").content.decode()
    for part in (
        "Every element", "Review", "Why read on.", 'alt="Rows of red seats"', "A caption of this use", "Sam Oyelaran",
        "Inês Duarte", "she/her", "Reads in trains.", "Photographs", "Published", "First words.", 'alt="In the text"',
        "Watch on YouTube", 'href="/film/linked/"', "Recommended videos", "The trailer", "We may earn.", "Learn more",
        'href="/about/links/"', "It was a Tuesday.", 'href="/tags/noir/"', "Related content", "Read article",
        'alt="Portrait of Inês"', '<link rel="canonical" href="http://127.0.0.1:8000/film/every-element/">',
    ):  # fmt: skip
        assert part in page, part
    assert page.count("Read article") == 3


def test_the_article_page_costs_nine_queries_with_everything_on_it(client, whole_article, django_assert_num_queries):
    client.get("/film/every-element/")  # what every page needs is remembered from here on
    with django_assert_num_queries(9):
        assert client.get("/film/every-element/").status_code == 200
    cache.clear()  # the related articles are found anew: six queries, the last for what fills up
    with django_assert_num_queries(15):
        assert client.get("/film/every-element/").status_code == 200


@pytest.mark.parametrize("count", [1, 40])
def test_finding_related_articles_costs_the_same_with_many_tags_as_with_one(
    client, make_article, count, django_assert_num_queries
):
    for number in range(20):
        make_article(f"Number {number}", tags=("T0", f"T{number}")).publish()
    article = make_article("Many", slug="many", tags=tuple(f"T{number}" for number in range(count)))
    article.publish()
    client.get("/film/many/")
    cache.clear()
    with django_assert_num_queries(14 - 1):  # no body pictures
        client.get("/film/many/")


@pytest.mark.parametrize("address", ["/", "/film/", "/authors/ines-duarte/"])
def test_a_list_costs_as_many_queries_with_thirty_articles_as_with_one(
    client, make_article, picture, address, django_assert_max_num_queries
):
    make_article("Only one", tags=("Noir",), lead_image=picture).publish()
    client.get(address)
    with django_assert_max_num_queries(5) as few:
        client.get(address)
    for number in range(30):
        make_article(f"Number {number}", tags=("Noir",), lead_image=picture).publish()
    client.get(address)
    with django_assert_max_num_queries(5) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)


def test_lists_have_pages_that_never_repeat_or_leave_out(client, make_article, settings):
    settings.PAGE_SIZE = 6
    for number in range(14):
        make_article(f"Number {number}").publish()
    seen = []
    for number in (1, 2, 3):
        seen += [card.headline for card in client.get(f"/film/?page={number}").context["page"].items]
    assert sorted(seen) == sorted(f"Number {number}" for number in range(14))
    assert client.get("/film/?page=4").status_code == 404


@pytest.mark.parametrize(
    "page", ["0", "-1", "x", "1.5", "٣", "9" * 20, "1e9", "", " ", "%00", "1%27--", "%F0%9F%98%80", "%FF%FE", "1;2"]
)
@pytest.mark.parametrize("address", ["/", "/film/", "/tags/noir/", "/authors/ines-duarte/"])
def test_any_page_parameter_is_answered(client, make_article, address, page):
    make_article(tags=("Noir",)).publish()
    assert client.get(f"{address}?page={page}&q={page}").status_code in {200, 400, 404}


def test_a_wrong_section_leads_to_the_right_address(client, make_article):
    Section.objects.create(name="Books", slug="books")
    make_article("A story", slug="story").publish()
    response = client.get("/books/story/")
    assert (response.status_code, response["Location"]) == (301, "/film/story/")


def test_an_old_slug_leads_to_the_new_one_in_one_step(client, make_article):
    article = make_article("A story", slug="first")
    for slug in ("second", "third"):
        article.publish()
        article.slug = slug
        article.save()
    article.publish()
    for old in ("first", "second"):
        response = client.get(f"/film/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/film/third/")


def test_a_renamed_section_keeps_all_old_addresses(client, make_article, film):
    make_article("A story", slug="story").publish()
    film.slug = "cinema"
    film.save()
    assert client.get("/film/")["Location"] == "/cinema/"
    assert client.get("/film/story/")["Location"] == "/cinema/story/"


def test_a_section_can_not_take_an_address_of_the_site(db):
    for taken in ("admin", "tags", "authors", "static", "media"):
        with pytest.raises(Exception, match="address of the site"):
            Section(name=taken, slug=taken).full_clean()


def test_a_cyrillic_address_works(client, make_article):
    article = make_article("Ночной поезд")
    article.publish()
    assert article.slug == "ночной-поезд"
    assert client.get(article.get_absolute_url()).status_code == 200


def test_readers_get_no_cookie_and_nothing_varies_by_one(client, make_article, editor):
    make_article(tags=("Noir",)).publish()
    for address in ("/", "/film/", "/film/a-story/", "/tags/noir/", "/authors/ines-duarte/", "/none/"):
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
    client.force_login(editor)
    assert not client.get("/film/a-story/").cookies


def test_pages_carry_the_keys_of_what_they_show(client, whole_article, author, picture):
    keys = set(client.get("/film/every-element/")["Surrogate-Key"].split())
    tags = {f"tag:{tag.pk}" for tag in whole_article.tags.all()}
    assert {whole_article.key, author.key, picture.key, "site", f"section:{whole_article.section_id}"} | tags <= keys


def test_shared_caches_keep_a_page_no_longer_than_until_the_next_change(client, make_article):
    make_article("One").publish()
    assert "s-maxage=300," in client.get("/")["Cache-Control"]
    make_article("Soon").publish(at=timezone.now() + timedelta(seconds=90))
    control = client.get("/")["Cache-Control"]
    assert 80 <= int(control.split("s-maxage=")[1]) <= 90


def test_an_unchanged_page_is_answered_with_304(client, make_article):
    make_article().publish()
    first = client.get("/film/a-story/")
    assert client.get("/film/a-story/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_wordpress_numbers_lead_to_the_article_and_unknown_ones_nowhere(client, make_article):
    from newsroom.models import Redirect

    article = make_article()
    article.publish()
    Redirect.remember(["/?p=123"], article.key)
    assert client.get("/?p=123&utm_source=x")["Location"] == "/film/a-story/"
    assert client.get("/?p=124").status_code == 404
    assert client.get("/?p=abc").status_code == 200


def test_only_reading_is_possible(client, make_article):
    make_article().publish()
    for address in ("/", "/film/", "/film/a-story/"):
        assert client.post(address).status_code == 405


def test_the_home_page_of_an_empty_site_says_so(client, db):
    assert "Nothing is published yet" in client.get("/").content.decode()


def test_hostile_text_is_shown_as_text(client, make_article, author):
    evil = '"><script>alert(1)</script>'
    author.name, author.biography, author.role = evil, evil, evil
    author.save()
    SiteIdentity(name=evil, tagline=evil, disclosure=evil).save()
    article = make_article(
        evil, slug="evil", kicker=evil, standfirst=evil, seo_title=evil, seo_description=evil, tags=(evil,),
        has_affiliate_links=True, body=f"<p>{evil}</p><img src=x onerror=alert(1)>",
        recommended_videos=[{"url": "https://example.org/", "title": evil}],
    )  # fmt: skip
    Correction.objects.create(article=article, text=evil)
    article.publish()
    for address in ("/", "/film/", "/film/evil/", f"/authors/{author.slug}/"):
        page = client.get(address).content.decode()
        assert "<script>" not in page and "alert(1)</script" not in page, address
        assert "onerror" not in page, address


def test_the_kind_of_a_piece_does_not_change_the_size_of_its_card(client, make_article, editor):
    """A feature in a row of small cards is a small card: the sizes are called so, too."""
    from django.template.loader import render_to_string

    make_article("Tide", kind="feature").publish(by=editor)
    card = PublishedArticle.objects.live().cards().get()
    assert "card-feature" not in render_to_string("partials/card.html", {"card": card, "use": "small"})
