"""Where pictures are used: told on their page, counted in the list, and in the way of whoever deletes them."""

import made
import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authors.models import Author
from images import uses
from images.models import Image

pytestmark = pytest.mark.django_db

LIST = "admin:images_image_changelist"


@pytest.fixture
def images():
    return [Image.objects.create(title=f"Picture {number}", alt="x") for number in range(4)]


@pytest.fixture
def used(images, author, make_article):
    """The first leads a published article, the second a draft; the third is a portrait; the fourth is unused."""
    make_article("Out there", lead_image=images[0]).publish()
    make_article("In the drawer", lead_image=images[1])
    author.portrait = images[2]
    author.save()
    return images


def places(found):
    return sorted((use.where, use.label) for use in found)


def test_each_use_is_known_with_its_place_and_its_page(used, author):
    found = uses.of([image.pk for image in used])
    assert places(found[used[0].pk]) == [("lead picture", "Out there"), ("lead picture, as published,", "Out there")]
    assert places(found[used[1].pk]) == [("lead picture", "In the drawer")]
    assert places(found[used[2].pk]) == [("portrait", "Inês Duarte")]
    assert found[used[2].pk][0].url == reverse("admin:authors_author_change", args=[author.pk])
    assert used[3].pk not in found


def test_pictures_in_texts_are_used(admin_client, images, make_article):
    body = f'<p>Words.</p><figure data-image="{images[0].pk}"></figure>'
    make_article("With a picture", body=body).publish()
    found = uses.of([image.pk for image in images])
    assert list(found) == [images[0].pk]
    wheres = [("picture in the text", "With a picture"), ("picture in the text, as published,", "With a picture")]
    assert places(found[images[0].pk]) == wheres
    assert set(Image.objects.unused()) == set(images[1:])
    address = reverse("admin:images_image_delete", args=[images[0].pk])
    assert "With a picture" in admin_client.post(address, {"post": "yes"}).content.decode()
    assert Image.objects.count() == 4


def test_a_picture_that_is_used_very_often_hides_no_other(admin_client, images, make_article, monkeypatch):
    monkeypatch.setattr(uses, "MOST_LISTED", 2)
    make_article("The older one", lead_image=images[1])
    for number in range(3):
        make_article(f"Story {number}", lead_image=images[0])
    page = delete_many(admin_client, images[:2]).content.decode()
    assert "and 1 more." in page
    assert "Picture 1 is used: in one place." in page


def test_uses_are_counted(used):
    assert [uses.count([image.pk for image in used])[image.pk] for image in used] == [2, 1, 1, 0]


def test_what_is_used_can_be_searched_for(used):
    assert list(Image.objects.unused()) == [used[3]]
    assert set(Image.objects.used()) == set(used[:3])


def test_many_pictures_cost_no_more_than_one(used, django_assert_num_queries):
    kinds = len(uses._kinds)
    for some in (used[:1], used):
        with django_assert_num_queries(kinds):
            uses.of([image.pk for image in some])
        with django_assert_num_queries(kinds):
            uses.count([image.pk for image in some])


def test_an_app_can_teach_more(images, monkeypatch):
    monkeypatch.setattr(uses, "_kinds", {})
    assert list(Image.objects.used()) == []
    user = User.objects.create_user("x")
    Author.objects.create(name="A", portrait=images[0], user=user)
    rows = Author.objects.all
    uses.register("face", rows, "portrait", label=lambda row: row.name, url=lambda row: "/x/", permission="p.q")
    assert uses.of([images[0].pk]) == {images[0].pk: [uses.Use("A", "face", "/x/", "p.q")]}
    assert list(Image.objects.used()) == [images[0]]


# --- at the desk ----------------------------------------------------------------------------------------------------


def page_of(client, image):
    return client.get(reverse("admin:images_image_change", args=[image.pk])).content.decode()


def test_a_picture_s_page_says_where_it_is_used(admin_client, used):
    page = page_of(admin_client, used[0])
    assert "Lead picture of <a href=" in page
    assert ">Out there</a>" in page
    assert "Nowhere yet." in page_of(admin_client, used[3])


@pytest.fixture
def librarian(client):
    """May do all with pictures, and see no article."""
    user = User.objects.create_user("person", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="images"))
    client.force_login(user)
    return client


def test_who_may_not_see_an_article_does_not_read_its_headline(librarian, used):
    page = page_of(librarian, used[1])
    assert "In the drawer" not in page
    assert "Lead picture of something that your login may not see" in page
    refusal = librarian.post(reverse("admin:images_image_delete", args=[used[1].pk]), {"post": "yes"})
    assert b"In the drawer" not in refusal.content
    assert b"your login may not see" in refusal.content
    assert Image.objects.filter(pk=used[1].pk).exists()


@pytest.mark.parametrize(("place", "told"), [(0, "Out there"), (1, "In the drawer"), (2, "Inês Duarte")])
def test_a_used_picture_is_not_deleted(admin_client, used, author, place, told):
    address = reverse("admin:images_image_delete", args=[used[place].pk])
    for response in (admin_client.get(address), admin_client.post(address, {"post": "yes"})):
        assert "can't be deleted while it is used" in response.content.decode()
        assert told in response.content.decode()
    assert Image.objects.count() == 4
    author.refresh_from_db()
    assert author.portrait == used[2]


def delete_many(client, images):
    chosen = {"action": "delete_selected", "_selected_action": [image.pk for image in images], "post": "yes"}
    return client.post(reverse(LIST), chosen)


def test_nor_among_many(admin_client, used):
    page = delete_many(admin_client, used).content.decode()
    assert "Nothing was deleted" in page
    assert all(told in page for told in ("Out there", "In the drawer", "Inês Duarte"))
    assert "Picture 3 is used" not in page
    assert Image.objects.count() == 4


def test_an_unused_one_is_deleted_alone_and_among_many(admin_client, used):
    assert delete_many(admin_client, [used[3]]).status_code == 302
    other = Image.objects.create(title="Other")
    assert admin_client.post(reverse("admin:images_image_delete", args=[other.pk]), {"post": "yes"}).status_code == 302
    assert set(Image.objects.all()) == set(used[:3])


def test_a_use_that_begins_in_between_is_told_too(admin_client, images, monkeypatch):
    def too_late(*args, **kwargs):
        raise ProtectedError("used", set())

    monkeypatch.setattr(Image, "delete", too_late)
    address = reverse("admin:images_image_delete", args=[images[0].pk])
    page = admin_client.post(address, {"post": "yes"}, follow=True)
    assert "somebody has just begun to use it" in page.content.decode()


def test_refusing_many_costs_no_more_than_refusing_one(admin_client, images, make_article):
    for image in images:
        make_article(lead_image=image)
    delete_many(admin_client, images)  # what is remembered between requests
    costs = []
    for some in (images[:1], images):
        with CaptureQueriesContext(connection) as queries:
            delete_many(admin_client, some)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def titles(client, **query):
    return [image.title for image in client.get(reverse(LIST), query).context["cl"].result_list]


def test_the_list_filters_by_use(admin_client, used):
    assert titles(admin_client, used="no") == ["Picture 3"]
    assert sorted(titles(admin_client, used="yes")) == ["Picture 0", "Picture 1", "Picture 2"]
    assert len(titles(admin_client, used="perhaps")) == 4


def test_the_list_counts_uses_at_the_same_cost_for_all(admin_client, used, django_assert_max_num_queries):
    page = admin_client.get(reverse(LIST)).content.decode()
    assert page.count(">2×<") == 1
    assert page.count(">1×<") == 2
    for number in range(40):
        Image.objects.create(title=str(number))
    with django_assert_max_num_queries(13):
        admin_client.get(reverse(LIST))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour", ["a", "b"]),
        ("HARBOUR sam", ["a"]),
        ("sam har dawn", ["a"]),
        ("reuters", ["b"]),
        ("100%", ["c"]),
        ("nothing", []),
        ("x" * 5000, []),
        ("' OR 1=1 --", []),
    ],
)
def test_every_word_is_searched_for_everywhere(admin_client, words, found):
    Image.objects.create(title="a", alt="The harbour", caption="At dawn", credit="Sam")
    Image.objects.create(title="b", caption="A harbour", source="Reuters")
    Image.objects.create(title="c", alt="100% wool")
    assert sorted(titles(admin_client, q=words)) == found


def test_the_newest_comes_first(admin_client, images):
    assert titles(admin_client) == [f"Picture {number}" for number in (3, 2, 1, 0)]


def test_rights_that_have_ended_are_told(admin_client, library):
    image = library(made.encoded(made.photograph()), alt="x", rights_expire_on="2020-05-01")
    image.refresh_from_db()
    assert "its rights ended on 1 May 2020" in page_of(admin_client, image)
    assert titles(admin_client, rights="expired") == [image.title]
    assert titles(admin_client, rights="soon") == []
