"""Many pictures at once: one request a file, a row for each, and a plain form for who has no script."""

import io
import threading
import time

import made
import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from test_library import little_room

from images.models import Image
from newsroom import uploads

pytestmark = pytest.mark.django_db

PAGE, ONE = "admin:images_image_upload", "admin:images_image_upload_one"
PHOTOGRAPH = made.encoded(made.photograph(330, 220))
OTHER = made.encoded(made.photograph(330, 220, seed=2))


def file(data=PHOTOGRAPH, name="street.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


@pytest.fixture
def person(client):
    def log_in(*permissions):
        user = User.objects.create_user("person", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return log_in


def one(client, *args, **fields):
    response = client.post(reverse(ONE), {"file": file(*args), **fields})
    return response.status_code, response.json()


class TestOneFile:
    def test_it_is_stored_at_once_and_completed_later(self, admin_client, files):
        status, answer = one(admin_client)
        image = Image.objects.get()
        assert (status, answer["picture"]["id"], image.title, image.needs_alt) == (201, image.pk, "street", True)
        assert image.thumbnail_url in answer["row"]
        assert f'name="picture-{image.pk}-alt"' in answer["row"]
        assert LogEntry.objects.get().action_flag == ADDITION
        assert len(files("media")) == len(list(image.ladder))

    def test_a_duplicate_is_shown_and_not_stored_unless_insisted(self, admin_client, files):
        one(admin_client)
        Image.objects.update(title="<b>The street</b>")
        before = files()
        status, answer = one(admin_client, PHOTOGRAPH, "other name.jpg")
        assert (status, answer["duplicate"]["title"]) == (409, "<b>The street</b>")
        assert "Already in the library as" in answer["row"]
        assert "&lt;b&gt;The street&lt;/b&gt;" in answer["row"]
        assert files() == before
        assert one(admin_client, anyway="1")[0] == 201
        assert Image.objects.count() == 2

    @pytest.mark.parametrize("data", [b"", made.HTML, made.PROGRAM, PHOTOGRAPH[:1000], made.png_bomb()])
    def test_a_bad_file_is_told_and_leaves_nothing(self, admin_client, files, data):
        status, answer = one(admin_client, data)
        assert (status, list(answer["errors"])) == (400, ["file"])
        assert not Image.objects.exists()
        assert files() == []

    def test_no_file_is_told(self, admin_client):
        response = admin_client.post(reverse(ONE))
        assert (response.status_code, list(response.json()["errors"])) == (400, ["file"])

    def test_a_full_disk_is_told_and_there_is_room_for_the_next(self, admin_client, files):
        with little_room(4000):
            status, answer = one(admin_client, made.encoded(made.photograph(900, 600)))
        assert (status, "could not be stored" in answer["errors"]["file"][0]) == (400, True)
        assert files("originals") == []
        assert one(admin_client)[0] == 201

    def test_who_may_only_add_gets_no_form_for_later(self, person):
        status, answer = one(person("add_image"))
        assert status == 201
        assert "<form" not in answer["row"]

    def test_who_may_not_add_gets_nothing(self, person, files):
        client = person("view_image", "change_image")
        assert client.get(reverse(PAGE)).status_code == 403
        assert client.post(reverse(PAGE), {"files": [file()]}).status_code == 403
        assert one(client)[0] == 403
        assert files("media") == files("originals") == []

    def test_it_is_a_post(self, admin_client):
        assert admin_client.get(reverse(ONE)).status_code == 405


class TestWords:
    @pytest.fixture
    def image(self, library):
        return library(PHOTOGRAPH, title="street")

    @pytest.fixture
    def save(self, admin_client, image):
        def post(client=admin_client, accept="application/json", **words):
            typed = {f"picture-{image.pk}-{name}": text for name, text in {"title": "street", **words}.items()}
            address = reverse("admin:images_image_words", args=[image.pk])
            return client.post(address, typed, headers={"Accept": accept})

        return post

    def test_they_are_saved_one_after_the_other(self, save, image):
        assert save(credit="Sam").json()["picture"]["needs_alt"]
        assert not save(credit="Sam", alt="A street").json()["picture"]["needs_alt"]
        image.refresh_from_db()
        assert (image.credit, image.alt) == ("Sam", "A street")
        assert [entry.action_flag for entry in LogEntry.objects.all()] == [CHANGE, CHANGE]

    def test_saving_what_is_saved_already_writes_nothing(self, save):
        assert save().status_code == 200
        assert not LogEntry.objects.exists()

    def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(self, save, image):
        assert list(save(title="", credit="Sam").json()["errors"]) == ["title"]
        assert list(save(alt="A street", decorative="on").json()["errors"]) == ["decorative"]
        save(alt="A street")
        response = save(alt="", credit="Sam")
        assert (response.status_code, list(response.json()["errors"])) == (400, ["alt"])
        image.refresh_from_db()
        assert (image.title, image.alt, image.credit) == ("street", "A street", "")

    def test_a_lost_original_is_told(self, save, image):
        image.file.storage.delete(image.file.name)
        answer = save(credit="Sam")
        assert answer.status_code == 400
        assert "original is lost" in answer.json()["errors"]["__all__"][0]

    def test_without_a_script_the_page_comes_again(self, save, image):
        response = save(accept="text/html", alt="A street")
        assert response.headers["Location"] == f"{reverse(PAGE)}?pictures={image.pk}"
        image.refresh_from_db()
        assert image.alt == "A street"
        assert save(accept="text/html", title="").status_code == 302

    def test_who_may_not_change_does_not(self, save, person, image):
        assert save(person("view_image", "add_image"), alt="Mine").status_code == 403
        image.refresh_from_db()
        assert image.alt == ""

    def test_a_picture_that_is_gone(self, save, image):
        Image.objects.all().delete()
        assert save(alt="A street").status_code == 404


class TestWithoutAScript:
    def test_the_good_ones_are_stored_and_the_others_told(self, admin_client):
        files = [file(), file(made.HTML, "<b>page.jpg"), file(OTHER, "quay.jpg"), file(PHOTOGRAPH, "again.jpg")]
        response = admin_client.post(reverse(PAGE), {"files": files}, follow=True)
        assert sorted(Image.objects.values_list("title", flat=True)) == ["quay", "street"]
        page = response.content.decode()
        assert "2 pictures are in the library. Complete them here." in page
        assert "“&lt;b&gt;page.jpg”: This is not a picture that we can read." in page
        assert "“again.jpg”: The library has this very file already: <a href=" in page
        assert page.count('class="picture-words"') == 2

    def test_it_can_be_insisted(self, admin_client, library):
        library(PHOTOGRAPH)
        admin_client.post(reverse(PAGE), {"files": [file()], "anyway": "1"})
        assert Image.objects.count() == 2

    def test_nothing_chosen_is_told(self, admin_client):
        assert "Choose at least one picture." in admin_client.post(reverse(PAGE), follow=True).content.decode()

    def test_the_page_shows_the_pictures_that_its_address_names(self, admin_client, library):
        image = library(PHOTOGRAPH)
        page = admin_client.get(reverse(PAGE), {"pictures": f"{image.pk},x,-1,999999,{'9' * 50},{image.pk}"})
        assert page.content.decode().count('class="picture-words"') == 1

    def test_many_rows_cost_no_more_than_one(self, admin_client, django_assert_max_num_queries):
        images = [Image.objects.create(title=str(number)) for number in range(20)]
        for some in (images[:1], images):
            with django_assert_max_num_queries(5):
                admin_client.get(reverse(PAGE), {"pictures": ",".join(str(image.pk) for image in some)})


class TestTheFormForOne:
    def change(self, client, image, **fields):
        typed = {"title": image.title, "alt": "A street", "focal_x": "0.5", "focal_y": "0.5", **fields}
        return client.post(reverse("admin:images_image_change", args=[image.pk]), typed)

    def test_a_file_that_another_picture_has_is_told_and_may_be_insisted_on(self, admin_client, library):
        there, image = library(OTHER, title="The quay"), library(PHOTOGRAPH)
        response = self.change(admin_client, image, file=file(OTHER))
        page = response.content.decode()
        assert "The library has this very file already" in page
        assert reverse("admin:images_image_change", args=[there.pk]) in page
        assert 'type="checkbox" name="anyway"' in page
        image.refresh_from_db()
        assert image.digest != there.digest
        assert self.change(admin_client, image, file=file(OTHER), anyway="on").status_code == 302
        image.refresh_from_db()
        assert image.digest == there.digest

    def test_its_own_file_again_is_no_duplicate(self, admin_client, library):
        image = library(PHOTOGRAPH)
        assert self.change(admin_client, image, file=file()).status_code == 302

    def test_a_new_one_is_called_as_its_file_says(self, admin_client):
        typed = {"file": file(), "alt": "A street", "focal_x": "0.5", "focal_y": "0.5"}
        assert admin_client.post(reverse("admin:images_image_add"), typed).status_code == 302
        assert Image.objects.get().title == "street"

    def test_an_old_one_keeps_a_title(self, admin_client, library):
        response = self.change(admin_client, library(PHOTOGRAPH), title="")
        assert list(response.context["adminform"].form.errors) == ["title"]

    def test_undescribed_it_is_not_saved(self, admin_client, library):
        image = library(PHOTOGRAPH)
        assert list(self.change(admin_client, image, alt="").context["adminform"].form.errors) == ["alt"]
        assert self.change(admin_client, image, alt="", decorative="on").status_code == 302
        both = self.change(admin_client, image, decorative="on")
        assert list(both.context["adminform"].form.errors) == ["decorative"]


def test_a_process_decodes_one_picture_at_a_time(monkeypatch):
    """Eight at once would take 1.6 GB at the largest size that is allowed."""
    decoding, most, lock = 0, 0, threading.Lock()
    really = Pillow.open

    def slow(*args, **kwargs):
        nonlocal decoding, most
        with lock:
            decoding += 1
            most = max(most, decoding)
        time.sleep(0.02)
        with lock:
            decoding -= 1
        return really(*args, **kwargs)

    monkeypatch.setattr(Pillow, "open", slow)
    threads = [threading.Thread(target=uploads.check, args=[io.BytesIO(PHOTOGRAPH)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_whoever_fails_lets_the_next_one_in(library):
    for data in (made.HTML, PHOTOGRAPH[:1000]):
        with pytest.raises(Exception, match="picture"):
            library(data)
    assert uploads.one_at_a_time.acquire(blocking=False)
    uploads.one_at_a_time.release()


def test_six_hundred_frames_are_one(library):
    frames = [made.picture(colour=(number % 256, 0, 0)) for number in range(600)]
    data = made.encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    begun = time.perf_counter()
    assert library(data, "a.gif").width == 60
    assert time.perf_counter() - begun < 5
