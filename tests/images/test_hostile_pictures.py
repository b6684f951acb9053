"""Files that are no pictures, or more than pictures: refused in words for an editor, or drawn anew without the rest."""

import io
import json
import os
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import made
import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Pillow

from images.models import Image
from newsroom import uploads

ROOT = Path(__file__).resolve().parent.parent.parent


def refusal(data):
    with pytest.raises(ValidationError) as error:
        uploads.check(io.BytesIO(data))
    [sentence] = error.value.messages
    assert sentence.endswith(".")
    return sentence


JPEG = made.encoded(made.photograph())
NO_PICTURES = {
    "zero bytes": b"",
    "one byte": b"\xff",
    "a JPEG's first bytes": JPEG[:20],
    "HTML": made.HTML,
    "HTML that begins like a GIF": b"GIF89a" + made.HTML,
    "HTML that begins like a JPEG": b"\xff\xd8\xff\xe0" + made.HTML,
    "SVG": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a program": made.PROGRAM,
    "a PDF": b"%PDF-1.7\n" + bytes(500),
    "an archive": made.zip_with("a.txt", b"x" * 500),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n",
    "a BMP": made.encoded(made.picture(), "BMP"),
    "an ICO": made.encoded(made.picture(32, 32), "ICO"),
    "a PCX": made.encoded(made.picture(), "PCX"),
    "a PPM": made.encoded(made.picture(), "PPM"),
    "text": b"hello\n" * 100,
    "noise": random.Random(1).randbytes(5000),
}


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_refused(kind):
    refusal(NO_PICTURES[kind])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["zero bytes", "HTML", "SVG"])
def test_what_is_refused_leaves_neither_row_nor_file(library, files, kind):
    with pytest.raises(ValidationError):
        library(NO_PICTURES[kind])
    assert not Image.objects.exists()
    assert files() == []


FORMATS = {
    "JPEG": JPEG,
    "progressive JPEG": made.encoded(made.photograph(), progressive=True),
    "PNG": made.encoded(made.photograph(), "PNG"),
    "WebP": made.encoded(made.photograph(), "WEBP"),
    "GIF": made.encoded(made.photograph(), "GIF"),
    "AVIF": made.encoded(made.photograph(), "AVIF"),
    "TIFF": made.encoded(made.photograph(), "TIFF", compression="tiff_lzw"),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_what_editors_bring_is_taken(kind):
    uploads.check(io.BytesIO(FORMATS[kind]))


@pytest.mark.parametrize("kind", FORMATS)
def test_half_a_picture_is_refused(kind):
    assert "read" in refusal(FORMATS[kind][: len(FORMATS[kind]) // 2])


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_with_broken_bytes_is_taken_or_refused_and_nothing_else(kind):
    """Whatever Pillow's readers raise: an editor gets a sentence."""
    chance = random.Random(kind)
    for _ in range(150):
        data = bytearray(FORMATS[kind])
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(chance.choice((64, len(data))))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        try:
            image = uploads.open_upright(io.BytesIO(bytes(data)))
        except ValidationError:
            continue
        assert image.mode in {"RGB", "RGBA"}


def test_a_reader_that_breaks_down_is_a_sentence_for_the_editor(monkeypatch):
    monkeypatch.setattr(Pillow, "open", lambda *args, **kwargs: {}["no such key"])
    assert refusal(JPEG) == "This picture is broken and can't be read (KeyError)."


def test_giants_are_refused_before_they_are_decoded(tmp_path):
    """In a process of its own, to see what it costs: a 140 kB file could take 144 MB, eight of them the server."""
    for name, make in made.GIANTS.items():
        (tmp_path / name).write_bytes(make())
    code = """
import django, json, os, resource, sys, time
django.setup()
from django.core.exceptions import ValidationError
from newsroom import uploads
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before, begun, said = peak(), time.perf_counter(), {}
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as file:
        try:
            uploads.check(file)
            said[name] = "taken"
        except ValidationError as error:
            said[name] = error.messages[0]
print(json.dumps({"said": said, "megabytes": peak() - before, "seconds": time.perf_counter() - begun}))
"""
    settings = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "SECRET_KEY": "k" * 50, "VAR_DIR": str(tmp_path.parent)}
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **settings},
    )
    found = json.loads(run.stdout)
    assert set(found["said"]) == set(made.GIANTS)
    assert "taken" not in found["said"].values(), found
    assert found["said"]["png of 144 megapixels"].startswith("12000 × 12000 pixels are too many: 50 megapixels")
    assert found["megabytes"] < 100, found
    assert found["seconds"] < 10, found


def test_the_bomb_is_as_small_as_real_ones():
    assert len(made.png_bomb()) < 400_000


def test_the_limit_of_pixels_is_a_setting(settings):
    settings.IMAGE_MAX_MEGAPIXELS = 1
    assert "1001 × 1000 pixels are too many: 1 megapixels" in refusal(made.encoded(made.picture(1001, 1000)))
    uploads.check(io.BytesIO(made.encoded(made.picture(1000, 1000))))


def test_the_limit_of_bytes_is_a_setting(settings):
    settings.IMAGE_MAX_MEGABYTES = 1
    noise = Pillow.frombytes("RGB", (700, 700), random.Random(1).randbytes(700 * 700 * 3))
    assert "larger than 1 MB" in refusal(made.encoded(noise, "PNG"))
    uploads.check(io.BytesIO(made.encoded(noise, "JPEG", quality=50)))


def test_the_file_is_left_at_its_begin():
    for data in (JPEG, b"", made.HTML):
        file = io.BytesIO(data)
        with suppress(ValidationError):
            uploads.check(file)
        assert file.tell() == 0


POLYGLOTS = {
    "JPEG with HTML behind it": (JPEG + made.HTML, "a.jpg"),
    "JPEG with HTML in a comment": (made.encoded(made.photograph(), comment=made.HTML), "a.jpg"),
    "JPEG with an archive behind it": (JPEG + made.zip_with("CANARY.php", b"<?php CANARY"), "a.jpg"),
    "PNG with HTML in a text chunk": (
        made.png(4, 4, made.png_rows(4, 4, b"abc"), extra=made.chunk(b"tEXt", b"Comment\0" + made.HTML)),
        "a.png",
    ),
    "PNG with HTML behind it": (made.encoded(made.photograph(), "PNG") + made.HTML, "a.png"),
    "GIF with HTML in a comment": (made.encoded(made.photograph(), "GIF", comment=made.HTML), "a.gif"),
    "WebP with HTML behind it": (made.encoded(made.photograph(), "WEBP", xmp=made.HTML) + made.HTML, "a.webp"),
    "TIFF with HTML in its description": (
        made.encoded(made.photograph(), "TIFF", description=made.HTML.decode()),
        "a.tif",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", POLYGLOTS)
def test_what_hides_in_a_picture_does_not_get_out(library, public_bytes, kind):
    data, name = POLYGLOTS[kind]
    assert b"CANARY" in data
    for rendition, public in public_bytes(library(data, name)):
        for word in (b"CANARY", b"script", b"<html", b"<?php", b"PK\3\4", b"PK\5\6"):
            assert word not in public, rendition


@pytest.mark.django_db
def test_a_camera_s_data_does_not_get_out(library, public_bytes):
    data = made.camera_jpeg()
    assert data.count(b"CANARY") >= 10
    image = library(data)
    for name, public in public_bytes(image):
        for word in (b"CANARY", b"Exif", b"ICC_PROFILE", b"ICCP", b"EXIF", b"XMP", b"adobe", b"Photoshop", b"8BIM"):
            assert word not in public, (name, word)
        if name.endswith("jpg"):
            assert public.count(b"\xff\xd8\xff") == 1, "a thumbnail within"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\x.jpg",
        "a/b/c.jpg",
        "x.php",
        "x.jpg.php",
        "x.svg",
        "x.html\x00.jpg",
        "con.jpg",
        "fdp.\u202egpj.exe",
        ".htaccess",
        "x.jpg\r\nSet-Cookie: a=b",
        "é" * 200 + ".jpg",
        "x." + "y" * 300,
        "<script>alert(1)</script>.jpg",
        "no ending",
        "新聞.jpeg",
    ],
)
def test_what_somebody_called_a_file_becomes_no_path(library, files, name):
    image = library(JPEG, name, title="")
    image.full_clean()
    folder, file = image.file.name.split("/")
    stem, _, ending = file.partition(".")
    assert (len(folder), len(stem)) == (4, 20)
    assert ending.isascii()
    assert ending.isalnum()
    assert len(ending) <= 4
    assert image.title
    assert len(image.title) <= 200
    assert not {"\u202e", "\0", "\r", "\n"} & set(image.title)
    assert [path for path in files() if not path.startswith(("media/renditions/", f"originals/{folder}/"))] == []
