"""Pictures that people really have, with the defects that they really have."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from images import metadata
from images.models import Image

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(os.environ.get("NEWSROOM_SHARED", ROOT / "../shared")) / "data/dev/images"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file()) if FOLDER.is_dir() else []
JPEG_MARK_OF_XMP = b"http://ns.adobe.com/xap/1.0/\0"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILES, reason=f"there are no real pictures in {FOLDER}"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_picture_is_taken_or_refused_in_words(path, opened, public_bytes):
    image = Image(file=ContentFile(path.read_bytes(), name=path.name), title=path.name)
    try:
        image.full_clean()
    except ValidationError as refusal:
        assert set(refusal.message_dict) == {"file"}
        return
    image.save()
    for rendition in image.ladder:
        assert opened(rendition).size == (rendition.width, rendition.height)
    for name, public in public_bytes(image):
        public = public.replace(metadata.credit_as_xmp(image.credit), b"").replace(JPEG_MARK_OF_XMP, b"")
        for word in (b"Exif", b"ICC_PROFILE", b"ICCP", b"http://ns.adobe.com", b"Photoshop", b"GPS"):
            assert word not in public, (name, word)


TURNED = [path for path in FILES if path.name.startswith("hopper_orientation_")]


@pytest.mark.parametrize("path", TURNED, ids=lambda path: path.name)
def test_a_real_picture_is_upright(path, opened):
    """The same face however it was stored: each comes out like the first."""
    found = []
    for one in (path, TURNED[0]):
        image = Image.objects.create(file=ContentFile(one.read_bytes(), name=one.name), title=one.name)
        found.append(opened(image.ladder.of("full", "jpg")[-1]).convert("L").resize((16, 16), Pillow.Resampling.BOX))
    difference = sum(abs(a - b) for a, b in zip(found[0].tobytes(), found[1].tobytes(), strict=True)) / 256
    assert difference < 6
