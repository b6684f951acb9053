"""Things with a key and an address: what a rename, a deletion and a bad character do."""

import pytest
from django.db import transaction
from django.urls import reverse

from articles.models import Section, Tag
from authors.models import Author
from images.models import Image
from newsroom import pagecache
from newsroom.models import Redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(author, make_article):
    """An author whom readers can find."""
    make_article().publish()
    return author


def rename(thing, slug):
    thing.slug = slug
    thing.save()


def answer(client, address):
    response = client.get(address)
    return (response.status_code, response["Location"]) if "Location" in response else response.status_code


def test_a_renamed_author_keeps_the_old_address(client, ines):
    rename(ines, "ines")
    assert answer(client, "/authors/ines/") == 200
    assert answer(client, "/authors/ines-duarte/") == (301, "/authors/ines/")


def test_renamed_twice_is_one_hop_from_either(client, ines):
    rename(ines, "ines")
    rename(ines, "инес")
    there = reverse("author", args=["инес"])
    assert answer(client, "/authors/ines-duarte/") == answer(client, "/authors/ines/") == (301, there)
    assert answer(client, there) == 200


def test_renamed_back_is_no_loop(client, ines):
    rename(ines, "ines")
    rename(ines, "ines-duarte")
    assert answer(client, "/authors/ines-duarte/") == 200
    assert answer(client, "/authors/ines/") == (301, "/authors/ines-duarte/")


def test_a_newcomer_takes_an_address_that_was_left(client, ines, make_article):
    rename(ines, "ines")
    newcomer = Author.objects.create(name="Inês Duarte the younger", slug="ines-duarte")
    article = make_article()
    article.bylines.update(author=newcomer)
    article.publish()
    assert answer(client, "/authors/ines-duarte/") == 200
    assert b"the younger" in client.get("/authors/ines-duarte/").content


def test_of_two_that_had_an_address_the_last_is_found(client, ines, make_article):
    rename(ines, "ines")
    other = Author.objects.create(name="Other", slug="ines-duarte")
    rename(other, "other")
    rename(ines, "ines-duarte")
    rename(ines, "ines")
    assert answer(client, "/authors/ines-duarte/") == (301, "/authors/ines/")


def test_saving_without_a_rename_remembers_nothing(ines):
    before = Redirect.objects.count()
    ines.role = "Editor"
    ines.save()
    assert Redirect.objects.count() == before


def test_a_rename_that_is_rolled_back_leaves_no_redirect(ines):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename(ines, "ines")
        raise ZeroDivisionError
    assert not Redirect.objects.filter(key=ines.key).exists()


@pytest.mark.django_db(transaction=True)
def test_a_rename_that_can_not_be_remembered_does_not_happen(ines, monkeypatch):
    monkeypatch.setattr(Redirect, "remember", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rename(ines, "berta")
    assert Author.objects.get().slug == "ines-duarte"


def test_an_address_that_no_reader_could_see_is_not_given_away(client, make_article):
    article = make_article(tags=("Codename",))
    tag, author = Tag.objects.get(), Author.objects.create(name="Secret")
    for thing in (tag, author):
        rename(thing, "secret-merger")
    assert answer(client, "/tags/codename/") == answer(client, "/authors/secret/") == 404
    article.publish()
    article.withdraw()
    assert answer(client, "/tags/secret-merger/") == answer(client, "/tags/codename/") == 404


def test_a_rename_that_fails_leaves_no_redirect(ines):
    Author.objects.create(name="Ana")
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        rename(ines, "ana")
    assert not Redirect.objects.filter(key=ines.key).exists()


DELETING = {
    "one": lambda thing: thing.delete(),
    "many, as the admin's list does": lambda thing: type(thing).objects.filter(pk=thing.pk).delete(),
}


@pytest.fixture
def stamped(django_capture_on_commit_callbacks):
    """Does this act stamp the key?"""

    def ask(key, act):
        before = pagecache.stamps().read([key])
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return pagecache.stamps().read([key]) != before

    return ask


@pytest.mark.parametrize("delete", DELETING.values(), ids=DELETING.keys())
def test_a_deleted_thing_is_gone_and_its_pages_are_out_of_date(client, stamped, delete):
    section = Section.objects.create(name="Games", slug="games")
    assert stamped(f"section:{section.pk}", lambda: delete(section))
    assert answer(client, "/games/") == 410


@pytest.mark.parametrize("delete", DELETING.values(), ids=DELETING.keys())
@pytest.mark.parametrize("make", [lambda: Author.objects.create(name="Ana"), lambda: Image.objects.create(title="x")])
def test_deleting_stamps_whatever_has_a_key(stamped, make, delete):
    thing = make()
    assert stamped(thing.key, lambda: delete(thing))


def test_deleting_from_the_admin_s_list_remembers_the_address(admin_client):
    section = Section.objects.create(name="Games", slug="games")
    data = {"action": "delete_selected", "_selected_action": [section.pk], "post": "yes"}
    admin_client.post(reverse("admin:articles_section_changelist"), data)
    assert not Section.objects.exists()
    assert answer(admin_client, "/games/") == 410


@pytest.mark.parametrize(
    "change",
    [
        lambda author: setattr(author, "biography", "New."),
        lambda author: setattr(author, "slug", "new"),
    ],
)
def test_saving_stamps_the_thing(stamped, author, change):
    change(author)
    assert stamped(f"author:{author.pk}", author.save)


def test_the_key_names_the_kind_and_the_number(author, film, picture):
    assert [author.key, film.key, picture.key] == [f"author:{author.pk}", f"section:{film.pk}", f"image:{picture.pk}"]


def test_text_is_tidy_whatever_path_it_comes_by():
    author = Author.objects.create(
        name=" Inês\x00  Duarte\n", role="Critic\x08", biography="One.\x00\n\nTwo.\ud83d", pronouns=" she\n/her "
    )
    author.refresh_from_db()
    assert [author.name, author.role, author.pronouns] == ["Inês Duarte", "Critic", "she /her"]
    assert author.biography == "One.\n\nTwo."


def test_tidying_asks_the_database_for_nothing(author, django_assert_num_queries):
    deferred = Author.objects.only("pk").get(pk=author.pk)
    with django_assert_num_queries(0):
        deferred.tidy()


def test_a_deleted_section_is_gone_and_a_tag_that_no_reader_saw_leaves_no_trace(client, film):
    Tag.objects.named(["Noir"])[0].delete()
    film.delete()
    assert answer(client, "/film/") == 410
    assert answer(client, "/tags/noir/") == 404
