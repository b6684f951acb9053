"""{% picture %}: the one place where a picture becomes HTML."""

import re
from itertools import product

import lxml.html
import made
import pytest
from django.template import Context, Template

from images.models import Image
from images.renditions import SHAPES
from images.templatetags.pictures import NARROW, SIZES

pytestmark = pytest.mark.django_db


def html(image, arguments='"lead"'):
    return (
        Template("{% load pictures %}{% picture image " + arguments + " %}").render(Context({"image": image})).strip()
    )


def tree(image, arguments='"lead"'):
    """lxml knows HTML 4, in which <source> would hold the rest; so it is closed for it."""
    text = re.sub(r"(<source [^>]*)>", r"\1></source>", html(image, arguments))
    return lxml.html.fragment_fromstring(text)


@pytest.fixture
def image(library):
    return library(made.encoded(made.photograph(1000, 600)), alt="A street at night")


def test_a_picture_offers_every_width_in_every_format(image):
    found = tree(image)
    assert found.tag == "picture"
    avif, webp = found.findall("source")
    assert (avif.get("type"), avif.get("media")) == ("image/avif", NARROW)
    assert (webp.get("type"), webp.get("media")) == ("image/webp", None)
    for element, ending in ((avif, "avif"), (webp, "webp"), (found.find("img"), "jpg")):
        offers = [offer.split() for offer in element.get("srcset").split(", ")]
        assert [(url, width) for url, width in offers] == [
            (one.url, f"{one.width}w") for one in image.ladder.of("full", ending)
        ]
        assert element.get("sizes") == SIZES["lead"]


def test_its_place_is_kept_free_while_it_loads(image):
    found = tree(image).find("img")
    assert (found.get("width"), found.get("height")) == ("1000", "600")
    cut = tree(image, '"lead" "card"').find("img")
    assert int(cut.get("width")) / int(cut.get("height")) == pytest.approx(1.5, abs=0.01)


def test_whoever_knows_neither_srcset_nor_webp_gets_a_jpeg_of_middle_size(image):
    assert tree(image).find("img").get("src") in [one.url for one in image.ladder.of("full", "jpg")]


def test_the_first_picture_comes_at_once_and_the_others_when_they_are_near(image):
    first, other = tree(image, '"lead" priority=True').find("img"), tree(image).find("img")
    assert (first.get("fetchpriority"), first.get("loading")) == ("high", None)
    assert (other.get("fetchpriority"), other.get("loading"), other.get("decoding")) == (None, "lazy", "async")


@pytest.mark.parametrize("alt", ['"><script>alert(1)</script>', "' onerror='alert(1)", "a & b < c", "\u202eabc"])
def test_alternative_text_is_text(image, alt):
    Image.objects.filter(pk=image.pk).update(alt=alt)
    image.refresh_from_db()
    found = tree(image)
    assert found.find("img").get("alt") == alt
    assert [element.tag for element in found.iter()] == ["picture", "source", "source", "img"]
    assert not [name for name in found.find("img").attrib if name.startswith("on")]


def test_an_article_s_own_alternative_text_comes_first_even_when_it_is_empty(image):
    assert tree(image).find("img").get("alt") == "A street at night"
    assert tree(image, '"lead" alt="Hull"').find("img").get("alt") == "Hull"
    assert tree(image, '"lead" alt=""').find("img").get("alt") == ""


def test_a_picture_without_a_file_prints_nothing():
    assert html(Image.objects.create(title="To be found")) == ""
    assert html(None) == ""


def test_it_asks_the_database_for_nothing(image, django_assert_num_queries):
    image = Image.objects.get()
    with django_assert_num_queries(0):
        html(image)


def test_every_use_and_shape_works(image):
    for use, shape in product(SIZES, SHAPES):
        assert tree(image, f'"{use}" "{shape}"').find("img").get("sizes") == SIZES[use]


def test_a_use_that_nobody_planned_is_a_mistake_in_a_template(image):
    with pytest.raises(KeyError):
        html(image, '"poster"')
