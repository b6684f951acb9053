"""/tags/a+b/: what bears all of these tags."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from articles.models import Tag
from articles.models.tags import company as tag_company
from articles.models.tags.company import about_all
from articles.models.tags.order.merging import begin_merge
from articles.models.tags.order.retiring import retire
from articles.models.tags.order.working import go_on
from newsroom.models import Redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(make_article):
    for headline, tags in (
        ("All", ("Film", "Noir", "Venice")), ("Two", ("Noir", "Venice")), ("One", ("Venice",)), ("Other", ("Film",)),
    ):  # fmt: skip
        make_article(headline, tags=tags).publish()


def headlines(client, address):
    return [one.headline for one in client.get(address).context["page"].items]


def test_only_what_bears_all_of_them_newest_first(client, three):
    assert headlines(client, "/tags/noir+venice/") == ["Two", "All"]
    assert headlines(client, "/tags/film+noir+venice/") == ["All"]


def test_each_tag_can_be_taken_away_again(client, three):
    page = client.get("/tags/film+noir+venice/").content.decode()
    assert "<h1>Film, Noir and Venice</h1>" in page
    for without, name in (
        ("/tags/noir+venice/", "Film"),
        ("/tags/film+venice/", "Noir"),
        ("/tags/film+noir/", "Venice"),
    ):
        assert (
            f'href="{without}"><span aria-hidden="true">×</span><span class="visually-hidden">Without {name}<' in page
        )
    assert 'href="/tags/venice/"' in client.get("/tags/noir+venice/").content.decode()


def test_more_than_two_are_not_for_search_engines(client, three):
    robots = '<meta name="robots" content="noindex">'
    two, all_three = (client.get(f"/tags/{slugs}/").content.decode() for slugs in ("noir+venice", "film+noir+venice"))
    assert robots in all_three and robots not in two
    assert '<link rel="canonical" href="http://127.0.0.1:8000/tags/noir+venice/">' in two


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("venice+noir", "/tags/noir+venice/"),
        ("noir+venice+noir", "/tags/noir+venice/"),
        ("venice+noir+film+film+noir", "/tags/film+noir+venice/"),
        ("noir+noir", "/tags/noir/"),
        ("venezia+noir", "/tags/noir+venice/"),
        ("noir+serenissima", "/tags/noir+venice/"),
        ("venezia+venice", "/tags/venice/"),
        ("venice%2Bnoir", "/tags/noir+venice/"),
    ],
)
@pytest.mark.parametrize("rest", ["", "feed/"])
def test_any_other_way_to_write_them_leads_to_the_one_address(client, three, asked, right, rest):
    """Another order, a slug twice, the slug of a tag that was renamed, of one that was merged and renamed before."""
    venice = Tag.objects.get(slug="venice")
    merged = Tag.objects.create(name="La Serenissima", slug="la-serenissima", merged_into=venice)
    Redirect.remember(["/tags/venezia/"], venice.key)
    Redirect.remember(["/tags/serenissima/"], merged.key)
    answer = client.get(f"/tags/{asked}/{rest}?page=1")
    assert (answer.status_code, answer["Location"]) == (301, f"{right}{rest}?page=1")
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "slugs",
    [
        "noir+unknown", "unknown+other", "film+noir+venice+stage", "noir+", "+noir", "noir++venice", "+", "++",
        "noir venice", "noir%20venice", "noir+%20", "+".join(["noir"] * 11), "+".join(["noir", "venice"] * 5000), "+" * 9000,
        "noir+%00", "noir+<script>", "noir+ноч", "新聞+🚀", "noir+" + "x" * 5000, "noir,venice", "noir%252Bvenice", "noir+..",
        "noir+%FF%FE", "noir+' OR 1=1--",
    ],
)  # fmt: skip
@pytest.mark.parametrize("rest", ["", "feed/"])
def test_what_is_no_such_page_is_answered_in_words(client, three, make_article, slugs, rest):
    make_article("Four", tags=("Film", "Noir", "Venice", "Stage")).publish()
    answer = client.get(f"/tags/{slugs if '%' in slugs else quote(slugs, safe='+')}/{rest}")
    assert answer.status_code == (400 if "%00" in slugs else 404)
    assert "t find that page" in answer.content.decode() or answer.status_code == 400


def test_slugs_of_every_script_work(client, make_article):
    make_article(tags=("Ночь", "新聞", "São Paulo")).publish()
    slugs = sorted(tag.slug for tag in Tag.objects.all())
    assert client.get(f"/tags/{'+'.join(slugs)}/").status_code == 200
    assert client.get(f"/tags/{quote('+'.join(slugs))}/").status_code == 200


@pytest.mark.parametrize("fields", [{"is_hidden": True}, {"retired_at": timezone.now()}])
@pytest.mark.parametrize("rest", ["", "feed/"])
def test_tags_that_readers_do_not_see_are_not_found_in_any_order(client, three, fields, rest):
    assert client.get(f"/tags/noir+venice/{rest}").status_code == 200
    Tag.objects.filter(name="Noir").update(**fields)
    for slugs in ("noir+venice", "venice+noir", "noir+noir"):
        assert client.get(f"/tags/{slugs}/{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["", "feed/"])
def test_what_only_a_secret_bears_is_not_found_nor_led_to(client, three, make_article, rest):
    secret = make_article(tags=("Venice", "Coup"))
    make_article("Also", tags=("Coup d'état",))
    Tag.objects.filter(name="Coup d'état").update(merged_into=Tag.objects.get(name="Coup"))
    secret.publish(at=timezone.now() + timedelta(hours=1))
    for slugs in (
        "coup+venice",
        "venice+coup",
        "coup+coup",
        "coup-d-etat+venice",
        "coup-detat+venice",
        "film+venice+coup",
    ):
        assert client.get(f"/tags/{slugs}/{rest}").status_code == 404
    secret.publish()
    assert client.get(f"/tags/coup+venice/{rest}").status_code == 200
    secret.withdraw()
    assert client.get(f"/tags/coup+venice/{rest}").status_code == 404


def test_a_redirect_written_by_hand_tells_of_no_secret_tag(client, three, make_article):
    make_article(tags=("Venice", "Coup"))
    for number, target in enumerate(
        ("/tags/coup+venice/", "/tags/coup/feed/", "/tags/coup+venice/feed/", "/tags/coup/")
    ):
        Redirect.objects.create(path=f"/old-{number}/", target=target)
        assert client.get(f"/old-{number}/").status_code == 404, target
    Redirect.objects.create(path="/old/", target="/tags/noir+venice/")
    assert client.get("/old/").status_code == 301


@pytest.mark.parametrize("count", [1, 40])
def test_they_cost_three_queries_with_one_article_as_with_forty(client, make_article, count, django_assert_num_queries):
    for number in range(count):
        make_article(f"Number {number}", tags=("Noir", "Venice", "Film")).publish()
    client.get("/tags/noir+venice/")
    with django_assert_num_queries(3):
        client.get("/tags/noir+venice/")
    with django_assert_num_queries(5):
        client.get("/tags/film+noir+venice/feed/")


def test_pages_never_repeat_or_leave_out(client, make_article, settings):
    settings.PAGE_SIZE = 4
    for number in range(10):
        make_article(f"Number {number}", tags=("Noir", "Venice")).publish()
        make_article(f"Between {number}", tags=("Venice",)).publish()
    seen = [headline for page in (1, 2, 3) for headline in headlines(client, f"/tags/noir+venice/?page={page}")]
    assert seen == [f"Number {number}" for number in reversed(range(10))]
    for page in ("4", "0", "x", "9" * 20, "%00"):
        assert client.get(f"/tags/noir+venice/?page={page}").status_code in {400, 404}


def test_where_all_are_common_only_the_newest_of_the_rarest_are_looked_through(make_article, monkeypatch):
    for number in range(10):
        article = make_article(f"Number {number}", tags=("Noir", "Venice") if number % 2 else ("Venice",))
        article.publish(at=timezone.now() - timedelta(days=number, seconds=1))
    tags = list(Tag.objects.all())
    assert [one.headline for one in about_all(tags)] == [f"Number {number}" for number in (1, 3, 5, 7, 9)]
    monkeypatch.setattr(tag_company, "LONGEST_WALK", 2)
    assert [one.headline for one in about_all(tags)] == ["Number 1", "Number 3"]


def test_the_feed_of_two_has_what_bears_both(client, three):
    answer = client.get("/tags/noir+venice/feed/")
    text = answer.content.decode()
    assert "Two" in text and "All" in text and "Other" not in text
    assert "Noir and Venice</title>" in text and 'href="http://127.0.0.1:8000/tags/noir+venice/feed/"' in text
    assert {tag.list_key for tag in Tag.objects.exclude(name="Film")} <= set(answer["Surrogate-Key"].split())


def test_what_the_verbs_of_order_leave_behind_is_answered(client, three):
    """Page, feed and company of a tag that is merged, renamed, retired, through the verbs themselves."""
    noir, film = Tag.objects.get(name="Noir"), Tag.objects.get(name="Film")
    for act in begin_merge([film], into=noir):
        go_on(act)
    for old, new in (
        ("film", "noir"),
        ("film/feed", "noir/feed"),
        ("film+venice", "noir+venice"),
        ("film+noir", "noir"),
    ):
        answer = client.get(f"/tags/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, f"/tags/{new}/"), old
        assert client.get(answer["Location"]).status_code == 200
    retire(Tag.objects.get(name="Noir"))
    for address, status in (
        ("noir", 410),
        ("noir/feed", 410),
        ("film", 410),
        ("noir+venice", 404),
        ("film+venice", 404),
    ):
        assert client.get(f"/tags/{address}/").status_code == status, address
