"""Which files readers have of a picture: AVIF when it is made, the credit within, and none of a state that is past."""

from dataclasses import replace
from io import BytesIO, StringIO

import made
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.template import Context, Template

from images import metadata, renditions
from images.models import Image
from images.templatetags.pictures import NARROW
from newsroom import pagecache, uploads
from tests.conftest import AVIF_WITH_CARE

pytestmark = pytest.mark.django_db

# Somewhat wider than what is made in AVIF at once.
PHOTOGRAPH = made.encoded(made.photograph(780, 520))
OTHER = made.encoded(made.photograph(780, 520, seed=2))
FOR_TELEPHONES = f'<source type="image/avif" media="{NARROW}"'


def make_avif():
    out = StringIO()
    call_command("make_renditions", "--avif", stdout=out)
    return out.getvalue().strip()


def there(image):
    return {name for shape in renditions.SHAPES for name in _names(image, shape) if default_storage.exists(name)}


def _names(image, shape):
    ladder = replace(image.ladder, avif=True)
    return [one.name for ending, _ in renditions.FORMATS for one in ladder.of(shape, ending)]


def html(image):
    return Template('{% load pictures %}{% picture image "lead" %}').render(Context({"image": image}))


class TestAvif:
    def test_telephones_have_it_at_once_and_the_others_once_it_is_made(self, library):
        image = library(PHOTOGRAPH)
        assert FOR_TELEPHONES in html(image)
        assert {one.width for one in image.ladder.of("full", "avif")} == {320, 750}
        large = [one for one in image.ladder if one.ending == "webp" and one.width > renditions.SMALL]
        assert make_avif() == f"{len(large)} renditions made."
        image.refresh_from_db()
        assert image.has_avif
        assert html(image).index("image/avif") < html(image).index("image/webp")
        assert "media=" not in html(image)
        for rendition in image.ladder:
            assert default_storage.exists(rendition.name)
        assert make_avif() == "0 renditions made."

    def test_what_is_small_has_it_whole(self, library):
        image = library(made.encoded(made.photograph(330, 220)))
        assert "image/avif" in html(image) and "media=" not in html(image)

    def test_its_files_are_avif_of_the_size_that_they_say(self, library, opened):
        image = library(PHOTOGRAPH)
        make_avif()
        image.refresh_from_db()
        for rendition in image.ladder.of("card", "avif"):
            picture = opened(rendition)
            assert (picture.format, picture.size) == ("AVIF", (rendition.width, rendition.height))

    @pytest.mark.parametrize("size", [(1, 1), (2, 3), (1, 3000)])
    def test_odd_proportions_have_it_too(self, library, size):
        image = library(made.encoded(made.picture(*size), "PNG"), "a.png")
        image.make_renditions(avif=True)
        assert default_storage.exists(image.ladder.of("full", "avif")[-1].name)

    def test_what_is_transparent_stays_so(self, library, opened, monkeypatch):
        monkeypatch.setattr(renditions, "AVIF", AVIF_WITH_CARE)
        image = library(made.encoded(made.picture(colour=(200, 0, 0, 0), mode="RGBA"), "PNG"), "a.png")
        image.make_renditions(avif=True)
        assert opened(image.ladder.of("full", "avif")[-1]).getpixel((5, 5))[3] == 0

    def test_an_interrupted_run_goes_on_where_it_stopped(self, library):
        image = library(PHOTOGRAPH)
        image.make_renditions(avif=True)
        Image.objects.update(has_avif=False)
        default_storage.delete(image.ladder.of("card", "avif")[0].name)
        assert make_avif() == "1 renditions made."
        assert Image.objects.get().has_avif

    def test_one_that_fails_does_not_stop_the_rest(self, library):
        fine, lost = library(PHOTOGRAPH), library(OTHER, title="Lost")
        storages["originals"].delete(lost.file.name)
        with pytest.raises(CommandError, match=r"1 pictures can't be read:\n.*Lost"):
            make_avif()
        fine.refresh_from_db(), lost.refresh_from_db()
        assert (fine.has_avif, lost.has_avif) == (True, False)

    @pytest.mark.parametrize("change", [{"focal_x": 0.1}, {"credit": "Somebody else"}])
    def test_another_cut_or_credit_has_none_yet(self, library, change):
        image = library(PHOTOGRAPH)
        image.make_renditions(avif=True)
        for name, value in change.items():
            setattr(image, name, value)
        image.save()
        image.refresh_from_db()
        assert not image.has_avif
        assert FOR_TELEPHONES in html(image)

    def test_another_file_has_none_yet(self, library):
        image = library(PHOTOGRAPH)
        image.make_renditions(avif=True)
        image.file = ContentFile(OTHER, name="b.jpg")
        image.save()
        image.refresh_from_db()
        assert not image.has_avif

    def test_words_leave_it_alone(self, library):
        image = library(PHOTOGRAPH)
        image.make_renditions(avif=True)
        image.alt = "New words"
        image.save()
        image.refresh_from_db()
        assert image.has_avif

    def test_a_picture_that_changes_while_it_is_made_is_not_said_to_have_it(self, library):
        stale = library(PHOTOGRAPH)
        fresh = Image.objects.get()
        fresh.focal_x = 0.1
        fresh.save()
        stale.make_renditions(avif=True)
        fresh.refresh_from_db()
        assert not fresh.has_avif
        assert not [name for name in there(stale) if name.endswith("avif")]

    def test_lost_files_of_it_come_back_without_asking_for_it(self, library):
        image = library(PHOTOGRAPH)
        image.make_renditions(avif=True)
        default_storage.delete(image.ladder.of("full", "avif")[0].name)
        call_command("make_renditions", stdout=StringIO())
        assert default_storage.exists(image.ladder.of("full", "avif")[0].name)

    def test_pages_that_show_it_are_made_again(self, library, django_capture_on_commit_callbacks):
        image = library(PHOTOGRAPH)
        before = pagecache.stamps().read([image.key])
        with django_capture_on_commit_callbacks(execute=True):
            image.make_renditions(avif=True)
        assert pagecache.stamps().read([image.key]) != before

    def test_it_is_served(self, library, client):
        image = library(PHOTOGRAPH)
        image.make_renditions(avif=True)
        response = client.get(image.ladder.of("card", "avif")[0].url)
        assert response["Content-Type"] == "image/avif"
        response.close()


class TestCredit:
    @pytest.mark.parametrize("credit", ["Sam Oyelaran", "新聞社 & <b>Söhne</b>"])
    def test_every_public_file_bears_it_and_nothing_else(self, library, public_bytes, credit):
        image = library(made.camera_jpeg(artist="CANARY artist"), credit=credit)
        image.make_renditions(avif=True)
        files = public_bytes(image)
        assert {name.rpartition(".")[2] for name, _ in files} == {"avif", "webp", "jpg"}
        for name, public in files:
            found = uploads.embedded(BytesIO(public))
            assert metadata.read(found) == metadata.Words(credit=credit), name
            assert (found.iptc, found.exif) == ({}, {}), name
            rest = public.replace(metadata.credit_as_xmp(credit), b"")
            for word in (b"CANARY", b"Exif", b"ICC_PROFILE", b"ICCP", b"EXIF", b"Photoshop", b"8BIM", b"GPS"):
                assert word not in rest, (name, word)
            if name.endswith("jpg"):
                assert public.count(b"\xff\xd8\xff") == 1, "a thumbnail within"

    def test_without_one_there_is_not_a_word_in_them(self, library, public_bytes):
        for _, public in public_bytes(library(PHOTOGRAPH)):
            assert uploads.embedded(BytesIO(public)) == uploads.Embedded()

    def test_another_credit_has_other_addresses(self, library, public_bytes, django_capture_on_commit_callbacks):
        image = library(PHOTOGRAPH, credit="Wrong")
        before = there(image)
        with django_capture_on_commit_callbacks(execute=True):
            image.credit = "  Right\n"
            image.save()
        assert not before & there(image)
        assert not any(default_storage.exists(name) for name in before)
        for _, public in public_bytes(Image.objects.get()):
            assert b"Right" in public
            assert b"Wrong" not in public

    def test_a_lost_original_is_told(self, library):
        image = library(PHOTOGRAPH, credit="Wrong")
        storages["originals"].delete(image.file.name)
        image.credit = "Right"
        with pytest.raises(Exception, match="original is lost"):
            image.full_clean()


class TestReplacing:
    @pytest.fixture
    def replace(self, django_capture_on_commit_callbacks):
        def run(image, data):
            with django_capture_on_commit_callbacks(execute=True):
                image.file = ContentFile(data, name="b.jpg")
                image.save()

        return run

    def test_the_old_files_are_gone_and_the_page_is_out_of_date(self, library, files, replace):
        image = library(PHOTOGRAPH, alt="A street", credit="Sam", focal_x=0.2)
        image.make_renditions(avif=True)
        stamp = pagecache.stamps().read([image.key])
        old = set(files("media")) | set(files("originals"))
        replace(image, OTHER)
        assert pagecache.stamps().read([image.key]) != stamp
        assert not old & (set(files("media")) | set(files("originals")))
        assert len(files("media")) == len(list(image.ladder))
        assert len(files("originals")) == 1
        kept = Image.objects.get()
        assert (kept.pk, kept.alt, kept.credit, kept.focal_x) == (image.pk, "A street", "Sam", 0.2)

    def test_another_picture_of_the_same_content_keeps_its_files(self, library, replace):
        image, same = library(PHOTOGRAPH), library(PHOTOGRAPH)
        replace(image, OTHER)
        assert len(there(same)) == len(list(same.ladder))
        assert same.file.storage.exists(same.file.name)

    def test_the_same_file_again_keeps_the_renditions(self, library, files, replace):
        image = library(PHOTOGRAPH)
        before = files("media")
        replace(image, PHOTOGRAPH)
        assert files("media") == before
        assert len(files("originals")) == 1

    def test_nothing_is_deleted_when_it_fails(self, library, files, replace):
        image = library(PHOTOGRAPH)
        before = files()
        with pytest.raises(Exception, match="not a picture"):
            replace(image, made.HTML)
        assert files() == before

    def test_a_moved_focal_point_leaves_no_cut_behind(self, library, files, django_capture_on_commit_callbacks):
        image = library(PHOTOGRAPH)
        with django_capture_on_commit_callbacks(execute=True):
            image.focal_x = 0.1
            image.save()
        assert len(files("media")) == len(list(image.ladder))

    @pytest.mark.parametrize("moved", [0.5001, 0.5])
    def test_a_hair_s_breadth_is_no_move(self, library, files, django_capture_on_commit_callbacks, moved):
        """Finer than names tell apart: the files are the same, and must not be deleted as the old ones."""
        image = library(PHOTOGRAPH)
        Image.objects.update(focal_x=0.50004)  # as an older version stored it
        image.refresh_from_db()
        before = files("media")
        with django_capture_on_commit_callbacks(execute=True):
            image.focal_x = moved
            image.save()
        assert files("media") == before
        assert len(there(image)) == len(before)

    def test_deleting_takes_avif_along(self, library, files, django_capture_on_commit_callbacks):
        image = library(PHOTOGRAPH)
        image.make_renditions(avif=True)
        Image.objects.update(has_avif=False)  # as a crash between files and row leaves it
        with django_capture_on_commit_callbacks(execute=True):
            Image.objects.get().delete()
        assert files("media") == files("originals") == []
