"""The ladder: which sizes there are, what they are called, and that they are all made."""

from dataclasses import replace

import made
import pytest
from PIL import Image as Pillow

from images import renditions
from images.renditions import FORMATS, SHAPES, Ladder

LARGE = Ladder(3000, 2000, (0.5, 0.5), "0123456789abcdef")


def names(ladder):
    return [rendition.name for rendition in ladder]


def widths(ladder, shape):
    return [rendition.width for rendition in ladder.of(shape, "webp")]


def test_a_large_picture_has_the_whole_ladder():
    assert widths(LARGE, "full") == [320, 750, 960, 1280, 1600, 2000]
    assert widths(LARGE, "card") == [240, 360, 750, 960]
    assert widths(LARGE, "square") == [96, 192, 384]


@pytest.mark.parametrize(
    ("width", "found"), [(1, [1]), (320, [320]), (321, [320, 321]), (2000, [320, 750, 960, 1280, 1600, 2000])]
)
def test_nothing_is_made_wider_than_it_is(width, found):
    assert widths(Ladder(width, 500, (0.5, 0.5), "x"), "full") == found


def test_every_shape_has_every_format_in_the_same_sizes():
    for shape in SHAPES:
        ladder = replace(LARGE, avif=True)
        avif, webp, jpg = ([(one.width, one.height) for one in ladder.of(shape, ending)] for ending, _ in FORMATS)
        assert avif == webp == jpg != []


def test_avif_is_for_telephones_until_all_of_it_is_made():
    assert [one.width for one in LARGE.of("full", "avif")] == [320, 750]
    assert [one.width for one in LARGE.of("square", "avif")] == [96, 192, 384]
    assert [one.width for one in Ladder(200, 100, (0.5, 0.5), "x").of("full", "avif")] == [200]


def test_shapes_have_their_proportions():
    for name, ratio in (("card", 3 / 2), ("square", 1), ("16x9", 16 / 9), ("4x3", 4 / 3), ("1x1", 1)):
        for rendition in LARGE.of(name, "jpg"):
            assert abs(rendition.width / rendition.height - ratio) < 0.01


def test_names_are_distinct_and_their_place_is_not_to_be_guessed():
    found = names(LARGE)
    assert len(set(found)) == len(found)
    [folder] = {name.rpartition("/")[0] for name in found}
    assert len(folder.removeprefix("renditions/")) == 20  # 80 bits


@pytest.mark.parametrize(
    "other",
    [
        Ladder(3000, 2000, (0.5, 0.5), "fedcba9876543210"),
        Ladder(3000, 2000, (0.4, 0.5), "0123456789abcdef"),
        Ladder(3000, 2000, (0.5, 0.501), "0123456789abcdef"),
    ],
)
def test_other_content_or_another_focal_point_has_other_names(other):
    assert not set(names(LARGE)) & set(names(other))


def test_another_version_of_the_ladder_has_other_names(monkeypatch):
    before = names(LARGE)
    monkeypatch.setattr(renditions, "LADDER_VERSION", renditions.LADDER_VERSION + 1)
    assert not set(before) & set(names(Ladder(3000, 2000, (0.5, 0.5), "0123456789abcdef")))


def test_the_same_picture_has_the_same_names():
    assert names(LARGE) == names(Ladder(3000, 2000, (0.5, 0.5), "0123456789abcdef"))


def stripes():
    """Red, green and blue side by side, and the same downwards."""
    wide = Pillow.new("RGB", (1500, 300))
    for number, colour in enumerate(("red", "lime", "blue")):
        wide.paste(colour, (number * 500, 0, number * 500 + 500, 300))
    return wide


COLOURS = {0: (255, 0, 0), 0.5: (0, 255, 0), 1: (0, 0, 255)}


@pytest.mark.django_db
@pytest.mark.parametrize("focal", COLOURS)
@pytest.mark.parametrize("shape", ["card", "square"])
@pytest.mark.parametrize("upright", [False, True])
def test_a_crop_keeps_the_focal_point(library, opened, focal, shape, upright):
    picture = stripes().transpose(Pillow.Transpose.ROTATE_270) if upright else stripes()
    place = {"focal_y": focal} if upright else {"focal_x": focal}
    image = library(made.encoded(picture, "PNG"), "a.png", **place)
    crop = opened(image.ladder.of(shape, "jpg")[-1])
    found = crop.getpixel((crop.width // 2, crop.height // 2))
    assert all(abs(one - other) < 40 for one, other in zip(found, COLOURS[focal], strict=True)), found


@pytest.mark.django_db
def test_every_planned_file_is_there_in_the_size_that_it_says(library, opened):
    image = library(made.encoded(made.photograph(2100, 1400)))
    assert len(list(image.ladder)) == 37
    for rendition in image.ladder:
        picture = opened(rendition)
        assert picture.size == (rendition.width, rendition.height)
        assert picture.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[rendition.ending]


@pytest.mark.django_db
def test_making_again_writes_only_what_is_missing(library, files):
    image = library(made.encoded(made.photograph()))
    assert image.make_renditions() == 0
    lost = [image.ladder.of("card", "jpg")[0], image.ladder.of("full", "webp")[0]]
    for rendition in lost:
        renditions.default_storage.delete(rendition.name)
    assert image.make_renditions() == 2
    assert len(files("media")) == len(list(image.ladder))
