"""Files lie whole or not at all."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile

from newsroom.storage import PrivateFiles, WholeFiles


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


class BreaksOff(ContentFile):
    """A disk that is full after the first piece."""

    def chunks(self, chunk_size=None):
        yield b"the first piece"
        raise OSError(28, "No space left on device")


def test_a_file_is_stored_with_its_folder(tmp_path):
    files = WholeFiles(tmp_path)
    assert files.save("a/b/c.txt", ContentFile(b"whole")) == "a/b/c.txt"
    assert names(tmp_path) == ["a/b/c.txt"]
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"whole"


def test_a_write_that_breaks_off_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="No space left"):
        WholeFiles(tmp_path).save("a.txt", BreaksOff(b"", name="a.txt"))
    assert names(tmp_path) == []


def test_the_name_is_not_there_before_the_file_is_whole(tmp_path):
    seen = []

    class Watching(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"one"
            seen.extend(names(tmp_path))
            yield b"two"

    WholeFiles(tmp_path).save("a.txt", Watching(b"", name="a.txt"))
    assert len(seen) == 1
    assert seen[0].endswith(".part")
    assert (tmp_path / "a.txt").read_bytes() == b"onetwo"


def test_a_large_upload_is_moved_not_lost(tmp_path):
    upload = TemporaryUploadedFile("a.bin", "application/octet-stream", 5, None)
    upload.write(b"large")
    upload.flush()
    WholeFiles(tmp_path).save("a.bin", upload)
    assert names(tmp_path) == ["a.bin"]
    assert (tmp_path / "a.bin").read_bytes() == b"large"
    upload.close()


def test_a_name_that_is_taken_is_not_overwritten(tmp_path):
    files = WholeFiles(tmp_path)
    first = files.save("a.txt", ContentFile(b"1"))
    second = files.save("a.txt", ContentFile(b"2"))
    assert first != second
    assert (tmp_path / first).read_bytes() == b"1"


def test_private_files_have_no_address(tmp_path, settings):
    files = PrivateFiles()
    settings.ORIGINALS_ROOT = tmp_path
    name = files.save("a.txt", ContentFile(b"1"))
    assert names(tmp_path) == ["a.txt"]
    with pytest.raises(ValueError, match="no address"):
        files.url(name)


def test_the_site_uses_these():
    from newsroom import settings as ours

    assert isinstance(storages["default"], WholeFiles)
    assert ours.STORAGES["originals"]["BACKEND"] == "newsroom.storage.PrivateFiles"
    folder, public = Path(ours.ORIGINALS_ROOT), Path(ours.MEDIA_ROOT)
    assert os.path.commonpath([folder, public]) not in {str(folder), str(public)}
