"""Old addresses: where they lead now, or that what they led to is gone."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from newsroom.addresses import is_local
from newsroom.models import Redirect
from newsroom.models.redirects import LONGEST_PATH, decoded

pytestmark = pytest.mark.django_db


def answer(client, address):
    """The status, and where to when it is a redirect."""
    response = client.get(address)
    return (response.status_code, response["Location"]) if "Location" in response else response.status_code


def old(path, target="", **fields):
    return Redirect.objects.create(path=path, target=target, **fields)


def test_a_written_redirect_leads_to_its_target(client):
    old("/2019/05/old-story.html", "/film/new-story/")
    assert answer(client, "/2019/05/old-story.html") == (301, "/film/new-story/")


def test_without_a_target_the_address_is_gone(client):
    old("/2019/old/story/")
    assert answer(client, "/2019/old/story/") == 410


def test_an_unknown_address_is_not_found(client):
    old("/2019/old/story/", "/film/")
    assert answer(client, "/2019/old/storys/") == 404


def test_a_page_that_is_there_always_wins(client, film):
    old("/film/", "/books/")
    assert answer(client, "/film/") == 200


def test_head_is_answered_like_get_and_other_methods_are_not_redirected(client):
    old("/old/story/x/", "/film/")
    assert client.head("/old/story/x/").status_code == 301
    assert client.post("/old/story/x/").status_code == 404


@pytest.mark.parametrize("path", ["/old-story", "/film/old-story", "/old-story.html", "/a/b/c/d"])
def test_an_address_without_a_last_slash_has_one_hop(client, path):
    """Django would add the slash first, and the redirect would never be seen."""
    old(path, "/film/new/")
    assert answer(client, path) == (301, "/film/new/")
    assert answer(client, f"{path}/") == (301, "/film/new/")


def test_a_link_that_lost_its_last_slash_still_arrives(client):
    old("/2019/05/story/", "/film/new/")
    assert answer(client, "/2019/05/story") == (301, "/film/new/")


def test_the_spelling_that_was_asked_for_comes_first(client):
    old("/story/x/y", "/with/out/")
    old("/story/x/y/", "/with/slash/")
    assert answer(client, "/story/x/y") == (301, "/with/out/")
    assert answer(client, "/story/x/y/") == (301, "/with/slash/")


def test_what_moved_or_went_may_come_back_so_browsers_ask_again(client):
    """Chrome keeps a 301 or a 410 for ever when nothing is said about it."""
    old("/moved/to/x/", "/film/")
    old("/gone/to/x/")
    for address in ("/moved/to/x/", "/gone/to/x/"):
        assert client.get(address)["Cache-Control"] == "no-cache"


class TestThings:
    """Redirects that lead to a thing: it is asked where it is now."""

    def test_a_thing_that_moved_is_found_by_every_address_it_had(self, client, make_article):
        article = make_article(slug="one")
        for slug in ("one", "two", "three"):
            article.slug = slug
            article.save()
            article.publish()
        assert answer(client, "/film/one/") == (301, "/film/three/")
        assert answer(client, "/film/two/") == (301, "/film/three/")
        assert answer(client, "/film/three/") == 200

    def test_a_thing_that_went_is_gone_and_comes_back(self, client, make_article):
        article = make_article(slug="one")
        article.publish()
        article.withdraw()
        assert answer(client, "/film/one/") == 410
        article.slug = "two"
        article.save()
        article.publish()
        assert answer(client, "/film/one/") == (301, "/film/two/")

    def test_what_will_be_is_not_known_before(self, client, make_article):
        article = make_article(slug="secret-merger")
        article.publish(at=timezone.now() + timedelta(hours=1))
        assert answer(client, "/film/secret-merger/") == 404
        assert client.get("/film/secret-merger/").content == client.get("/film/no-such-thing/").content

    def test_the_newest_of_several_counts(self, client):
        now = timezone.now()
        old("/a/b/c/", "/first/", since=now - timedelta(days=2), key="")
        old("/a/b/c/", key="article:404", since=now - timedelta(days=1))
        assert answer(client, "/a/b/c/") == 410

    def test_a_kind_that_nobody_knows_is_gone(self, client):
        old("/a/b/c/", key="podcast:1")
        old("/a/b/d/", key="article:x")
        assert answer(client, "/a/b/c/") == answer(client, "/a/b/d/") == 410

    def test_a_page_that_does_not_answer_for_another_reason_is_not_called_gone(self, client, author, make_article):
        make_article().publish()
        author.slug = "another"
        author.save()
        author.slug = "ines-duarte"
        author.save()
        Redirect.remember(["/authors/ines-duarte/"], author.key)
        assert answer(client, "/authors/ines-duarte/") == 200
        assert answer(client, "/authors/ines-duarte/?page=99") == 404


class TestRemembering:
    def rows(self):
        return list(Redirect.objects.order_by("pk").values_list("path", "key"))

    def test_twice_is_once(self):
        Redirect.remember(["/a/"], "article:1")
        Redirect.remember(["/a/"], "article:1")
        Redirect.remember(["/a/"], "article:2")
        assert self.rows() == [("/a/", "article:1"), ("/a/", "article:2")]

    def test_addresses_are_stored_decoded(self):
        Redirect.remember(["/%D0%BA%D0%B8%D0%BD%D0%BE/"], "article:1")
        assert self.rows() == [("/кино/", "article:1")]

    def test_an_address_longer_than_any_of_ours_is_left_out(self, client):
        Redirect.remember(["/" + "x" * LONGEST_PATH], "article:1")
        assert self.rows() == []
        Redirect.remember(["/" + "x" * (LONGEST_PATH - 1)], "article:1")
        assert len(self.rows()) == 1

    def since(self):
        return Redirect.objects.get().since

    def test_a_plan_gives_way_to_what_comes_sooner_and_never_the_other_way(self):
        now = timezone.now()
        Redirect.remember(["/a/"], "article:1", since=now + timedelta(hours=2))
        Redirect.remember(["/a/"], "article:1", since=now + timedelta(hours=1))
        assert self.since() == now + timedelta(hours=1)
        Redirect.remember(["/a/"], "article:1", since=now - timedelta(days=1))
        assert self.since() == now - timedelta(days=1)
        Redirect.remember(["/a/"], "article:1", since=now + timedelta(hours=1))
        assert self.since() == now - timedelta(days=1)

    def test_what_gets_an_address_back_has_it_anew(self):
        now = timezone.now()
        Redirect.remember(["/a/"], "article:1", since=now - timedelta(days=3))
        Redirect.remember(["/a/"], "article:2", since=now - timedelta(days=2))
        assert Redirect.objects.at("/a/").key == "article:2"
        Redirect.remember(["/a/"], "article:1", since=now - timedelta(days=1))
        assert Redirect.objects.at("/a/").key == "article:1"


class TestChainsWrittenByHand:
    def test_a_chain_is_one_hop(self, client):
        old("/a/a/a/", "/b/b/b/")
        old("/b/b/b/", "/c/c/c")
        old("/c/c/c/", "/film/")
        assert answer(client, "/a/a/a/") == (301, "/film/")

    def test_a_chain_to_a_thing_is_one_hop(self, client, make_article):
        article = make_article(slug="one")
        article.publish()
        article.slug = "two"
        article.save()
        article.publish()
        old("/a/a/a/", "/film/one/")
        assert answer(client, "/a/a/a/") == (301, "/film/two/")

    def test_a_chain_to_what_is_gone_is_gone(self, client):
        old("/a/a/a/", "/b/b/b/")
        old("/b/b/b/")
        assert answer(client, "/a/a/a/") == 410

    def test_a_chain_through_an_escaped_target_is_one_hop(self, client):
        old("/a/a/a/", "/%D0%BA%D0%B8%D0%BD%D0%BE/x/y/")
        old("/кино/x/y/", "/film/")
        assert answer(client, "/a/a/a/") == (301, "/film/")

    @pytest.mark.parametrize("length", [1, 2, 3, 9])
    def test_a_loop_is_gone(self, client, length):
        for number in range(length):
            old(f"/loop/x/{number}/", f"/loop/x/{(number + 1) % length}/")
        assert {answer(client, f"/loop/x/{number}/") for number in range(length)} == {410}

    def test_a_chain_into_a_loop_is_gone(self, client):
        old("/in/x/y/", "/loop/x/1/")
        old("/loop/x/1/", "/loop/x/2")
        old("/loop/x/2/", "/loop/x/1")
        assert answer(client, "/in/x/y/") == 410

    def test_a_chain_of_fifty_ends_and_costs_little(self, client, django_assert_max_num_queries):
        for number in range(50):
            old(f"/chain/x/{number}/", f"/chain/x/{number + 1}/")
        client.get("/")  # what every page needs is remembered from here on
        with django_assert_max_num_queries(12):
            assert answer(client, "/chain/x/0/")[0] == 301


class TestAddresses:
    def test_a_cyrillic_address_is_found_as_browsers_send_it(self, client):
        old("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/x/y/", "/film/")
        assert Redirect.objects.get().path == "/новости/x/y/"
        assert answer(client, "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/x/y/") == (301, "/film/")

    def test_a_target_in_another_script_is_sent_escaped(self, client):
        old("/a/a/a/", "/кино/один/")
        assert answer(client, "/a/a/a/") == (301, quote("/кино/один/"))

    def test_what_was_decoded_once_is_not_decoded_twice(self, client):
        old("/100%25ab/x/y/", "/film/")
        assert answer(client, "/100%25ab/x/y/") == (301, "/film/")
        assert answer(client, "/100%2525ab/x/y/") == 404

    def test_an_address_of_a_latin_1_site_is_found(self, client):
        old("/caf%E9/x/y/", "/film/cafe/")
        old("/caf%E8/x/y/", "/film/other/")
        assert answer(client, "/caf%E9/x/y/") == (301, "/film/cafe/")

    def test_a_query_is_part_of_the_address(self, client):
        old("/index.php?id=12&lang=d%C3%A9", "/film/")
        assert answer(client, "/index.php?id=12&lang=d%C3%A9") == (301, "/film/")
        assert answer(client, "/index.php?id=13") == 404

    def test_a_query_that_nobody_wrote_down_does_not_hide_the_address(self, client):
        old("/story/x/y/", "/film/")
        assert answer(client, "/story/x/y/?utm_source=x") == (301, "/film/")

    def test_wordpress_numbers_arrive_at_the_home_page(self, client):
        old("/?p=123", "/film/")
        assert answer(client, "/?p=123") == (301, "/film/")
        assert answer(client, "/?p=124") == 404

    @pytest.mark.parametrize(
        "path",
        [
            "/" + "x" * 8000 + "/",
            "/x/y/z/?" + "q" * 8000,
            "/%ff%fe/x/y/",
            "/%2500/x/y/",
            "/x/y/z/?%2500",
            "/a%0d%0aSet-Cookie:x/y/z/",
            "/%1b[31m/y/z/",
            "//evil.example/x/",
            "/x/%C0%AE%C0%AE/y/",
            "/x/\ud83d/y/".encode("utf-8", "surrogatepass").decode("latin-1"),
        ],
    )
    def test_strange_addresses_are_not_found(self, client, path):
        assert answer(client, path) == 404

    @pytest.mark.parametrize("path", ["/a b/", "/a%20b/", " /a b/ "])
    def test_spellings_of_one_address_are_stored_alike(self, path):
        assert decoded(path) == "/a b/"


class TestTheDesk:
    """What the form says."""

    def save(self, admin_client, **fields):
        since = timezone.localtime()
        data = {"target": "", "since_0": since.date(), "since_1": since.time().isoformat("seconds"), **fields}
        return admin_client.post(reverse("admin:newsroom_redirect_add"), data)

    def errors(self, response):
        assert response.status_code == 200
        return response.context["errors"]

    def test_a_redirect_can_be_written(self, admin_client):
        assert self.save(admin_client, path="/old/story/x/", target="/film/").status_code == 302
        assert answer(admin_client, "/old/story/x/") == (301, "/film/")

    @pytest.mark.parametrize(
        "target",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "/\t/evil.example/",
            "\\\\evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "film/",
            "@evil.example",
        ],
    )
    def test_only_addresses_of_this_site_are_targets(self, admin_client, target):
        assert "one slash" in str(self.errors(self.save(admin_client, path="/old/story/x/", target=target)))
        assert not Redirect.objects.exists()

    @pytest.mark.parametrize("path", ["old/", "https://www.example.org/old/", "?p=1"])
    def test_an_old_address_begins_with_a_slash(self, admin_client, path):
        assert "Begin with a slash" in str(self.errors(self.save(admin_client, path=path)))

    @pytest.mark.parametrize("target", ["/старый/x/y/", "/старый/x/y", quote("/старый/x/y/")])
    def test_an_address_can_not_lead_to_itself(self, admin_client, target):
        response = self.save(admin_client, path="/старый/x/y/", target=target)
        assert "back to itself" in str(self.errors(response))

    def test_a_second_redirect_of_an_address_is_told_at_the_field(self, admin_client):
        old("/старый/x/y/", "/film/")
        response = self.save(admin_client, path=quote("/старый/x/y/"), target="/books/")
        assert "has a redirect already" in str(self.errors(response))

    def test_control_characters_don_t_get_in(self, admin_client):
        assert self.save(admin_client, path="/old/%00x/\x08y/", target="/film/").status_code == 302
        assert Redirect.objects.get().path == "/old/x/y/"

    def test_one_that_follows_a_thing_has_no_target_to_write(self, admin_client):
        followed = old("/a/b/c/", key="article:1")
        page = admin_client.get(reverse("admin:newsroom_redirect_change", args=[followed.pk])).content.decode()
        assert 'name="target"' not in page
        assert "article:1" in page

    def test_the_list_asks_the_same_whatever_its_length(self, admin_client, django_assert_max_num_queries):
        for number in range(30):
            old(f"/{number}/", key=f"article:{number}")
        with django_assert_max_num_queries(6):
            assert admin_client.get(reverse("admin:newsroom_redirect_changelist")).status_code == 200


@pytest.mark.parametrize("address", ["/", "/film/", "/?p=1", "/кино/", "/a//b", "/a\\b", "/a b/"])
def test_an_address_of_this_site_begins_with_one_slash(address):
    assert is_local(address)


@pytest.mark.parametrize(
    "address", ["", "film/", "//x", "/\\x", "\\x", "/\t/x", "/\n/x", "/\r\\x", "/x\n", "https://x/"]
)
def test_what_a_browser_might_take_for_another_site_is_none_of_this(address):
    assert not is_local(address)


def test_what_does_not_go_through_the_form_is_still_decoded():
    assert Redirect.objects.create(path=" /%D0%BA/ ", target=" /x/\n").path == "/к/"
    assert Redirect.objects.get().target == "/x/"


def test_the_model_says_by_field_what_is_wrong():
    with pytest.raises(ValidationError) as refusal:
        Redirect(path="x", target="//y").full_clean()
    assert set(refusal.value.message_dict) == {"path", "target"}
