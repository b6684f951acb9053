"""What readers get looks as it should: upright, in the right colours, from the smallest to the longest."""

import io

import made
import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Pillow

from newsroom import uploads

pytestmark = pytest.mark.django_db


def widest(image, shape, ending):
    return image.ladder.of(shape, ending)[-1]


def about(colour, wanted, tolerance=16):
    return all(abs(one - other) <= tolerance for one, other in zip(colour, wanted, strict=False))


def colour_of(image, opened, ending="webp"):
    picture = opened(widest(image, "full", ending))
    return picture.getpixel((picture.width // 2, picture.height // 2))


# How a camera that was turned has stored the picture, by the number that it writes beside it.
STORED = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_90,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", STORED)
def test_every_orientation_is_upright(library, opened, orientation, format):
    upright, turn = made.quarters(), STORED[orientation]
    stored = upright.transpose(turn) if turn is not None else upright
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    options = {"quality": 95} if format in {"JPEG", "WEBP"} else {}
    image = library(made.encoded(stored, format, exif=exif, **options), "a.jpg")
    assert (image.width, image.height) == (80, 40)
    for ending in ("webp", "jpg"):
        picture = opened(widest(image, "full", ending)).convert("RGB")
        assert picture.size == (80, 40)
        corners = [picture.getpixel(place) for place in ((8, 6), (72, 6), (8, 34), (72, 34))]
        wanted = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
        assert all(map(about, corners, wanted, [48] * 4)), corners


def test_a_nonsense_orientation_is_none(library):
    exif = Pillow.Exif()
    exif[0x0112] = 77
    assert library(made.encoded(made.quarters(), exif=exif)).width == 80


def test_cmyk_is_not_inverted(library, opened):
    red = made.picture(colour=(0, 255, 255, 0), mode="CMYK")
    for data in (made.encoded(red), made.encoded(red, "TIFF")):
        assert about(colour_of(library(data), opened), (255, 0, 0), 30)


@pytest.mark.parametrize("level", [0, 64, 128, 255])
def test_sixteen_bits_of_grey_keep_their_brightness(library, opened, level):
    pixels = made.png_rows(60, 40, bytes([level, 0]))
    image = library(made.png(60, 40, pixels, depth=16, colours=0), "a.png")
    assert about(colour_of(image, opened), (level,) * 3)


def test_sixteen_bits_of_grey_with_a_transparent_shade_are_taken(library):
    extra = made.chunk(b"tRNS", b"\x80\x00")
    library(made.png(60, 40, made.png_rows(60, 40, b"\x80\x00"), depth=16, colours=0, extra=extra), "a.png")


def test_sixteen_bits_of_colour_are_taken(library, opened):
    pixels = made.png_rows(60, 40, bytes([200, 0, 100, 0, 50, 0]))
    assert about(colour_of(library(made.png(60, 40, pixels, depth=16), "a.png"), opened), (200, 100, 50))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I", "F", "CMYK", "YCbCr", "LAB"])
def test_every_kind_of_tiff_is_taken_or_refused_in_words(mode):
    try:
        data = made.encoded(Pillow.new(mode, (20, 20)), "TIFF")
    except OSError:
        pytest.skip("Pillow writes no such TIFF")
    try:
        assert uploads.open_upright(io.BytesIO(data)).mode in {"RGB", "RGBA"}
    except ValidationError as error:
        assert "can't be read" in error.messages[0]


def test_what_is_transparent_stays_so_and_is_white_as_a_jpeg(library, opened):
    image = library(made.encoded(made.picture(colour=(200, 0, 0, 0), mode="RGBA"), "PNG"), "a.png")
    assert colour_of(image, opened)[3] == 0
    assert about(colour_of(image, opened, "jpg"), (255, 255, 255), 3)


def test_half_transparent_red_is_pink_on_paper(library, opened):
    image = library(made.encoded(made.picture(colour=(255, 0, 0, 128), mode="RGBA"), "PNG"), "a.png")
    assert about(colour_of(image, opened, "jpg"), (255, 127, 127))


@pytest.mark.parametrize("transparency", [1, bytes([255, 0])])
def test_a_palette_with_a_transparent_colour(library, opened, transparency):
    image = Pillow.new("P", (60, 40), 1)
    image.putpalette([10, 20, 30, 200, 100, 50])
    taken = library(made.encoded(image, "PNG", transparency=transparency), "a.png")
    assert colour_of(taken, opened)[3] == 0


def test_a_palette_without_one_is_plain_colour(library, opened):
    image = Pillow.new("P", (60, 40), 1)
    image.putpalette([10, 20, 30, 200, 100, 50])
    for data in (made.encoded(image, "PNG"), made.encoded(image, "GIF")):
        picture = opened(widest(library(data), "full", "webp"))
        assert picture.mode == "RGB"
        assert about(picture.getpixel((5, 5)), (200, 100, 50))


def test_of_many_frames_the_first_is_shown(library, opened):
    frames = [made.picture(colour=colour) for colour in ("blue", "red", "lime")]
    for format in ("GIF", "PNG", "WEBP"):
        data = made.encoded(frames[0], format, save_all=True, append_images=frames[1:] * 100)
        image = library(data, "a.gif")
        assert about(colour_of(image, opened), (0, 0, 255), 40), format
        picture = opened(widest(image, "full", "webp"))
        assert getattr(picture, "n_frames", 1) == 1


def test_a_phone_s_picture_of_two_pictures_is_the_first(library, opened):
    pair = [made.picture(colour="blue"), made.picture(colour="red")]
    data = made.encoded(pair[0], "MPO", save_all=True, append_images=pair[1:])
    assert about(colour_of(library(data), opened), (0, 0, 255), 40)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_colours_of_another_profile_look_the_same_without_it(library, opened, format):
    """Phones and cameras write other colours than sRGB: dropping the profile alone would make them wrong."""
    data = made.encoded(made.picture(colour=(255, 0, 0)), format, icc_profile=made.swapped_profile())
    assert b"CANARY swapped" in data or format == "PNG"
    for ending in ("webp", "jpg"):
        assert about(colour_of(library(data), opened, ending), (0, 255, 0), 48)


def test_a_profile_keeps_what_is_transparent(library, opened):
    image = made.picture(colour=(255, 0, 0, 0), mode="RGBA")
    taken = library(made.encoded(image, "PNG", icc_profile=made.swapped_profile()), "a.png")
    assert colour_of(taken, opened)[3] == 0


@pytest.mark.parametrize(
    "profile", [b"nonsense", made.swapped_profile()[:200], made.swapped_profile()[:-30], b"\0" * 500]
)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_broken_profile_is_as_good_as_none(library, profile, mode):
    library(made.encoded(Pillow.new(mode, (60, 40)), icc_profile=profile))


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (1, 20_000), (20_000, 1), (2, 3), (319, 320), (3, 16_383), (400, 17_000)]
)
def test_every_proportion_has_renditions_of_at_least_one_pixel(library, opened, width, height):
    image = library(made.encoded(made.picture(width, height), "PNG"), "a.png")
    assert (image.width, image.height) == (width, height)
    for rendition in image.ladder:
        picture = opened(rendition)
        assert picture.size == (rendition.width, rendition.height)
        assert min(picture.size) >= 1
        assert max(picture.size) <= 16_383 or rendition.ending == "jpg"
    full = widest(image, "full", "webp")
    if min(width, height) > 100:
        assert abs(full.width / full.height - width / height) < 0.01
