"""The picture library at the desk: uploading, and what is said when it fails."""

import made
import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from test_library import little_room

from images.models import Image

pytestmark = pytest.mark.django_db

ADD = "admin:images_image_add"
PHOTOGRAPH = made.encoded(made.photograph(330, 220))
LARGE = made.encoded(made.photograph(900, 600))


@pytest.fixture
def upload(admin_client):
    """Posts the form for a new picture, or for this one."""

    def post(data=None, name="picture.jpg", image=None, **fields):
        typed = {"title": "Seats", "alt": "Rows of red seats", "caption": "", "credit": "", "source": "", "licence": ""}
        typed |= {"focal_x": "0.5", "focal_y": "0.5", **fields}
        if data is not None:
            typed["file"] = SimpleUploadedFile(name, data, "image/jpeg")
        address = reverse("admin:images_image_change", args=[image.pk]) if image else reverse(ADD)
        return admin_client.post(address, typed)

    return post


def errors(response):
    assert response.status_code == 200
    return response.context["adminform"].form.errors


def test_a_picture_is_uploaded(upload, files):
    assert upload(PHOTOGRAPH, alt="Rows of red seats").status_code == 302
    image = Image.objects.get()
    assert (image.title, image.alt, image.width) == ("Seats", "Rows of red seats", 330)
    assert len(files("media")) == len(list(image.ladder))


BAD_FILES = {
    "nothing in it": (b"", "picture.jpg"),
    "HTML": (made.HTML, "picture.jpg"),
    "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture.svg"),
    "a packed SVG": (b"\x1f\x8b\x08" + bytes(50), "picture.svgz"),
    "a program": (made.PROGRAM, "picture.png"),
    "half a picture": (LARGE[:5000], "picture.jpg"),
    "a bomb": (made.png_bomb(), "picture.png"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_told_at_its_field_and_what_was_typed_is_kept(upload, files, kind):
    response = upload(*BAD_FILES[kind], alt="Rows of red seats", credit="Sam")
    assert list(errors(response)) == ["file"]
    page = response.content.decode()
    assert "Rows of red seats</textarea>" in page
    assert 'value="Sam"' in page
    assert not Image.objects.exists()
    assert files() == []


def test_the_sentence_says_what_to_do(upload):
    assert "12000 × 12000 pixels are too many: 50 megapixels" in str(errors(upload(*BAD_FILES["a bomb"])))
    assert "Use JPEG, PNG" in str(errors(upload(*BAD_FILES["an SVG"])))


@pytest.mark.parametrize("name", ["picture", "picture.jpeg2", "PICTURE.JPG", "picture.svg", "新聞.heic"])
def test_what_a_picture_is_called_does_not_matter(upload, name):
    assert upload(PHOTOGRAPH, name).status_code == 302
    assert Image.objects.get().width == 330


def test_a_new_picture_needs_its_file_and_an_old_one_has_it(upload, library):
    assert list(errors(upload())) == ["file"]
    image = library(PHOTOGRAPH)
    assert upload(image=image, alt="New words").status_code == 302
    image.refresh_from_db()
    assert (image.alt, image.width, bool(image.file)) == ("New words", 330, True)


def test_a_picture_that_an_import_could_not_find_is_given_its_file(upload):
    image = Image.objects.create(title="To be found", import_key="wp:1")
    assert upload(image=image, alt="Words first").status_code == 302
    assert upload(PHOTOGRAPH, image=image).status_code == 302
    image.refresh_from_db()
    assert (image.width, image.import_key) == (330, "wp:1")


def test_a_full_disk_is_told_at_the_field_and_what_was_typed_is_kept(upload, files):
    with little_room(4000):
        response = upload(LARGE, alt="Rows of red seats")
    assert "could not be stored (File too large). Nothing was saved." in str(errors(response)["file"])
    assert "Rows of red seats</textarea>" in response.content.decode()
    assert not Image.objects.exists()
    assert files("originals") == []
    assert upload(PHOTOGRAPH).status_code == 302


def test_a_lost_original_is_told_at_the_field(upload, library):
    image = library(PHOTOGRAPH)
    image.file.storage.delete(image.file.name)
    assert "original is lost" in str(errors(upload(image=image, focal_x="0.2"))["file"])
    assert upload(PHOTOGRAPH, image=image, focal_x="0.2").status_code == 302


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "2", "left", ""])
def test_a_focal_point_that_is_none_is_refused(upload, value):
    assert list(errors(upload(PHOTOGRAPH, focal_x=value))) == ["focal_x"]


@pytest.mark.parametrize("field", ["digest", "width", "height", "import_key", "created_at"])
def test_what_the_site_itself_knows_can_not_be_posted(upload, field):
    upload(PHOTOGRAPH, **{field: "2001-01-01"})
    assert "2001" not in str(getattr(Image.objects.get(), field))


def test_the_form_has_no_link_to_the_original(admin_client, library):
    image = library(PHOTOGRAPH)
    page = admin_client.get(reverse("admin:images_image_change", args=[image.pk])).content.decode()
    assert image.file.name not in page
    assert image.ladder.of("full", "webp")[0].url in page or image.ladder.of("full", "webp")[1].url in page


@pytest.fixture
def person(client):
    """Logs somebody in who has these permissions and no others."""

    def log_in(*permissions):
        user = User.objects.create_user("person", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return log_in


def test_who_may_only_look_sees_the_picture_and_changes_nothing(person, library):
    onlooker = person("view_image")
    image = library(PHOTOGRAPH, alt="Rows of red seats")
    address = reverse("admin:images_image_change", args=[image.pk])
    page = onlooker.get(address)
    assert page.status_code == 200
    assert "Rows of red seats" in page.content.decode()
    assert image.file.name not in page.content.decode()
    assert onlooker.post(address, {"title": "Mine"}).status_code == 403
    assert onlooker.get(reverse(ADD)).status_code == 403


def test_who_may_add_but_not_change_does_just_that(person, library):
    image, adding = library(PHOTOGRAPH), person("view_image", "add_image")
    assert 'name="file"' in adding.get(reverse(ADD)).content.decode()
    address = reverse("admin:images_image_change", args=[image.pk])
    assert adding.get(address).status_code == 200
    assert adding.post(address, {"title": "Mine"}).status_code == 403


def test_who_may_nothing_sees_nothing(person, library):
    image, nobody = library(PHOTOGRAPH), person()
    for name, args in (("changelist", []), ("add", []), ("change", [image.pk]), ("delete", [image.pk])):
        assert nobody.get(reverse(f"admin:images_image_{name}", args=args)).status_code == 403


def test_words_are_shown_as_text(admin_client, library):
    image = library(PHOTOGRAPH, title="<script>alert(1)</script>", alt='"><script>alert(2)</script>')
    for address in (
        reverse("admin:images_image_changelist"),
        reverse("admin:images_image_change", args=[image.pk]),
        reverse("admin:images_image_delete", args=[image.pk]),
        reverse("admin:images_image_history", args=[image.pk]),
    ):
        assert b"<script>alert(" not in admin_client.get(address).content


@pytest.mark.parametrize(
    ("needs", "found"), [("alt", ["b", "c"]), ("credit", ["b"]), ("file", ["c"]), ("x", ["a", "b", "c"])]
)
def test_the_list_shows_what_is_still_to_do(admin_client, library, needs, found):
    library(PHOTOGRAPH, title="a", alt="x", credit="x")
    library(PHOTOGRAPH, title="b")
    Image.objects.create(title="c", credit="x")
    response = admin_client.get(reverse("admin:images_image_changelist"), {"needs": needs})
    assert sorted(image.title for image in response.context["cl"].result_list) == found


def test_the_list_asks_the_same_whatever_its_length(admin_client, library, django_assert_max_num_queries):
    for number in range(30):
        Image.objects.create(title=str(number))
    library(PHOTOGRAPH)
    with django_assert_max_num_queries(13):  # seven of them for the seven ways in which pictures are used
        assert admin_client.get(reverse("admin:images_image_changelist")).status_code == 200


def test_a_picture_that_a_page_leads_with_can_not_be_deleted(admin_client, picture, make_article):
    make_article(lead_image=picture)
    response = admin_client.post(reverse("admin:images_image_delete", args=[picture.pk]), {"post": "yes"})
    assert response.status_code in {200, 403}
    assert Image.objects.exists()
