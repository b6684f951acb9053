"""What the tests of the picture library share."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from images.models import Image


@pytest.fixture(autouse=True)
def private_originals(settings, own_world, tmp_path):
    """As in production: the originals' storage knows no address."""
    settings.STORAGES = {**settings.STORAGES, "originals": {"BACKEND": "newsroom.storage.PrivateFiles"}}
    settings.ORIGINALS_ROOT = tmp_path / "originals"


@pytest.fixture
def library(db):
    """Takes a picture's bytes into the library."""

    def take(data, name="picture.jpg", **fields):
        return Image.objects.create(file=ContentFile(data, name=name), **{"title": "A picture", **fields})

    return take


@pytest.fixture
def files(tmp_path):
    """The names of all files below the public and the private folder."""

    def names(folder=""):
        return sorted(str(path.relative_to(tmp_path)) for path in Path(tmp_path, folder).rglob("*") if path.is_file())

    return names


def opened(rendition):
    """A rendition's picture, decoded."""
    with default_storage.open(rendition.name) as file:
        image = Pillow.open(io.BytesIO(file.read()))
        image.load()
        return image


@pytest.fixture(name="opened")
def opened_fixture():
    return opened


@pytest.fixture
def public_bytes():
    """All that readers can get of a picture, as (name, bytes)."""

    def read(image):
        found = []
        for rendition in image.ladder:
            with default_storage.open(rendition.name) as file:
                found.append((rendition.name, file.read()))
        return found

    return read
