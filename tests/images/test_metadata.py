"""The words in a picture's file: taken when the desk has none, cleaned, and never more than words."""

import io
import time

import made
import pytest
from PIL import Image as Pillow

from images import metadata
from images.metadata import Words, credit_as_xmp, parsed_xmp, read
from newsroom import uploads
from newsroom.uploads import Embedded
from tests.conftest import SHARED

REFERENCE = SHARED / "data/dev/images/IPTC-PhotometadataRef-Std2017.1.jpg"


def packet(properties="", attributes=""):
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in metadata.NAMESPACES.items())
    return (
        f"<x:xmpmeta {spaces}><rdf:RDF><rdf:Description {attributes}>{properties}</rdf:Description>"
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def items(*texts, kind="Seq"):
    return f"<rdf:{kind}>{''.join(f'<rdf:li>{text}</rdf:li>' for text in texts)}</rdf:{kind}>"


FULL = packet(
    f"<dc:creator>{items('Ana Lima', 'Bo Ek')}</dc:creator><photoshop:Credit>Reuters</photoshop:Credit>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="de">Hafen</rdf:li><rdf:li xml:lang="x-default">Harbour</rdf:li></rdf:Alt>'
    f"</dc:title><dc:description>{items('Boats at  dawn', kind='Alt')}</dc:description>"
    f"<dc:rights>{items('© 2026 Ana Lima', kind='Alt')}</dc:rights>"
    f"<xmpRights:UsageTerms>{items('Not in print', kind='Alt')}</xmpRights:UsageTerms>"
    f"<iptc:AltTextAccessibility>{items('Three boats', kind='Alt')}</iptc:AltTextAccessibility>"
)
IPTC = {5: [b"Quay"], 80: [b"C. Roe", b"D. Poe"], 110: [b"AP"], 116: [b"(c) AP"], 120: [b"A quay"]}
EXIF = {0x010E: "A pier", 0x013B: "E. Fox", 0x8298: "(c) Fox"}


def test_xmp_comes_first():
    assert read(Embedded(FULL, IPTC, EXIF)) == Words(
        title="Harbour",
        alt="Three boats",
        caption="Boats at dawn",
        credit="Ana Lima, Bo Ek / Reuters",
        usage="© 2026 Ana Lima. Not in print",
    )


def test_then_iptc_then_exif():
    assert read(Embedded(b"", IPTC, EXIF)) == Words("Quay", "", "A quay", "C. Roe, D. Poe / AP", "(c) AP")
    assert read(Embedded(b"", {}, EXIF)) == Words("", "", "A pier", "E. Fox", "(c) Fox")
    assert read(Embedded()) == Words()


def test_each_word_is_looked_for_by_itself():
    only_title = packet(f"<dc:title>{items('Harbour', kind='Alt')}</dc:title>")
    assert read(Embedded(only_title, {80: [b"C. Roe"]}, EXIF)) == Words("Harbour", "", "A pier", "C. Roe", "(c) Fox")


def test_properties_may_be_attributes():
    assert (
        read(Embedded(packet(attributes='photoshop:Credit="Reuters" photoshop:Headline="A day"'))).credit == "Reuters"
    )


def test_who_is_creator_and_agency_at_once_is_named_once():
    both = packet(f"<dc:creator>{items('Ana Lima')}</dc:creator><photoshop:Credit>Ana Lima/EPA</photoshop:Credit>")
    assert read(Embedded(both)).credit == "Ana Lima/EPA"


@pytest.mark.parametrize(
    ("value", "text"),
    [(b"Jos\xc3\xa9", "José"), (b"Jos\xe9", "José"), ("José", "José"), ("JosÃ©", "José"), (7, ""), (b"\0\1", "")],
)
def test_older_standards_come_in_several_encodings(value, text):
    assert read(Embedded(b"", {}, {0x013B: value})).credit == text


@pytest.mark.parametrize("noise", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM\\100MEDIA\\DJI_0001.JPG", "default"])
def test_what_a_camera_writes_is_no_caption(noise):
    assert read(Embedded(b"", {}, {0x010E: noise})).caption == ""


HOSTILE = {
    "nothing": b"",
    "NULs": bytes(100),
    "no XML": b"\xff\xfe\xfd words",
    "not closed": b"<x:xmpmeta><rdf",
    "an unknown prefix": b"<a:b/>",
    "an unknown encoding": b'<?xml version="1.0" encoding="klingon"?><a/>',
    "a DOCTYPE": b'<!DOCTYPE a [<!ENTITY b "c">]>' + FULL,
    "a DOCTYPE in UTF-16": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"),
    "too long": packet("x" * metadata.LARGEST_XMP),
    "too deep": b"<a>" * 100_000 + b"</a>" * 100_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_packet_says_nothing(kind):
    assert parsed_xmp(HOSTILE[kind]) is None
    assert read(Embedded(HOSTILE[kind])) == Words()


def test_laughs_are_not_multiplied_and_files_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("CANARY")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for entities in (f'<!ENTITY l0 "ha">{laughs}', f'<!ENTITY l11 SYSTEM "file://{secret}">'):
        evil = f"<!DOCTYPE a [{entities}]>".encode() + FULL.replace(b"Harbour", b"&l11;")
        begun = time.perf_counter()
        assert read(Embedded(evil)) == Words()
        assert time.perf_counter() - begun < 1


def test_utf_16_is_read():
    assert read(Embedded(FULL.decode().encode("utf-16"))).title == "Harbour"


@pytest.mark.parametrize("credit", ["Sam Oyelaran", "新聞社 / 山田", 'A & B <i>"C"</i>', "Ünal’s"])
def test_the_credit_that_we_write_is_the_credit_that_is_read(credit):
    assert read(Embedded(credit_as_xmp(credit))) == Words(credit=credit)
    assert credit_as_xmp("") == b""


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_every_format_is_asked(format):
    options = {"xmp": FULL}
    if format == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", FULL.decode())
        options = {"pnginfo": info}
    elif format == "TIFF":
        from PIL.TiffImagePlugin import ImageFileDirectory_v2

        info = ImageFileDirectory_v2()
        info[700] = FULL
        info.tagtype[700] = 1
        options = {"tiffinfo": info}
    data = made.encoded(made.photograph(), format, **options)
    assert read(uploads.embedded(io.BytesIO(data))).title == "Harbour"


def test_what_is_no_picture_has_no_words():
    for data in (b"", made.HTML, made.encoded(made.photograph())[:50], made.png_bomb()[:60]):
        assert uploads.embedded(io.BytesIO(data)) == Embedded()


def test_a_broken_block_does_not_cost_the_others():
    exif = Pillow.Exif()
    exif[0x013B] = "E. Fox"
    data = made.with_segments(
        made.encoded(made.photograph(), exif=exif),
        made.segment(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\x05\x1c\x02\x50\xff\xff"),
    )
    assert read(uploads.embedded(io.BytesIO(data))).credit == "E. Fox"


@pytest.mark.django_db
class TestTaking:
    def test_what_the_editor_left_empty_is_filled(self, library):
        image = library(made.encoded(made.photograph(), xmp=FULL), title="")
        assert (image.title, image.alt, image.caption) == ("Harbour", "Three boats", "Boats at dawn")
        assert (image.credit, image.usage_note) == ("Ana Lima, Bo Ek / Reuters", "© 2026 Ana Lima. Not in print")
        image.refresh_from_db()
        assert image.credit == "Ana Lima, Bo Ek / Reuters"

    def test_what_the_editor_wrote_stands(self, library):
        words = {"title": "Mine", "alt": "My words", "caption": "My caption", "credit": "Me", "usage_note": "Once"}
        image = library(made.encoded(made.photograph(), xmp=FULL), **words)
        assert {name: getattr(image, name) for name in words} == words

    def test_a_decorative_picture_gets_no_alternative_text(self, library):
        assert library(made.encoded(made.photograph(), xmp=FULL), decorative=True).alt == ""

    def test_words_are_cut_to_what_fits(self, library):
        long = packet(
            f"<dc:title>{items('t' * 5000, kind='Alt')}</dc:title><dc:rights>{items('r' * 5000, kind='Alt')}</dc:rights>"
            f"<dc:creator>{items('c' * 5000)}</dc:creator><dc:description>{items('d' * 5000, kind='Alt')}</dc:description>"
        )
        image = library(made.encoded(made.photograph(), xmp=long), title="")
        image.full_clean()
        assert [len(text) for text in (image.title, image.caption, image.credit, image.usage_note)] == [
            200,
            1000,
            200,
            500,
        ]

    def test_markup_in_them_stays_text(self, library):
        evil = packet(f"<dc:title>{items('&lt;script&gt;alert(1)&lt;/script&gt;', kind='Alt')}</dc:title>")
        assert library(made.encoded(made.photograph(), xmp=evil), title="").title == "<script>alert(1)</script>"

    @pytest.mark.skipif(not REFERENCE.exists(), reason=f"the IPTC's reference picture is not in {SHARED}")
    def test_the_reference_picture_of_the_iptc(self, library):
        image = library(REFERENCE.read_bytes(), title="")
        assert image.title == "The Title (ref2017.1)"
        assert image.caption == "The description aka caption (ref2017.1)"
        assert image.credit == "Creator1 (ref2017.1), Creator2 (ref2017.1) / Credit Line (ref2017.1)"
        assert image.usage_note.startswith("Copyright (Notice) 2017.1 IPTC")
