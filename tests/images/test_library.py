"""Pictures in the library: saving is whole or nothing, originals stay private, what is deleted is gone."""

import resource
import signal
from contextlib import contextmanager
from io import StringIO

import made
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from images.models import Image

pytestmark = pytest.mark.django_db

PHOTOGRAPH = made.encoded(made.photograph(330, 220))
LARGE = made.encoded(made.photograph(900, 600))


@contextmanager
def little_room(bytes_a_file):
    """No file can become longer than this: what a full disk does, on any machine."""
    from newsroom import pagecache

    pagecache.stamps()  # made before: it is longer
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_a_file, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


def test_a_saved_picture_knows_its_measures_and_has_its_files(library, files):
    image = library(PHOTOGRAPH)
    assert (image.width, image.height, len(image.digest)) == (330, 220, 16)
    assert len(files("media")) == len(list(image.ladder))
    assert len(files("originals")) == 1


def test_the_original_is_kept_byte_for_byte(library):
    data = made.camera_jpeg()
    with library(data).file.open("rb") as original:
        assert original.read() == data


def test_which_renditions_there_are_needs_no_query(library, django_assert_num_queries):
    library(PHOTOGRAPH)
    image = Image.objects.get()
    with django_assert_num_queries(0):
        assert image.thumbnail_url
        assert image.share_url.endswith(".jpg")
        assert len([one.url for one in image.ladder]) == len(list(image.ladder))


def test_a_picture_without_a_file_shows_nothing():
    image = Image.objects.create(title="To be found", import_key="wp:1")
    assert (image.ladder, image.thumbnail_url, image.share_url) == (None, "", "")
    assert image.make_renditions() == 0


def test_when_a_rendition_can_not_be_stored_there_is_no_row_and_no_half_file(library, files):
    with little_room(4000), pytest.raises(OSError, match="too large"), transaction.atomic():
        library(LARGE)
    assert not Image.objects.exists()
    assert files("originals") == []
    whole = files("media")
    assert not [name for name in whole if name.endswith(".part")]
    image = library(LARGE)  # there is room again
    assert set(whole) < set(files("media"))
    assert len(files("media")) == len(list(image.ladder))


def test_when_the_original_can_not_be_stored_there_is_no_row(library, files):
    noise = made.encoded(made.photograph(), "PNG")
    room = max(len(noise) - 1, 40_000)
    with little_room(room), pytest.raises(OSError, match="too large"), transaction.atomic():
        library(noise + bytes(room), "a.png")
    assert not Image.objects.exists()
    assert files("originals") == []


def test_when_the_row_can_not_be_written_there_is_none(library):
    library(PHOTOGRAPH, import_key="wp:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        library(made.encoded(made.photograph(seed=2)), import_key="wp:1")
    assert Image.objects.count() == 1


def test_a_picture_that_is_replaced_has_other_addresses(library):
    image = library(PHOTOGRAPH)
    before = {one.name for one in image.ladder}
    image.file = ContentFile(made.encoded(made.photograph(500, 700, seed=2)), name="b.jpg")
    image.save()
    assert (image.width, image.height) == (500, 700)
    assert not before & {one.name for one in image.ladder}
    assert all(default_storage.exists(one.name) for one in image.ladder)


def test_moving_the_focal_point_cuts_anew(library):
    image = library(PHOTOGRAPH)
    before = image.ladder.of("card", "jpg")[0].name
    image.focal_x = 0.1
    image.save()
    after = image.ladder.of("card", "jpg")[0].name
    assert after != before
    assert default_storage.exists(after)


def test_changing_the_words_touches_no_file(library, files):
    image = library(PHOTOGRAPH)
    before = files()
    storages["originals"].delete(image.file.name)
    image.alt = "A street"
    image.save()
    image.full_clean()
    assert set(files()) < set(before)


def test_saving_one_field_saves_the_measure_with_it(library):
    image = library(PHOTOGRAPH)
    image.file = ContentFile(made.encoded(made.picture(70, 30)), name="b.jpg")
    image.save(update_fields=["file"])
    image.refresh_from_db()
    assert (image.width, image.height) == (70, 30)
    assert all(default_storage.exists(one.name) for one in image.ladder)


def test_a_lost_original_is_told_before_it_is_needed(library):
    image = library(PHOTOGRAPH)
    storages["originals"].delete(image.file.name)
    image.focal_x = 0.2
    with pytest.raises(ValidationError) as refusal:
        image.full_clean()
    assert "original is lost" in refusal.value.message_dict["file"][0]


@pytest.mark.parametrize("focal", [-0.1, 1.1, float("inf")])
def test_a_focal_point_lies_within_the_picture(library, focal):
    image = library(PHOTOGRAPH)
    image.focal_x = focal
    with pytest.raises(ValidationError) as refusal:
        image.full_clean()
    assert "focal_x" in refusal.value.message_dict


def test_words_are_tidy_whatever_path_they_come_by(library):
    image = library(PHOTOGRAPH, alt=" Rows\x00 of\nseats ", caption="<b>Bold</b>\x08", title=" A\ttitle ")
    image.refresh_from_db()
    assert [image.alt, image.caption, image.title] == ["Rows of seats", "<b>Bold</b>", "A title"]


def test_a_picture_without_a_title_is_called_as_its_file(library):
    assert library(PHOTOGRAPH, "Premiere in Hull.jpeg", title="").title == "Premiere in Hull"
    assert library(PHOTOGRAPH, "premiere", title="").title == "premiere"


class TestDeleting:
    @pytest.fixture
    def delete(self, django_capture_on_commit_callbacks):
        def run(rows):
            with django_capture_on_commit_callbacks(execute=True):
                rows.delete()

        return run

    def test_a_deleted_picture_is_gone_from_the_public(self, library, delete, files):
        image = library(PHOTOGRAPH)
        delete(image)
        assert files("media") == files("originals") == []

    def test_deleting_many_is_no_other_thing(self, library, delete, files):
        library(PHOTOGRAPH), library(made.encoded(made.photograph(seed=2)))
        delete(Image.objects.all())
        assert files("media") == files("originals") == []

    def test_the_same_picture_in_another_row_keeps_its_files(self, library, delete, files):
        first, second = library(PHOTOGRAPH), library(PHOTOGRAPH)
        delete(first)
        assert len(files("originals")) == 1
        assert all(default_storage.exists(one.name) for one in second.ladder)
        delete(second)
        assert files("media") == files("originals") == []

    def test_files_that_are_gone_already_don_t_matter(self, library, delete):
        image = library(PHOTOGRAPH)
        for rendition in image.ladder:
            default_storage.delete(rendition.name)
        delete(image)
        delete(Image.objects.create(title="Without a file"))
        assert not Image.objects.exists()

    def test_nothing_is_deleted_when_the_row_stays(self, library, files):
        image, before = library(PHOTOGRAPH), files()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            image.delete()
            raise ZeroDivisionError
        assert files() == before
        assert Image.objects.exists()


class TestMakeRenditions:
    """The command that an admin runs after files were lost or the ladder changed."""

    def run(self):
        out = StringIO()
        call_command("make_renditions", stdout=out)
        return out.getvalue().strip()

    def test_lost_files_are_made_again(self, library, files):
        image = library(PHOTOGRAPH)
        before = files("media")
        for rendition in image.ladder:
            default_storage.delete(rendition.name)
        assert self.run() == f"{len(before)} renditions made."
        assert files("media") == before
        assert self.run() == "0 renditions made."

    def test_a_new_ladder_is_made(self, library, monkeypatch):
        image = library(PHOTOGRAPH)
        monkeypatch.setattr("images.renditions.LADDER_VERSION", 99)
        assert self.run() == f"{len(list(image.ladder))} renditions made."

    def test_pictures_that_can_not_be_read_are_named_and_the_others_made(self, library):
        lost, broken, fine = (library(made.encoded(made.photograph(seed=n)), title=f"T{n}") for n in range(3))
        for image in (lost, broken, fine):
            for rendition in image.ladder:
                default_storage.delete(rendition.name)
        storages["originals"].delete(lost.file.name)
        with open(broken.file.path, "wb") as file:
            file.write(b"<html>")
        with pytest.raises(CommandError) as told:
            self.run()
        assert "2 pictures can't be read" in str(told.value)
        assert f"{lost.pk} T0" in str(told.value)
        assert f"{broken.pk} T1" in str(told.value)
        assert all(default_storage.exists(one.name) for one in fine.ladder)

    def test_pictures_without_a_file_are_left_alone(self):
        Image.objects.create(title="Without a file")
        assert self.run() == "0 renditions made."
