"""The page of a tag, and its feed."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles.models import Tag
from articles.models.tags.order.renaming import rename
from articles.models.tags.order.retiring import retire
from articles.models.tags.order.working import undo
from images.models import Image
from newsroom.models import Redirect
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def venice(make_article, picture):
    """On three articles, twice beside Festivals, once beside Opera."""
    for number, others in enumerate((("Festivals",), ("Festivals", "Opera"), ())):
        article = make_article(f"Venice {number}", tags=("Venice", *others), lead_image=picture)
        article.publish(at=timezone.now() - timedelta(days=number + 1))
    return Tag.objects.get(name="Venice")


def change(tag, **fields):
    for name, value in fields.items():
        setattr(tag, name, value)
    tag.save()


def test_the_page_tells_what_the_tag_is(client, venice, make_article):
    photograph = Image.objects.create(file=jpeg(1200, 800), title="Canal", alt="A canal at dawn", credit="Noor Aziz")
    make_article("Rome", tags=("Italy",)).publish()
    make_article("An island", tags=("Murano",)).publish()
    change(venice, kind="place", description="The city.", picture=photograph, parent=Tag.objects.get(name="Italy"))
    change(Tag.objects.get(name="Murano"), parent=venice)
    page = client.get("/tags/venice/").content.decode()
    for part in (
        "<h1>Venice</h1>", ">Place<", "The city.", 'alt="A canal at dawn"', "Noor Aziz",
        'Part of <a href="/tags/italy/">Italy</a>', '<a href="/tags/murano/">Murano</a>', "Venice 0", "Venice 2",
        '<link rel="canonical" href="http://127.0.0.1:8000/tags/venice/">', 'property="og:title" content="Venice"',
        'property="og:image:alt" content="A canal at dawn"', '<meta name="description" content="The city.">',
        'type="application/atom+xml" title="Venice (Atom)" href="/tags/venice/feed/atom/"',
    ):  # fmt: skip
        assert part in page, part
    assert "Everything about" in client.get("/tags/murano/").content.decode()  # a topic says nothing of its kind


def test_related_tags_lead_to_the_tag_and_to_both(client, venice):
    page = client.get("/tags/venice/").content.decode()
    assert '<a href="/tags/festivals/">Festivals</a>' in page
    assert 'href="/tags/festivals+venice/"' in page
    assert "Opera" not in page.split("Often together")[1]  # once is chance


def names_beside(client, slug):
    return [one["tag"].name for one in client.get(f"/tags/{slug}/").context["beside"]]


def test_what_is_on_everything_is_near_to_nothing(client, make_article):
    for number in range(12):
        tags = ("Reviews", "Venice", "Gondolas") if number < 3 else ("Reviews",)
        make_article(f"Number {number}", tags=tags).publish()
    assert names_beside(client, "venice") == ["Gondolas", "Reviews"]


def test_of_related_tags_at_most_eight_are_shown_and_none_that_readers_do_not_see(client, make_article):
    names = tuple(f"T{number}" for number in range(12))
    for number in range(2):
        make_article(f"Number {number}", tags=("Venice", *names)).publish()
    Tag.objects.filter(name="T0").update(is_hidden=True)
    Tag.objects.filter(name="T1").update(retired_at=timezone.now())
    Tag.objects.filter(name="T2").update(merged_into=Tag.objects.get(name="T3"))
    assert names_beside(client, "venice") == [f"T{number}" for number in range(3, 11)]


def test_only_live_articles_count_for_what_is_related(client, make_article, venice):
    for number in range(2):
        make_article(f"Draft {number}", tags=("Venice", "Drafts"))
        make_article(f"Later {number}", tags=("Venice", "Plans")).publish(at=timezone.now() + timedelta(hours=1))
        gone = make_article(f"Gone {number}", tags=("Venice", "Gone"))
        gone.publish()
        gone.withdraw()
    page = client.get("/tags/venice/")
    assert [one["tag"].name for one in page.context["beside"]] == ["Festivals"]
    assert len(page.context["page"].items) == 3


def test_a_part_that_no_live_article_bears_is_not_named(client, make_article, venice):
    make_article("Secret", tags=("Lido",))
    make_article("Later", tags=("Arsenal",)).publish(at=timezone.now() + timedelta(hours=1))
    Tag.objects.filter(name__in=["Lido", "Arsenal"]).update(parent=venice)
    answer = client.get("/tags/venice/")
    assert not answer.context["children"]
    change(venice, parent=Tag.objects.get(name="Lido"))
    assert client.get("/tags/venice/").context["parent"] is None


@pytest.mark.parametrize("count", [1, 40])
def test_a_page_costs_eight_queries_whatever_is_on_it(client, make_article, picture, count, django_assert_num_queries):
    for number in range(count):
        tags = ("Venice", *(f"T{other}" for other in range(count)))
        make_article(f"Number {number}", tags=tags, lead_image=picture).publish()
    Tag.objects.filter(name__in=[f"T{number}" for number in range(20, 40)]).update(
        parent=Tag.objects.get(name="Venice")
    )
    change(Tag.objects.get(name="Venice"), picture=picture)
    client.get("/tags/venice/")
    # the tag and its picture, the numbers of the cards, the cards, their bylines; its family; its company's numbers, their names, what is planned of them
    with django_assert_num_queries(8 if count > 1 else 6):
        assert client.get("/tags/venice/").status_code == 200


@pytest.mark.parametrize("address", ["/tags/venice/", "/tags/venice/feed/"])
def test_hidden_is_not_found_retired_is_gone_and_merged_leads_on(client, venice, address):
    assert client.get(address).status_code == 200
    change(venice, is_hidden=True)
    assert client.get(address).status_code == 404
    change(venice, is_hidden=False, retired_at=timezone.now())
    answer = client.get(address)
    assert answer.status_code == 410 and "no longer keep this subject" in answer.content.decode()
    assert "noindex" in answer["X-Robots-Tag"]
    festivals = Tag.objects.get(name="Festivals")
    change(venice, retired_at=None, merged_into=festivals)
    assert client.get(address).status_code == 404
    Redirect.remember(["/tags/venice/"], festivals.key)
    if "feed" not in address:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, "/tags/festivals/")


@pytest.mark.parametrize("address", ["/tags/venice/", "/tags/venice/feed/"])
def test_a_tag_that_is_only_on_what_readers_do_not_see_is_as_if_it_was_not(client, make_article, address):
    article = make_article(tags=("Venice",))
    assert client.get(address).status_code == 404
    Tag.objects.update(retired_at=timezone.now())
    assert client.get(address).status_code == 404  # not gone: that would tell that there is such a tag
    Tag.objects.update(retired_at=None)
    article.publish(at=timezone.now() + timedelta(hours=1))
    assert client.get(address).status_code == 404


def test_the_pages_keys_are_of_all_that_it_names(client, venice, make_article, picture):
    make_article("Rome", tags=("Italy",)).publish()
    change(venice, parent=Tag.objects.get(name="Italy"), picture=picture)
    keys = set(client.get("/tags/venice/")["Surrogate-Key"].split())
    named = {Tag.objects.get(name=name).key for name in ("Venice", "Italy", "Festivals")}
    assert named | {venice.list_key, picture.key} <= keys


def stamped(client, address, act):
    """Does this act put the page of that address out of date?"""
    from newsroom.pagecache import stamps

    keys = client.get(address)["Surrogate-Key"].split()
    before = stamps().read(keys)
    act()
    return stamps().read(keys) != before


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    def run(act):
        with django_capture_on_commit_callbacks(execute=True):
            act()

    return run


def test_a_part_is_named_and_names_its_whole_from_the_first_article_on(client, venice, make_article, committing):
    """Also when its tags were put in order before: a copy that a shared cache keeps is told."""
    page = venice.get_absolute_url()
    murano, first = Tag.objects.named(["Murano"])[0], make_article(tags=("Murano",))
    change(murano, parent=venice)
    assert stamped(client, page, lambda: committing(first.publish)) and "Murano" in client.get(page).content.decode()
    assert (
        stamped(client, page, lambda: committing(first.withdraw)) and "Murano" not in client.get(page).content.decode()
    )
    first.publish()
    act = retire(murano)
    assert "Murano" not in client.get(page).content.decode()
    assert (
        stamped(client, page, lambda: committing(lambda: undo(act))) and "Murano" in client.get(page).content.decode()
    )
    change(murano, parent=None)
    assert stamped(client, page, lambda: committing(lambda: change(murano, parent=venice)))


def test_the_whole_is_named_from_its_first_article_on(client, venice, make_article, committing):
    (world,) = Tag.objects.named(["World"])
    change(venice, parent=world)
    page, first = venice.get_absolute_url(), make_article(tags=("World",))
    assert "Part of" not in client.get(page).content.decode()
    assert stamped(client, page, lambda: committing(first.publish)) and "Part of" in client.get(page).content.decode()


def test_an_old_address_of_what_shows_nothing_now_is_not_found(client, venice, make_article):
    """Gone is what will not come back; tags come and go by themselves. Its name of today is told to nobody meanwhile."""
    article = make_article(tags=("Burano",))
    article.publish()
    (burano,) = Tag.objects.named(["Burano"])
    rename(burano, "Burano", slug="lace")
    rename(burano, "Burano", slug="burano")
    addresses = [
        f"/tags/{slug}/{rest}" for slug in ("lace", "burano") for rest in ("", "feed/", "feed/atom/", "feed/json/")
    ]
    assert [client.get(one).status_code for one in addresses] == [301] * 4 + [200] * 4
    change(burano, is_hidden=True)
    assert [client.get(one).status_code for one in addresses] == [404] * 8
    change(burano, is_hidden=False)
    article.withdraw()
    assert [client.get(one).status_code for one in addresses] == [404] * 8
    article.publish()
    retire(burano)
    assert [client.get(one).status_code for one in addresses] == [410] * 8


# --- the feed ---------------------------------------------------------------------------------------------------------


def entries(answer):
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_the_feed_has_the_newest_with_their_standfirsts(client, make_article, django_assert_num_queries):
    for number in range(33):
        article = make_article(f"Number {number}", standfirst="A < B & <b>C</b>", tags=("Venice",))
        article.publish(at=timezone.now() - timedelta(days=number))
    make_article("Later", tags=("Venice",)).publish(at=timezone.now() + timedelta(hours=1))
    client.get("/tags/venice/feed/atom/")
    with django_assert_num_queries(5):
        answer = client.get("/tags/venice/feed/atom/")
    found = entries(answer)
    assert [one.findtext(f"{ATOM}title") for one in found] == [f"Number {number}" for number in range(20)]
    assert found[0].findtext(f"{ATOM}summary") == "A &lt; B &amp; &lt;b&gt;C&lt;/b&gt;"
    assert found[0].find(f"{ATOM}link").get("href") == "http://127.0.0.1:8000/film/number-0/"
    assert found[0].findtext(f"{ATOM}author/{ATOM}name") == "Inês Duarte"


def test_the_feed_is_answered_like_a_page(client, venice):
    first = client.get("/tags/venice/feed/")
    assert "s-maxage=300," in first["Cache-Control"] and not first.cookies
    assert {venice.key, venice.list_key} <= set(first["Surrogate-Key"].split())
    assert client.get("/tags/venice/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.post("/tags/venice/feed/").status_code == 405


def test_an_entry_is_the_same_one_when_its_article_moves(client, make_article):
    article = make_article("A story", slug="first", tags=("Venice",))
    article.publish()
    [before] = entries(client.get("/tags/venice/feed/atom/"))
    article.slug = "second"
    article.save()
    article.publish()
    [after] = entries(client.get("/tags/venice/feed/atom/"))
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.find(f"{ATOM}link").get("href") != after.find(f"{ATOM}link").get("href")


def test_the_library_knows_that_a_tag_shows_the_picture(venice, picture):
    from images import uses

    change(venice, picture=picture)
    assert ("Venice", "picture of a tag") in [(one.label, one.where) for one in uses.of([picture.pk])[picture.pk]]
